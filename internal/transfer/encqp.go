package transfer

import "io"

// A QPMode says what line ends in the data to encode are.
type QPMode uint8

const (
	// QPText keeps line ends as line ends: CRLF and LF become CRLF. A CR alone
	// is encoded.
	QPText QPMode = iota
	// QPBinary encodes CR and LF like any other byte, so that decoding gives
	// the same bytes again.
	QPBinary
)

// NewQPWriter returns a writer that writes to w in quoted-printable (RFC 2045
// section 6.7), in lines of at most 76 characters that end in CRLF. White space
// at the end of a line is encoded, a full stop that begins a line, and the blank
// of "From " at the beginning of a line, so that neither SMTP servers nor mbox
// files change the text. Close writes what is left, and doesn't close w.
func NewQPWriter(w io.Writer, mode QPMode) io.WriteCloser {
	return &qpWriter{w: w, enc: qpEncoder{mode: mode}}
}

// AppendQP appends src in quoted-printable to dst, see [NewQPWriter].
func AppendQP(dst, src []byte, mode QPMode) []byte {
	e := qpEncoder{mode: mode, out: dst}
	e.write(src)
	e.finish()
	return e.out
}

type qpWriter struct {
	w   io.Writer
	enc qpEncoder
	err error
}

// qpBatch is the number of bytes that are encoded at once.
const qpBatch = 16 << 10

func (q *qpWriter) Write(p []byte) (n int, err error) {
	for len(p) > 0 && q.err == nil {
		take := min(len(p), qpBatch)
		q.enc.write(p[:take])
		q.flush()
		n, p = n+take, p[take:]
	}
	return n, q.err
}

func (q *qpWriter) Close() error {
	if q.err == nil {
		q.enc.finish()
		q.flush()
	}
	return q.err
}

func (q *qpWriter) flush() {
	if len(q.enc.out) > 0 {
		_, q.err = q.w.Write(q.enc.out)
		q.enc.out = q.enc.out[:0]
	}
}

type qpEncoder struct {
	mode  QPMode
	out   []byte
	col   int  // characters on the line
	from  int  // how many characters of "From " are on the line, and nothing else
	blank byte // white space that may end a line
	cr    bool // a CR that may belong to a line end, behind blank
}

// maxColumn leaves room for the '=' of a soft line break.
const maxColumn = 75

func (e *qpEncoder) write(p []byte) {
	for len(p) > 0 {
		if e.blank == 0 && !e.cr && e.from < 0 {
			if p = p[e.regular(p):]; len(p) == 0 {
				return
			}
		}
		e.byte(p[0])
		p = p[1:]
	}
}

func (e *qpEncoder) byte(c byte) {
	if e.mode == QPText {
		switch {
		case c == '\n':
			e.lineEnd()
			return
		case e.cr:
			e.flushBlank(false)
			e.escape('\r')
			e.cr = false
		}
		if c == '\r' {
			e.cr = true
			return
		}
	}
	e.flushBlank(false)
	switch {
	case c == ' ' || c == '\t':
		e.blank = c
	case c < ' ' || c >= 0x7F || c == '=' || c == '.' && e.atStart(1):
		e.escape(c)
	default:
		e.literal(c)
	}
}

// atStart reports whether a character that takes n columns begins a line.
func (e *qpEncoder) atStart(n int) bool { return e.col == 0 || e.col+n > maxColumn }

// flushBlank writes the white space in hand; where the line ends, encoded.
func (e *qpEncoder) flushBlank(lineEnds bool) {
	c := e.blank
	e.blank = 0
	switch {
	case c == 0:
	case lineEnds, c == ' ' && e.from == len("From"):
		e.escape(c)
	default:
		e.literal(c)
	}
}

func (e *qpEncoder) lineEnd() {
	e.flushBlank(true)
	e.out = append(e.out, '\r', '\n')
	e.col, e.from, e.cr = 0, 0, false
}

func (e *qpEncoder) finish() {
	if e.cr {
		e.flushBlank(false)
		e.escape('\r')
	}
	e.flushBlank(true)
}

func (e *qpEncoder) literal(c byte) {
	e.room(1)
	if e.from >= 0 && e.from < len("From") && c == "From"[e.from] {
		e.from++
	} else {
		e.from = -1
	}
	e.out = append(e.out, c)
	e.col++
}

const upperHex = "0123456789ABCDEF"

func (e *qpEncoder) escape(c byte) {
	e.room(3)
	e.from = -1
	e.out = append(e.out, '=', upperHex[c>>4], upperHex[c&15])
	e.col += 3
}

// room makes sure that n more characters fit on the line.
func (e *qpEncoder) room(n int) {
	if e.col+n > maxColumn {
		e.out = append(e.out, '=', '\r', '\n')
		e.col, e.from = 0, 0
	}
}
