package spool

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/contentconv/contentconv/limits"
)

// A Writer fills a spool. Close it in any case; after [Writer.Spool] that does
// nothing.
type Writer struct {
	limit  limits.Limit
	before int64
	dir    string
	memory int
	mem    []byte
	file   *os.File
	size   int64
	closed bool
}

// NewWriter returns a writer of a spool of at most max bytes, of which before
// are taken already by others; a negative max is no bound. See [New] for dir and
// memory. No file is made before there is need for one.
func NewWriter(max, before int64, dir string, memory int64) *Writer {
	if memory <= 0 {
		memory = DefaultMemory
	}
	limit := limits.Limits{}.Size()
	limit.Max = max
	if max < 0 {
		limit.Max = limits.None
	}
	return &Writer{limit: limit, before: before, dir: dir, memory: int(memory)}
}

// Size returns the number of bytes written so far.
func (w *Writer) Size() int64 { return w.size }

// Write appends p. What would pass the bound is not written; the error is a
// *limits.ExceededError for MSize then.
func (w *Writer) Write(p []byte) (int, error) {
	if w.closed {
		return 0, fs.ErrClosed
	}
	if err := w.limit.Check(w.before + w.size + int64(len(p))); err != nil {
		return 0, err
	}
	if w.file == nil && len(w.mem)+len(p) <= w.memory {
		w.mem = append(w.mem, p...)
		w.size += int64(len(p))
		return len(p), nil
	}
	if err := w.spill(); err != nil {
		return 0, err
	}
	n, err := w.file.Write(p)
	w.size += int64(n)
	return n, err
}

// spill moves what is in memory to a file.
func (w *Writer) spill() error {
	if w.file != nil {
		return nil
	}
	f, err := create(w.dir)
	if err != nil {
		return fmt.Errorf("spool: %w", err)
	}
	w.file = f
	if _, err := f.Write(w.mem); err != nil {
		return fmt.Errorf("spool: %w", err)
	}
	w.mem = nil
	return nil
}

// Spool ends the writing and returns what was written.
func (w *Writer) Spool() *Spool {
	s := &Spool{mem: w.mem, file: w.file, size: w.size, closed: w.closed}
	w.mem, w.file, w.closed = nil, nil, true
	return s
}

// Close drops what was written.
func (w *Writer) Close() error {
	w.closed, w.mem = true, nil
	if w.file == nil {
		return nil
	}
	f := w.file
	w.file = nil
	return discard(f)
}

const (
	copyBuffer = 64 << 10
	maxEmpty   = 100 // reads in a row that return neither bytes nor an error
)

var errInvalidRead = errors.New("spool: reader returned an invalid count")

// copyFrom writes all that r has, reading at most one byte beyond the bound.
func (w *Writer) copyFrom(ctx context.Context, r io.Reader) error {
	buf := make([]byte, 4<<10)
	for empty := 0; empty < maxEmpty; empty++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		n, err := r.Read(w.window(buf))
		if n < 0 || n > len(buf) {
			return errInvalidRead
		}
		if n > 0 {
			empty = 0
			if _, err := w.Write(buf[:n]); err != nil {
				return err
			}
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if n == len(buf) && n < copyBuffer {
			buf = make([]byte, copyBuffer)
		}
	}
	return io.ErrNoProgress
}

// window returns the part of buf that may be read into.
func (w *Writer) window(buf []byte) []byte {
	if w.limit.Max == limits.None {
		return buf
	}
	if left := w.limit.Max - w.before - w.size; left < int64(len(buf)) {
		return buf[:max(left, 0)+1]
	}
	return buf
}
