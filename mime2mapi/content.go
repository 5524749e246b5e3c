package mime2mapi

import (
	"context"
	"io"
	"sync"
	"sync/atomic"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/textconv"
	"github.com/contentconv/contentconv/internal/transfer"
)

// A gate is shut when a Result is closed.
type gate struct{ shut atomic.Bool }

func (g *gate) close() bool { return g.shut.CompareAndSwap(false, true) }

// partContent is an attachment's content: a range of the source and its transfer
// encoding.
type partContent struct {
	src      io.ReaderAt
	off, end int64
	encoding transfer.Encoding
	lines    bool // lines of text: their ends are CRLF, whatever they are in the source
	part     string
	rec      *diag.Recorder
	open     *gate

	mu       sync.Mutex
	reported map[diag.Code]bool
	size     int64 // of the decoded content, or -1 until it is known
}

// Open returns a reader of the decoded content. Damage is repaired and reported
// once, however often the content is read.
func (c *partContent) Open(ctx context.Context) (io.ReadCloser, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if c.open.shut.Load() {
		return nil, errClosed
	}
	raw := &rangeReader{ctx: ctx, src: c.src, off: c.off, end: c.end, open: c.open}
	switch {
	case c.lines:
		return &decodingReader{Reader: textconv.NewCRLFReader(raw), content: c}, nil
	case !c.encoding.Encoded():
		return raw, nil
	}
	return &decodingReader{Reader: transfer.NewReader(c.encoding, raw, c.report), content: c}, nil
}

// Size returns the decoded length.
func (c *partContent) Size(ctx context.Context) (int64, error) {
	c.mu.Lock()
	size := c.size
	c.mu.Unlock()
	if size >= 0 {
		return size, nil
	}
	r, err := c.Open(ctx)
	if err != nil {
		return 0, err
	}
	return io.Copy(io.Discard, r)
}

// know notes the decoded length.
func (c *partContent) know(size int64) {
	c.mu.Lock()
	c.size = size
	c.mu.Unlock()
}

// verify reads the content once if it is encoded: only then can it be damaged.
func (c *partContent) verify(ctx context.Context) error {
	_, err := c.Size(ctx)
	return err
}

func (c *partContent) report(code diag.Code, detail string) {
	c.mu.Lock()
	known := c.reported[code]
	if !known {
		if c.reported == nil {
			c.reported = make(map[diag.Code]bool)
		}
		c.reported[code] = true
	}
	c.mu.Unlock()
	if !known {
		c.rec.Add(code, c.part, "", detail)
	}
}

// rangeReader reads a range of the source until the context is done or the
// result is closed.
type rangeReader struct {
	ctx      context.Context
	src      io.ReaderAt
	off, end int64
	open     *gate
}

func (r *rangeReader) Read(p []byte) (int, error) {
	if r.open.shut.Load() {
		return 0, errClosed
	}
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	if r.off >= r.end {
		return 0, io.EOF
	}
	if rest := r.end - r.off; int64(len(p)) > rest {
		p = p[:rest]
	}
	n, err := r.src.ReadAt(p, r.off)
	r.off += int64(n)
	switch {
	case n == len(p):
		err = nil
	case err == io.EOF || err == nil:
		err = errSourceChanged
	}
	return n, err
}

func (r *rangeReader) Close() error { return nil }

// decodingReader notes the size of a content that was read to its end.
type decodingReader struct {
	io.Reader
	content *partContent
	n       int64
}

func (r *decodingReader) Read(p []byte) (int, error) {
	n, err := r.Reader.Read(p)
	r.n += int64(n)
	if err == io.EOF {
		r.content.know(r.n)
	}
	return n, err
}

func (r *decodingReader) WriteTo(w io.Writer) (int64, error) {
	n, err := io.Copy(w, r.Reader)
	r.n += n
	if err == nil {
		r.content.know(r.n)
	}
	return n, err
}

func (r *decodingReader) Close() error { return nil }
