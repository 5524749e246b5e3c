package cfb

import (
	"errors"
	"fmt"
	"io"
)

// A Stream reads a stream of a [File]. Of its methods ReadAt alone can be used by
// several goroutines at once.
//
// Past the last byte that exists reading returns [io.EOF], or for a truncated
// stream the error of [Entry.Err].
type Stream struct {
	entry *Entry
	x     extents
	off   int64
}

// Size returns the number of bytes that can be read.
func (s *Stream) Size() int64 { return s.x.size }

// Read implements [io.Reader].
func (s *Stream) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	n, err := s.ReadAt(p, s.off)
	s.off += int64(n)
	if n > 0 {
		err = nil // it comes back with the next call
	}
	return n, err
}

// ReadAt implements [io.ReaderAt].
func (s *Stream) ReadAt(p []byte, off int64) (int, error) {
	if off < 0 {
		return 0, errors.New("cfb: negative offset")
	}
	if off >= s.x.size {
		return 0, s.end()
	}
	n, err := s.x.ReadAt(p, off)
	if err == nil {
		return n, nil
	}
	if off+int64(n) >= s.x.size {
		return n, s.end()
	}
	return n, sourceError(fmt.Sprintf("stream %q at offset %d", s.entry.Name, off+int64(n)), err)
}

func (s *Stream) end() error {
	if err := s.entry.Err(); err != nil {
		return err
	}
	return io.EOF
}

// Seek implements [io.Seeker].
func (s *Stream) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		offset += s.off
	case io.SeekEnd:
		offset += s.x.size
	}
	if offset < 0 || whence < io.SeekStart || whence > io.SeekEnd {
		return 0, errors.New("cfb: invalid seek")
	}
	s.off = offset
	return offset, nil
}
