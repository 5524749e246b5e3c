package rtf

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/contentconv/contentconv/diag"
)

// ErrNotRTF means that input does not begin as RTF does.
var ErrNotRTF = errors.New("rtf: not RTF: the input does not begin with {\\rtf")

// A LimitError means that the output would be larger than allowed.
type LimitError struct {
	Limit int64 // in bytes
}

func (e *LimitError) Error() string {
	return fmt.Sprintf("rtf: the output is larger than the limit of %d bytes", e.Limit)
}

// DefaultMaxOutput is the bound of the output, in bytes, where none is given.
const DefaultMaxOutput = 64 << 20

// DecodeOptions are the choices of [Decode]. Nil and the zero value are the
// defaults.
type DecodeOptions struct {
	// MaxOutput bounds, in bytes, what a Document holds: its HTML, its text and
	// its pictures together. 0 is DefaultMaxOutput, and a negative value is no
	// bound.
	MaxOutput int64
	// StrictKind recognises encapsulation only as [MS-OXRTFEX] 2.2.3.1 says:
	// \fromhtml1 or \fromtext within the first ten tokens. Otherwise the header is
	// searched up to the font table, 20 control words far, and \fromhtml may lack
	// its number.
	StrictKind bool
	// CodePage is that of a document that names none, such as 1252 (the default).
	CodePage int
	// Place says what stands in plain RTF for the attachment with the index n, of
	// those that have a place in it (\objattph), in order. Nil means nothing: the
	// n-th attachment in the order of PidTagRenderingPosition belongs there.
	Place func(n int) Place
	// PictureURL gives the URL of the picture with the index n of plain RTF. Nil
	// means "cid:" and the picture's name.
	PictureURL func(n int) string
}

func (o *DecodeOptions) maxOutput() int64 {
	switch {
	case o == nil || o.MaxOutput == 0:
		return DefaultMaxOutput
	case o.MaxOutput < 0:
		return 1<<63 - 1
	}
	return o.MaxOutput
}

// A Document is what RTF holds. All text is UTF-8 with CRLF line ends.
type Document struct {
	Kind Kind
	// HTML is the HTML: as it was encapsulated for the kind HTML, made of the RTF
	// for Plain, and empty for Text.
	HTML string
	// Text is the text: as it was encapsulated for the kind Text, made of the RTF
	// for Plain, and empty for HTML.
	Text string
	// Pictures are those within plain RTF, in order.
	Pictures []Picture
	// Places is how many places of attachments plain RTF has.
	Places int
	// Diagnostics tells of damage, in order.
	Diagnostics []diag.Diagnostic
}

// Decode reads RTF, which is not compressed, and returns what it holds. Its errors
// are ErrNotRTF, *LimitError, that of the context, and those of r.
func Decode(ctx context.Context, r io.Reader, o *DecodeOptions) (*Document, error) {
	if o == nil {
		o = &DecodeOptions{}
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	kind, src, err := peekKind(r, o.StrictKind)
	if err != nil {
		return nil, err
	}
	var rec diag.Recorder
	doc := &Document{Kind: kind}
	cfg := readerConfig{page: o.CodePage, rec: &rec}
	b := newBudget(o.maxOutput())
	switch kind {
	case HTML:
		doc.HTML, err = deencapsulateHTML(ctx, src, cfg, b)
	case Text:
		doc.Text, err = deencapsulateText(ctx, src, cfg, b)
	case Plain:
		err = decodePlain(ctx, src, cfg, b, o, doc)
	default:
		err = ErrNotRTF
	}
	if err != nil {
		return nil, err
	}
	doc.Diagnostics = rec.Diagnostics()
	return doc, nil
}
