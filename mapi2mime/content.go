package mapi2mime

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/failure"
	"github.com/contentconv/contentconv/internal/guard"
	"github.com/contentconv/contentconv/mapi"
)

// Contents and their readers may be a caller's: here they are asked, with care.

// contentFailure names the attachment whose content err is about. The end of the
// context stays what it is.
func contentFailure(ctx context.Context, err error, place string) error {
	if ctx.Err() != nil {
		return err
	}
	return &failure.Failure{Reason: diag.IO, Part: place, Err: fmt.Errorf("content of an attachment: %w", err)}
}

func openContent(ctx context.Context, c mapi.Content) (r io.ReadCloser, err error) {
	guard.Call(func() { r, err = c.Open(ctx) })
	if err == nil && r == nil {
		err = errors.New("no reader")
	}
	return r, err
}

func closeReader(r io.ReadCloser) { guard.Call(func() { r.Close() }) }

func contentSize(ctx context.Context, c mapi.Content) (n int64, err error) {
	guard.Call(func() { n, err = c.Size(ctx) })
	if err == nil && n < 0 {
		err = fmt.Errorf("size is %d", n)
	}
	return n, err
}

// maxIdle is the number of reads in a row that may return nothing.
const maxIdle = 100

// readFull fills b from a reader until that ends with [io.EOF].
func readFull(ctx context.Context, r io.Reader, b []byte) (n int, err error) {
	for idle := 0; n < len(b); {
		if err := ctx.Err(); err != nil {
			return n, err
		}
		k := 0
		guard.Call(func() { k, err = r.Read(b[n:]) })
		if k < 0 || k > len(b)-n {
			return n, fmt.Errorf("the reader returned %d bytes where %d were asked for", k, len(b)-n)
		}
		n += k
		if idle++; k > 0 {
			idle = 0
		}
		switch {
		case err != nil:
			return n, err
		case idle >= maxIdle:
			return n, io.ErrNoProgress
		}
	}
	return n, nil
}

// readContent returns the first n bytes of a content of that size; all of them
// when n is the size.
func readContent(ctx context.Context, c mapi.Content, n, size int64) ([]byte, error) {
	r, err := openContent(ctx, c)
	if err != nil {
		return nil, err
	}
	defer closeReader(r)
	b := make([]byte, n)
	if k, err := readFull(ctx, r, b); int64(k) < n {
		return nil, fmt.Errorf("%d bytes were read where there should be %d: %w", k, size, err)
	}
	if n == size {
		if k, err := readFull(ctx, r, make([]byte, 1)); k > 0 || err != io.EOF {
			return nil, fmt.Errorf("more than %d bytes were read (%v)", size, err)
		}
	}
	return b, nil
}

// A subContent is text and, behind it, a range of another content.
type subContent struct {
	head      []byte
	of        mapi.Content
	off, size int64 // the range
}

func (s *subContent) Size(context.Context) (int64, error) {
	return int64(len(s.head)) + s.size, nil
}

func (s *subContent) Open(ctx context.Context) (io.ReadCloser, error) {
	r, err := openContent(ctx, s.of)
	if err != nil {
		return nil, err
	}
	if _, err := io.CopyN(io.Discard, guard.Reader(r), s.off); err != nil {
		closeReader(r)
		return nil, err
	}
	return struct {
		io.Reader
		io.Closer
	}{io.MultiReader(bytes.NewReader(s.head), io.LimitReader(r, s.size)), r}, nil
}
