package rtf

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/contentconv/contentconv/diag"
	"github.com/google/go-cmp/cmp"
)

// decoded returns the text in the events of a document.
func decoded(t *testing.T, in string, cfg readerConfig) string {
	t.Helper()
	got, err := events(strings.NewReader(in), cfg)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, s := range strings.Split(got, "[")[1:] {
		b.WriteString(s[:strings.LastIndexByte(s, ']')])
	}
	return b.String()
}

// escaped writes bytes as RTF does.
func escaped(s string) string {
	var b strings.Builder
	for _, c := range []byte(s) {
		fmt.Fprintf(&b, `\'%02x`, c)
	}
	return b.String()
}

func TestRTF_L_008_EveryCharset(t *testing.T) {
	tests := map[int32]struct{ bytes, want string }{
		0: {"\xE4\x80", "ä€"}, 77: {"\x8A", "ä"}, 78: {"\x83\x65", "テ"}, 79: {"\xB0\xA1", "가"}, 80: {"\xB0\xA1", "啊"},
		81: {"\xA4\x40", "一"}, 83: {"\xE0", "א"}, 84: {"\xC7", "ا"}, 85: {"\xE1", "α"}, 86: {"\xDA", "Ğ"}, 87: {"\xA1", "ก"},
		88: {"\x87", "á"}, 89: {"\x80", "А"}, 128: {"\x83\x65", "テ"}, 129: {"\xB0\xA1", "가"}, 134: {"\xB0\xA1", "啊"},
		136: {"\xA4\x40", "一"}, 161: {"\xE1", "α"}, 162: {"\xD0", "Ğ"}, 163: {"\xD0", "Đ"}, 177: {"\xE0", "א"}, 178: {"\xC7", "ا"},
		186: {"\xE0", "ą"}, 204: {"\xE0", "а"}, 222: {"\xA1", "ก"}, 238: {"\xB3", "ł"}, 254: {"\x84\xE1", "äß"}, 255: {"\x9B", "ø"},
	}
	for c, page := range charsetPages {
		test, ok := tests[c]
		if !ok {
			if c != 130 { // Johab, for which there is no decoder
				t.Errorf("charset %d is not tested", c)
			}
			continue
		}
		t.Run(fmt.Sprintf("charset %d, code page %d", c, page), func(t *testing.T) {
			in := fmt.Sprintf(`{\rtf1\ansicpg1254{\fonttbl{\f5\fcharset%d X;}}\f5%s}`, c, escaped(test.bytes))
			if got := decoded(t, in, readerConfig{}); got != test.want {
				t.Errorf("got %q; want %q", got, test.want)
			}
		})
	}
	if len(charsetPages) != len(tests)+1 {
		t.Errorf("%d charsets are known, %d tested", len(charsetPages), len(tests))
	}
}

func TestFontNames(t *testing.T) {
	for name, c := range map[string]struct {
		in   byte
		want string
	}{
		"Arial CE": {0xE0, "ŕ"}, "Arial CYR": {0xE4, "д"}, "Arial Greek": {0xE4, "δ"}, "Arial Tur": {0xF0, "ğ"},
		"Arial (Hebrew)": {0xE4, "ה"}, "Arial (Arabic)": {0xE4, "ن"}, "Arial Baltic": {0xF0, "š"},
		"Arial (Vietnamese)": {0xF0, "đ"}, "Arial": {0xF0, "ð"}, "Cyrano": {0xF0, "ð"},
	} {
		in := escaped(string([]byte{c.in}))
		if got := decoded(t, `{\rtf1{\fonttbl{\f0 `+name+`;}}\f0`+in+`}`, readerConfig{}); got != c.want {
			t.Errorf("%s: got %q; want %q", name, got, c.want)
		}
		if got := decoded(t, `{\rtf1{\fonttbl{\f0\fcharset128 `+name+`;}}\f0\'b1}`, readerConfig{}); got != "ｱ" {
			t.Errorf("%s: the name wins over the charset: %q", name, got)
		}
	}
}

func TestEqualPages(t *testing.T) {
	for page, test := range map[int]struct{ bytes, want string }{
		10001: {"\x83\x65", "テ"}, 10002: {"\xA4\x40", "一"}, 10003: {"\xB0\xA1", "가"}, 10008: {"\xB0\xA1", "啊"},
		10004: {"\xC7", "ا"}, 10005: {"\xE0", "א"}, 10021: {"\xA1", "ก"}, 50220: {"\x83\x65", "テ"}, 50221: {"\x83\x65", "テ"},
		50222: {"\x83\x65", "テ"}, 50225: {"\xB0\xA1", "가"}, 50227: {"\xB0\xA1", "啊"}, 52936: {"\xB0\xA1", "啊"},
		51936: {"\xB0\xA1", "啊"}, 20936: {"\xB0\xA1", "啊"}, 51949: {"\xB0\xA1", "가"},
	} {
		if _, ok := equalPages[page]; !ok {
			t.Errorf("%d is none of them", page)
		}
		// The pair is cut by a word, so that the structure of the page counts too.
		in := escaped(test.bytes[:1]) + `\b` + escaped(test.bytes[1:])
		if got := decoded(t, fmt.Sprintf(`{\rtf1\ansicpg%d%s}`, page, in), readerConfig{}); got != test.want {
			t.Errorf("%d: got %q; want %q", page, got, test.want)
		}
	}
}

// TestBreaksText sees that half a pair never goes on behind a word that stands for
// text, and does behind others.
func TestBreaksText(t *testing.T) {
	for word := range breaksText {
		in := `{\rtf1\ansicpg932\'83\` + word + `\'65}`
		if got := decoded(t, in, readerConfig{}); got != "\uFFFDe" {
			t.Errorf("%s: got %q", word, got)
		}
	}
	for _, words := range []map[string]string{htmlWords, textWords} {
		for word := range words {
			if !breaksText[word] {
				t.Errorf("%s stands for text, but does not break it", word)
			}
		}
	}
	for _, word := range []string{"b", "cf", "lang", "insrsid", "pard", "ql"} {
		if got := decoded(t, `{\rtf1\ansicpg932\'83\`+word+`3 \'65}`, readerConfig{}); got != "テ" {
			t.Errorf("%s: got %q", word, got)
		}
	}
}

func TestSymbolFonts(t *testing.T) {
	for _, c := range []struct{ face, in, want string }{
		{"Symbol", "ABGDabgd", "ΑΒΓΔαβγδ"},
		{"Symbol", "\xA3\xA5\xAE\xB3\xB9\xD6\xE5\xF2\xFE", "≤∞→≥≠√∑∫⎭"},
		{"Symbol", " ~\x7F\xFF\xA0", " ∼\uF07F\uF0FF€"},
		{"Wingdings", "JKL\xA7\xE0\xDF\xF3\xFC\xFB\xFE\xD8", "☺😐☹▪→←⇔✓✗☑➢"},
		{"Wingdings", "\x8C\x95(*", "❶❿☎✉"},
		{"Wingdings", " \xA0z", " \u00A0\uF07A"},
		{"Wingdings 2", "P", "\uF050"},
		{"Webdings", "arY", "✔✖♥"},
		{"Marlett", "a", "\uF061"},
	} {
		in := `{\rtf1{\fonttbl{\f0\fcharset2 ` + c.face + `;}}\f0 ` + escaped(c.in) + `}`
		if diff := cmp.Diff(c.want, decoded(t, in, readerConfig{symbols: true})); diff != "" {
			t.Errorf("%s: -want +got:\n%s", c.face, diff)
		}
	}
	if len(symbolLow) != 0x7F-0x20 || len(symbolHigh) != 0xFF-0xA0 {
		t.Errorf("Symbol has %d and %d characters", len(symbolLow), len(symbolHigh))
	}
}

func TestFontNamesAreDecoded(t *testing.T) {
	in := `{\rtf1{\fonttbl{\f0\fcharset128 \'82l\'82r \'96\'be\'92\'a9{\*\falt MS Mincho};}{\f1\fcharset0 "Quoted; not"}{\f2 A\u1041 B\u0?C;D}` +
		`{\f3\fcharset2 Wing\u100?ings;}{\f4\fcharset204  \u-10?;}}\f3 J}`
	r := newReader(context.Background(), strings.NewReader(in), readerConfig{symbols: true})
	text := ""
	for {
		e, err := r.next()
		if err != nil {
			break
		}
		if e.kind == evText {
			text += string(e.text)
		}
	}
	got := make(map[int32]string)
	for n, f := range r.fonts {
		got[n] = f.name
	}
	want := map[int32]string{0: "ＭＳ 明朝", 1: "Quoted", 2: "AБC", 3: "Wingdings", 4: "\uFFF6"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if text != "☺" {
		t.Errorf("text in the font of that name: %q", text)
	}
}

func TestFontTableIsBounded(t *testing.T) {
	var b strings.Builder
	b.WriteString(`{\rtf1{\fonttbl`)
	for i := range maxFonts + 10 {
		fmt.Fprintf(&b, `{\f%d\fcharset204 A;}`, i)
	}
	fmt.Fprintf(&b, `}\f%d\'e4\f%d\'e4}`, maxFonts-1, maxFonts)
	if got := decoded(t, b.String(), readerConfig{}); got != "дä" {
		t.Errorf("got %q", got)
	}
	var rec diag.Recorder
	long := `{\rtf1{\fonttbl{\f0 ` + strings.Repeat("A", 3*maxFontName) + ` Cyr;}}\f0\'e4}`
	if got := decoded(t, long, readerConfig{rec: &rec}); got != "ä" {
		t.Errorf("a font name without end: got %q", got)
	}
}

// TestRTF_L_007_Structure sees how long a character is by its first bytes, at the ends
// of the ranges of each code page; 0 is one that goes on.
func TestRTF_L_007_Structure(t *testing.T) {
	for _, c := range []struct {
		page int
		in   string
		want int
	}{
		{932, "a", 1}, {932, "\x80\x40", 1}, {932, "\x81", 0}, {932, "\x81\x40", 2}, {932, "\x9F\xFC", 2}, {932, "\xA0\x40", 1},
		{932, "\xA1\x40", 1}, {932, "\xDF\x40", 1}, {932, "\xE0\x40", 2}, {932, "\xFC\x40", 2}, {932, "\xFD\x40", 1},
		{932, "\x81\x3F", 1}, {932, "\x81\x7E", 2}, {932, "\x81\x7F", 1}, {932, "\x81\x80", 2}, {932, "\x81\xFE", 2}, {932, "\x81\xFF", 1},
		{949, "\x80\x41", 1}, {949, "\x81\x41", 2}, {949, "\xFE\x41", 2}, {949, "\xFF\x41", 1},
		{950, "\x80\x41", 1}, {950, "\x81\x41", 2}, {950, "\xFE\x41", 2}, {950, "\xFF\x41", 1},
		{936, "\x80\x41", 1}, {936, "\x81\x41", 2}, {936, "\xFE\x41", 2}, {936, "\xFF\x41", 1}, {936, "\xFF\x30", 1}, {936, "\x81", 0},
		{936, "\x81\x30", 0}, {936, "\x81\x39\x81", 0}, {936, "\x81\x30\x81\x30", 4}, {936, "\xFE\x39\xFE\x39x", 4},
		{936, "\x81\x30\x80", 1}, {936, "\x81\x30\xFF", 1}, {936, "\x81\x30\x81x", 1}, {936, "\x81\x2F", 1}, {936, "\x81\x3A", 1},
		{54936, "\x81\x30\x81\x30", 4},
		{51932, "\x8D\xA1", 1}, {51932, "\x8E\xA1", 2}, {51932, "\x8F", 0}, {51932, "\x8F\xA1", 0}, {51932, "\x8F\xA1\xA1", 3},
		{51932, "\x8F\xA0", 1}, {51932, "\x8F\xA1\xA0", 1}, {51932, "\xA0\xA1", 1}, {51932, "\xA1\xA1", 2}, {51932, "\xFE\xA1", 2}, {51932, "\xFF\xA1", 1},
		{65001, "\xC3", 0}, {65001, "\xC3\xA4", 2}, {65001, "\xE2\x82", 0}, {65001, "\xFF", 1}, {65001, "\xC3x", 1},
	} {
		if got := units[c.page]([]byte(c.in)); got != c.want {
			t.Errorf("%d, %x: %d bytes; want %d", c.page, c.in, got, c.want)
		}
	}
}
