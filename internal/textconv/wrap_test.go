package textconv

import (
	"strings"
	"testing"
)

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		name, in string
		width    int
		want     string
	}{
		{"short lines stay", "one two\r\nthree\r\n", 10, "one two\r\nthree\r\n"},
		{"no width", "one two three four", 0, "one two three four"},
		{"at the last blank", "one two three four", 9, "one two\r\nthree\r\nfour"},
		{"exactly the width", "one two three", 7, "one two\r\nthree"},
		{"one more than the width", "one twos three", 7, "one\r\ntwos\r\nthree"},
		{"several blanks are lost", "one   two", 5, "one\r\ntwo"},
		{"a long word stays whole", "a veryverylong b", 6, "a\r\nveryverylong\r\nb"},
		{"a long word first", "veryverylong b", 6, "veryverylong\r\nb"},
		{"indentation stays", "   one two", 7, "   one\r\ntwo"},
		{"blanks at the end", "one two   ", 7, "one two   "},
		{"a quotation", "> one two three\r\none two three", 7, "> one two three\r\none two\r\nthree"},
		{"line ends", "one two\none two three\n", 7, "one two\none two\r\nthree\n"},
		{"characters, not bytes", "äöü äöü äöü", 7, "äöü äöü\r\näöü"},
		{"tabs", "one\ttwo", 4, "one\r\ntwo"},
		{"blanks alone", "          ", 4, "          "},
		{"empty", "", 4, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Wrap(c.in, c.width); got != c.want {
				t.Errorf("got %q; want %q", got, c.want)
			}
		})
	}
}

// The words stay the same, and no line is longer than it must be.
func FuzzWrap(f *testing.F) {
	f.Add("one two three\r\n> four five six\nseven", 5)
	f.Add(strings.Repeat("ä ", 50), 3)
	f.Fuzz(func(t *testing.T, s string, width int) {
		got := Wrap(s, width)
		if strings.Join(strings.Fields(got), " ") != strings.Join(strings.Fields(s), " ") {
			t.Errorf("%q became %q", s, got)
		}
		if again := Wrap(got, width); again != got {
			t.Errorf("%q became %q and then %q", s, got, again)
		}
	})
}
