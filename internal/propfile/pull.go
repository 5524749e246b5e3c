package propfile

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"iter"
)

// errStopped ends a writer whose reader was closed.
var errStopped = errors.New("the reader was closed")

// Pull returns what write writes as a reader, without a goroutine that runs
// beside it: write continues whenever more is read.
func Pull(write func(io.Writer) error) io.ReadCloser {
	p := &puller{err: io.EOF}
	p.next, p.stop = iter.Pull(func(yield func([]byte) bool) {
		if err := write(yieldWriter(yield)); err != nil {
			p.err = err
		}
	})
	return p
}

type puller struct {
	next func() ([]byte, bool)
	stop func()
	rest []byte
	err  error // at the end
}

func (p *puller) Read(b []byte) (int, error) {
	for len(p.rest) == 0 && len(b) > 0 {
		rest, ok := p.next()
		if !ok {
			return 0, p.err
		}
		p.rest = rest
	}
	n := copy(b, p.rest)
	p.rest = p.rest[n:]
	return n, nil
}

// Close ends the writer. Later reads fail.
func (p *puller) Close() error {
	p.stop()
	p.rest, p.err = nil, fs.ErrClosed
	return nil
}

type yieldWriter func([]byte) bool

func (y yieldWriter) Write(p []byte) (int, error) {
	if !y(p) {
		return 0, errStopped
	}
	return len(p), nil
}

// Writer returns w as one that ends writing when ctx ends.
func Writer(ctx context.Context, w io.Writer) io.Writer { return &ctxWriter{ctx, w} }

type ctxWriter struct {
	ctx context.Context
	w   io.Writer
}

func (c *ctxWriter) Write(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.w.Write(p)
}

// ContextError reports whether err is how ctx says that it has ended.
func ContextError(ctx context.Context, err error) bool {
	return ctx.Err() != nil && (errors.Is(err, ctx.Err()) || errors.Is(err, context.Cause(ctx)))
}
