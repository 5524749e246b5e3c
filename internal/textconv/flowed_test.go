package textconv

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestIN_BODY_024_Unflow(t *testing.T) {
	tests := []struct {
		name, in, want string
		delsp          bool
	}{
		{"empty", "", "", false},
		{"fixed lines", "a\r\nb\r\n", "a\r\nb\r\n", false},
		{"soft break", "a \r\nb\r\nc", "a b\r\nc", false},
		{"several soft breaks", "a \r\nb \r\nc\r\n", "a b c\r\n", false},
		{"DelSp", "a \r\nb  \r\nc\r\n", "ab c\r\n", true},
		{"DelSp without soft break", "a b \r\n", "a b \r\n", true},
		{"space-stuffing", " From a\r\n  b\r\n > c\r\n", "From a\r\n b\r\n> c\r\n", false},
		{"space-stuffed continuation", "a \r\n  b\r\n", "a  b\r\n", false},
		{"empty lines", "a \r\n\r\nb\r\n", "a \r\nb\r\n", false},
		{"stuffed empty line", "a\r\n \r\nb\r\n", "a\r\n\r\nb\r\n", false},
		{"quote", "> a \r\n> b\r\n> c\r\n", "> a b\r\n> c\r\n", false},
		{"quote without blanks", ">a \r\n>b\r\n", "> a b\r\n", false},
		{"quote depth", ">> a \r\n>> b\r\n> c\r\n", ">> a b\r\n> c\r\n", false},
		{"quote depth changes at a soft break", "> a \r\nb\r\n", "> a \r\nb\r\n", false},
		{"quote depth rises at a soft break", "> a \r\n>> b\r\n", "> a \r\n>> b\r\n", false},
		{"DelSp where quote depth changes", "> a \r\nb\r\n> c \r\n>> d\r\n", "> a \r\nb\r\n> c \r\n>> d\r\n", true},
		{"DelSp in a quote", "> a \r\n> b\r\n", "> ab\r\n", true},
		{"empty quoted line", "> a\r\n>\r\n> b\r\n", "> a\r\n>\r\n> b\r\n", false},
		{"signature", "a\r\n-- \r\nb\r\n", "a\r\n-- \r\nb\r\n", false},
		{"signature behind a soft break", "a \r\n-- \r\nb \r\nc\r\n", "a \r\n-- \r\nb c\r\n", false},
		{"DelSp before a signature", "a \r\n-- \r\nb", "a \r\n-- \r\nb", true},
		{"DelSp before what only looks like one", "a \r\n-- b", "a-- b", true},
		{"quoted signature", "> a \r\n> -- \r\n> b\r\n", "> a \r\n> -- \r\n> b\r\n", false},
		{"last line is flowed", "a \r\n", "a \r\n", false},
		{"last line without end", "a ", "a ", false},
		{"LF and CR", "a \nb\rc \rd", "a b\r\nc d", false},
	}
	for _, tt := range tests {
		t.Run("IN-BODY-024 "+tt.name, func(t *testing.T) {
			if got := Unflow(tt.in, tt.delsp); got != tt.want {
				t.Errorf("Unflow(%q, %v) = %q, want %q", tt.in, tt.delsp, got, tt.want)
			}
		})
	}
}

func FuzzUnflow(f *testing.F) {
	for _, s := range []string{"", "a \r\nb", "> a \r\n>> b \r\n-- \r\n c", " \r\n \n>\r> ", strings.Repeat(">", 100) + " \n" + strings.Repeat(">", 101)} {
		f.Add(s, false)
		f.Add(s, true)
	}
	squeeze := strings.NewReplacer(" ", "", "\r", "", "\n", "").Replace
	f.Fuzz(func(t *testing.T, s string, delsp bool) {
		got := Unflow(s, delsp)
		if utf8.ValidString(s) && !utf8.ValidString(got) {
			t.Errorf("valid UTF-8 became invalid: %q", got)
		}
		if len(got) > 3*len(s)+2 {
			t.Errorf("%d bytes became %d", len(s), len(got))
		}
		if CRLF(got) != got {
			t.Errorf("line ends other than CRLF in %q", got)
		}
		// Joining removes quote marks, and else white space alone.
		if want := squeeze(s); len(squeeze(got)) > len(want) || !strings.Contains(s, ">") && squeeze(got) != want {
			t.Errorf("%q became %q", s, got)
		}
	})
}
