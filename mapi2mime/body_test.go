package mapi2mime_test

import (
	"strings"
	"testing"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mapi2mime"
)

func TestPlainText(t *testing.T) {
	long := strings.Repeat("x", 999)
	for _, c := range []struct {
		name, text string
		codePage   int32
		o          mapi2mime.Options
		charset    string
		encoding   string
		body       string // as a reader decodes it; "" for text
	}{
		{"ASCII", "a\r\nb\r\n", 65001, mapi2mime.Options{}, "utf-8", "7bit", ""},
		{"OUT-BODY-019 998 characters", long[:998] + "\r\n", 65001, mapi2mime.Options{}, "utf-8", "7bit", ""},
		{"OUT-BODY-019 999 characters", long + "\r\n", 65001, mapi2mime.Options{}, "utf-8", "quoted-printable", ""},
		{"OUT-BODY-003 code page", "größe ist nicht alles\r\n", 28591, mapi2mime.Options{}, "iso-8859-1", "quoted-printable", "gr\xf6\xdfe ist nicht alles\r\n"},
		{"OUT-BODY-004 does not fit", "Größe 日本 ist nicht alles, sagt man, und hat damit recht, wie jeder weiß\r\n", 28591, mapi2mime.Options{}, "utf-8", "quoted-printable", ""},
		{"OUT-BODY-004 fits only what Windows calls so", "朱镕基、朱镕基、朱镕基、朱镕基\r\n", 936, mapi2mime.Options{}, "utf-8", "base64", ""},
		{"mostly beyond ASCII", strings.Repeat("日本語", 30) + "\r\n", 65001, mapi2mime.Options{}, "utf-8", "base64", ""},
		{"seven-bit charset", "日本\r\n", 50220, mapi2mime.Options{}, "iso-2022-jp", "7bit", "\x1b$BF|K\\\x1b(B\r\n"},
		{"OUT-BODY-022 no code page", "10 € sind viel Geld\r\n", 0, mapi2mime.Options{}, "iso-8859-15", "quoted-printable", "10 \xa4 sind viel Geld\r\n"},
		{"OUT-BODY-022 no code page and too much", "日本 und sonst nicht sehr viel mehr als das\r\n", 0, mapi2mime.Options{}, "utf-8", "quoted-printable", ""},
		{"8bit allowed", "größe\r\n", 65001, mapi2mime.Options{EightBit: true}, "utf-8", "8bit", ""},
		{"8bit allowed, long line", "ö" + long + "\r\n", 65001, mapi2mime.Options{EightBit: true}, "utf-8", "quoted-printable", ""},
		{"quoted-printable asked for", "a\r\n", 65001, mapi2mime.Options{TextEncoding: mapi2mime.QuotedPrintable}, "utf-8", "quoted-printable", ""},
		{"base64 asked for", "a\r\n", 65001, mapi2mime.Options{TextEncoding: mapi2mime.Base64}, "utf-8", "base64", ""},
		{"From at a line's beginning", "a\r\nFrom b\r\n", 65001, mapi2mime.Options{}, "utf-8", "quoted-printable", ""},
		{"full stop at a line's beginning", "a\r\n.\r\nb\r\n", 65001, mapi2mime.Options{}, "utf-8", "quoted-printable", ""},
		{"blank at a line's end", "-- \r\nAnn\r\n", 65001, mapi2mime.Options{}, "utf-8", "quoted-printable", ""},
		{"bare line ends", "a\nb\rc\r\n", 65001, mapi2mime.Options{}, "utf-8", "7bit", "a\r\nb\r\nc\r\n"},
		{"full stop alone on a bare line", "a\n.\nb\r.\r\n", 65001, mapi2mime.Options{}, "utf-8", "quoted-printable", "a\r\n.\r\nb\r\n.\r\n"},
		{"NUL", "a\x00b\r\n", 65001, mapi2mime.Options{}, "utf-8", "7bit", "ab\r\n"},
		{"no line end", "a", 65001, mapi2mime.Options{}, "utf-8", "7bit", "a\r\n"},
		{"invalid UTF-8", "a\xffb und noch viel mehr\r\n", 65001, mapi2mime.Options{}, "utf-8", "quoted-printable", "a\uFFFDb und noch viel mehr\r\n"},
		{"empty", "", 65001, mapi2mime.Options{}, "us-ascii", "7bit", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := note(func(_ *mapi.Message, p *props) {
				mapi.PidTagBody.Set(p, c.text)
				mapi.PidTagInternetCodepage.Delete(p)
				if c.codePage != 0 {
					mapi.PidTagInternetCodepage.Set(p, c.codePage)
				}
			})
			w := write(t, m, &c.o)
			w.want(t, "Content-Type", "text/plain; charset="+c.charset, "Content-Transfer-Encoding", c.encoding)
			_, body, _ := strings.Cut(w.raw, "\r\n\r\n")
			want := c.body
			if want == "" {
				want = c.text
			}
			if got := decodeBody(t, c.encoding, body); got != want {
				t.Errorf("body is %.200q; want %.200q", got, want)
			}
			if w.res.EightBit != (c.encoding == "8bit") {
				t.Errorf("EightBit is %v", w.res.EightBit)
			}
		})
	}
}

func TestRemovedNULIsReported(t *testing.T) {
	write(t, with(func(p *props) { mapi.PidTagBody.Set(p, "a\x00b") }), nil).wantCode(t, diag.TextNULRemoved)
}

func TestOUT_BODY_004_ReplacedCharsetIsReported(t *testing.T) {
	m := with(func(p *props) {
		mapi.PidTagBody.Set(p, "日本")
		mapi.PidTagInternetCodepage.Set(p, 1252)
	})
	write(t, m, nil).wantCode(t, diag.CharsetReplaced)
}

func TestHTMLBody(t *testing.T) {
	for _, c := range []struct {
		name     string
		html     string // as stored
		codePage int32
		o        mapi2mime.Options
		charset  string
		want     string // decoded; "" for html
		code     diag.Code
	}{
		{"UTF-8", "<p>größe</p>", 65001, mapi2mime.Options{}, "utf-8", "", ""},
		{"its own bytes and code page", "<p>gr\xf6\xdfe</p>", 1252, mapi2mime.Options{}, "windows-1252", "", ""},
		{"the META element does not count beside a code page", "<meta charset=koi8-r><p>gr\xf6\xdfe</p>", 28591, mapi2mime.Options{}, "iso-8859-1", "", ""},
		{"no code page: META", "<meta charset=windows-1251><p>\xcf\xf0</p>", 0, mapi2mime.Options{}, "windows-1251", "", ""},
		{"no code page: META that nobody would guess", "<meta charset=macintosh><p>gr\x9a\xa7e</p>", 0, mapi2mime.Options{}, "macintosh", "", ""},
		{"nothing at all and ASCII", "<p>x</p>", 0, mapi2mime.Options{}, "utf-8", "", ""},
		{"nothing at all: found out", "<p>größe</p>", 0, mapi2mime.Options{}, "utf-8", "", ""},
		{"a code page that the bytes are not in", "<p>gr\xf6\xdfe</p>", 65001, mapi2mime.Options{}, "windows-1252", "", diag.CharsetMismatch},
		{"OUT-BODY-023 UTF-16", "<\x00p\x00>\x00\xf6\x00", 1200, mapi2mime.Options{}, "utf-8",
			`<meta http-equiv="Content-Type" content="text/html; charset=utf-8"><p>ö`, ""},
		{"OUT-BODY-023 UTF-32", "<\x00\x00\x00p\x00\x00\x00>\x00\x00\x00\xf6\x00\x00\x00", 12000, mapi2mime.Options{}, "utf-8",
			`<meta http-equiv="Content-Type" content="text/html; charset=utf-8"><p>ö`, ""},
		{"a charset asked for", "<head><meta charset=utf-8></head><p>größe</p>", 65001, mapi2mime.Options{Charset: "iso-8859-1"}, "iso-8859-1",
			"<head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=iso-8859-1\"></head><p>gr\xf6\xdfe</p>", ""},
		{"a charset asked for that lacks characters", "<p>日本</p>", 65001, mapi2mime.Options{Charset: "iso-8859-1"}, "utf-8",
			`<meta http-equiv="Content-Type" content="text/html; charset=utf-8"><p>日本</p>`, ""},
		{"OUT-BODY-023 UTF-16 that is cut off", "<\x00p\x00>\x00\xf6", 1200, mapi2mime.Options{}, "utf-8",
			"<meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\"><p>\uFFFD", diag.TextUndecodable},
		{"NULs at the end", "<p>x</p>\x00\x00", 65001, mapi2mime.Options{}, "utf-8", "<p>x</p>", ""},
		{"line ends", "<p>\n\rx\r\n</p>", 65001, mapi2mime.Options{}, "utf-8", "<p>\r\n\r\nx\r\n</p>", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := note(func(_ *mapi.Message, p *props) {
				mapi.PidTagBody.Delete(p)
				mapi.PidTagHtml.Set(p, []byte(c.html))
				mapi.PidTagInternetCodepage.Delete(p)
				if c.codePage != 0 {
					mapi.PidTagInternetCodepage.Set(p, c.codePage)
				}
			})
			w := write(t, m, &c.o)
			_, rich, _ := strings.Cut(w.raw, "\r\nContent-Type: text/html; ")
			header, body, _ := strings.Cut("Content-Type: text/html; "+rich, "\r\n\r\n")
			if got := fieldsOf(header+"\r\n\r\n", "Content-Type")[0]; got != "text/html; charset="+c.charset {
				t.Errorf("type is %q; want %s", got, c.charset)
			}
			body, _, _ = strings.Cut(body, "\r\n--=_")
			want := c.want
			if want == "" {
				want = c.html
			}
			if got := decodeBody(t, fieldsOf(header+"\r\n\r\n", "Content-Transfer-Encoding")[0], body); got != want {
				t.Errorf("HTML is %q; want %q", got, want)
			}
			if c.code != "" {
				w.wantCode(t, c.code)
			} else {
				w.wantNoDiagnostics(t)
			}
		})
	}
}

func TestEmptyHTMLIsNone(t *testing.T) {
	for _, html := range []string{"", "\x00\x00"} {
		for _, v := range []mapi.Value{mapi.Binary([]byte(html)), mapi.String(html)} {
			m := with(func(p *props) { p.Set(mapi.PidTagHtml.Key(), v) })
			if got := write(t, m, nil).tree(t).shape(); got != "plain" {
				t.Errorf("%q as %v: structure is %s", html, v.Type(), got)
			}
		}
	}
}

// The charset of the header fields is that of the best body, which is what a
// reader takes for the message's.
func TestHeaderFieldsAreInTheBodysCharset(t *testing.T) {
	for _, c := range []struct {
		name, text, html string
		codePage         int32
		want             string
	}{
		{"of the text", "größe", "", 28591, "=?iso-8859-1?Q?Eine_Gr=F6=DFe?="},
		{"of the text, which did not fit", "größe 日本", "", 28591, "=?utf-8?B?RWluZSBHcsO2w59l?="},
		{"of the HTML", "größe 日本", "<p>gr\xf6\xdfe</p>", 28591, "=?iso-8859-1?Q?Eine_Gr=F6=DFe?="},
		{"no body", "", "", 28591, "=?utf-8?B?RWluZSBHcsO2w59l?="},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := with(func(p *props) {
				mapi.PidTagSubject.Set(p, "Eine Größe")
				mapi.PidTagBody.Set(p, c.text)
				mapi.PidTagHtml.Set(p, []byte(c.html))
				mapi.PidTagInternetCodepage.Set(p, c.codePage)
			})
			if got := write(t, m, nil).field(t, "Subject"); got != c.want {
				t.Errorf("subject is %s; want %s", got, c.want)
			}
		})
	}
}

// HTML as a string property is Unicode, whatever its META element says.
func TestHTMLAsString(t *testing.T) {
	m := with(func(p *props) {
		mapi.PidTagBody.Delete(p)
		p.Set(mapi.PidTagHtml.Key(), mapi.String("<meta charset=iso-8859-1><p>größe</p>"))
	})
	got := string(write(t, m, nil).tree(t).part(t, 1).body)
	if !strings.Contains(got, "<p>größe</p>") || !strings.Contains(got, "charset=utf-8") || strings.Contains(got, "8859") {
		t.Errorf("HTML is %q", got)
	}
}

func TestOUT_BODY_005_PlainBesideHTML(t *testing.T) {
	for _, c := range []struct {
		name, text string
		has        bool
		want       string
	}{
		{"made of the HTML", "", false, "Größe & mehr"},
		{"the one that is stored", "Stored\r\n", true, "Stored\r\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := with(func(p *props) {
				mapi.PidTagBody.Delete(p)
				if c.has {
					mapi.PidTagBody.Set(p, c.text)
				}
				mapi.PidTagHtml.Set(p, []byte("<p>Gr\xf6\xdfe &amp; mehr</p>"))
				mapi.PidTagInternetCodepage.Set(p, 1252)
			})
			w := write(t, m, nil)
			root := w.tree(t)
			if got := root.shape(); got != "alternative(plain, html)" {
				t.Fatalf("structure is %s", got)
			}
			if got := string(root.part(t, 0).body); got != c.want {
				t.Errorf("text is %q; want %q", got, c.want)
			}
		})
	}
}

func TestOUT_BODY_006_RelatedNamesItsType(t *testing.T) {
	m := with(func(p *props) { mapi.PidTagHtml.Set(p, []byte(`<img src="cid:a">`)) })
	a := &mapi.Attachment{Content: mapi.Bytes("x")}
	mapi.PidTagAttachContentId.Set(&a.Properties, "a")
	mapi.PidTagAttachFlags.Set(&a.Properties, 4)
	m.Attachments = []*mapi.Attachment{a}
	root := write(t, m, nil).tree(t)
	if _, params, err := root.ContentType(); err != nil || params["type"] != "multipart/alternative" {
		t.Errorf("type parameter is %q, %v", params["type"], err)
	}
}

func TestOUT_BODY_014_OverrideFormat(t *testing.T) {
	for _, c := range []struct {
		name   string
		format int32
		o      mapi2mime.Options
		want   string
	}{
		{"none", 0, mapi2mime.Options{}, "alternative(plain, html)"},
		{"text only", 0x00060000, mapi2mime.Options{}, "plain"},
		{"text and HTML", 0x00160000, mapi2mime.Options{}, "alternative(plain, html)"},
		{"0x000E0000 is text and HTML", 0x000E0000, mapi2mime.Options{}, "alternative(plain, html)"},
		{"0x000E0000, HTML only by option", 0x000E0000, mapi2mime.Options{Body: mapi2mime.HTML}, "html"},
		{"no MIME is text", 0x00020000, mapi2mime.Options{}, "plain"},
		{"fields that are not valid", 0x00040000, mapi2mime.Options{}, "alternative(plain, html)"},
		{"format 1", 1, mapi2mime.Options{}, "alternative(plain, html)"},
		{"format 2", 2, mapi2mime.Options{}, "plain"},
		{"format 4", 4 | 0x00060000, mapi2mime.Options{}, "alternative(plain, html)"},
		{"an option beats the message", 0x00060000, mapi2mime.Options{Body: mapi2mime.Both}, "alternative(plain, html)"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := with(func(p *props) {
				mapi.PidTagHtml.Set(p, []byte("<p>x</p>"))
				mapi.PidTagInternetMailOverrideFormat.Set(p, c.format)
			})
			if got := write(t, m, &c.o).tree(t).shape(); got != c.want {
				t.Errorf("structure is %s; want %s", got, c.want)
			}
		})
	}
}

func TestOUT_BODY_024_NoChoiceOfBody(t *testing.T) {
	for _, c := range []struct {
		name string
		set  func(p *props)
		want string
	}{
		{"OUT-BODY-024 rights-protected", func(p *props) { mapi.PidNameContentClass.Set(p, "RPMSG.message") }, "alternative(plain, html)"},
		{"OUT-BODY-024 another content class", func(p *props) { mapi.PidNameContentClass.Set(p, "rpmsg") }, "plain"},
		{"OUT-BODY-024 opaque S/MIME", func(p *props) { mapi.PidTagMessageClass.Set(p, "IPM.Note.SMIME") }, "application/pkcs7-mime"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := with(func(p *props) {
				mapi.PidTagHtml.Set(p, []byte("<p>x</p>"))
				mapi.PidTagNativeBody.Set(p, 1)
				c.set(p)
			})
			if c.want == "application/pkcs7-mime" {
				m.Attachments = []*mapi.Attachment{file(string(enveloped), nil)}
			}
			if got := write(t, m, nil).tree(t).shape(); got != c.want {
				t.Errorf("structure is %s; want %s", got, c.want)
			}
		})
	}
}

func TestClassesAreReported(t *testing.T) {
	for class, want := range map[string]bool{
		"IPM.Note": false, "ipm.note.custom.X": false, "IPM": false, "IPM.InfoPathForm.X": false,
		"IPM.Schedule.Meeting.Request": true, "REPORT.IPM.Note.NDR": false, "REPORT.IPM.Note": true, "IPM.Contact": false, "IPM.Task": true, "IPM.Notebook": true,
	} {
		w := write(t, with(func(p *props) { mapi.PidTagMessageClass.Set(p, class) }), nil)
		if got := len(w.res.Diagnostics) > 0; got != want {
			t.Errorf("%s: %v", class, w.res.Diagnostics)
		}
	}
}

// What holds 8-bit parts says so, and so does a message whose header block has
// 8-bit fields (RFC 2045 6.4, RFC 6532 3.5).
func TestEightBitIsLabelledAllTheWayUp(t *testing.T) {
	inner := with(func(p *props) {
		mapi.PidTagBody.Set(p, "größe\r\n")
		mapi.PidTagSubject.Set(p, "größe")
	})
	m := note()
	m.Attachments = []*mapi.Attachment{{Message: inner}}
	w := write(t, m, &mapi2mime.Options{EightBit: true})
	w.want(t, "Content-Transfer-Encoding", "8bit")
	root := w.tree(t)
	if part := root.part(t, 1); root.shape() != "mixed(plain, message/rfc822)" || part.Get("Content-Transfer-Encoding") != "8bit" {
		t.Errorf("%s: %s", root.shape(), part.Get("Content-Transfer-Encoding"))
	}
	if w.res.SMTPUTF8 || !w.res.EightBit {
		t.Errorf("SMTPUTF8 %v, EightBit %v", w.res.SMTPUTF8, w.res.EightBit)
	}
	w = write(t, m, &mapi2mime.Options{UTF8Headers: true})
	if root := w.tree(t); root.shape() != "mixed(plain, message/global)" {
		t.Errorf("structure is %s", root.shape())
	}
	if !w.res.SMTPUTF8 {
		t.Errorf("SMTPUTF8 is not noted")
	}
}

// HTML with characters that only Windows has under the name of its charset is
// written in UTF-8.
func TestHTMLBeyondItsCharset(t *testing.T) {
	m := with(func(p *props) {
		mapi.PidTagHtml.Set(p, []byte("<p>\xd6\xec\xe9F\xbb\xf9</p>")) // gbk
		mapi.PidTagInternetCodepage.Set(p, 936)
	})
	root := write(t, m, nil).tree(t)
	part := root.part(t, 1)
	if _, params, _ := part.ContentType(); params["charset"] != "utf-8" || !strings.Contains(string(part.body), "朱镕基") {
		t.Errorf("%s: %s", params["charset"], part.body)
	}
	mapi.PidTagHtml.Set(&m.Properties, []byte("<p>\xd6\xec</p>"))
	root = write(t, m, nil).tree(t)
	part = root.part(t, 1)
	if _, params, _ := part.ContentType(); params["charset"] != "gb2312" {
		t.Errorf("charset is %s", params["charset"])
	}
}
