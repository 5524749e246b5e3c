package mime2mapi

import (
	"context"
	"errors"
	"io"
	"io/fs"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/mapi"
)

// A Result is a converted message with what there is to say about it.
type Result struct {
	// Message is the message object. Its attachments' contents are read from the
	// source and are gone when the Result is closed.
	Message *mapi.Message
	// Diagnostics holds every repair, fallback and loss known when the conversion
	// returned, in order. Damage within an encoded attachment is known when that
	// is read; [Result.Verify] reads all of them and brings this up to date.
	Diagnostics []diag.Diagnostic
	// Parts holds every leaf part of the message and of the messages embedded in
	// it, in the order of the source.
	Parts []Part

	rec      *diag.Recorder
	contents []*partContent
	sources  []io.Closer
	open     *gate
}

// Disposition says where a part went.
type Disposition uint8

const (
	ToBody       Disposition = iota // a body of the message
	ToAttachment                    // an attachment's content
	ToProperty                      // properties, but no body
	ToMessage                       // an embedded message
	Dropped                         // nowhere; Reason says why
)

var dispositionNames = [...]string{"body", "attachment", "property", "message", "dropped"}

func (d Disposition) String() string { return dispositionNames[d] }

// DropReason says why a part went nowhere. The list is closed.
type DropReason string

const (
	// EmptyPart is a part without a byte and without a name.
	EmptyPart DropReason = "empty"
	// MergedPart is the envelope or header half of a part that was joined with
	// another one.
	MergedPart DropReason = "merged"
	// SupersededPart is a text that stands in for the body of a TNEF part, for
	// readers that know no TNEF.
	SupersededPart DropReason = "superseded"
)

// A Part says what became of one leaf part.
type Part struct {
	// Number is the part's number, such as "1.2": the position in its multipart
	// behind the number of what holds it. A message without multipart is "1".
	Number string
	// Type is the part's media type in lower case, such as "image/png".
	Type string
	To   Disposition
	// Attachment is the index among the attachments of the message that the part
	// belongs to, for ToAttachment and ToMessage; else -1.
	Attachment int
	// Reason is set for Dropped.
	Reason DropReason
}

// Verify reads every attachment once, so that damage within encoded ones becomes
// known, and brings Diagnostics up to date. It returns an error when the source
// cannot be read, or ctx is done.
func (r *Result) Verify(ctx context.Context) error {
	for _, c := range r.contents {
		if err := c.verify(ctx); err != nil {
			return err
		}
	}
	r.Diagnostics = r.rec.Diagnostics()
	return nil
}

// Close releases the source and the spooled messages. It can be called more than
// once. Contents opened later return [fs.ErrClosed].
func (r *Result) Close() error {
	if !r.open.close() {
		return nil
	}
	var errs []error
	for _, s := range r.sources {
		errs = append(errs, s.Close())
	}
	return errors.Join(errs...)
}

var errClosed = fs.ErrClosed
