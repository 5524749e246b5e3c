package tnef

import (
	"context"
	"io"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/propfile"
	"github.com/contentconv/contentconv/mapi"
)

// Write writes m as a TNEF stream to w and returns the number of bytes, and the
// diagnostics. It makes one pass; every attachment's content is asked for its size
// before, and opened once, that of an OLE object twice. Checksums are added up on
// the way. What it can refuse is refused before the first byte. An error is an
// *[Error], or ctx's own; w then has part of a stream.
//
// m stays as it is. In the stream it differs in this:
//
//   - Strings are Unicode, without NULs at their end.
//   - What an Internet message says itself is left out of the outermost message
//     unless [WriteOptions.Standalone] is set: recipients, transport headers, flags.
//     Blind copies are left out in any case, and so is what has a meaning in one
//     store alone ([mapi.Transmittable], entry ids of folders), each with a
//     diagnostic.
//   - What readers need and m lacks is added: of messages the class, the
//     subject, the importance, the charset of HTML that is UTF-8 and the
//     correlation key; of attachments method, position and short name.
func Write(ctx context.Context, w io.Writer, m *mapi.Message, o *WriteOptions) (int64, []diag.Diagnostic, error) {
	l, err := build(ctx, m, o)
	if err != nil {
		return 0, l.rec.Diagnostics(), err
	}
	n, err := l.writeTo(w)
	return n, l.rec.Diagnostics(), err
}

// Check returns the size of the stream that [Write] would write, and what it would
// say, without reading more of the contents than their sizes take.
func Check(ctx context.Context, m *mapi.Message, o *WriteOptions) (int64, []diag.Diagnostic, error) {
	l, err := build(ctx, m, o)
	if err != nil {
		return 0, l.rec.Diagnostics(), err
	}
	return l.size, l.rec.Diagnostics(), nil
}

// Size returns the size of the stream that [Write] would write.
func Size(ctx context.Context, m *mapi.Message, o *WriteOptions) (int64, error) {
	n, _, err := Check(ctx, m, o)
	return n, err
}

// Content returns the TNEF stream of a message as a content, which is made when it
// is read. m must not change as long as the content is used.
func Content(m *mapi.Message, o *WriteOptions) mapi.Content { return streamContent{m, o} }

type streamContent struct {
	m *mapi.Message
	o *WriteOptions
}

func (c streamContent) Size(ctx context.Context) (int64, error) { return Size(ctx, c.m, c.o) }

func (c streamContent) Open(ctx context.Context) (io.ReadCloser, error) {
	l, err := build(ctx, c.m, c.o)
	if err != nil {
		return nil, err
	}
	return propfile.Pull(func(w io.Writer) error {
		_, err := l.writeTo(w)
		return err
	}), nil
}

// build lays out the stream of m. The layout is never nil.
func build(ctx context.Context, m *mapi.Message, o *WriteOptions) (*layout, error) {
	if o == nil {
		o = new(WriteOptions)
	}
	b := &builder{layout: layout{ctx: ctx, rec: new(diag.Recorder)}, opt: o}
	err := b.stream(m)
	b.flush()
	return &b.layout, b.failure(err)
}
