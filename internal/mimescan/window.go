package mimescan

import (
	"context"
	"io"

	"github.com/contentconv/contentconv/internal/spool"
)

const (
	// defaultChunk is how much is read at once.
	defaultChunk = 64 << 10
	// keepBefore bytes before a position stay in the window, for the line end
	// before a delimiter.
	keepBefore = 3
	// maxEmpty is the number of reads in a row that may give nothing.
	maxEmpty = 100
)

// A window slides over the source, forwards but for a line that is looked at
// again.
type window struct {
	ctx   context.Context
	r     io.ReaderAt
	end   int64 // of the source
	chunk int   // how much is read at once
	start int64 // of the source
	base  int64 // the offset of buf[0]
	buf   []byte
}

// from returns the bytes in the window from off on: at least as many as asked
// for, fewer only where the source ends. They are valid until the next call. Bytes
// that the window has left behind are read again.
func (w *window) from(off int64, atLeast int) ([]byte, error) {
	if off < w.base {
		w.base, w.buf = max(off-keepBefore, w.start), w.buf[:0]
	}
	for have := w.base + int64(len(w.buf)); have-off < int64(atLeast) && have < w.end; have = w.base + int64(len(w.buf)) {
		if err := w.fill(off, atLeast); err != nil {
			return nil, err
		}
	}
	return w.buf[off-w.base:], nil
}

// before returns the three bytes before off, 0 for what lies before the window.
func (w *window) before(off int64) (third, second, last byte) {
	i := off - w.base
	if i >= 1 {
		last = w.buf[i-1]
	}
	if i >= 2 {
		second = w.buf[i-2]
	}
	if i >= 3 {
		third = w.buf[i-3]
	}
	return third, second, last
}

// fill slides the window to off and reads a chunk behind what it holds.
func (w *window) fill(off int64, atLeast int) error {
	if err := w.ctx.Err(); err != nil {
		return err
	}
	if start := max(off-keepBefore, w.base); start > w.base {
		n := copy(w.buf, w.buf[start-w.base:])
		w.buf, w.base = w.buf[:n], start
	}
	// Twice the room that was asked for keeps sliding linear: see delimiter.
	need := keepBefore + max(2*atLeast, w.chunk)
	if left := w.end - w.base; left < int64(need) {
		need = int(left)
	}
	if cap(w.buf) < need {
		buf := make([]byte, len(w.buf), need)
		copy(buf, w.buf)
		w.buf = buf
	}
	free := w.buf[len(w.buf):cap(w.buf)]
	at := w.base + int64(len(w.buf))
	if left := w.end - at; int64(len(free)) > left {
		free = free[:left]
	}
	if len(free) > w.chunk {
		free = free[:w.chunk]
	}
	n, err := readAt(w.r, free, at, w.end)
	w.buf = w.buf[:len(w.buf)+n]
	return err
}

// readAt reads all of p, which must lie before end. A source that is shorter
// than end is a *spool.ChangedError.
func readAt(r io.ReaderAt, p []byte, off, end int64) (n int, err error) {
	for empty := 0; n < len(p); {
		m, err := r.ReadAt(p[n:], off+int64(n))
		if m > 0 {
			n += m
			empty = 0
		}
		switch {
		case n == len(p):
			return n, nil
		case err == io.EOF || err == io.ErrUnexpectedEOF:
			return n, &spool.ChangedError{Size: end, At: off + int64(n)}
		case err != nil:
			return n, err
		case m <= 0:
			if empty++; empty == maxEmpty {
				return n, io.ErrNoProgress
			}
		}
	}
	return n, nil
}
