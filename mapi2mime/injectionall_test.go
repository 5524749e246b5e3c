package mapi2mime_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mapi2mime"
)

// A textProperty is a property whose value is text.
type textProperty struct {
	name  string
	key   mapi.Key
	value func(s string) mapi.Value
}

// textProperties are all properties of [MS-OXPROPS] whose values are text, those
// that it does not list and this library reads, and fields of any name.
func textProperties(t *testing.T) []textProperty {
	t.Helper()
	one := func(s string) mapi.Value { return mapi.String(s) }
	list := func(s string) mapi.Value { return mapi.List([]string{s, s}) }
	out := []textProperty{{"HTML", mapi.PidTagHtml.Key(), func(s string) mapi.Value { return mapi.Binary([]byte(s)) }}}
	for _, tag := range []mapi.Tag[string]{0x5D0A001F, 0x5D0B001F, 0x4030001F, 0x4031001F, 0x5D05001F, 0x6FFF001F} {
		out = append(out, textProperty{fmt.Sprintf("%08X", uint32(tag)), tag.Key(), one})
	}
	for _, name := range []string{"X-Generic", "Received", "Bcc", "Content-Type", "Subject", "List-Id", "X-MS-Exchange-Organization-A"} {
		out = append(out, textProperty{"field " + name, mapi.HeaderKey(name), one}, textProperty{"list " + name, mapi.HeaderKey(name), list})
	}
	for _, file := range []string{"properties.tsv", "names.tsv"} {
		data, err := os.ReadFile("../mapi/data/" + file)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(data)) {
			name, _, _ := strings.Cut(line, "\t")
			key, typ, ok := mapi.KeyOf(name)
			switch {
			case !ok:
			case typ.Base() == mapi.PtypString, typ.Base() == mapi.PtypString8:
				out = append(out, textProperty{name, key, one})
			case typ.Base() == mapi.PtypMultipleString, typ.Base() == mapi.PtypMultipleString8:
				out = append(out, textProperty{name, key, list})
			}
		}
	}
	return out
}

// injectionBase returns a message of a class with all that a message can have, and
// the bags of its properties by their place.
func injectionBase(class string) (*mapi.Message, map[string]*props) {
	inner := note(func(m *mapi.Message, p *props) { mapi.PidTagInternetMessageId.Set(p, "<inner@example.com>") })
	m := note(func(m *mapi.Message, p *props) {
		mapi.PidTagMessageClass.Set(p, class)
		mapi.SenderGroup.SetInternet(p, &mapi.InternetAddress{Name: "Sec", Address: "sec@example.com"})
		mapi.PidTagReadReceiptRequested.Set(p, true)
		mapi.PidTagOriginatorDeliveryReportRequested.Set(p, true)
		mapi.PidLidClassified.Set(p, true)
		mapi.PidTagHtml.Set(p, []byte(`<p>Text</p><img src="cid:image@example.com">`))
		mapi.PidTagImportance.Set(p, 2)
	})
	m.Recipients = append(m.Recipients, row(func(p *props) {
		mapi.RecipientGroup.Set(p, mapi.Address{Name: "Carl", Type: "EX", Email: dn})
	}))
	image := file("image", func(p *props) {
		mapi.PidTagAttachMimeTag.Set(p, "image/png")
		mapi.PidTagAttachContentId.Set(p, "image@example.com")
		mapi.PidTagAttachFlags.Set(p, 4)
	})
	link := &mapi.Attachment{}
	mapi.PidTagAttachMethod.Set(&link.Properties, mapi.AttachByWebReference)
	mapi.PidTagAttachLongPathname.Set(&link.Properties, "https://example.com/")
	mapi.PidTagAttachLongFilename.Set(&link.Properties, "link")
	m.Attachments = []*mapi.Attachment{
		file("content", func(p *props) { mapi.PidTagAttachLongFilename.Set(p, "a.txt") }), image, link, {Message: inner},
	}
	return m, map[string]*props{
		"message": &m.Properties, "recipient": &m.Recipients[0].Properties, "recipient EX": &m.Recipients[1].Properties,
		"file": &m.Attachments[0].Properties, "image": &image.Properties, "link": &link.Properties,
		"holder": &m.Attachments[3].Properties, "embedded message": &inner.Properties, "its recipient": &inner.Recipients[0].Properties,
	}
}

// harmless are texts that any property may have. What they change is what a property
// may change.
var harmless = []string{
	"harmless", "größer", "two words", "a@example.com", "<id@example.com>", "image/png", "text/x-other", "application/octet-stream",
	"IPM.Note.Custom.x", "EX", "/o=x/cn=y", "http://example.com/a", "iso-8859-1", "1", "a.png", "", "Re: ", "IPM.Task",
	strings.Repeat("long ", 60), strings.Repeat("x", 1200) + "@example.com", "gr\xF6\xDFer",
}

// hostile are texts that would end a line, a field, a header block or a part.
var hostileTexts = []string{
	"a\rInjected: x", "a\nInjected: x", "a\r\nInjected: x", "a\r\nBcc: x@example.com", "a\r\n\r\nInjected: x\r\n", "a\r\n Injected: x",
	"a\x00b", "\r\nInjected: x", "a\r\n", "\xff\xfeInjected", "\xed\xa0\x80", "\xed\xb0\x80a\xed\xa0\x80", "ä\r\nInjected: x", "a\u2028Injected: x",
	"a@example.com\r\nInjected: x", "a@example.com>, <injected@example.com", "<a@example.com>\r\nBcc: <x@example.com>", "a, injected@example.com;",
	"image/png\r\nInjected: x", "text/plain; x=y\r\nInjected: x", "x\"; boundary=\"y", "a\r\n--=_1_x\r\nInjected: x", "IPM.Note.Custom.a\r\nInjected: x",
	"=?utf-8?Q?a=0D=0AInjected:_x?=", "https://example.com/\r\nInjected: x", strings.Repeat("x", 1500), strings.Repeat("ä", 900) + "\r\n" + strings.Repeat("y ", 600),
	"SMTP\r\nInjected", "(\\", "\"", "<", "a:b;c", "\\\r\n", "\t", "\x7f\x1b[2J\u0085",
}

// TestEveryPropertyInjected sets every text property that there is to hostile text,
// at every place of a message, and compares what a strict reader sees: apart from
// what the property itself says, nothing changes.
func TestEveryPropertyInjected(t *testing.T) {
	if testing.Short() {
		t.Skip("tens of thousands of conversions")
	}
	plain := mapi2mime.Options{Key: []byte("k")}
	rich := mapi2mime.Options{Key: []byte("k"), Purpose: mapi2mime.Retrieval, Trusted: true, EncapsulationDomain: "gw.example",
		Body: mapi2mime.Both, ShortenText: true, UTF8Headers: true, Draft: true, SimpleNames: true}
	for _, c := range []struct {
		class string
		o     mapi2mime.Options
		least int // places of properties in use
	}{
		{"IPM.Note", plain, 140},
		{"IPM.Note", rich, 160},
		{"REPORT.IPM.Note.NDR", plain, 100},
		{"REPORT.IPM.Note.IPNRN", plain, 100},
	} {
		t.Run(fmt.Sprint(c.class, " ", c.o.Purpose), func(t *testing.T) {
			in := injection{o: c.o, class: c.class}
			m, places := injectionBase(c.class)
			in.base = in.convert(t, m)
			for _, p := range textProperties(t) {
				for place := range places {
					in.property(t, p, place)
				}
			}
			t.Logf("%d places of properties, %d of them in use, %d conversions", in.places, in.used, in.conversions)
			if in.used < c.least {
				t.Errorf("%d places of properties are in use; the test looks at too little", in.used)
			}
		})
	}
}

type injection struct {
	o     mapi2mime.Options
	class string
	base  string

	places, used, conversions int
}

// convert returns what is written; "" when the message fails for a reason that is
// not our own.
func (in *injection) convert(t *testing.T, m *mapi.Message) string {
	t.Helper()
	in.conversions++
	var b bytes.Buffer
	if _, err := mapi2mime.Convert(context.Background(), &b, m, &in.o); err != nil {
		var failure *diag.Error
		if !errors.As(err, &failure) || failure.Reason == diag.Internal {
			t.Errorf("%v", err)
		}
		return ""
	}
	return b.String()
}

func (in *injection) with(t *testing.T, p textProperty, place, s string) string {
	m, places := injectionBase(in.class)
	places[place].Set(p.key, p.value(s))
	return in.convert(t, m)
}

// property tries one property at one place.
func (in *injection) property(t *testing.T, p textProperty, place string) {
	in.places++
	all := strings.Join(hostileTexts[:8], "")
	if in.with(t, p, place, "a@example.com") == in.base && in.with(t, p, place, "größer/x") == in.base && in.with(t, p, place, all) == in.base {
		return // the property is not used there
	}
	in.used++
	t.Run(place+" "+p.name, func(t *testing.T) {
		may := newInfluence(t, in.base)
		for _, s := range harmless {
			if out := in.with(t, p, place, s); out != "" {
				may.add(t, out)
			}
		}
		for _, s := range hostileTexts {
			out := in.with(t, p, place, s)
			if out == "" {
				continue
			}
			checkLines(t, []byte(out))
			may.check(t, s, out)
		}
	})
}

// An influence is what a property changes when its text is harmless.
type influence struct {
	base   map[string]strictEntity
	shapes []string
	most   map[string]int  // fields of a name in an entity
	free   map[string]bool // fields that have other values, or are there or not
}

func newInfluence(t *testing.T, base string) *influence {
	in := &influence{base: make(map[string]strictEntity), most: make(map[string]int), free: make(map[string]bool)}
	for _, e := range readStrict(t, base) {
		in.base[e.path] = e
	}
	in.add(t, base)
	return in
}

// shapeOf describes the tree of a message.
func shapeOf(list []strictEntity) string {
	var b strings.Builder
	for _, e := range list {
		kind, _, _ := strings.Cut(e.mediaType, "/")
		if kind != "multipart" && kind != "message" {
			kind = "leaf"
		}
		fmt.Fprintf(&b, "%s %s\n", e.path, kind)
	}
	return b.String()
}

func (in *influence) add(t *testing.T, out string) {
	list := readStrict(t, out)
	if shape := shapeOf(list); !slices.Contains(in.shapes, shape) {
		in.shapes = append(in.shapes, shape)
	}
	for _, e := range list {
		was := in.base[e.path]
		for name, values := range e.fields {
			key := e.path + " " + name
			in.most[key] = max(in.most[key], len(values))
			if !slices.Equal(values, was.fields[name]) {
				in.free[key] = true
			}
		}
		for name := range was.fields {
			if _, ok := e.fields[name]; !ok {
				in.free[e.path+" "+name] = true
			}
		}
	}
}

func (in *influence) check(t *testing.T, s, out string) {
	list := readStrict(t, out)
	if shape := shapeOf(list); !slices.Contains(in.shapes, shape) {
		t.Errorf("%q: structure is\n%swhere it may be one of\n%s", s, shape, strings.Join(in.shapes, "or\n"))
		return
	}
	for _, e := range list {
		for name, values := range e.fields {
			key := e.path + " " + name
			if len(values) > in.most[key] {
				t.Errorf("%q: entity %q has %s: %q", s, e.path, name, values)
			}
			if was := in.base[e.path].fields[name]; !in.free[key] && !slices.Equal(values, was) {
				t.Errorf("%q: entity %q has %s: %q; want %q", s, e.path, name, values, was)
			}
		}
		for name := range in.base[e.path].fields {
			if _, ok := e.fields[name]; !ok && !in.free[e.path+" "+name] {
				t.Errorf("%q: entity %q has no %s", s, e.path, name)
			}
		}
	}
}
