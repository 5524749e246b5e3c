package cfb

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"strconv"
)

// An output writes a file from its beginning to its end, and leaves the lock
// sector out of all that is written to it.
type output struct {
	w    *bufio.Writer
	n    int64 // bytes written so far
	lock int64 // offset of the lock sector, or -1
	word [4]byte
}

var zeros [1 << shiftV4]byte

// Write writes p, around the lock sector if that is in the way.
func (o *output) Write(p []byte) (n int, err error) {
	if o.lock >= o.n && o.lock < o.n+int64(len(p)) {
		if n, err = o.put(p[:o.lock-o.n]); err != nil {
			return n, err
		}
		if _, err := o.put(zeros[:]); err != nil {
			return n, err
		}
		p = p[n:]
	}
	m, err := o.put(p)
	return n + m, err
}

func (o *output) put(p []byte) (int, error) {
	n, err := o.w.Write(p)
	o.n += int64(n)
	return n, err
}

// pad writes zeros up to a multiple of unit, a power of two no larger than a
// sector.
func (o *output) pad(unit int64) error {
	_, err := o.Write(zeros[:-o.n&(unit-1)])
	return err
}

// slot writes one value of a table.
func (o *output) slot(v uint32) error {
	binary.LittleEndian.PutUint32(o.word[:], v)
	_, err := o.Write(o.word[:])
	return err
}

// slots writes a value n times.
func (o *output) slots(v uint32, n int64) error {
	for range n {
		if err := o.slot(v); err != nil {
			return err
		}
	}
	return nil
}

// content writes the bytes of a stream, which must be as many as were announced.
func (o *output) content(it *item) error {
	g := &gauge{w: o, left: it.size}
	_, err := it.node.Content.WriteTo(g)
	where := "stream " + strconv.QuoteToASCII(it.node.Name)
	switch {
	case g.over:
		return &Error{where, fmt.Sprintf("it has more than the %d bytes of its size", it.size), ErrSize}
	case err != nil:
		return fmt.Errorf("cfb: %s: %w", where, err)
	case g.left > 0:
		return &Error{where, fmt.Sprintf("it has %d bytes, its size is %d", it.size-g.left, it.size), ErrSize}
	}
	return nil
}

// A gauge passes no more than left bytes.
type gauge struct {
	w    io.Writer
	left int64
	over bool
}

func (g *gauge) Write(p []byte) (int, error) {
	if int64(len(p)) > g.left {
		g.over = true
		return 0, ErrSize
	}
	n, err := g.w.Write(p)
	g.left -= int64(n)
	return n, err
}
