package charset

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// A statefulCodec is a 7-bit charset with shifts.
type statefulCodec struct {
	reader func() stepper
	write  func(dst []byte, s string) ([]byte, bool)
}

func (c *statefulCodec) decode(w *strings.Builder, b []byte) int {
	return decodeSteps(w, c.reader(), b, false)
}

func (*statefulCodec) size(b []byte) int { return len(b) + len(b)/2 + utf8.UTFMax }

func (c *statefulCodec) encode(dst []byte, s string) ([]byte, bool) { return c.write(dst, s) }

func (c *statefulCodec) cut(b []byte, n int) int { return cutSteps(c.reader(), b, 0, n) }

// controls are the characters that would be read as the start of a shift.
const controls = "\x1B\x0E\x0F"

func encodeISO2022JP(dst []byte, s string) ([]byte, bool) {
	plain := !strings.ContainsAny(s, controls)
	if !plain {
		s = strings.NewReplacer("\x1B", "?", "\x0E", "?", "\x0F", "?").Replace(s)
	}
	dst, ok := encodeText(dst, s, japanese.ISO2022JP, japaneseFold)
	return dst, ok && plain
}

// Shifted text in each of these ends before the end of its line.
var (
	iso2022KRWriter = shiftWriter{
		encoding: korean.EUCKR, header: "\x1b$)C", in: "\x0E", out: "\x0F",
	}
	iso2022CNWriter = shiftWriter{
		encoding: simplifiedchinese.GBK, line: "\x1b$)A", in: "\x0E", out: "\x0F",
	}
	hzWriter = shiftWriter{
		encoding: simplifiedchinese.HZGB2312, in: "~{", out: "~}", tilde: true,
	}
)

// A shiftWriter writes a charset that shifts between ASCII and one set of pairs.
type shiftWriter struct {
	encoding encoding.Encoding // an EUC, or HZ
	header   string            // once, before the first character
	line     string            // before the first shift of each line
	in, out  string
	tilde    bool // a tilde is written twice
}

func (w *shiftWriter) encode(dst []byte, s string) ([]byte, bool) {
	dst = append(dst, w.header...)
	ok, shifted, designated := true, false, false
	for _, r := range s {
		pair, found := w.pair(r)
		if found && !shifted {
			if !designated {
				dst = append(dst, w.line...)
			}
			dst = append(dst, w.in...)
			shifted, designated = true, true
		}
		if found {
			dst = append(dst, pair[0], pair[1])
			continue
		}
		if shifted {
			dst = append(dst, w.out...)
			shifted = false
		}
		if r >= utf8.RuneSelf || !w.tilde && strings.ContainsRune(controls, r) {
			r, ok = '?', false
		}
		if w.tilde && r == '~' {
			dst = append(dst, '~')
		}
		designated = designated && r != '\n'
		dst = append(dst, byte(r))
	}
	if shifted {
		dst = append(dst, w.out...)
	}
	return dst, ok
}

// pair returns the 7-bit pair of r, if the set has r.
func (w *shiftWriter) pair(r rune) (pair [2]byte, ok bool) {
	if r < utf8.RuneSelf {
		return pair, false
	}
	var src [utf8.UTFMax]byte
	var dst [8]byte
	n, _, err := w.encoding.NewEncoder().Transformer.Transform(dst[:], utf8.AppendRune(src[:0], r), true)
	b := dst[:n]
	if w.tilde {
		b = []byte(strings.TrimPrefix(string(b), w.in))
	}
	if err != nil || len(b) != 2 {
		return pair, false
	}
	if !w.tilde && (b[0] < 0xA1 || b[1] < 0xA1) {
		return pair, false
	}
	return [2]byte{b[0] & 0x7F, b[1] & 0x7F}, true
}
