package mimescan

import "sync"

// The buffers are what a scan needs beside its result. Small messages would spend
// more on making them than on being read.
type buffers struct {
	window []byte
	block  []byte
	fields []fieldPos
}

// maxKept bounds the buffers that are kept for another scan, in bytes.
const maxKept = 4 * defaultChunk

var kept = sync.Pool{New: func() any { return new(buffers) }}

// takeBuffers gives the scanner buffers that an earlier scan may have used.
func (s *scanner) takeBuffers() {
	s.buffers = kept.Get().(*buffers)
	s.win.buf, s.block.buf, s.block.fields = s.buffers.window[:0], s.buffers.block[:0], s.buffers.fields[:0]
}

// returnBuffers ends the use of the buffers. Nothing of the result lies in them.
func (s *scanner) returnBuffers() {
	if cap(s.win.buf) <= maxKept {
		s.buffers.window = s.win.buf
	}
	if cap(s.block.buf) <= maxKept {
		s.buffers.block = s.block.buf
	}
	const fieldSize = 16
	if cap(s.block.fields)*fieldSize <= maxKept {
		s.buffers.fields = s.block.fields
	}
	kept.Put(s.buffers)
}
