package tnef

import (
	"context"
	"io"
)

// A span is a range of the source.
type span struct{ off, size int64 }

func (s span) end() int64 { return s.off + s.size }

// The window is of minWindow bytes where a read is far from the one before, and
// grows up to windowSize where many follow each other. blockSize is the distance
// of the places up to which checksums are known.
const (
	minWindow  = 512
	windowSize = 32 << 10
	blockSize  = 1 << 10
)

// A source reads a stream through a window, as most reads are small and follow
// each other, and knows the checksums of its ranges.
type source struct {
	ctx    context.Context
	r      io.ReaderAt
	size   int64
	window []byte
	at     int64    // offset of the window
	ahead  int64    // size of the next one
	prefix []uint16 // checksums of the first 0, 1, 2 ... blocks
	block  []byte
}

func newSource(ctx context.Context, r io.ReaderAt, size int64) *source {
	return &source{ctx: ctx, r: r, size: size, ahead: minWindow / 2, prefix: make([]uint16, 1)}
}

// bytes returns n bytes at off, which must exist and be no more than windowSize.
// They are valid until the next call.
func (s *source) bytes(off int64, n int) ([]byte, error) {
	if off < s.at || off+int64(n) > s.at+int64(len(s.window)) {
		if err := s.fill(off, int64(n)); err != nil {
			return nil, err
		}
	}
	from := int(off - s.at)
	return s.window[from : from+n], nil
}

// fill moves the window to off, with n bytes at least.
func (s *source) fill(off, n int64) error {
	if err := s.ctx.Err(); err != nil {
		return err
	}
	near := off >= s.at && off <= s.at+2*int64(len(s.window))
	if !near {
		s.ahead = minWindow / 2
	}
	s.ahead = min(2*s.ahead, windowSize)
	n = min(max(n, s.ahead), s.size-off)
	if int64(cap(s.window)) < n {
		s.window = make([]byte, 0, min(2*n, windowSize))
	}
	s.at, s.window = off, s.window[:n]
	err := readAt(s.r, s.window, off)
	if err != nil {
		s.window = s.window[:0]
	}
	return err
}

// read fills b from off on, past the window where that is better.
func (s *source) read(b []byte, off int64) error {
	if len(b) > windowSize {
		if err := s.ctx.Err(); err != nil {
			return err
		}
		return readAt(s.r, b, off)
	}
	w, err := s.bytes(off, len(b))
	copy(b, w)
	return err
}

// readAt fills b. A source that ends before its size is an error of the source.
func readAt(r io.ReaderAt, b []byte, off int64) error {
	n, err := r.ReadAt(b, off)
	switch {
	case n == len(b):
		return nil
	case err == io.EOF:
		return io.ErrUnexpectedEOF
	case err == nil:
		return io.ErrNoProgress
	}
	return err
}

// checksum returns the checksum of a range, the sum of its bytes. Ranges lie
// within each other, as messages do, so what is longer than a block or two is the
// difference of two sums from the beginning, and no byte is added up for each.
func (s *source) checksum(r span) (uint16, error) {
	from, to := (r.off+blockSize-1)/blockSize, r.end()/blockSize
	if to <= from {
		return s.add(r)
	}
	if err := s.sumTo(to); err != nil {
		return 0, err
	}
	head, err := s.add(span{r.off, from*blockSize - r.off})
	if err != nil {
		return 0, err
	}
	tail, err := s.add(span{to * blockSize, r.end() - to*blockSize})
	return head + s.prefix[to] - s.prefix[from] + tail, err
}

// sumTo extends prefix to a number of blocks.
func (s *source) sumTo(blocks int64) error {
	for int64(len(s.prefix)) <= blocks {
		if err := s.ctx.Err(); err != nil {
			return err
		}
		if s.block == nil {
			s.block = make([]byte, min(64<<10, s.size))
		}
		at := int64(len(s.prefix)-1) * blockSize
		b := s.block[:min(int64(len(s.block))/blockSize*blockSize, blocks*blockSize-at)]
		if err := readAt(s.r, b, at); err != nil {
			return err
		}
		for ; len(b) > 0; b = b[blockSize:] {
			s.prefix = append(s.prefix, s.prefix[len(s.prefix)-1]+checksum(b[:blockSize]))
		}
	}
	return nil
}

// add adds up the bytes of a range of less than two blocks.
func (s *source) add(r span) (uint16, error) {
	b, err := s.bytes(r.off, int(r.size))
	return checksum(b), err
}

// checksum adds up bytes.
func checksum(b []byte) uint16 {
	var a, c uint32
	for ; len(b) >= 8; b = b[8:] {
		a += uint32(b[0]) + uint32(b[1]) + uint32(b[2]) + uint32(b[3])
		c += uint32(b[4]) + uint32(b[5]) + uint32(b[6]) + uint32(b[7])
	}
	for _, x := range b {
		a += uint32(x)
	}
	return uint16(a + c)
}
