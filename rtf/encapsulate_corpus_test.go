package rtf_test

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/contentconv/contentconv/internal/charset"
	"github.com/contentconv/contentconv/internal/htmlscan"
	"github.com/contentconv/contentconv/internal/htmltext"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mime2mapi"
	"github.com/contentconv/contentconv/rtf"
)

// mailBodies calls f for each HTML and text body of the messages of the corpus,
// those within others too. The bodies are in UTF-8 and HTML says so.
func mailBodies(t *testing.T, f func(name string, kind rtf.Kind, body string)) {
	dir := os.Getenv("CONTENTCONV_CORPUS")
	if dir == "" {
		t.Skip("CONTENTCONV_CORPUS names no corpus; set it to run over one")
	}
	var paths []string
	for _, pattern := range []string{"eml/*/*", "pairs/*/*/*.eml"} {
		found, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil {
			t.Fatal(err)
		}
		paths = append(paths, found...)
	}
	for _, path := range paths {
		in, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		res, err := mime2mapi.Convert(t.Context(), in, nil)
		in.Close()
		if err != nil {
			continue // not what is tested here
		}
		messageBodies(res.Message, filepath.Base(path), f)
		res.Close()
	}
}

func messageBodies(m *mapi.Message, name string, f func(name string, kind rtf.Kind, body string)) {
	p := &m.Properties
	if text, ok := mapi.PidTagBody.Get(p); ok {
		f(name+" text", rtf.Text, text)
	}
	if b, ok := mapi.PidTagHtml.Get(p); ok {
		html := string(b)
		if c := charset.ByCodePage(int(mapi.PidTagInternetCodepage.Or(p, 0))); c != nil {
			html, _ = c.Decode(b)
		}
		if len(htmlscan.StripMetaCharset([]byte(html))) != len(html) {
			html = string(htmlscan.SetCharset([]byte(html), "utf-8"))
		}
		f(name+" HTML", rtf.HTML, html)
	}
	for _, a := range m.Attachments {
		if a.Message != nil {
			messageBodies(a.Message, name+" embedded", f)
		}
	}
}

func decodeString(t *testing.T, in string, o *rtf.DecodeOptions) *rtf.Document {
	t.Helper()
	d, err := rtf.Decode(context.Background(), strings.NewReader(in), o)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// comesBack is a body as encapsulation gives it back.
func comesBack(s string) string {
	s = string([]rune(strings.ReplaceAll(s, "\x00", "")))
	return strings.NewReplacer("\r\n", "\r\n", "\r", "\r\n", "\n", "\r\n").Replace(s)
}

func TestRTF_E_001_CorpusComesBack(t *testing.T) {
	n := 0
	mailBodies(t, func(name string, kind rtf.Kind, body string) {
		n++
		encapsulate := map[rtf.Kind]func(io.Writer, string) error{rtf.HTML: rtf.EncapsulateHTML, rtf.Text: rtf.EncapsulateText}[kind]
		var b strings.Builder
		if err := encapsulate(&b, body); err != nil {
			t.Fatal(err)
		}
		d := decodeString(t, b.String(), &rtf.DecodeOptions{StrictKind: true})
		if d.Kind != kind || len(d.Diagnostics) > 0 {
			t.Errorf("%s: kind %v, %v", name, d.Kind, d.Diagnostics)
		}
		if got, want := d.HTML+d.Text, comesBack(body); got != want {
			i := 0
			for i < len(got) && i < len(want) && got[i] == want[i] {
				i++
			}
			t.Errorf("%s: comes back changed at %d of %d", name, i, len(want))
		}
		// The words that other readers show are those of the HTML.
		shown := strings.Replace(strings.Replace(b.String(), `\fromhtml1`, "", 1), `\fromtext`, "", 1)
		plain := decodeString(t, shown, nil)
		if kind == rtf.Text && strings.TrimRight(plain.Text, "\r\n") != strings.TrimRight(visibleText(body), "\r\n") {
			t.Errorf("%s: other text is shown", name)
		}
	})
	t.Logf("%d bodies", n)
}

// visibleText is text without control characters, which plain RTF has none of.
func visibleText(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\r' && r != '\n' || r == 0x7F {
			return -1
		}
		return r
	}, comesBack(s))
}

// TestPlainCorpus compares the two forms that plain RTF gets: HTML and text have the
// same words.
func TestPlainCorpus(t *testing.T) {
	corpusFiles(t, func(t *testing.T, _ string, file []byte) {
		d := decodeFile(t, file)
		if d.Kind != rtf.Plain {
			return
		}
		words := func(s string) string { return strings.Join(strings.Fields(s), " ") }
		if got, want := words(htmltext.Convert(d.HTML)), words(d.Text); got != want {
			t.Errorf("the HTML reads %.200q; the text is %.200q", got, want)
		}
	}, ".rtf")
}
