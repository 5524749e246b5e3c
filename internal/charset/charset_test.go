package charset

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// A text is in each charset that can hold it.
var texts = map[string]string{
	"Japanese":    "見積書の件、ｶﾀｶﾅ～と「漢字」\r\nABC ①",
	"Japanese 7":  "見積書の件、と「漢字」\r\nABC",
	"Simplified":  "项目报告，请查收~你好\r\nABC",
	"GB18030":     "项目𠀀\u00E9\u0F00ABC\uFFFD",
	"Traditional": "專案報告，請查收。\r\nABC",
	"Hong Kong":   "\u00CA\u0304\u00EA\u030CABC",
	"Korean":      "보고서를 첨부합니다. 똠방각하\r\nABC",
	"Korean 7":    "보고서를 첨부합니다.\r\nABC",
	"Unicode":     "a é ☃ 😀 1+1=2 ~z\r\nend",
	"Latin":       "Größe",
	"Cyrillic":    "Привет",
}

var textOf = map[string][]string{
	"utf-8": {"Unicode"}, "utf-7": {"Unicode"}, "utf-16": {"Unicode"}, "utf-16le": {"Unicode"},
	"utf-16be": {"Unicode"}, "utf-32": {"Unicode"}, "utf-32le": {"Unicode"}, "utf-32be": {"Unicode"},
	"shift_jis": {"Japanese"}, "euc-jp": {"Japanese"}, "iso-2022-jp": {"Japanese 7"},
	"gb18030": {"Simplified", "GB18030", "Unicode"}, "gbk": {"Simplified"}, "gb2312": {"Simplified"},
	"hz-gb-2312": {"Simplified"}, "iso-2022-cn": {"Simplified"},
	"big5": {"Traditional"}, "big5-hkscs": {"Traditional"},
	"euc-kr": {"Korean"}, "ks_c_5601-1987": {"Korean"}, "iso-2022-kr": {"Korean 7"},
	"iso-8859-1": {"Latin"}, "windows-1252": {"Latin"}, "koi8-r": {"Cyrillic"}, "iso-8859-5": {"Cyrillic"},
}

func TestEncodeDecode(t *testing.T) {
	for name, keys := range textOf {
		for _, key := range keys {
			t.Run(name+" "+key, func(t *testing.T) {
				c := Lookup(name)
				b, ok := c.Encode(texts[key])
				if !ok || !c.CanEncode(texts[key]) {
					t.Fatalf("Encode(%q) = %q, false", texts[key], b)
				}
				for form, decode := range map[string]func() (string, int){
					"Decode":       func() (string, int) { return c.Decode(b) },
					"DecodeString": func() (string, int) { return c.DecodeString(string(b)) },
				} {
					if s, bad := decode(); s != texts[key] || bad != 0 {
						t.Errorf("%s(%q) has %d bad: %s", form, b, bad, cmp.Diff(texts[key], s))
					}
				}
			})
		}
	}
}

// Long text takes more than one round of the decoders' buffers.
func TestLongText(t *testing.T) {
	for name, keys := range textOf {
		for shift := range 9 {
			want := strings.Repeat("x", shift) + strings.Repeat(texts[keys[0]]+" plain text ", 150)
			b, ok := Lookup(name).Encode(want)
			if got, bad := Lookup(name).Decode(b); !ok || got != want || bad != 0 {
				t.Errorf("%s: long text is not the same when read again", name)
			}
		}
	}
}

// Text that ends within a character has one U+FFFD for it and has lost nothing
// before it, in every charset and at every place.
func TestTruncated(t *testing.T) {
	for name, keys := range textOf {
		for _, key := range keys {
			t.Run("IN-BODY-019 "+name+" "+key, func(t *testing.T) {
				c := Lookup(name)
				b, _ := c.Encode(texts[key])
				for n := range b {
					s, bad := c.Decode(b[:n])
					whole := strings.TrimSuffix(s, strings.Repeat("\uFFFD", bad))
					// A plus sign of UTF-7 without enough after it, and a tilde of HZ without
					// anything, stand for themselves.
					if i := strings.LastIndexByte(whole, '+'); name == "utf-7" && i >= 0 && len(whole) < i+4 {
						whole = strings.TrimSuffix(whole, string(b[:n][n-len(whole)+i:]))
					}
					if name == "hz-gb-2312" && b[max(0, n-1)] == '~' {
						whole = strings.TrimSuffix(whole, "~")
					}
					if bad > 1 || !strings.HasPrefix(texts[key], whole) {
						t.Errorf("Decode(%q) = %q, %d bad; want a beginning of %q", b[:n], s, bad, texts[key])
					}
					if rest := texts[key][len(whole):]; utf8.RuneCountInString(rest) > len(b)-n+1 {
						t.Errorf("Decode(%q) = %q lost characters before the end", b[:n], s)
					}
				}
			})
		}
	}
}

// Every byte of a single-byte charset reads as the library of reference has it,
// and every character that a byte has can be written.
func TestSingleByteAgainstXText(t *testing.T) {
	for name, ref := range map[string]*charmap.Charmap{
		"windows-1250": charmap.Windows1250, "windows-1252": charmap.Windows1252,
		"iso-8859-16": charmap.ISO8859_16, "koi8-u": charmap.KOI8U, "macintosh": charmap.Macintosh,
		"ibm866": charmap.CodePage866, "ibm037": charmap.CodePage037, "windows-874": charmap.Windows874,
	} {
		t.Run(name, func(t *testing.T) {
			for i := range 256 {
				if 0x80 <= i && i <= 0x9F && strings.HasPrefix(name, "iso-") {
					continue // borrowed from Windows
				}
				want := string(ref.DecodeByte(byte(i)))
				if got, _ := Lookup(name).Decode([]byte{byte(i)}); got != want {
					t.Errorf("%#02x is %q, want %q", i, got, want)
				}
			}
		})
	}
}

func TestSingleByteRoundTrip(t *testing.T) {
	for i := range charsets {
		c := &charsets[i]
		if _, single := c.codec.(*byteCodec); !single {
			continue
		}
		for x := range 256 {
			s, bad := c.Decode([]byte{byte(x)})
			if bad > 0 {
				continue
			}
			borrowed := 0x80 <= x && x <= 0x9F && strings.HasPrefix(c.name, "iso-") && s > "\u00FF"
			b, ok := c.Encode(s)
			if again, _ := c.Decode(b); ok && again != s {
				t.Errorf("%s: %#02x is %q, which is written as %q", c, x, s, b)
			} else if !ok && !borrowed {
				t.Errorf("%s: %#02x is %q, which cannot be written", c, x, s)
			}
			if !borrowed && c.ASCIICompatible() && x < 0x80 && s != string(rune(x)) {
				t.Errorf("%s: %#02x is %q, though ASCII-compatible", c, x, s)
			}
		}
	}
}

// Every pair of bytes reads as x/text reads it, where that finds it valid.
func TestDoubleByteAgainstXText(t *testing.T) {
	for name, ref := range map[string]encoding.Encoding{
		"shift_jis": japanese.ShiftJIS, "euc-jp": japanese.EUCJP, "gb18030": simplifiedchinese.GB18030,
		"big5": traditionalchinese.Big5, "euc-kr": korean.EUCKR,
	} {
		t.Run(name, func(t *testing.T) {
			for lead := 0x80; lead < 0x100; lead++ {
				for trail := 0x20; trail < 0x100; trail++ {
					in := []byte{byte(lead), byte(trail), 'x'}
					want, err := ref.NewDecoder().Bytes(in)
					if err != nil || bytes.ContainsRune(want, utf8.RuneError) {
						continue
					}
					if got, bad := Lookup(name).Decode(in); got != string(want) || bad != 0 {
						t.Fatalf("% x is %q, %d bad; want %q", in, got, bad, want)
					}
				}
			}
		})
	}
}

func TestDecode(t *testing.T) {
	for _, c := range []struct {
		name, charset, in, want string
		bad                     int
	}{
		{"IN-BODY-019 ASCII with an 8-bit byte", "us-ascii", "a\xE9b", "a\uFFFDb", 1},
		{"IN-BODY-019 UTF-8 with a stray byte", "utf-8", "a\xE9b\u00E9", "a\uFFFDb\u00E9", 1},
		{"UTF-8: one for a truncated character", "utf-8", "\xF0\x9F\x98", "\uFFFD", 1},
		{"UTF-8: one for each byte of an encoded surrogate", "utf-8", "\xED\xA0\x80", "\uFFFD\uFFFD\uFFFD", 3},
		{"UTF-8: overlong form", "utf-8", "\xC0\xAF", "\uFFFD\uFFFD", 2},
		{"UTF-8: U+FFFD itself is no damage", "utf-8", "\uFFFD", "\uFFFD", 0},
		{"Latin 1 with quotation marks of Windows", "iso-8859-1", "\x93\xE9\x94", "“é”", 0},
		{"Latin 9 with euro signs of both", "iso-8859-15", "\x80\xA4", "€€", 0},
		{"Latin 2 with quotation marks of Windows", "iso-8859-2", "\x84\xB1\x94", "„ą”", 0},
		{"windows-1253: byte without a character", "windows-1253", "\xE1\xAA\xE2", "α\uFFFDβ", 1},
		{"gb2312 is read as GB18030", "gb2312", "\x81\x40\x82\x35\x87\x38", "丂䶵", 0},
		{"gb18030: lead byte before ASCII", "gb18030", "\xB0<b>", "\uFFFD<b>", 1},
		{"gb18030: invalid third byte keeps the digit", "gb18030", "\x810x", "\uFFFD0x", 1},
		{"gbk: user areas", "gbk", "\xAA\xA1\xFE\xFE\xA1\x40\xA7\x80\xA7\xA0", "\uE000\uE4C5\uE4C6\uE745\uE765", 0},
		{"ks_c_5601 is read as code page 949", "ks_c_5601-1987", "\x8Cc", "똠", 0},
		{"Shift_JIS: NEC row 13", "shift_jis", "\x87\x40", "①", 0},
		{"Shift_JIS: user-defined area", "shift_jis", "\xF0\x40\xF9\xFC", "\uE000\uE757", 0},
		{"Shift_JIS: lead byte before ASCII", "shift_jis", "\x83<", "\uFFFD<", 1},
		{"EUC-JP: half-width katakana and JIS X 0212", "euc-jp", "\x8E\xB1\x8F\xB0\xA1", "ｱ丂", 0},
		{"Big5-HKSCS: letter with combining mark", "big5-hkscs", "\x88\x62", "Ê\u0304", 0},
		{"UTF-16: little-endian mark", "utf-16", "\xFF\xFEa\x00", "a", 0},
		{"UTF-16: big-endian mark", "utf-16", "\xFE\xFF\x00a", "a", 0},
		{"UTF-16: little-endian without a mark", "utf-16", "a\x00b\x00", "ab", 0},
		{"UTF-16: big-endian without a mark", "utf-16", "\x00a\x00b", "ab", 0},
		{"UTF-16: CJK without a mark", "utf-16", "\x2D\x4E\x87\x65", "中文", 0},
		{"UTF-16: lone surrogates", "utf-16le", "\x00\xD8a\x00\x00\xDC", "\uFFFDa\uFFFD", 2},
		{"UTF-16: odd byte at the end", "utf-16le", "a\x00b", "a\uFFFD", 1},
		{"UTF-16: high surrogate at the end", "utf-16be", "\xD8\x3D\xDE", "\uFFFD", 1},
		{"UTF-32: beyond Unicode", "utf-32be", "\x00\x11\x00\x00\x00\x00\x00a", "\uFFFDa", 1},
		{"UTF-7", "utf-7", "Hi +AOkA6A-! 1 +- 1", "Hi éè! 1 + 1", 0},
		{"UTF-7: run ended by another character", "utf-7", "+AOk.", "é.", 0},
		{"UTF-7: surrogate pair", "utf-7", "+2D3eAA-", "😀", 0},
		{"UTF-7: lone surrogate before a letter", "utf-7", "+2D0AYQ-", "\uFFFDa", 1},
		{"UTF-7: telephone number", "utf-7", "call +49 30 1", "call +49 30 1", 0},
		{"UTF-7: 8-bit byte", "utf-7", "a\xE9b", "a\uFFFDb", 1},
		{"ISO-2022-JP", "iso-2022-jp", "a\x1B$B8+\x1B(Bb", "a見b", 0},
		{"ISO-2022-JP: old and Roman designations", "iso-2022-jp", "\x1B$@8+\x1B(J\\~", "見\\~", 0},
		{"ISO-2022-JP: line ends without return to ASCII", "iso-2022-jp", "\x1B$B8+\r\nab", "見\r\nab", 0},
		{"ISO-2022-JP: space within pairs", "iso-2022-jp", "\x1B$B8+ 8+", "見 見", 0},
		{"ISO-2022-JP: half-width katakana designated", "iso-2022-jp", "\x1B(I1\x1B(B", "ｱ", 0},
		{"ISO-2022-JP: half-width katakana shifted", "iso-2022-jp", "\x0E1\x0F1", "ｱ1", 0},
		{"ISO-2022-JP: half-width katakana in 8 bits", "iso-2022-jp", "\xB1", "ｱ", 0},
		{"ISO-2022-JP-1: JIS X 0212", "iso-2022-jp", "\x1B$(D0!", "丂", 0},
		{"ISO-2022-JP-2: Chinese, Korean, Greek, Latin", "iso-2022-jp", "\x1B$AVP\x1B$(C0!\x1B.F\x1BNa\x1B.A\x1BNi", "中가αé", 0},
		{"ISO-2022-JP: unknown designation", "iso-2022-jp", "\x1B(Zab", "\uFFFDab", 1},
		{"ISO-2022-JP: half a pair", "iso-2022-jp", "\x1B$B8", "\uFFFD", 1},
		{"ISO-2022-JP: half an escape sequence", "iso-2022-jp", "a\x1B$", "a\uFFFD", 1},
		{"ISO-2022-KR", "iso-2022-kr", "\x1B$)C\x0E0!\x0Fa", "가a", 0},
		{"ISO-2022-KR: no designation", "iso-2022-kr", "\x0E0!\x0Fa", "가a", 0},
		{"ISO-2022-CN", "iso-2022-cn", "\x1B$)A\x0EVP\x0Fa", "中a", 0},
		{"ISO-2022-CN: a set without a table", "iso-2022-cn", "\x1B$)G\x0EVP\x0Fa", "\uFFFDa", 1},
		{"HZ", "hz-gb-2312", "a~{VP~}b~~~\nc", "a中b~c", 0},
		{"HZ: line ends without return to ASCII", "hz-gb-2312", "~{VP\nab", "中\nab", 0},
		{"HZ: 8-bit pairs", "hz-gb-2312", "~{\xD6\xD0~}a", "中a", 0},
		{"HZ: line continued", "hz-gb-2312", "a~\nb~\r\nc", "abc", 0},
		{"gb18030: four bytes without a character", "gb18030", "\xFE\x39\xFE\x39xx", "\uFFFD9\uFFFD9xx", 2},
		{"gb18030: invalid fourth byte", "gb18030", "\x81\x30\x81<", "\uFFFD0\uFFFD<", 2},
		{"EUC-JP: JIS X 0212 without a character", "euc-jp", "\x8F\xA1\xA1x", "\uFFFDx", 1},
		{"HZ: plain tilde", "hz-gb-2312", "~user", "~user", 0},
		{"code page 720", "cp720", "\xA0", "ب", 0},
		{"EBCDIC", "ibm037", "\xC8\x89", "Hi", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, bad := Lookup(c.charset).Decode([]byte(c.in))
			if got != c.want || bad != c.bad {
				t.Errorf("Decode(%q) = %q, %d bad; want %q, %d", c.in, got, bad, c.want, c.bad)
			}
		})
	}
}

func TestEncode(t *testing.T) {
	for _, c := range []struct {
		name, charset, in, want string
		ok                      bool
	}{
		{"ASCII", "us-ascii", "abc", "abc", true},
		{"ASCII lacks it", "us-ascii", "aé☃b", "a??b", false},
		{"UTF-8", "utf-8", "é", "\xC3\xA9", true},
		{"UTF-8 from invalid text", "utf-8", "a\xE9", "a\uFFFD", false},
		{"Latin 1 writes no quotation marks of Windows", "iso-8859-1", "“é”", "?\xE9?", false},
		{"windows-1252 does", "windows-1252", "“é”", "\x93\xE9\x94", true},
		{"gb2312 writes no four bytes", "gb2312", "é中ǖ☃", "\xA8\xA6\xD6\xD0\xA8\xB5?", false},
		{"gb18030 writes all", "gb18030", "☃", "\x81\x37\xA3\x30", true},
		{"gb18030 user areas", "gb18030", "\uE000\uE4C5\uE4C6\uE745\uE765", "\xAA\xA1\xFE\xFE\xA1\x40\xA7\x80\xA7\xA0", true},
		{"gb18030: no form in x/text", "gb18030", "中\uE766", "\xD6\xD0?", false},
		{"gb18030 from invalid text", "gb18030", "a\xE9", "a\x841\xA47", false},
		{"Shift_JIS: signs of other systems", "shift_jis", "〜−", "\x81\x60\x81\x7C", true},
		{"ISO-2022-JP ends in ASCII", "iso-2022-jp", "a見", "a\x1B$B8+\x1B(B", true},
		{"ISO-2022-JP lacks it", "iso-2022-jp", "見☃見", "\x1B$B8+\x1B(B?\x1B$B8+\x1B(B", false},
		{"ISO-2022-KR", "iso-2022-kr", "가a가", "\x1B$)C\x0E0!\x0Fa\x0E0!\x0F", true},
		{"ISO-2022-JP: shift within the text", "iso-2022-jp", "a\x1Bb", "a?b", false},
		{"ISO-2022-KR: shift within the text", "iso-2022-kr", "a\x0Eb", "\x1B$)Ca?b", false},
		{"ISO-2022-KR lacks it", "iso-2022-kr", "똠", "\x1B$)C?", false},
		{"ISO-2022-CN designates in each line", "iso-2022-cn", "中\n中", "\x1B$)A\x0EVP\x0F\n\x1B$)A\x0EVP\x0F", true},
		{"HZ", "hz-gb-2312", "中~☃中", "~{VP~}~~?~{VP~}", false},
		{"UTF-7", "utf-7", "1+1=é-", "1+ACs-1+AD0A6Q--", true},
		{"UTF-16 has a mark", "utf-16", "a", "\xFF\xFEa\x00", true},
		{"UTF-16LE has none", "utf-16le", "a😀", "a\x00\x3D\xD8\x00\xDE", true},
		{"UTF-32BE", "utf-32be", "😀", "\x00\x01\xF6\x00", true},
		{"EBCDIC", "ibm037", "Hi", "\xC8\x89", true},
		{"EBCDIC lacks it", "ibm037", "☃", "\x6F", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, ok := Lookup(c.charset).Encode(c.in)
			if string(got) != c.want || ok != c.ok {
				t.Errorf("Encode(%q) = %q, %t; want %q, %t", c.in, got, ok, c.want, c.ok)
			}
			if can := Lookup(c.charset).CanEncode(c.in); can != c.ok {
				t.Errorf("CanEncode(%q) = %t", c.in, can)
			}
		})
	}
}

func TestDecodeStringSame(t *testing.T) {
	for _, c := range []*Charset{UTF8(), ASCII(), Latin1(), Lookup("gb18030")} {
		in := "plain text"
		if n := testing.AllocsPerRun(10, func() { c.DecodeString(in) }); n != 0 {
			t.Errorf("%s: %v allocations for ASCII, want none", c, n)
		}
	}
}

// Bytes that a caller gives away are not copied when they are the text.
func TestDecodeOwnedSame(t *testing.T) {
	for _, label := range []string{"utf-8", "us-ascii", "iso-8859-1", "gb18030", ""} {
		in := []byte("plain text of some length, so that it does not fit into a small buffer")
		c := Lookup(label)
		if n := testing.AllocsPerRun(10, func() { DecodeOwned(c, in) }); n != 0 {
			t.Errorf("%q: %v allocations for ASCII, want none", label, n)
		}
	}
}

// A text in pieces is the same as the text in one, and TextSize is exact for
// charsets of one byte a character.
func TestDecodeTo(t *testing.T) {
	for name, keys := range textOf {
		c := Lookup(name)
		if !c.ASCIICompatible() {
			continue
		}
		for _, key := range keys {
			t.Run(name+" "+key, func(t *testing.T) {
				b, _ := c.Encode(texts[key])
				var w strings.Builder
				bad := 0
				for rest := b; len(rest) > 0; {
					piece := c.Cut(rest, 9)
					before, size := w.Len(), c.TextSize(piece)
					bad += c.DecodeTo(&w, piece)
					_, exact := c.codec.(*byteCodec)
					if n := w.Len() - before; exact && n != size {
						t.Errorf("TextSize(%q) = %d, the text has %d", piece, size, n)
					}
					rest = rest[len(piece):]
				}
				if want, _ := c.Decode(b); w.String() != want || bad > 0 {
					t.Errorf("in pieces %q with %d bad; want %q", w.String(), bad, want)
				}
			})
		}
	}
}

func TestCut(t *testing.T) {
	for name, keys := range textOf {
		for _, key := range keys {
			t.Run(name+" "+key, func(t *testing.T) {
				c := Lookup(name)
				b, _ := c.Encode(texts[key])
				last := 0
				for n := -1; n <= len(b)+1; n++ {
					got := c.Cut(b, n)
					if len(got) > max(n, 0) || len(got) < last || !bytes.HasPrefix(b, got) {
						t.Errorf("Cut(%d) has %d bytes after %d", n, len(got), last)
					}
					if n-len(got) > 9 {
						t.Errorf("Cut(%d) is only %d bytes", n, len(got))
					}
					if s, bad := c.Decode(got); name != "utf-7" && (bad > 0 || !strings.HasPrefix(texts[key], s)) {
						t.Errorf("Cut(%d) = %q, which reads %q", n, got, s)
					}
					last = len(got)
				}
				if last != len(b) {
					t.Errorf("the whole text was cut to %d of %d bytes", last, len(b))
				}
			})
		}
	}
}

func TestCutDamaged(t *testing.T) {
	for _, c := range []struct {
		name, charset, in string
		n, want           int
	}{
		{"UTF-8 without a start", "utf-8", "\x80\x80\x80\x80\x80\x80", 5, 5},
		{"UTF-8 before a start", "utf-8", "abé", 2, 2},
		{"UTF-8 within", "utf-8", "abé", 3, 2},
		{"gb18030 lead bytes only", "gb18030", "\x81\x81\x81\x81\x81\x81", 5, 4},
		{"UTF-16 surrogates", "utf-16le", "\x3D\xD8\x00\xDE", 3, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Lookup(c.charset).Cut([]byte(c.in), c.n); len(got) != c.want {
				t.Errorf("Cut(%q, %d) has %d bytes, want %d", c.in, c.n, len(got), c.want)
			}
		})
	}
}
