package tnef

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/propfile"
)

// A layout is a stream before it is written: what is small as bytes, what is large
// as a source of bytes whose size is known.
type layout struct {
	ctx     context.Context
	rec     *diag.Recorder
	pieces  []piece
	buf     []byte // the bytes of all pieces without a source
	flushed int    // how much of them is in a piece
	size    int64
	frames  []frame
}

// A piece is the next part of the stream.
type piece struct {
	kind     pieceKind
	from, to int // of the layout's bytes
	source   supplier
}

// A supplier supplies a known number of bytes.
type supplier interface {
	Size() int64
	io.WriterTo
}

type pieceKind uint8

const (
	pieceBytes  pieceKind = iota
	pieceSource           // what the source writes
	pieceBegin            // nothing: the data of an attribute begins
	pieceEnd              // the checksum of the data that began last
)

// A frame is something that is preceded by its length, and open.
type frame struct {
	lengthAt int   // where its length stands in the layout's bytes
	start    int64 // where in the stream it begins
	name     string
}

func (l *layout) bytes(b ...byte) {
	l.buf = append(l.buf, b...)
	l.size += int64(len(b))
}

func (l *layout) u16(n uint16) {
	l.buf = le.AppendUint16(l.buf, n)
	l.size += 2
}

func (l *layout) u32(n uint32) {
	l.buf = le.AppendUint32(l.buf, n)
	l.size += 4
}

// Write implements [io.Writer]; it never fails.
func (l *layout) Write(b []byte) (int, error) {
	l.bytes(b...)
	return len(b), nil
}

// pad fills up to a multiple of four, as seen from n bytes before.
func (l *layout) pad(n int64) { l.bytes(make([]byte, padding(n))...) }

// flush makes a piece of the bytes that are in none.
func (l *layout) flush() {
	if l.flushed < len(l.buf) {
		l.pieces = append(l.pieces, piece{kind: pieceBytes, from: l.flushed, to: len(l.buf)})
		l.flushed = len(l.buf)
	}
}

// smallSource is the size up to which a source that cannot fail is copied.
const smallSource = 4 << 10

// source adds what s writes.
func (l *layout) source(s supplier, inMemory bool) {
	if inMemory && s.Size() <= smallSource {
		s.WriteTo(l)
		return
	}
	l.flush()
	l.pieces = append(l.pieces, piece{kind: pieceSource, source: s})
	l.size += s.Size()
}

// begin opens a frame whose length is the next number.
func (l *layout) begin(name string) {
	l.frames = append(l.frames, frame{lengthAt: len(l.buf), name: name})
	l.u32(0)
	l.frames[len(l.frames)-1].start = l.size
}

// end closes the frame that was opened last, states its length and returns it.
func (l *layout) end() (int64, error) {
	f := l.frames[len(l.frames)-1]
	l.frames = l.frames[:len(l.frames)-1]
	n := l.size - f.start
	if n > math.MaxUint32 {
		return 0, fmt.Errorf("%w: %s has %d bytes", ErrTooLarge, f.name, n)
	}
	le.PutUint32(l.buf[f.lengthAt:], uint32(n))
	return n, nil
}

// beginAttribute opens an attribute.
func (l *layout) beginAttribute(a *attrInfo) {
	l.bytes(a.level)
	l.u32(uint32(a.id))
	l.begin(a.name)
	l.flush()
	l.pieces = append(l.pieces, piece{kind: pieceBegin})
}

// endAttribute closes it.
func (l *layout) endAttribute() error {
	_, err := l.end()
	l.flush()
	l.pieces = append(l.pieces, piece{kind: pieceEnd})
	l.size += attrChecksum
	return err
}

// attribute adds an attribute whole.
func (l *layout) attribute(a *attrInfo, data []byte) error {
	l.beginAttribute(a)
	l.bytes(data...)
	return l.endAttribute()
}

// failure leaves the error of the context as it is and makes others an *Error.
func (l *layout) failure(err error) error {
	return failure(l.ctx, err)
}

// writeTo writes the stream.
func (l *layout) writeTo(w io.Writer) (int64, error) {
	out := &summer{w: bufio.NewWriterSize(propfile.Writer(l.ctx, w), 64<<10)}
	err := l.writePieces(out)
	if err == nil {
		err = out.w.Flush()
	}
	return out.n - int64(out.w.Buffered()), l.failure(err)
}

func (l *layout) writePieces(out *summer) error {
	var begun []uint16 // the sum at the beginning of each open attribute
	for _, p := range l.pieces {
		var err error
		switch p.kind {
		case pieceBytes:
			_, err = out.Write(l.buf[p.from:p.to])
		case pieceSource:
			_, err = p.source.WriteTo(out)
		case pieceBegin:
			begun = append(begun, out.sum)
		case pieceEnd:
			sum := out.sum - begun[len(begun)-1]
			begun = begun[:len(begun)-1]
			_, err = out.Write(le.AppendUint16(nil, sum))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// A summer adds up all that is written through it. The checksum of an attribute is
// the difference of two sums, so that no byte is added up for each attribute that
// it is in.
type summer struct {
	w   *bufio.Writer
	n   int64
	sum uint16
}

func (s *summer) Write(b []byte) (int, error) {
	n, err := s.w.Write(b)
	s.n += int64(n)
	s.sum += checksum(b[:n])
	return n, err
}
