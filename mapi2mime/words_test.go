package mapi2mime

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"
)

// The ways that look at eight bytes at a time, or at short text once, are held here
// against what they stand for, a byte at a time.

func plainWellFormed(used int, v string) bool {
	for i := 0; i < len(v); i++ {
		switch c := v[i]; {
		case c >= ' ' && c != 0x7F || c == '\t':
			if used++; used > maxLine {
				return false
			}
		case strings.HasPrefix(v[i:], "\r\n ") || strings.HasPrefix(v[i:], "\r\n\t"):
			used, i = 0, i+1
		default:
			return false
		}
	}
	return v != "" && utf8.ValidString(v)
}

func plainJudge(b []byte) textStat {
	s := textStat{sendable: true, passes: true}
	for _, line := range strings.SplitAfter(string(b), "\n") {
		text, ended := strings.CutSuffix(line, "\r\n")
		if !ended && strings.HasSuffix(line, "\n") || strings.Contains(text, "\r") {
			s.bareEnds = true
		}
		for _, c := range []byte(text) {
			s.eightBit = s.eightBit || c >= 0x80
			s.sendable = s.sendable && c != 0
			if c >= 0x80 || c < ' ' && c != '\t' || c == '=' {
				s.escapes++
			}
		}
		s.sendable = s.sendable && len(text) <= maxLine
		if strings.HasPrefix(text, ".") || strings.HasPrefix(text, mboxMark) || strings.HasSuffix(text, " ") || strings.HasSuffix(text, "\t") {
			s.passes = false
		}
	}
	return s
}

func compareWords(t *testing.T, text string, used int) {
	t.Helper()
	ascii := strings.IndexFunc(text, func(r rune) bool { return r >= 0x80 }) < 0
	if got := isASCII(text); got != ascii {
		t.Errorf("isASCII(%q): %v", text, got)
	}
	if got, want := wellFormed(used, text), plainWellFormed(used, text); got != want {
		t.Errorf("wellFormed(%d, %q): %v, want %v", used, text, got, want)
	}
	if !strings.ContainsAny(text, "\r\n") {
		got, ok := foldTokens(text, used)
		if want, wantOK := joinTokens(text, used); got != want && ok || ok != wantOK {
			t.Errorf("foldTokens(%q, %d): %q, %v, want %q, %v", text, used, got, ok, want, wantOK)
		}
	}
	got, want := judgeText([]byte(text)), plainJudge([]byte(text))
	if got.bareEnds != want.bareEnds || !got.bareEnds && got != want {
		t.Errorf("judgeText(%q): %+v, want %+v", text, got, want)
	}
	if !got.bareEnds && !bytes.Equal(canonical([]byte(text)), []byte(text)) {
		t.Errorf("%q has bare line ends", text)
	}
}

var wordTexts = []string{
	"", "a", "abcdefgh", "abcdefghi", "abc=efgh", "=", "abcdefg\x00", "\x7fbcdefgh", "abcdefg\x7e", "abcdefg\x7f", "abcdefg\x1f", "abcdefg\x80",
	"\x1f \x1f \x20\x21", "        ", "a b", "a  b", " a", "a ", "a\tb", "Gr\u00fc\u00dfe aus K\u00f6ln", "abcdefg\u00fc", "\xff\xff\xff\xff\xff\xff\xff\xff",
	"a\r\nb", "a\nb", "a\rb", "a\r\r\nb", "\n", "\r\n\n", "\r", "a\r", "a\r\n", ".\r\n", "From x\r\n", "a \r\nb", "a\r\n b", "a\r\n\tbcdefghijkl\r\n",
	strings.Repeat("x", 998), strings.Repeat("x", 999), strings.Repeat("x", 995) + "\r\n x", strings.Repeat("ab ", 30), strings.Repeat("<a@b>", 200),
}

func TestWords(t *testing.T) {
	for _, text := range wordTexts {
		for _, used := range []int{0, 1, 4, 71, 76, 990} {
			compareWords(t, text, used)
		}
	}
}

func FuzzWords(f *testing.F) {
	for _, text := range wordTexts {
		f.Add(text, uint16(9))
	}
	f.Fuzz(func(t *testing.T, text string, used uint16) { compareWords(t, text, int(used%1000)) })
}
