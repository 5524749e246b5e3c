package cfb

import (
	"bufio"
	"io"
)

// Write writes the compound file of the tree at root to w, in one sequential
// pass, and returns the number of bytes. The same tree gives the same bytes. What
// [Prepare] refuses is refused before the first byte. After that, an error is
// what w or a content returned, or an *[Error] that is [ErrSize].
func Write(w io.Writer, root *Node, o *Options) (int64, error) {
	p, err := Prepare(root, o)
	if err != nil {
		return 0, err
	}
	return p.WriteTo(w)
}

// WriteTo writes the file, as [Write] does.
func (p *Plan) WriteTo(w io.Writer) (int64, error) {
	sink := &counter{w: w}
	o := &output{w: bufio.NewWriterSize(sink, 64<<10), lock: -1}
	if p.lock {
		o.lock = (lockSector + 1) << shiftV4
	}
	for _, section := range []func(*output) error{
		p.writeHeader, p.writeFAT, p.writeDIFAT, p.writeDirectory,
		p.writeMiniFAT, p.writeMini, p.writeStreams,
	} {
		if err := section(o); err != nil {
			return sink.n, err
		}
		if err := o.pad(p.sectorSize()); err != nil {
			return sink.n, err
		}
	}
	return sink.n, o.w.Flush()
}

// A counter counts the bytes that reach w.
type counter struct {
	w io.Writer
	n int64
}

func (c *counter) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += int64(n)
	return n, err
}

// writeMini writes the mini stream: the small streams, each in whole mini sectors.
func (p *Plan) writeMini(o *output) error {
	return p.writeContents(o, (*item).small, miniSize)
}

func (p *Plan) writeStreams(o *output) error {
	return p.writeContents(o, (*item).large, p.sectorSize())
}

func (p *Plan) writeContents(o *output, which func(*item) bool, unit int64) error {
	for i := range p.items {
		it := &p.items[i]
		if !which(it) {
			continue
		}
		if err := o.content(it); err != nil {
			return err
		}
		if err := o.pad(unit); err != nil {
			return err
		}
	}
	return nil
}
