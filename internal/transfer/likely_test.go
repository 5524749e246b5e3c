package transfer

import (
	"strings"
	"testing"
)

func TestLooksBase64(t *testing.T) {
	data := strings.Repeat("QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo=\r\n", 3)
	for _, tt := range []struct {
		name, in string
		want     bool
	}{
		{"nothing", "", true},
		{"data", data, true},
		{"one short line", "QQ==", true},
		{"a cut group", "QUJDREVGR0hJSktM" + "TU", true},
		{"groups with blanks", "QUJD REVG R0hJ\r\n", true},
		{"junk within lines", strings.ReplaceAll(data, "R0", "R!!*0"), true},
		{"a footer", data + "____________\r\nYou are on this list.\r\n", true},
		{"an odd line for each character", "Q\r\nU\r\nJ\r\nD\r\n", true},
		{"a header block", "From: a@b.c\r\nSubject: x y\r\n\r\n", false},
		{"a letter", "Dear Sir,\r\nthis is what I say.\r\nBest\r\n", false},
		{"bytes beyond ASCII", "\x89PNG\r\n\x1a\n\x00\xff\xfe", false},
		{"no more than the sample counts", data + strings.Repeat(data, 20) + strings.Repeat("text to be read ", 1000), true},
	} {
		if got := LooksBase64([]byte(tt.in)); got != tt.want {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
}

func TestLooksQP(t *testing.T) {
	for in, want := range map[string]bool{
		"":                       true,
		"Subject: x\r\n\r\ntext": true,
		"Content-Type: text/plain; charset=3Dutf-8\r\n": true,
		"Content-Type: text/plain; charset=utf-8\r\n":   false,
		"Content-Type: a/b; boundary=\"x\"\r\n":         false,
		"Subject: a=\r\nb; x=y=3Dz":                     true,
		"Content-Type: a/b; c=x\r\n\r\na=3Db":           false,
		"Content-Type: a/b; c=x\n\na=3Db":               false,
		"Subject: =E4=\r\n; x =":                        true,
	} {
		if got := LooksQP([]byte(in)); got != want {
			t.Errorf("%q: %v", in, got)
		}
	}
}
