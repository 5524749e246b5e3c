package mapi2mime

import (
	"context"
	"strings"
	"testing"

	"github.com/contentconv/contentconv/internal/charset"
	"github.com/contentconv/contentconv/mapi"
)

// planned returns the tree of a message, which is not written.
func planned(t *testing.T, m *mapi.Message, o *Options) *part {
	t.Helper()
	c := newConversion(context.Background(), m, o)
	if _, err := c.plan(nil); err != nil {
		t.Fatalf("plan: %v", err)
	}
	return c.root
}

// shape describes a tree, as in "mixed(plain, image/png)".
func (p *part) shape() string {
	name := strings.TrimPrefix(strings.TrimPrefix(p.mediaType, "multipart/"), "text/")
	var inner []string
	for _, child := range p.children {
		inner = append(inner, child.shape())
	}
	if p.message != nil {
		inner = append(inner, p.message.shape())
	}
	if inner == nil {
		return name
	}
	return name + "(" + strings.Join(inner, ", ") + ")"
}

func attachment1(name string, set func(p *mapi.Properties)) *mapi.Attachment {
	a := &mapi.Attachment{Content: mapi.Bytes("content")}
	mapi.PidTagAttachMethod.Set(&a.Properties, mapi.AttachByValue)
	mapi.PidTagAttachLongFilename.Set(&a.Properties, name)
	if set != nil {
		set(&a.Properties)
	}
	return a
}

func pdf() *mapi.Attachment { return attachment1("a.pdf", nil) }

func image(id string) *mapi.Attachment {
	return attachment1(id+".png", func(p *mapi.Properties) {
		mapi.PidTagAttachContentId.Set(p, id)
		mapi.PidTagAttachFlags.Set(p, renderedInBody)
	})
}

func html(p *mapi.Properties) {
	mapi.PidTagHtml.Set(p, []byte(`<p>Text <img src="cid:one"><img src="CID:two%40example.com"></p>`))
	mapi.PidTagInternetCodepage.Set(p, 65001)
	mapi.PidTagNativeBody.Set(p, 3)
}

func plainBody(p *mapi.Properties) { mapi.PidTagBody.Set(p, "Text") }

// The matrix of [MS-OXCMAIL] 2.1.3.3: which body, what the HTML shows, what it
// does not.
func TestStructure(t *testing.T) {
	for _, c := range []struct {
		name        string
		body        func(p *mapi.Properties)
		attachments []*mapi.Attachment
		o           Options
		want        string
	}{
		{"OUT-BODY-002 plain", plainBody, nil, Options{}, "plain"},
		{"no body", func(*mapi.Properties) {}, nil, Options{}, "plain"},
		{"OUT-BODY-010 plain and files", plainBody, []*mapi.Attachment{pdf(), pdf()}, Options{},
			"mixed(plain, application/pdf, application/pdf)"},
		{"no body and a file", func(*mapi.Properties) {}, []*mapi.Attachment{pdf()}, Options{}, "mixed(plain, application/pdf)"},
		{"OUT-BODY-005 HTML", html, nil, Options{}, "alternative(plain, html)"},
		{"OUT-BODY-010 HTML and a file", html, []*mapi.Attachment{pdf()}, Options{}, "mixed(alternative(plain, html), application/pdf)"},
		{"OUT-BODY-006 HTML and images", html, []*mapi.Attachment{image("one"), image("two@example.com")}, Options{},
			"related(alternative(plain, html), image/png, image/png)"},
		{"OUT-BODY-006 HTML, images and files", html, []*mapi.Attachment{pdf(), image("one"), pdf()}, Options{},
			"mixed(related(alternative(plain, html), image/png), application/pdf, application/pdf)"},
		{"OUT-BODY-007 an image that the HTML does not show", html, []*mapi.Attachment{image("three"), image("one")}, Options{},
			"mixed(related(alternative(plain, html), image/png), image/png)"},
		{"OUT-ATT-013 plain text has nothing inline", plainBody, []*mapi.Attachment{image("one")}, Options{}, "mixed(plain, image/png)"},
		{"OUT-ATT-014 messages are never inline", html, []*mapi.Attachment{{Message: new(mapi.Message), Properties: image("one").Properties}}, Options{},
			"mixed(alternative(plain, html), message/rfc822(plain))"},
		{"text alone", html, []*mapi.Attachment{image("one")}, Options{Body: Plain}, "mixed(plain, image/png)"},
		{"HTML alone", html, []*mapi.Attachment{image("one")}, Options{Body: HTML}, "related(html, image/png)"},
		{"HTML of a plain text", plainBody, nil, Options{Body: HTML}, "html"},
		{"both of a plain text", plainBody, nil, Options{Body: Both}, "alternative(plain, html)"},
		{"both of nothing", func(*mapi.Properties) {}, nil, Options{Body: Both}, "alternative(plain, html)"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := &mapi.Message{Attachments: c.attachments}
			c.body(&m.Properties)
			root := planned(t, m, &c.o)
			if got := root.shape(); got != c.want {
				t.Errorf("structure is %s; want %s", got, c.want)
			}
		})
	}
}

func TestOUT_ATT_005_Inline(t *testing.T) {
	const page = `<body background="cid:bg"><img src="cid:a%20b@Example.com"><img src="pics/x.png"><a href="cid:link">l</a> one.png</body>`
	for _, c := range []struct {
		name string
		set  func(p *mapi.Properties)
		want bool
	}{
		{"id and flag", func(p *mapi.Properties) {
			mapi.PidTagAttachFlags.Set(p, 4)
			mapi.PidTagAttachContentId.Set(p, "a b@example.com")
		}, true},
		{"brackets around the id", func(p *mapi.Properties) {
			mapi.PidTagAttachFlags.Set(p, 4)
			mapi.PidTagAttachContentId.Set(p, "<bg>\x00")
		}, true},
		{"hidden instead of flagged", func(p *mapi.Properties) {
			mapi.PidTagAttachmentHidden.Set(p, true)
			mapi.PidTagAttachContentId.Set(p, "bg")
		}, true},
		{"location and base", func(p *mapi.Properties) {
			mapi.PidTagAttachFlags.Set(p, 5)
			mapi.PidTagAttachContentLocation.Set(p, "http://example.com/pics/x.png")
			mapi.PidTagAttachContentBase.Set(p, "http://example.com/")
		}, true},
		{"location as written", func(p *mapi.Properties) {
			mapi.PidTagAttachFlags.Set(p, 4)
			mapi.PidTagAttachContentLocation.Set(p, "pics/x.png")
		}, true},
		{"no flag", func(p *mapi.Properties) { mapi.PidTagAttachContentId.Set(p, "bg") }, false},
		{"flag of something else", func(p *mapi.Properties) {
			mapi.PidTagAttachFlags.Set(p, 1)
			mapi.PidTagAttachContentId.Set(p, "bg")
		}, false},
		{"no id", func(p *mapi.Properties) { mapi.PidTagAttachFlags.Set(p, 4) }, false},
		{"the file name is no id", func(p *mapi.Properties) {
			mapi.PidTagAttachFlags.Set(p, 4)
			mapi.PidTagAttachContentId.Set(p, "other")
			mapi.PidTagAttachLongFilename.Set(p, "one.png")
		}, false},
		{"a part of an id", func(p *mapi.Properties) {
			mapi.PidTagAttachFlags.Set(p, 4)
			mapi.PidTagAttachContentId.Set(p, "a")
		}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := &mapi.Message{Attachments: []*mapi.Attachment{attachment1("x", c.set)}}
			mapi.PidTagHtml.Set(&m.Properties, []byte(page))
			root := planned(t, m, nil)
			if got := root.mediaType == "multipart/related"; got != c.want {
				t.Errorf("inline is %v: %s", got, root.shape())
			}
		})
	}
}

func TestOUT_BODY_001_BestBody(t *testing.T) {
	const y, n = true, false
	native := map[native]string{nativeNone: "none", nativePlain: "plain", nativeRTF: "RTF", nativeHTML: "HTML"}
	for _, c := range []struct {
		name            string
		text, rtf, html bool
		sync            string
		nativeBody      int32
		want            string
	}{
		{"plain", y, n, n, "", 0, "plain"},
		{"nothing", n, n, n, "", 0, "none"},
		{"OUT-BODY-021 plain and RTF in sync", y, y, n, "yes", 0, "RTF"},
		{"OUT-BODY-021 plain and RTF out of sync", y, y, n, "no", 0, "plain"},
		{"plain and RTF, nobody knows", y, y, n, "", 0, "RTF"},
		{"RTF", n, y, n, "", 0, "RTF"},
		{"RTF and HTML in sync", y, y, y, "yes", 0, "RTF"},
		{"RTF and HTML out of sync", y, y, y, "no", 0, "HTML"},
		{"RTF and HTML, nobody knows", n, y, y, "", 0, "HTML"},
		{"HTML", n, n, y, "", 0, "HTML"},
		{"plain and HTML", y, n, y, "", 0, "HTML"},
		{"OUT-BODY-020 native plain", y, y, y, "yes", 1, "plain"},
		{"OUT-BODY-020 native RTF", y, y, y, "no", 2, "RTF"},
		{"OUT-BODY-020 native HTML", y, y, y, "yes", 3, "HTML"},
		{"OUT-BODY-020 clear-signed falls through", y, y, y, "yes", 4, "RTF"},
		{"OUT-BODY-020 unknown falls through", y, y, y, "no", 77, "HTML"},
		{"OUT-BODY-020 native body that is missing", y, n, n, "", 3, "plain"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var p mapi.Properties
			if c.sync != "" {
				mapi.PidTagRtfInSync.Set(&p, c.sync == "yes")
			}
			if c.nativeBody != 0 {
				mapi.PidTagNativeBody.Set(&p, c.nativeBody)
			}
			s := sources{hasText: c.text, hasHTML: c.html}
			if c.rtf {
				s.rtf = []byte("x")
			}
			if got := native[bestBody(&p, s)]; got != c.want {
				t.Errorf("best body is %s; want %s", got, c.want)
			}
		})
	}
}

func TestOUT_BODY_003_PreferredCharsets(t *testing.T) {
	for _, c := range []struct {
		name string
		set  func(p *mapi.Properties)
		o    Options
		want string
	}{
		{"internet code page", func(p *mapi.Properties) {
			mapi.PidTagInternetCodepage.Set(p, 28592)
			mapi.PidTagMessageCodepage.Set(p, 1252)
		}, Options{}, "iso-8859-2"},
		{"message code page", func(p *mapi.Properties) { mapi.PidTagMessageCodepage.Set(p, 1251) }, Options{}, "koi8-r windows-1251"},
		{"message code page without an equivalent", func(p *mapi.Properties) { mapi.PidTagMessageCodepage.Set(p, 1256) }, Options{}, "windows-1256"},
		{"OUT-BODY-022 none", func(p *mapi.Properties) {}, Options{}, "iso-8859-15"},
		{"UTF-16 is never used", func(p *mapi.Properties) { mapi.PidTagInternetCodepage.Set(p, 1200) }, Options{}, ""},
		{"UTF-7 is not used", func(p *mapi.Properties) { mapi.PidTagInternetCodepage.Set(p, 65000) }, Options{}, ""},
		{"EBCDIC is not used", func(p *mapi.Properties) { mapi.PidTagInternetCodepage.Set(p, 37) }, Options{}, ""},
		{"ISO-2022-JP is", func(p *mapi.Properties) { mapi.PidTagInternetCodepage.Set(p, 50220) }, Options{}, "iso-2022-jp"},
		{"the option", func(p *mapi.Properties) { mapi.PidTagInternetCodepage.Set(p, 28592) }, Options{Charset: "utf-8"}, "utf-8"},
		{"an option that is unknown", func(p *mapi.Properties) {}, Options{Charset: "x-none"}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := new(mapi.Message)
			c.set(&m.Properties)
			conv := newConversion(context.Background(), m, &c.o)
			msg := &message{scope: scope{conversion: conv}, job: job{m: m}}
			var names []string
			for _, cs := range msg.preferredCharsets() {
				names = append(names, cs.Name())
			}
			if got := strings.Join(names, " "); got != c.want {
				t.Errorf("charsets are %q; want %q", got, c.want)
			}
		})
	}
	if charset.ByCodePage(defaultCodePage).Name() != "iso-8859-15" {
		t.Errorf("the default code page is %s", charset.ByCodePage(defaultCodePage).Name())
	}
}

// The numbers of the parts are those by which mime2mapi counts.
func TestNumbers(t *testing.T) {
	inner := &mapi.Message{Attachments: []*mapi.Attachment{pdf(), {Message: new(mapi.Message)}}}
	html(&inner.Properties)
	m := &mapi.Message{Attachments: []*mapi.Attachment{pdf(), {Message: inner}}}
	plainBody(&m.Properties)
	var got []string
	planned(t, m, nil).walk(func(p *part) {
		if p.leaf() {
			got = append(got, p.section())
		}
	})
	want := "1 2 3.1.1 3.1.2 3.2 3.3.1"
	if s := strings.Join(got, " "); s != want {
		t.Errorf("numbers are %s; want %s", s, want)
	}
}

// Numbers and places of deep messages stay short: those of n levels must not take
// n*n bytes.
func TestNumbersOfDeepMessagesAreShort(t *testing.T) {
	m := new(mapi.Message)
	for range 300 {
		m = &mapi.Message{Attachments: []*mapi.Attachment{{Message: m}}}
	}
	o := &Options{}
	o.Limits.MaxBodyPartsTotal, o.Limits.MaxEmbeddedMessageDepth = -1, -1
	seen := make(map[string]bool)
	planned(t, m, o).walk(func(p *part) {
		if len(p.section()) > 250 || len(p.place) > 150 {
			t.Fatalf("number %q, place %q", p.section(), p.place)
		}
		if p.leaf() {
			if seen[p.section()] {
				t.Errorf("number %q stands for two parts", p.section())
			}
			seen[p.section()] = true
		}
	})
}
