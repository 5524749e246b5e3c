package spool

import (
	"context"
	"io"
	"io/fs"
	"os"
	"sync"
)

// DefaultMemory is the number of bytes that are kept in memory before a file is
// made, where a call asks for none in particular.
const DefaultMemory = 1 << 20

// A Spool holds bytes for reading at any offset, by any number of goroutines.
type Spool struct {
	mu     sync.RWMutex
	mem    []byte // the bytes, when file is nil
	file   *os.File
	size   int64
	closed bool
}

// New reads r to its end. It reads no further than one byte beyond max, and
// fails with a *limits.ExceededError for MSize when there is one; a negative max
// is no bound. Beyond memory bytes (0 is [DefaultMemory]) it writes to a file in
// dir, or in [os.TempDir] where dir is "". Errors of r are returned as they are,
// and [io.ErrNoProgress] when r keeps returning neither bytes nor an error.
func New(ctx context.Context, r io.Reader, max int64, dir string, memory int64) (*Spool, error) {
	w := NewWriter(max, 0, dir, memory)
	defer w.Close()
	if err := w.copyFrom(ctx, r); err != nil {
		return nil, err
	}
	return w.Spool(), nil
}

// Size returns the number of bytes.
func (s *Spool) Size() int64 { return s.size }

// ReadAt implements [io.ReaderAt]. After Close it returns [fs.ErrClosed].
func (s *Spool) ReadAt(p []byte, off int64) (int, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.closed {
		return 0, fs.ErrClosed
	}
	if off < 0 {
		return 0, fs.ErrInvalid
	}
	if s.file != nil {
		return s.file.ReadAt(p, off)
	}
	if off >= int64(len(s.mem)) {
		return 0, io.EOF
	}
	n := copy(p, s.mem[off:])
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

// Close releases the bytes and removes the file. It waits for reads that are
// under way. Only the first call can return an error.
func (s *Spool) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil
	}
	s.closed, s.mem = true, nil
	if s.file == nil {
		return nil
	}
	return discard(s.file)
}
