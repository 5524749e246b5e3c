package tnef

import (
	"bytes"
	"context"
	"io"

	"github.com/contentconv/contentconv/internal/propfile"
)

// A lazyValue is a binary value that is read from the stream at each use.
type lazyValue struct {
	r    io.ReaderAt
	span span
	html bool
	late *propfile.LateError
}

// Bytes implements [mapi.Lazy].
func (l *lazyValue) Bytes() []byte {
	b := make([]byte, l.span.size)
	if err := readAt(l.r, b, l.span.off); err != nil {
		l.late.Set(err)
		return nil
	}
	if l.html {
		return trimHTML(b)
	}
	return b
}

// trimHTML removes the NULs at the end of PidTagHtml.
//
// QUIRK: HTML often has the terminator of a string, which [MS-OXCMSG] 2.2.1.56.9
// does not ask for. In UTF-16 the last character may end in a NUL of its own.
func trimHTML(b []byte) []byte {
	if len(b) < 2 || b[0] != 0 && b[1] != 0 {
		return bytes.TrimRight(b, "\x00")
	}
	b = b[:len(b)&^1]
	for len(b) > 0 && b[len(b)-1] == 0 && b[len(b)-2] == 0 {
		b = b[:len(b)-2]
	}
	return b
}

// A rangeContent is an attachment's content in a range of the stream.
type rangeContent struct {
	r    io.ReaderAt
	span span
}

func (c rangeContent) Size(context.Context) (int64, error) { return c.span.size, nil }

func (c rangeContent) Open(context.Context) (io.ReadCloser, error) {
	return propfile.Section{SectionReader: io.NewSectionReader(c.r, c.span.off, c.span.size)}, nil
}
