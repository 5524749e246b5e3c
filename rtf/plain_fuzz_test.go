package rtf

import (
	"context"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/contentconv/contentconv/internal/htmlscan"
)

// FuzzEncapsulateHTML holds encapsulation to its promise for any bytes, as HTML and
// as text: they come back.
func FuzzEncapsulateHTML(f *testing.F) {
	for _, c := range roundTripCases {
		f.Add(c.html)
	}
	f.Fuzz(func(t *testing.T, in string) {
		want := normal(in)
		for _, e := range []struct{ kind, rtf string }{{"HTML", encapsulateHTML(t, in)}, {"text", encapsulateText(t, in)}} {
			checkRTF(t, e.rtf)
			d, err := Decode(context.Background(), strings.NewReader(e.rtf), &DecodeOptions{StrictKind: true})
			if err != nil {
				t.Fatal(err)
			}
			if d.Kind.String() != e.kind || len(d.Diagnostics) > 0 {
				t.Errorf("the kind of %s is %v, with %v", e.kind, d.Kind, d.Diagnostics)
			}
			got := d.HTML + d.Text
			if d.Kind == HTML && declareUTF8(want) != want {
				want = declareUTF8(want) // it declared another charset
			}
			if got != want {
				t.Errorf("%s comes back as %q; want %q\n%s", e.kind, got, want, e.rtf)
			}
			if d, err := Decode(context.Background(), strings.NewReader(visibleOf(t, e.rtf)), nil); err != nil || d.Kind != Plain {
				t.Errorf("without its mark: %v", err)
			}
			want = normal(in)
		}
	})
}

// plainElements are those that the HTML of plain RTF has; true for those without an
// end tag.
var plainElements = map[string]bool{
	"html": false, "head": false, "meta": true, "body": false, "div": false, "br": true, "table": false, "tr": false, "td": false,
	"span": false, "a": false, "img": true, "b": false, "i": false, "u": false, "s": false, "sup": false, "sub": false,
}

// checkHTML reports tags that are badly nested, and elements, attributes and schemes
// that plain RTF must not bring in.
func checkHTML(t *testing.T, html string) {
	t.Helper()
	var open []string
	z := htmlscan.NewTokenizer(html)
	for z.Next() {
		empty, known := plainElements[z.Name()]
		switch z.Kind() {
		case htmlscan.StartTag:
			if !known {
				t.Fatalf("element %q", z.Name())
			}
			checkAttributes(t, z)
			if !empty {
				open = append(open, z.Name())
			}
		case htmlscan.EndTag:
			if n := len(open); n == 0 || open[n-1] != z.Name() {
				t.Fatalf("</%s> within %v", z.Name(), open)
			}
			open = open[:len(open)-1]
		case htmlscan.Comment:
			t.Fatalf("a comment: %q", z.Raw())
		}
	}
	if len(open) > 0 {
		t.Fatalf("%v are not ended", open)
	}
}

func checkAttributes(t *testing.T, z *htmlscan.Tokenizer) {
	t.Helper()
	for name, value := range z.Attrs() {
		switch name {
		case "style":
			if strings.ContainsAny(value, `"<>&(){}\@/`) || strings.Count(value, "'")%2 != 0 {
				t.Fatalf("style %q", value)
			}
		case "href":
			if linkTarget(htmlscan.UnescapeAttr(value)) == "" {
				t.Fatalf("href %q", value)
			}
		case "src", "alt", "dir", "border", "cellspacing", "cellpadding", "valign", "colspan", "width", "height", "http-equiv", "content":
		default:
			t.Fatalf("attribute %q", name)
		}
	}
}

// FuzzPlain converts any bytes as plain RTF: the HTML is well-formed and holds
// nothing but what the converter writes, and it has the text of the text.
func FuzzPlain(f *testing.F) {
	for _, c := range plainCases {
		f.Add(c.rtf)
	}
	f.Add(`\trowd\clmgf\cellx1000\clmrg\cellx2000 \intbl a\cell\cell\row\itap2 b\nestcell{\*\nesttableprops\trowd\nestrow}\pard c`)
	f.Add(`x\objattph  \objattph\'20 y{\*\shppict{\pict\picwgoal300\pichgoal300\pngblip 89504e47}}{\pict\dibitmap0\bin4 {}\\}}`)
	f.Fuzz(func(t *testing.T, in string) {
		o := &DecodeOptions{Place: func(n int) Place {
			return []Place{{Name: "<a>"}, {}, {URL: "cid:\"x", Name: "y"}}[n%3]
		}}
		d, err := Decode(context.Background(), strings.NewReader(plainHeader+in), o)
		if err != nil {
			t.Fatal(err)
		}
		if !utf8.ValidString(d.HTML) || !utf8.ValidString(d.Text) {
			t.Errorf("no UTF-8: %q, %q", d.HTML, d.Text)
		}
		checkHTML(t, d.HTML)
		if strings.Contains(d.HTML, "<a ") || strings.Contains(d.HTML, "<img") {
			return
		}
		if got, want := letters(textOf(d.HTML)), letters(d.Text); got != want {
			t.Errorf("the HTML has %q; the text %q", got, want)
		}
	})
}

// textOf returns what stands between the tags.
func textOf(html string) string {
	var b strings.Builder
	for z := htmlscan.NewTokenizer(html); z.Next(); {
		if z.Kind() == htmlscan.Text {
			b.WriteString(htmlscan.Unescape(z.Raw()))
		}
	}
	return b.String()
}

// letters returns s without white space.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}
