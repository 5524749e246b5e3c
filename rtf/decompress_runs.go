package rtf

import "io"

// runs decodes tokens as far as the window has room ([MS-OXRTFCP] 2.2.2). A run is a
// control byte and eight tokens: a bit that is clear stands for a literal, one that
// is set for a reference to the dictionary.
func (d *Decompressor) runs() {
	for d.wr+maxMatch <= len(d.win) && d.err == nil {
		if d.ended {
			d.drain()
			return
		}
		if d.bits == 0 {
			c, ok := d.byte()
			if !ok {
				return
			}
			d.control, d.bits = c, 8
			if d.fastRun() {
				continue
			}
		}
		d.token()
	}
}

// token decodes the next token of the run.
func (d *Decompressor) token() {
	c, ok := d.byte()
	if !ok {
		return
	}
	if d.control&1 == 0 {
		d.win[d.wr] = c
		d.wr++
	} else {
		low, ok := d.byte()
		if !ok {
			return
		}
		d.reference(c, low)
	}
	d.control >>= 1
	d.bits--
}

// fastRun decodes a run as a whole where input and window have enough for it.
func (d *Decompressor) fastRun() bool {
	in, i := d.in.buf[d.in.pos:d.in.end], 0
	if len(in) < 8*2 || d.wr+8*maxMatch > len(d.win) {
		return false
	}
	for control := uint(d.control) | 0x100; control != 1; control >>= 1 {
		if control&1 == 0 {
			d.win[d.wr] = in[i]
			d.wr++
			i++
			continue
		}
		d.reference(in[i], in[i+1])
		if i += 2; d.ended {
			break
		}
	}
	d.in.pos += i
	d.bits = 0
	return true
}

// reference copies what a reference stands for. It is the end marker when it refers
// to the place that is written next.
func (d *Decompressor) reference(high, low byte) {
	r := int(high)<<8 | int(low)
	n := r&15 + minMatch
	back := (d.base + d.wr - r>>4) & (ringSize - 1)
	if back == 0 {
		d.ended = true
		return
	}
	src := d.win[d.wr-back : d.wr-back+n]
	if dst := d.win[d.wr : d.wr+n]; back >= n {
		copy(dst, src)
	} else {
		for i := range dst { // the source reaches into what is being written
			dst[i] = src[i]
		}
	}
	d.wr += n
}

// byte returns the next byte of the contents. At their end it sets err.
func (d *Decompressor) byte() (byte, bool) {
	if d.in.pos == d.in.end {
		if _, err := d.in.some(); err != nil {
			d.err = err
			return 0, false
		}
	}
	c := d.in.buf[d.in.pos]
	d.in.pos++
	return c, true
}

// drain reads what stands behind the end marker, which the checksum covers.
func (d *Decompressor) drain() {
	for {
		b, err := d.in.some()
		if err != nil {
			d.err = err
			return
		}
		d.in.pos += len(b)
	}
}

// A lzInput reads contents of a known or unknown length and sums them up.
type lzInput struct {
	r        io.Reader
	buf      []byte
	pos, end int
	left     int64 // bytes that may still be read, -1 for any number
	crc      uint32
	err      error
}

const inputSize = 16 << 10

func newLZInput(r io.Reader) lzInput {
	return lzInput{r: r, buf: make([]byte, inputSize), left: -1}
}

// some returns what is buffered, at least one byte, or why there is nothing.
func (in *lzInput) some() ([]byte, error) {
	for tries := 0; in.pos == in.end; tries++ {
		switch {
		case in.err != nil:
			return nil, in.err
		case in.left == 0:
			return nil, io.EOF
		case tries == 100:
			in.err = io.ErrNoProgress
			return nil, in.err
		}
		b := in.buf
		if in.left > 0 && in.left < int64(len(b)) {
			b = b[:in.left]
		}
		n, err := in.r.Read(b)
		in.pos, in.end, in.err = 0, n, err
		if in.left > 0 {
			in.left -= int64(n)
		}
		in.crc = updateCRC(in.crc, b[:n])
	}
	return in.buf[in.pos:in.end], nil
}
