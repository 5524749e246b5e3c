package msg

import (
	"context"
	"io"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/cfb"
	"github.com/contentconv/contentconv/internal/propfile"
	"github.com/contentconv/contentconv/mapi"
)

// Write writes m as a .msg file to w and returns the number of bytes, and the
// diagnostics. It makes one pass; every attachment's content is asked for its
// size before, and opened once. What it can refuse is refused before the first
// byte. An error is an *[Error], or ctx's own; w then has part of a file.
//
// m stays as it is. In the file it differs in this:
//
//   - Strings are Unicode; empty ones are left out, as are NULs at their end.
//   - Properties that only a store has a use for ([mapi.Transmittable]) are left
//     out, each with a diagnostic, and so are those that a file cannot hold.
//   - Recipients and attachments are numbered from zero, as PidTagRowid and
//     PidTagAttachNumber.
//   - What clients need and m lacks is added: of messages the class, the flags,
//     the subject, the lists of recipients, the native body, the code page of
//     HTML that is UTF-8, and one of sent and delivery time from the other; of
//     recipients kind, types, entry id and keys; of attachments method, size,
//     position, names and keys. PidTagStoreSupportMask has the Unicode bit.
func Write(ctx context.Context, w io.Writer, m *mapi.Message, o *WriteOptions) (int64, []diag.Diagnostic, error) {
	b, err := build(ctx, m, o)
	if err != nil {
		return 0, b.rec.Diagnostics(), err
	}
	defer b.close()
	n, err := b.writeTo(w)
	return n, b.rec.Diagnostics(), err
}

// Size returns the size of the file that [Write] would write.
func Size(ctx context.Context, m *mapi.Message, o *WriteOptions) (int64, error) {
	b, err := build(ctx, m, o)
	if err != nil {
		return 0, err
	}
	defer b.close()
	return b.plan.Size(), nil
}

// Content returns the .msg file of a message as a content, which is made when it
// is read. m must not change as long as the content is used.
func Content(m *mapi.Message, o *WriteOptions) mapi.Content { return fileContent{m, o} }

type fileContent struct {
	m *mapi.Message
	o *WriteOptions
}

func (c fileContent) Size(ctx context.Context) (int64, error) { return Size(ctx, c.m, c.o) }

func (c fileContent) Open(ctx context.Context) (io.ReadCloser, error) {
	b, err := build(ctx, c.m, c.o)
	if err != nil {
		return nil, err
	}
	return &openFile{propfile.Pull(func(w io.Writer) error {
		_, err := b.writeTo(w)
		return err
	}), b}, nil
}

type openFile struct {
	io.ReadCloser
	b *builder
}

func (f *openFile) Close() error {
	f.b.close()
	return f.ReadCloser.Close()
}

// build lays out the file of m. The builder is never nil.
func build(ctx context.Context, m *mapi.Message, o *WriteOptions) (*builder, error) {
	if o == nil {
		o = new(WriteOptions)
	}
	b := &builder{ctx: ctx, opt: o, rec: new(diag.Recorder), names: newNameTable(), streamNames: make(map[uint32]string)}
	err := b.layout(m)
	if err != nil {
		b.close()
		err = b.failure(err)
	}
	return b, err
}

// failure leaves the error of the context as it is and makes others an *Error.
func (b *builder) failure(err error) error {
	if propfile.ContextError(b.ctx, err) {
		return err
	}
	return failed("", err)
}

// A builder makes the tree of a file.
type builder struct {
	ctx         context.Context
	opt         *WriteOptions
	rec         *diag.Recorder
	names       *nameTable
	nodes       int
	streamNames map[uint32]string
	messages    []*messageNode // the queue, and what is known of each
	closers     []io.Closer
	plan        *cfb.Plan
}

func (b *builder) close() {
	for _, c := range b.closers {
		c.Close()
	}
	b.closers = nil
}

func (b *builder) writeTo(w io.Writer) (int64, error) {
	n, err := b.plan.WriteTo(propfile.Writer(b.ctx, w))
	if err != nil {
		err = b.failure(err)
	}
	return n, err
}
