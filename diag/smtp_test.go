package diag_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/contentconv/contentconv/diag"
)

func TestSMTPReply(t *testing.T) {
	const id = "01234567-89ab-cdef-0123-456789abcdef"
	for _, test := range []struct {
		name     string
		err      diag.Error
		code     int
		enhanced [3]int
		text     string
	}{
		{
			"a bad message", diag.Error{Reason: diag.LimitExceeded, Part: "1.2", Err: errors.New("too many\r\n250 parts"), TraceID: id},
			554, [3]int{5, 6, 0}, "content conversion failed: limit exceeded: part 1.2: too many  250 parts (trace " + id + ")",
		},
		{
			"a bad disk", diag.Error{Reason: diag.IO, Err: errors.New("no space é")},
			451, [3]int{4, 3, 0}, "content conversion failed: input/output: no space ?",
		},
		{
			"a long text", diag.Error{Reason: diag.MalformedMIME, Err: errors.New(strings.Repeat("x", 1000)), TraceID: id},
			554, [3]int{5, 6, 0}, "content conversion failed: malformed MIME: " + strings.Repeat("x", 480-43-45-3) + "... (trace " + id + ")",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			code, enhanced, text := test.err.SMTPReply()
			if code != test.code || enhanced != test.enhanced || text != test.text {
				t.Errorf("%d %v %q (%d octets), want %q", code, enhanced, text, len(text), test.text)
			}
		})
	}
}
