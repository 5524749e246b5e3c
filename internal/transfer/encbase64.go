package transfer

import (
	"io"
	"slices"
)

// Base64 lines have 76 characters (RFC 2045 section 6.8), 57 bytes.
const (
	lineBytes = 57
	lineChars = 76
)

// Base64Size returns the length of n bytes encoded by [AppendBase64].
func Base64Size(n int64) int64 {
	full, rest := n/lineBytes, n%lineBytes
	size := full * (lineChars + 2)
	if rest > 0 {
		size += (rest+2)/3*4 + 2
	}
	return size
}

// AppendBase64 appends src in base64 to dst, in lines of 76 characters that each
// end in CRLF.
func AppendBase64(dst, src []byte) []byte {
	dst = slices.Grow(dst, int(Base64Size(int64(len(src)))))
	for len(src) > 0 {
		piece := src[:min(len(src), linesAtOnce*lineBytes)]
		n, size := len(dst), int(Base64Size(int64(len(piece))))
		dst = dst[:n+size]
		encodeLines(dst[n:], piece)
		src = src[len(piece):]
	}
	return dst
}

// linesAtOnce is how many lines are encoded as one run: many, because that is what
// vector instructions want, and few enough to stay in the fastest cache.
const linesAtOnce = 64

// encodeLines encodes src to dst, which has the length of the lines. They are encoded
// as one, to the end of dst, and then moved to where each belongs.
func encodeLines(dst, src []byte) {
	ends := (len(src) + lineBytes - 1) / lineBytes * len("\r\n")
	chars := dst[ends:]
	encodeRun(chars, src)
	for len(chars) > 0 {
		n := copy(dst, chars[:min(len(chars), lineChars)])
		dst[n], dst[n+1] = '\r', '\n'
		dst, chars = dst[n+2:], chars[n:]
	}
}

// NewBase64Writer returns a writer that writes what [AppendBase64] appends to w.
// Close writes what is left, and doesn't close w.
func NewBase64Writer(w io.Writer) io.WriteCloser { return &base64Writer{w: w} }

// batch is the number of lines that are written at once.
const batch = 512

type base64Writer struct {
	w    io.Writer
	rest []byte // less than a line
	out  []byte
	err  error
}

func (b *base64Writer) Write(p []byte) (n int, err error) {
	for len(p) > 0 && b.err == nil {
		if len(b.rest) == 0 && len(p) >= lineBytes {
			take := min(len(p)/lineBytes, batch) * lineBytes
			b.emit(p[:take])
			n, p = n+take, p[take:]
			continue
		}
		take := min(lineBytes-len(b.rest), len(p))
		b.rest = append(b.rest, p[:take]...)
		n, p = n+take, p[take:]
		if len(b.rest) == lineBytes {
			b.emit(b.rest)
			b.rest = b.rest[:0]
		}
	}
	return n, b.err
}

func (b *base64Writer) emit(p []byte) {
	b.out = AppendBase64(b.out[:0], p)
	_, b.err = b.w.Write(b.out)
}

func (b *base64Writer) Close() error {
	if b.err == nil && len(b.rest) > 0 {
		b.emit(b.rest)
		b.rest = b.rest[:0]
	}
	return b.err
}
