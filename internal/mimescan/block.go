package mimescan

import (
	"bytes"
	"slices"
)

// A block gathers the lines of a header block.
type block struct {
	buf     []byte
	max     int        // of buf
	start   int        // of the line in hand
	content int        // where its content ends
	fields  []fieldPos // found so far
	dropped bool       // the bound was passed: nothing more is kept
	before  bool       // dropped, before the line in hand
}

// A fieldPos is a field, as offsets in the block.
type fieldPos struct{ name, nameEnd, value, end int32 }

const (
	// maxFields bounds the fields of a block: a field costs more memory than
	// its bytes.
	maxFields = 1 << 18
	// classifyLength is how much of a line is looked at when it is dropped.
	classifyLength = 1 << 10
)

func (b *block) reset(max int64) {
	*b = block{buf: b.buf[:0], fields: b.fields[:0], max: int(max)}
}

// begin starts a line.
func (b *block) begin() { b.start, b.before = len(b.buf), b.dropped }

// add appends to the line.
func (b *block) add(p []byte) {
	if room := b.max - len(b.buf); !b.dropped && len(p) > room {
		b.dropped = true
		b.buf = append(b.buf, p[:room]...)
		p = p[room:]
	} else if !b.dropped {
		b.append(p)
		return
	}
	if room := b.start + classifyLength - len(b.buf); room > 0 {
		b.buf = append(b.buf, p[:min(room, len(p))]...)
	}
}

// append appends to the buffer, which doubles when it is full: append alone would
// copy a large block more often.
func (b *block) append(p []byte) {
	if len(b.buf)+len(p) > cap(b.buf) {
		b.buf = slices.Grow(b.buf, max(len(p), cap(b.buf)))
	}
	b.buf = append(b.buf, p...)
}

// addEnd appends the rest of the line, with a line end behind the first n bytes.
func (b *block) addEnd(p []byte, n int) {
	if len(b.buf)+len(p) <= b.max && !b.dropped {
		b.append(p)
		b.content = len(b.buf) - len(p) + n
		return
	}
	b.add(p[:n])
	b.endContent()
	b.add(p[n:])
}

// endContent says that the line end follows.
func (b *block) endContent() { b.content = len(b.buf) }

// line returns the line in hand without its line end.
func (b *block) line() []byte { return b.buf[b.start:b.content] }

// undo takes the line in hand out again: it is not of the block.
func (b *block) undo() { b.buf, b.dropped = b.buf[:b.start], b.before }

// end finishes the line in hand.
func (b *block) end() {
	if b.dropped {
		b.buf = b.buf[:b.start]
	}
}

// field records the line in hand as a field.
func (b *block) field(nameEnd, value int) {
	if len(b.fields) == maxFields {
		b.dropped = true
	}
	if !b.dropped {
		start := int32(b.start)
		b.fields = append(b.fields, fieldPos{start, start + int32(nameEnd), start + int32(value), int32(b.content)})
	}
}

// join makes the line in hand more of the field before it.
func (b *block) join() {
	if n := len(b.fields); n > 0 && !b.dropped {
		b.fields[n-1].end = int32(b.content)
	}
}

// lastByte is the last byte of the last field that is no white space, or 0.
func (b *block) lastByte() byte {
	n := len(b.fields)
	if n == 0 {
		return 0
	}
	value := trimBlanks(b.buf[b.fields[n-1].value:b.fields[n-1].end])
	if len(value) == 0 {
		return 0
	}
	return value[len(value)-1]
}

// continues reports whether the line in hand must be more of the field before
// it, though it does not begin with white space.
//
// QUIRK: RFC 5322 section 2.2.3 has white space at the beginning of folded
// lines. Programs that trim lines take it away, and what remains is seen by what
// it is: a parameter, an address, or an encoded word.
func (b *block) continues() bool {
	line := trimBlanks(b.line())
	if bytes.HasPrefix(line, []byte("=?")) && bytes.HasSuffix(line, []byte("?=")) {
		return len(b.fields) > 0
	}
	if len(line) == 0 || line[0] == ' ' || line[0] == '\t' {
		return false
	}
	switch b.lastByte() {
	case ';':
		name, _, ok := bytes.Cut(line, []byte("="))
		return ok && len(name) > 0 && !bytes.ContainsAny(name, ": \t")
	case ',':
		at := bytes.IndexByte(line, '@')
		colon := bytes.IndexByte(line, ':')
		return at > 0 && (colon < 0 || colon > at)
	}
	return false
}

// header returns what was gathered.
func (b *block) header() Header {
	if len(b.buf) == 0 {
		return Header{}
	}
	h := Header{Raw: string(b.buf)}
	if len(b.fields) > 0 {
		h.Fields = make([]Field, len(b.fields))
	}
	for i, f := range b.fields {
		h.Fields[i] = Field{Name: h.Raw[f.name:f.nameEnd], Value: h.Raw[f.value:f.end]}
	}
	return h
}
