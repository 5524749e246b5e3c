package rtf

import (
	"bytes"
	"errors"
	"fmt"
	"io"
)

// maxRaw is how much RTF the header's 32-bit sizes can tell: contents that don't
// compress grow by an eighth.
const maxRaw = (1<<32 - 1 - sizeOverhead) / 9 * 8

// Compress returns rtf as compressed RTF ([MS-OXRTFCP] 2.2.1).
func Compress(rtf []byte) []byte {
	out := bytes.NewBuffer(make([]byte, headerSize, headerSize+len(rtf)/2))
	e := newLZEncoder(out)
	if _, err := e.Write(rtf); err == nil {
		e.finish()
	}
	b := out.Bytes()
	e.header().append(b[:0])
	return b
}

// CompressTo writes RTF that can be read twice as compressed RTF. The header of the
// format has the sizes and the checksum of what follows it, so the first reading only
// counts and the second one writes: w needs not seek, and no memory is needed but a
// few hundred KiB.
//
// It fails with a *LimitError when the RTF has more than about 3.8 GB, with an error
// that says so when the two readings differ, and with those of open and w. It returns
// the number of bytes written.
func CompressTo(w io.Writer, open func() (io.ReadCloser, error)) (int64, error) {
	count := newLZEncoder(io.Discard)
	if err := count.readFrom(open); err != nil {
		return 0, err
	}
	h := count.header()
	n, err := w.Write(h.append(nil))
	if err != nil {
		return int64(n), err
	}
	e := newLZEncoder(w)
	if err := e.readFrom(open); err != nil {
		return int64(n) + e.written, err
	}
	if e.header() != h {
		return int64(n) + e.written, fmt.Errorf("rtf: the RTF changed while it was compressed: %d bytes first, then %d", h.rawSize, e.raw)
	}
	return int64(n) + e.written, nil
}

// A Compressor writes compressed RTF ([MS-OXRTFCP]) to a destination that can seek,
// such as a file. Close completes it.
type Compressor struct {
	w     io.WriteSeeker
	start int64
	e     *lzEncoder
	err   error
}

var errCompressorClosed = errors.New("rtf: write to a closed Compressor")

// NewCompressor returns a Compressor that writes from the current position of w on.
// Its first call to Write or Close leaves room for the header.
func NewCompressor(w io.WriteSeeker) *Compressor { return &Compressor{w: w} }

// Write compresses p. It fails with a *LimitError when the RTF has more than about
// 3.8 GB, which the format cannot tell.
func (c *Compressor) Write(p []byte) (int, error) {
	if err := c.begin(); err != nil {
		return 0, err
	}
	return c.e.Write(p)
}

func (c *Compressor) begin() error {
	if c.err != nil || c.e != nil {
		return c.err
	}
	c.start, c.err = c.w.Seek(0, io.SeekCurrent)
	if c.err == nil {
		_, c.err = c.w.Write(make([]byte, headerSize))
	}
	c.e = newLZEncoder(c.w)
	return c.err
}

// Close writes the end of the contents, then the header in front of them, and leaves
// w at the end. It does not close w.
func (c *Compressor) Close() error {
	if err := c.begin(); err != nil {
		if err == errCompressorClosed {
			return nil
		}
		return err
	}
	c.err = errCompressorClosed
	if err := c.e.finish(); err != nil {
		return err
	}
	if _, err := c.w.Seek(c.start, io.SeekStart); err != nil {
		return err
	}
	if _, err := c.w.Write(c.e.header().append(nil)); err != nil {
		return err
	}
	_, err := c.w.Seek(c.start+headerSize+c.e.written, io.SeekStart)
	return err
}
