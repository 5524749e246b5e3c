package msg

import (
	"context"
	"io"

	"github.com/contentconv/contentconv/internal/cfb"
	"github.com/contentconv/contentconv/internal/propfile"
)

// A lazyStream is a binary value that is read from the file at each use.
type lazyStream struct {
	entry *cfb.Entry
	late  *propfile.LateError
}

// Bytes implements [mapi.Lazy].
func (l *lazyStream) Bytes() []byte {
	b, err := l.entry.ReadAll(l.entry.Size)
	if err != nil && !damage(err) {
		l.late.Set(err)
	}
	return b
}

// A streamContent is an attachment's content in a stream. A stream that is cut
// short ends where its data ends; that is known since the file was read.
type streamContent struct{ entry *cfb.Entry }

func (c streamContent) Size(context.Context) (int64, error) { return c.entry.Size, nil }

func (c streamContent) Open(context.Context) (io.ReadCloser, error) {
	s, err := c.entry.Open()
	if err != nil {
		return nil, err
	}
	return propfile.Section{SectionReader: io.NewSectionReader(s, 0, c.entry.Size)}, nil
}
