package textconv

import "io"

// NewCRLFReader returns a reader of the text in r with every line end as CRLF,
// as [CRLF] has them.
func NewCRLFReader(r io.Reader) io.Reader { return &crlfReader{r: r} }

type crlfReader struct {
	r   io.Reader
	in  [4 << 10]byte
	out []byte // what was converted and not read yet
	buf []byte // the memory of out
	crs int    // CRs at the end of what was read, at most 2
	err error
}

func (c *crlfReader) Read(p []byte) (int, error) {
	for len(c.out) == 0 {
		if c.err != nil {
			return 0, c.err
		}
		var n int
		n, c.err = c.r.Read(c.in[:])
		c.buf = c.buf[:0]
		c.convert(c.in[:n])
		if c.err == io.EOF {
			c.endLines()
		}
		c.out = c.buf
	}
	n := copy(p, c.out)
	c.out = c.out[n:]
	return n, nil
}

// convert appends b to the converted text. CRs wait for what follows them: LF
// makes one line end of one CR, and of two.
func (c *crlfReader) convert(b []byte) {
	for _, x := range b {
		switch {
		case x == '\r' && c.crs < 2:
			c.crs++
		case x == '\r':
			c.buf = append(c.buf, '\r', '\n')
		case x == '\n':
			c.crs = 0
			c.buf = append(c.buf, '\r', '\n')
		default:
			c.endLines()
			c.buf = append(c.buf, x)
		}
	}
}

func (c *crlfReader) endLines() {
	for ; c.crs > 0; c.crs-- {
		c.buf = append(c.buf, '\r', '\n')
	}
}
