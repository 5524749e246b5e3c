package msg

import (
	"context"
	"io"

	"github.com/contentconv/contentconv/internal/propfile"
	"github.com/contentconv/contentconv/mapi"
)

// A binaryValue is a binary value, which may be made or read when it is written.
type binaryValue struct {
	v    mapi.Value
	size int64
}

func (b binaryValue) Size() int64 { return b.size }

func (b binaryValue) WriteTo(w io.Writer) (int64, error) {
	data, _ := b.v.Bytes()
	n, err := w.Write(data)
	return int64(n), err
}

// An attachmentStream is the content of an attachment on its way to the file.
type attachmentStream struct {
	ctx   context.Context // of the whole write
	c     mapi.Content
	size  int64
	place *propfile.Place
}

func (a *attachmentStream) Size() int64 { return a.size }

func (a *attachmentStream) WriteTo(w io.Writer) (int64, error) {
	n, err := propfile.CopyContent(a.ctx, w, a.c, a.size)
	if err != nil && !propfile.ContextError(a.ctx, err) {
		err = &Error{a.place.String(), err}
	}
	return n, err
}
