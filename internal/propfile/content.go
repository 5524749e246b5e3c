package propfile

import (
	"context"
	"fmt"
	"io"

	"github.com/contentconv/contentconv/internal/cfb"
	"github.com/contentconv/contentconv/mapi"
)

// CopyContent writes a content to w, which must have exactly size bytes, else the
// error is [cfb.ErrSize].
func CopyContent(ctx context.Context, w io.Writer, c mapi.Content, size int64) (int64, error) {
	r, err := c.Open(ctx)
	if err != nil {
		return 0, err
	}
	defer r.Close()
	n, err := io.CopyN(w, r, size)
	switch {
	case err == io.EOF:
		return n, fmt.Errorf("%w: it ends after %d of %d bytes", cfb.ErrSize, n, size)
	case err != nil:
		return n, err
	}
	switch _, err := io.ReadFull(r, make([]byte, 1)); err {
	case io.EOF:
		return n, nil
	case nil:
		return n, fmt.Errorf("%w: it has more than %d bytes", cfb.ErrSize, size)
	default:
		return n, err
	}
}

// Section is a range of a source as an open content: it can be read at any place.
type Section struct{ *io.SectionReader }

// Close does nothing.
func (Section) Close() error { return nil }
