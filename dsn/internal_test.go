package dsn

import (
	"strings"
	"testing"

	"github.com/contentconv/contentconv/diag"
)

// What is written into the status part stays in its field, even if a check
// before it should fail.
func TestStatusWriterKeepsTheField(t *testing.T) {
	for in, want := range map[string]string{
		"a":                       "X: a\r\n",
		"a\r\nY: b":               "X: a  Y: b\r\n",
		"a\x00\x1b\u2028b":        "X: a   b\r\n",
		"":                        "",
		"\r\n":                    "",
		strings.Repeat("a ", 50):  "X:" + strings.Repeat(" a", 37) + "\r\n" + strings.Repeat(" a", 13) + "\r\n",
		strings.Repeat("a", 2000): "X: " + strings.Repeat("a", 2000) + "\r\n",
	} {
		var b statusWriter
		b.field("X", in)
		if got := b.String(); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
		if b.tooLong != (len(in) == 2000) {
			t.Errorf("%q: tooLong is %t", in, b.tooLong)
		}
	}
}

func TestChooseBoundary(t *testing.T) {
	g := newGenerator([]byte("key"), &diag.Error{}, &Envelope{}, (&Options{}).Now)
	texts := []func(*Notification, string){
		func(n *Notification, s string) { n.text = s },
		func(n *Notification, s string) { n.status = s },
		func(n *Notification, s string) { n.headers.text = s },
	}
	for i, set := range texts {
		var n Notification
		set(&n, "x\r\n--"+newBoundary(g, 0)+newBoundary(g, 1)+"--\r\n")
		if n.chooseBoundary(g); n.boundary != newBoundary(g, 2) {
			t.Errorf("text %d: boundary is %s", i, n.boundary)
		}
	}
}

func TestFieldValueIsBounded(t *testing.T) {
	for f := range fields([]byte("A: " + strings.Repeat("x", 5000) + "\r\n " + strings.Repeat("y", 5000) + "\r\n z\r\n")) {
		if v := f.value(); len(v) != maxValue-1 { // the space before it is no part of it
			t.Errorf("%d bytes", len(v))
		}
	}
}
