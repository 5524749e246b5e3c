package textconv

import (
	"strings"
	"testing"
	"unsafe"
)

func TestCRLF(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"empty", "", ""},
		{"no line ends", "abc", "abc"},
		{"CRLF already", "a\r\nb\r\n", "a\r\nb\r\n"},
		{"LF", "a\nb\n\nc", "a\r\nb\r\n\r\nc"},
		{"CR", "a\rb\r\rc", "a\r\nb\r\n\r\nc"},
		{"mixed", "\na\r\n\rb\n\r", "\r\na\r\n\r\nb\r\n\r\n"},
		{"CR CR LF is one line end", "a\r\r\nb", "a\r\nb"},
		{"CR at the end", "a\r", "a\r\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := CRLF(tt.in); got != tt.want {
				t.Errorf("CRLF(%q) = %q, want %q", tt.in, got, tt.want)
			}
		})
	}
	t.Run("no copy", func(t *testing.T) {
		s := "a\r\nb"
		if got := CRLF(s); unsafe.StringData(got) != unsafe.StringData(s) {
			t.Error("a text that needed no change was copied")
		}
	})
}

func TestIN_BODY_021_RemoveNUL(t *testing.T) {
	tests := []struct {
		name, in, want string
		had            bool
	}{
		{"IN-BODY-021 none", "abc", "abc", false},
		{"IN-BODY-021 some", "\x00a\x00\x00b\x00", "ab", true},
		{"IN-BODY-021 only", "\x00", "", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got, had := RemoveNUL(tt.in); got != tt.want || had != tt.had {
				t.Errorf("RemoveNUL(%q) = %q, %v, want %q, %v", tt.in, got, had, tt.want, tt.had)
			}
		})
	}
}

// body returns what stands in the body of a document that this package wrote.
func body(t *testing.T, doc string) string {
	t.Helper()
	rest, ok := strings.CutPrefix(doc, head)
	if !ok {
		t.Fatalf("the document does not start with the head: %.200q", doc)
	}
	_, rest, ok = strings.Cut(rest, bodyStart)
	if !ok || !strings.HasSuffix(rest, bodyEnd) {
		t.Fatalf("the document has no body: %.200q", doc)
	}
	return strings.TrimSuffix(rest, bodyEnd)
}

func TestIN_BODY_025_ToHTML(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"empty", "", ""},
		{"lines", "a\r\nb\nc\rd", "a<br>\r\nb<br>\r\nc<br>\r\nd"},
		{"last line end", "a\r\n", "a<br>\r\n"},
		{"escaped", `<a href="x">&'`, "&lt;a href=&quot;x&quot;&gt;&amp;'"},
		{"single blanks", "a b c", "a b c"},
		{"runs of blanks", "a  b   c", "a&nbsp; b&nbsp;&nbsp; c"},
		{"blank first", " a\r\n  b", "&nbsp;a<br>\r\n&nbsp; b"},
		{"tab", "a\tb", "a&nbsp;&nbsp;&nbsp; b"},
		{"NUL", "a\x00b", "ab"},
		{"beyond ASCII", "é€𝄞", "é€𝄞"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := body(t, ToHTML(tt.in)); got != tt.want {
				t.Errorf("body of ToHTML(%q) = %q, want %q", tt.in, got, tt.want)
			}
		})
	}
}
