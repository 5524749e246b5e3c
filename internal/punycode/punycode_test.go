package punycode

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// The samples of RFC 3492 7.1, by their letter.
func TestEncode(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"A Arabic", "\u0644\u064A\u0647\u0645\u0627\u0628\u062A\u0643\u0644\u0645\u0648\u0634\u0639\u0631\u0628\u064A\u061F", "egbpdaj6bu4bxfgehfvwxn"},
		{"B Chinese, simplified", "\u4ED6\u4EEC\u4E3A\u4EC0\u4E48\u4E0D\u8BF4\u4E2D\u6587", "ihqwcrb4cv8a8dqg056pqjye"},
		{"C Chinese, traditional", "\u4ED6\u5011\u7232\u4EC0\u9EBD\u4E0D\u8AAA\u4E2D\u6587", "ihqwctvzc91f659drss3x8bo0yb"},
		{"D Czech", "Pro\u010Dprost\u011Bnemluv\u00ED\u010Desky", "Proprostnemluvesky-uyb24dma41a"},
		{"G Japanese", "\u306A\u305C\u307F\u3093\u306A\u65E5\u672C\u8A9E\u3092\u8A71\u3057\u3066\u304F\u308C\u306A\u3044\u306E\u304B", "n8jok5ay5dzabd5bym9f0cm5685rrjetr6pdxa"},
		{"J Spanish", "Porqu\u00E9nopuedensimplementehablarenEspa\u00F1ol", "PorqunopuedensimplementehablarenEspaol-fmd56a"},
		{"L digits first", "3\u5E74B\u7D44\u91D1\u516B\u5148\u751F", "3B-ww4c5e180e575a65lsy2b"},
		{"M hyphens", "\u5B89\u5BA4\u5948\u7F8E\u6075-with-SUPER-MONKEYS", "-with-SUPER-MONKEYS-pc58ag80a8qai00g7n9n"},
		{"S ASCII alone", "-> $1.00 <-", "-> $1.00 <--"},
		{"beyond the first plane", "\U0001F600", "e28h"},
		{"nothing", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got, ok := Encode(c.in); got != c.want || !ok {
				t.Errorf("Encode = %q, %v; want %q", got, ok, c.want)
			}
		})
	}
	if s, ok := Encode(strings.Repeat("ä", 256)); ok {
		t.Errorf("256 code points are %q", s)
	}
	if _, ok := Encode(strings.Repeat("ä", 255)); !ok {
		t.Errorf("255 code points are refused")
	}
}

func TestDomain(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"German", "bücher.example", "xn--bcher-kva.example"},
		{"capital letters", "BÜCHER.Example", "xn--bcher-kva.Example"},
		{"decomposed", "bu\u0308cher.example", "xn--bcher-kva.example"},
		{"full width", "ｅｘａｍｐｌｅ.com", "example.com"},
		{"sharp s stays", "straße.example", "xn--strae-oqa.example"},
		{"Chinese, and dots of its own", "例え。テスト", "xn--r8jz45g.xn--zckzah"},
		{"Hindi with a joiner", "\u0915\u094D\u200D\u0937.example", "xn--11b2ezcw70k.example"},
		{"an emoji", "☕.example", "xn--53h.example"},
		{"ASCII stays as it is", "Mail_1.Example.com", "Mail_1.Example.com"},
		{"encoded already", "xn--bcher-kva.example", "xn--bcher-kva.example"},
		{"empty", "", ""},
		{"an empty label", "ä..example", ""},
		{"a dot at the end", "ä.", ""},
		{"a blank", "ä b.example", ""},
		{"a control character", "ä\x00.example", ""},
		{"a comma in full width", "ä，b.example", ""},
		{"an at sign in full width", "ä＠b.example", ""},
		{"a hyphen at the end", "ä-.example", ""},
		{"a full-width hyphen at the start", "－a.example", ""},
		{"not UTF-8", "\xff.example", ""},
		{"a label that is too long", strings.Repeat("ä", 60) + ".example", ""},
		{"a long label in ASCII", strings.Repeat("a", 64) + ".ä", ""},
		{"a name that is too long", strings.Repeat("aaaaaaaaa.", 25) + "bücher", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, ok := Domain(c.in)
			if ok != (c.want != "") || ok && got != c.want {
				t.Errorf("Domain = %q, %v; want %q", got, ok, c.want)
			}
		})
	}
}

func FuzzDomain(f *testing.F) {
	for _, s := range []string{"bücher.example", "例え。テスト", "a.b", "\u200D", "ß-", "ﷺ.ﷺ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		out, ok := Domain(s)
		if !ok {
			return
		}
		if len(out) > maxDomain || !isASCII(out) {
			t.Errorf("Domain(%q) = %q", s, out)
		}
		for label := range strings.SplitSeq(out, ".") {
			if label == "" || len(label) > maxLabel {
				t.Errorf("Domain(%q) = %q", s, out)
			}
		}
		if again, ok := Domain(out); !ok || again != out {
			t.Errorf("Domain(%q) = %q, %v", out, again, ok)
		}
		if !utf8.ValidString(s) {
			t.Errorf("%q is no text", s)
		}
	})
}
