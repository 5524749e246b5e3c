package mapi2mime_test

import (
	"bytes"
	"testing"
)

// checkLines holds output to the rules for any message: line ends are CRLF, no
// line is too long, header blocks have fields and folds only.
func checkLines(t *testing.T, b []byte) {
	t.Helper()
	if !bytes.HasSuffix(b, []byte("\r\n")) {
		t.Errorf("the last line has no line end")
	}
	if bytes.IndexByte(b, 0) >= 0 {
		t.Errorf("there is a NUL")
	}
	for i, line := range bytes.SplitAfter(b, []byte("\n")) {
		text, ok := bytes.CutSuffix(line, []byte("\r\n"))
		if len(line) > 0 && !ok || bytes.ContainsAny(text, "\r\n") {
			t.Errorf("line %d: line end is not CRLF: %.80q", i+1, line)
		}
		if len(text) > 998 {
			t.Errorf("line %d has %d bytes", i+1, len(text))
		}
	}
	header, _, ok := bytes.Cut(b, []byte("\r\n\r\n"))
	if !ok {
		t.Errorf("there is no empty line behind the header block")
	}
	for i, line := range bytes.Split(header, []byte("\r\n")) {
		if line[0] == ' ' || line[0] == '\t' {
			if i == 0 || len(bytes.TrimSpace(line)) == 0 {
				t.Errorf("line %d is no fold: %q", i+1, line)
			}
			continue
		}
		name, _, ok := bytes.Cut(line, []byte(":"))
		if !ok || len(name) == 0 || bytes.ContainsFunc(name, func(r rune) bool { return r <= ' ' || r >= 0x7F }) {
			t.Errorf("line %d is no field: %.80q", i+1, line)
		}
	}
}
