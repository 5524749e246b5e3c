package mapi2mime_test

import (
	"bytes"
	"encoding/hex"
	"strings"
	"testing"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mapi2mime"
	"github.com/contentconv/contentconv/rtf"
)

const rtfHead = `{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Arial;}}`

// rtfBody returns a message whose best body is RTF.
func rtfBody(text string, set ...func(m *mapi.Message, p *props)) *mapi.Message {
	m := note(set...)
	mapi.PidTagRtfCompressed.Set(&m.Properties, rtf.Compress([]byte(text)))
	mapi.PidTagNativeBody.Set(&m.Properties, 2)
	return m
}

func encapsulated(t *testing.T, html string) string {
	var b bytes.Buffer
	if err := rtf.EncapsulateHTML(&b, html); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// htmlOf returns the HTML part of a message with one alternative.
func htmlOf(t *testing.T, e entity) string {
	t.Helper()
	if e.kind == "text/html" {
		return string(e.body)
	}
	for _, c := range e.children {
		if s := htmlOf(t, c); s != "" {
			return s
		}
	}
	return ""
}

func TestRTFBody(t *testing.T) {
	var fromText bytes.Buffer
	if err := rtf.EncapsulateText(&fromText, "Plain\r\ngröße\r\n"); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, rtf string
		text      string // PidTagBody, if any
		shape     string
		plain     string // the text that is written
		html      string // what the HTML has
	}{
		{"OUT-BODY-008 plain RTF", rtfHead + `Some \b bold\b0  text\par Gr\'fc\'dfe}`, "", "alternative(plain, html)", "Some bold text\r\nGrüße\r\n", "<b>bold</b>"},
		{"OUT-BODY-008 its own text", rtfHead + `Some \b bold\b0  text}`, "Some bold text, as stored\r\n", "alternative(plain, html)", "Some bold text, as stored\r\n", "<b>bold</b>"},
		{"OUT-BODY-009 HTML within", encapsulated(t, "<html><body><p>One <i>two</i> größe</p></body></html>"), "", "alternative(plain, html)", "One two größe", "<p>One <i>two</i> größe</p>"},
		{"OUT-BODY-009 text within", fromText.String(), "", "plain", "Plain\r\ngröße\r\n", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := rtfBody(c.rtf, func(m *mapi.Message, p *props) {
				mapi.PidTagBody.Delete(p)
				if c.text != "" {
					mapi.PidTagBody.Set(p, c.text)
				}
			})
			w := write(t, m, nil)
			w.wantNoDiagnostics(t)
			root := w.tree(t)
			if root.shape() != c.shape {
				t.Fatalf("structure is %s; want %s", root.shape(), c.shape)
			}
			plain := root
			if root.children != nil {
				plain = root.part(t, 0)
			}
			if got := strings.TrimRight(string(plain.body), "\r\n"); got != strings.TrimRight(c.plain, "\r\n") {
				t.Errorf("text is %q; want %q", got, c.plain)
			}
			if got := htmlOf(t, root); !strings.Contains(got, c.html) {
				t.Errorf("HTML is %q; want %q", got, c.html)
			}
		})
	}
}

// The charset of HTML that is made is the message's, where that has its characters.
func TestRTFCharset(t *testing.T) {
	for codePage, want := range map[int32]string{28591: "iso-8859-1", 20866: "utf-8", 65001: "utf-8", 1200: "utf-8"} {
		m := rtfBody(encapsulated(t, "<html><head><meta charset=utf-8></head><body>größe</body></html>"), func(m *mapi.Message, p *props) {
			mapi.PidTagInternetCodepage.Set(p, codePage)
			mapi.PidTagBody.Delete(p)
		})
		root := write(t, m, nil).tree(t)
		part := root.part(t, 1)
		if _, params, _ := part.ContentType(); params["charset"] != want {
			t.Errorf("code page %d: charset is %q", codePage, params["charset"])
		}
		if html := string(part.body); !strings.Contains(html, "charset="+want) || !strings.Contains(html, "größe") {
			t.Errorf("code page %d: %q", codePage, html)
		}
	}
}

// A text of an earlier state than the RTF is not written.
func TestRTFOutOfStep(t *testing.T) {
	m := rtfBody(rtfHead+`new text}`, func(m *mapi.Message, p *props) {
		mapi.PidTagBody.Set(p, "old text")
		mapi.PidTagRtfInSync.Set(p, false)
	})
	root := write(t, m, nil).tree(t)
	if got := string(root.part(t, 0).body); !strings.Contains(got, "new text") {
		t.Errorf("text is %q", got)
	}
}

func TestRTFThatCannotBeRead(t *testing.T) {
	m := rtfBody("x", func(m *mapi.Message, p *props) { mapi.PidTagBody.Set(p, "Text") })
	mapi.PidTagRtfCompressed.Set(&m.Properties, []byte("compressed"))
	w := write(t, m, nil)
	w.wantCode(t, diag.RTFNotConverted)
	if got := w.tree(t).shape(); got != "plain" {
		t.Errorf("beside a text: %s", got)
	}
	mapi.PidTagHtml.Set(&m.Properties, []byte("<p>x"))
	w = write(t, m, nil)
	w.wantCode(t, diag.RTFNotConverted)
	if got := w.tree(t).shape(); got != "alternative(plain, html)" {
		t.Errorf("beside HTML: %s", got)
	}
	mapi.PidTagHtml.Delete(&m.Properties)
	mapi.PidTagBody.Delete(&m.Properties)
	w = write(t, m, nil)
	w.wantCode(t, diag.RTFNotConverted)
	if root := w.tree(t); root.shape() != "mixed(plain, application/octet-stream)" || string(root.part(t, 1).body) != "compressed" {
		t.Errorf("alone: %s", root.shape())
	}
	// An empty one says nothing, and is no reason to leave the text out.
	mapi.PidTagRtfCompressed.Set(&m.Properties, rtf.Compress([]byte(rtfHead+`\par }`)))
	mapi.PidTagBody.Set(&m.Properties, "Text")
	w = write(t, m, nil)
	w.wantNoDiagnostics(t)
	if root := w.tree(t); root.shape() != "plain" || string(root.body) != "Text\r\n" {
		t.Errorf("empty: %s, %q", root.shape(), root.body)
	}
}

var png = []byte("\x89PNG\r\n\x1a\n a picture")

// Pictures in the RTF itself become inline attachments.
func TestRTFPictures(t *testing.T) {
	m := rtfBody(rtfHead+`Before {\pict\pngblip\picwgoal300\pichgoal300 `+hex.EncodeToString(png)+`} and {\pict\emfblip 0102} after}`,
		func(m *mapi.Message, p *props) { mapi.PidTagBody.Delete(p) })
	w := write(t, m, nil)
	root := w.tree(t)
	if root.shape() != "mixed(related(alternative(plain, html), image/png), image/emf)" {
		t.Fatalf("structure is %s", root.shape())
	}
	picture := root.part(t, 0, 1)
	if !bytes.Equal(picture.body, png) {
		t.Errorf("picture is %q", picture.body)
	}
	id := strings.Trim(picture.Get("Content-Id"), "<>")
	if html := htmlOf(t, root); id == "" || !strings.Contains(html, `src="cid:`+id+`"`) {
		t.Errorf("%q is not in %s", id, html)
	}
	if disposition := picture.Get("Content-Disposition"); !strings.HasPrefix(disposition, "inline") {
		t.Errorf("disposition is %s", disposition)
	}
	// As text alone, they are files.
	if got := write(t, m, &mapi2mime.Options{Body: mapi2mime.Plain}).tree(t).shape(); got != "mixed(plain, image/png, image/emf)" {
		t.Errorf("structure is %s", got)
	}
}

// Attachments with a place in the RTF stand there: pictures as such, files by name,
// in the order of their positions.
func TestRTFPlaces(t *testing.T) {
	at := func(position int32, name, typ string, set ...func(p *props)) *mapi.Attachment {
		return file("content of "+name, func(p *props) {
			mapi.PidTagAttachMethod.Set(p, mapi.AttachByValue)
			mapi.PidTagRenderingPosition.Set(p, position)
			mapi.PidTagAttachLongFilename.Set(p, name)
			mapi.PidTagAttachMimeTag.Set(p, typ)
			for _, f := range set {
				f(p)
			}
		})
	}
	m := rtfBody(rtfHead+`One \objattph  two \objattph  three \objattph  four}`, func(m *mapi.Message, p *props) {
		mapi.PidTagBody.Delete(p)
		m.Attachments = []*mapi.Attachment{
			at(30, "c.png", "image/png", func(p *props) { mapi.PidTagAttachContentId.Set(p, "kept@x") }),
			at(-1, "d.png", "image/png"),
			at(10, "a.png", ""),
			at(20, "b.pdf", "application/pdf"),
		}
	})
	w := write(t, m, nil)
	w.wantNoDiagnostics(t)
	root := w.tree(t)
	if root.shape() != "mixed(related(alternative(plain, html), image/png, image/png), image/png, application/pdf)" {
		t.Fatalf("structure is %s", root.shape())
	}
	html := htmlOf(t, root)
	kept, made := root.part(t, 0, 1), root.part(t, 0, 2)
	if got := kept.Get("Content-Id"); got != "<kept@x>" {
		t.Errorf("the id is %s", got)
	}
	if string(made.body) != "content of a.png" {
		t.Errorf("the second picture is %q", made.body)
	}
	first := strings.Index(html, "cid:"+strings.Trim(made.Get("Content-Id"), "<>"))
	second, third := strings.Index(html, "b.pdf"), strings.Index(html, "cid:kept@x")
	if first < 0 || second < first || third < second {
		t.Errorf("%d, %d, %d in %s", first, second, third, html)
	}
}

func TestAttachRTF(t *testing.T) {
	text := rtfHead + `Some text}`
	o := &mapi2mime.Options{AttachRTF: true}
	m := rtfBody(text)
	root := write(t, m, o).tree(t)
	if root.shape() != "mixed(alternative(plain, html), text/rtf)" && root.shape() != "mixed(alternative(plain, html), rtf)" {
		t.Fatalf("structure is %s", root.shape())
	}
	if got := string(root.part(t, 1).body); got != text {
		t.Errorf("file is %q", got)
	}
	// Also beside a body that is better.
	mapi.PidTagNativeBody.Set(&m.Properties, 1)
	if got := write(t, m, o).tree(t).shape(); got != "mixed(plain, rtf)" {
		t.Errorf("structure is %s", got)
	}
	if got := write(t, note(), o).tree(t).shape(); got != "plain" {
		t.Errorf("without RTF: %s", got)
	}
}
