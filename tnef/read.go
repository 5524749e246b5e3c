package tnef

import (
	"context"
	"fmt"
	"io"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/charset"
	"github.com/contentconv/contentconv/internal/propfile"
	"github.com/contentconv/contentconv/limits"
	"github.com/contentconv/contentconv/mapi"
)

// A Result is a message that was read, with what there is to say about it.
type Result struct {
	// Message is the message object. Contents of attachments and large binary
	// values are read from the stream when they are asked for. Its recipients are
	// those of attRecipTable, which a stream that travels in an Internet message
	// should not have: see [EnrichRecipients].
	Message *mapi.Message
	// Key is the number in the stream's header. It says nothing.
	Key uint16
	// CodePage is the Windows code page by which the 8-bit strings of the outermost
	// message were read.
	CodePage int
	// Diagnostics holds every repair, fallback and loss, in order.
	Diagnostics []diag.Diagnostic

	late propfile.LateError
}

// Err returns the first error of the stream that a large binary value met when it
// was read after [Read] had returned, or nil. A value has no way to return it.
func (r *Result) Err() error { return r.late.Get() }

// Read reads the TNEF stream of size bytes in r, which must stay open and unchanged
// as long as the message is used. r's ReadAt is called by several goroutines at
// once if the message is. An error is an *[Error], or ctx's own.
func Read(ctx context.Context, r io.ReaderAt, size int64, o *ReadOptions) (*Result, error) {
	if o == nil {
		o = new(ReadOptions)
	}
	var forced *charset.Charset
	if o.CodePage != 0 {
		if forced = charset.ByCodePage(o.CodePage); forced == nil {
			return nil, &Error{"", fmt.Errorf("%w: code page %d is unknown", ErrOption, o.CodePage)}
		}
	}
	res := &Result{Message: new(mapi.Message)}
	d := &reader{
		ctx: ctx, opt: o, rec: new(diag.Recorder), res: res, forced: forced,
		src: newSource(ctx, r, size), depth: o.Limits.EmbeddedDepth(), memory: o.maxMemory(), left: o.maxMemory(),
	}
	if err := d.stream(span{0, max(0, size)}); err != nil {
		return nil, failure(ctx, err)
	}
	res.Diagnostics = d.rec.Diagnostics()
	return res, nil
}

// A reader reads one stream.
type reader struct {
	ctx    context.Context
	opt    *ReadOptions
	rec    *diag.Recorder
	res    *Result
	forced *charset.Charset // nil: the stream decides
	src    *source
	depth  limits.Limit
	memory int64 // allowed
	left   int64 // of it
	rows   int
	queue  []job

	unsized bool // the search for the true length of an attribute has failed
}

// A job is a message that is to be read from its stream.
type job struct {
	span  span
	into  *mapi.Message
	depth int64
	page  *charset.Charset // of the message it is in
	place *propfile.Place
}

// stream reads the message of the outermost stream and then, one by one, those
// within it: how deep they are nested is the sender's choice.
func (d *reader) stream(s span) error {
	switch ok, err := d.isStream(s); {
	case err != nil:
		return err
	case !ok:
		return ErrNotTNEF
	}
	d.queue = []job{{span: s, into: d.res.Message, depth: d.opt.Depth, page: charset.Windows1252()}}
	for len(d.queue) > 0 {
		j := d.queue[0]
		d.queue = d.queue[1:]
		if err := d.message(&j); err != nil {
			return err
		}
	}
	return nil
}

// isStream reports whether a range begins with the signature.
func (d *reader) isStream(s span) (bool, error) {
	if s.size < int64(len(Signature)) {
		return false, nil
	}
	b, err := d.src.bytes(s.off, len(Signature))
	return err == nil && HasSignature(b), err
}

// take counts n bytes against the bound on memory.
func (d *reader) take(n int64, at *propfile.Place) error {
	if d.left -= n; d.left < 0 {
		return &Error{at.String(), fmt.Errorf("%w: the properties of all objects need more than the %d bytes that are allowed", ErrTooLarge, d.memory)}
	}
	return nil
}

// row counts a recipient, an attachment or a message.
func (d *reader) row(at *propfile.Place) error {
	if err := d.ctx.Err(); err != nil {
		return err
	}
	if d.rows++; d.rows > propfile.MaxRows {
		return &Error{at.String(), fmt.Errorf("%w: more than %d recipients, attachments and messages", ErrTooLarge, propfile.MaxRows)}
	}
	return nil
}
