package charset

import (
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
)

// A doubleByte is an ASCII-compatible charset in which a byte above 0x7F stands
// for itself or leads a pair: Shift_JIS, EUC-JP, GBK, GB18030, Big5, EUC-KR.
//
// The pairs come from x/text's decoder, asked once for all of them. Reading them
// from a table of our own makes the treatment of damage the same in all
// charsets: a lead byte without its pair is one U+FFFD and never takes an ASCII
// character with it.
type doubleByte struct {
	encoding encoding.Encoding
	// long reads what no pair covers; n is 0 when that starts nothing valid.
	long func(b []byte) (r rune, n int)
	// fold replaces characters that the charset lacks by those that stand for
	// them in it.
	fold map[rune]rune

	once sync.Once
	t    *doubleTable
}

// A doubleTable holds the characters of a doubleByte, 0 for none.
type doubleTable struct {
	single [128]rune       // by byte - 0x80
	leads  [128]bool       // whether a byte starts any pair
	pair   [128 * 256]rune // by (lead-0x80)<<8 | trail
}

// table returns the table, filled on first use.
func (d *doubleByte) table() *doubleTable {
	d.once.Do(func() { d.t = loadDouble(d.encoding) })
	return d.t
}

// loadDouble asks e for the character of every byte and pair, each followed by
// a line feed, which is never a part of a pair and so separates the answers.
func loadDouble(e encoding.Encoding) *doubleTable {
	var in []byte
	for lead := 0x80; lead <= 0xFF; lead++ {
		in = append(in, byte(lead), '\n')
		for trail := 0x21; trail <= 0xFE; trail++ {
			in = append(in, byte(lead), byte(trail), '\n')
		}
	}
	out, err := e.NewDecoder().Bytes(in)
	if err != nil {
		panic(err) // x/text's decoders replace what they cannot read
	}
	t := new(doubleTable)
	answers := strings.Split(string(out), "\n")
	for lead := range 128 {
		t.single[lead] = answered(answers[0])
		for trail := 0x21; trail <= 0xFE; trail++ {
			r := answered(answers[trail-0x20])
			t.pair[lead<<8|trail] = r
			t.leads[lead] = t.leads[lead] || r != 0
		}
		answers = answers[0xFE-0x20+1:]
	}
	return t
}

// answered returns the one character that s holds, 0 when it is no valid one.
func answered(s string) rune {
	for i, p := range big5Pairs {
		if s == p {
			return pairBase + rune(i)
		}
	}
	r, n := utf8.DecodeRuneInString(s)
	if n != len(s) || r == utf8.RuneError || r < utf8.RuneSelf {
		return 0
	}
	return r
}

// next implements stepper; a doubleByte has no shift state.
func (d *doubleByte) next(b []byte) (rune, int) {
	if b[0] < utf8.RuneSelf {
		return rune(b[0]), 1
	}
	t := d.table()
	lead := b[0] - 0x80
	if r := t.single[lead]; r != 0 {
		return r, 1
	}
	if len(b) > 1 {
		if r := t.pair[int(lead)<<8|int(b[1])]; r != 0 {
			return r, 2
		}
	}
	if d.long != nil {
		if r, n := d.long(b); n > 0 {
			return r, n
		}
	}
	if !t.leads[lead] || len(b) == 1 || b[1] < utf8.RuneSelf {
		return invalid, 1
	}
	return invalid, 2
}

func (d *doubleByte) decode(w *strings.Builder, b []byte) int {
	return decodeSteps(w, d, b, true)
}

func (*doubleByte) size(b []byte) int { return len(b) + len(b)/2 + utf8.UTFMax }

func (d *doubleByte) encode(dst []byte, s string) ([]byte, bool) {
	return encodeText(dst, s, d.encoding, d.fold)
}

// cut reads forward from the last byte before n that is surely a character of
// its own: one that no charset of this kind has as a trail byte.
func (d *doubleByte) cut(b []byte, n int) int {
	start := n
	for start > 0 && b[start-1] >= 0x30 {
		start--
	}
	return cutSteps(d, b, start, n)
}

// shiftJISUser reads the user-defined area of code page 932, which Windows maps
// to the private use area from U+E000. Japanese phones kept their pictures
// there.
func shiftJISUser(b []byte) (rune, int) {
	if b[0] < 0xF0 || b[0] > 0xF9 || len(b) < 2 {
		return 0, 0
	}
	i := int(b[1]) - 0x40
	switch {
	case b[1] < 0x40 || b[1] == 0x7F || b[1] > 0xFC:
		return 0, 0
	case b[1] > 0x7F:
		i--
	}
	return 0xE000 + rune(b[0]-0xF0)*188 + rune(i), 2
}

// eucJPTriple reads the three-byte form of EUC-JP: 0x8F and a pair of
// JIS X 0212.
func eucJPTriple(b []byte) (rune, int) {
	if b[0] != 0x8F {
		return 0, 0
	}
	n := 1
	for n < 3 && n < len(b) && 0xA1 <= b[n] && b[n] <= 0xFE {
		n++
	}
	if n < 3 {
		return invalid, n
	}
	return decodeOne(japanese.EUCJP, b[:3]), 3
}

// decodeOne returns the one character of b, or invalid.
func decodeOne(e encoding.Encoding, b []byte) rune {
	var dst [utf8.UTFMax * 4]byte
	n, _, err := e.NewDecoder().Transform(dst[:], b, true)
	r, size := utf8.DecodeRune(dst[:n])
	if err != nil || size != n || r == utf8.RuneError {
		return invalid
	}
	return r
}
