package transfer

import "io"

// A decoder undoes one transfer encoding.
type decoder interface {
	// decode appends to dst what src decodes to and returns how much of src it
	// used. What is left comes again, at the beginning of the next src. When
	// final is true no more will come, and all is used.
	decode(dst, src []byte, final bool) (out []byte, used int)
}

func newDecoder(e Encoding, report Report) decoder {
	switch e {
	case Base64:
		return &base64Decoder{reporter: reporter{report: report}}
	case QuotedPrintable:
		return &qpDecoder{reporter: reporter{report: report}}
	case UUEncode:
		return &uuDecoder{reporter: reporter{report: report}}
	case YEnc:
		return &yDecoder{reporter: reporter{report: report}}
	}
	return nil
}

// Decode returns b decoded; b itself where the encoding leaves bytes as they
// are. report may be nil.
func Decode(e Encoding, b []byte, report Report) []byte {
	d := newDecoder(e, report)
	if d == nil {
		return b
	}
	size := len(b) + 8
	if e == Base64 {
		size = size/4*3 + 8
	}
	out, _ := d.decode(make([]byte, 0, size), b, true)
	return out
}

// DecodeInPlace is [Decode] that may overwrite b, and return a part of it.
func DecodeInPlace(e Encoding, b []byte, report Report) []byte {
	if e != QuotedPrintable {
		return Decode(e, b, report)
	}
	d := &qpDecoder{reporter: reporter{report: report}, inPlace: true}
	out, _ := d.decode(b[:0], b, true)
	return out
}

// NewReader returns a reader of what r decodes to; r itself where the encoding
// leaves bytes as they are. Its errors are those of r. report may be nil.
func NewReader(e Encoding, r io.Reader, report Report) io.Reader {
	d := newDecoder(e, report)
	if d == nil {
		return r
	}
	return &reader{r: r, d: d}
}

// DecodedSize reads r to its end and returns the number of bytes that it decodes
// to.
func DecodedSize(e Encoding, r io.Reader) (int64, error) {
	return io.Copy(io.Discard, NewReader(e, r, nil))
}

// The first buffer is small because most parts are; the second is not.
const (
	firstBuffer = 4 << 10
	fullBuffer  = 32 << 10
	maxEmpty    = 100 // reads in a row that give nothing
)

type reader struct {
	r   io.Reader
	d   decoder
	in  []byte // the room for input; in[:n] came in and was not used yet
	n   int
	out []byte // decoded, not yet read
	buf []byte // what out is cut from
	err error  // set when r has ended
	// full says that the last read filled the room it had: there may be much more.
	full bool
}

func (r *reader) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	for empty := 0; len(r.out) == 0; {
		if r.err != nil {
			return 0, r.err
		}
		n := r.fill()
		if n > 0 || r.err != nil {
			empty = 0
			continue
		}
		if empty++; empty == maxEmpty {
			r.err = io.ErrNoProgress
		}
	}
	n := copy(p, r.out)
	r.out = r.out[n:]
	return n, nil
}

// WriteTo saves a copy.
func (r *reader) WriteTo(w io.Writer) (n int64, err error) {
	for empty := 0; ; {
		if len(r.out) > 0 {
			m, err := w.Write(r.out)
			n += int64(m)
			r.out = r.out[m:]
			if err != nil {
				return n, err
			}
			if len(r.out) > 0 {
				return n, io.ErrShortWrite
			}
		}
		if r.err == io.EOF {
			return n, nil
		}
		if r.err != nil {
			return n, r.err
		}
		if r.fill() > 0 {
			empty = 0
		} else if empty++; empty == maxEmpty {
			r.err = io.ErrNoProgress
		}
	}
}

// fill reads once and decodes what came. It returns the number of bytes read.
func (r *reader) fill() int {
	if size := r.room(); size > len(r.in) {
		grown := make([]byte, size)
		copy(grown, r.in[:r.n])
		r.in = grown
	}
	n, err := r.r.Read(r.in[r.n:])
	if n < 0 || n > len(r.in)-r.n {
		panic("transfer: reader returned an invalid count")
	}
	r.full = n == len(r.in)-r.n
	r.n += n
	r.err = err
	// After an error other than the end, what came before it is still given out.
	out, used := r.d.decode(r.buf[:0], r.in[:r.n], err == io.EOF)
	r.buf, r.out = out, out
	r.n = copy(r.in, r.in[used:r.n])
	return n
}

// room returns how large the input buffer should be.
func (r *reader) room() int {
	switch {
	case r.in == nil:
		return firstBuffer
	case r.n == len(r.in):
		return 2 * len(r.in)
	case !r.full:
		return len(r.in)
	}
	return fullBuffer
}
