package mimescan

import (
	"bytes"

	"github.com/contentconv/contentconv/diag"
)

// A frame is a multipart whose delimiters are looked for.
type frame struct {
	entity   *Entity
	boundary string
	shadowed int   // the frame with the same boundary that this one hides, or -1
	longest  int   // the longest boundary of this frame and those below it
	level    int   // how many multiparts of its message enclose it, with itself
	seen     bool  // there was a delimiter
	opened   bool  // a delimiter has begun a part
	closed   bool  // the last delimiter was a closing one
	loose    bool  // a delimiter had text behind it
	preamble int64 // where the preamble ends, when there was a delimiter
	epilogue int64 // where the last delimiter line ends
}

// boundaries are the multiparts that are open, outermost first. A multipart that
// has been closed stays until a delimiter of another that encloses it comes,
// because a part of it may follow nevertheless.
type boundaries struct {
	frames []frame
	index  map[string]int // the innermost frame with that boundary
}

func (b *boundaries) push(e *Entity, boundary string, level int) (repeated bool) {
	f := frame{entity: e, boundary: boundary, shadowed: -1, longest: len(boundary), level: level}
	if n := len(b.frames); n > 0 {
		f.longest = max(f.longest, b.frames[n-1].longest)
	}
	if b.index == nil {
		b.index = make(map[string]int)
	}
	if i, ok := b.index[boundary]; ok {
		f.shadowed = i
		repeated = true
	}
	b.index[boundary] = len(b.frames)
	b.frames = append(b.frames, f)
	return repeated
}

// pop removes the innermost frame.
func (b *boundaries) pop() frame {
	n := len(b.frames) - 1
	f := b.frames[n]
	if i, ok := b.index[f.boundary]; ok && i == n {
		b.expose(f)
	}
	b.frames[n] = frame{}
	b.frames = b.frames[:n]
	return f
}

// expose makes the frame that f hides the one that its boundary belongs to.
func (b *boundaries) expose(f frame) {
	if f.shadowed >= 0 {
		b.index[f.boundary] = f.shadowed
	} else {
		delete(b.index, f.boundary)
	}
}

// close marks a frame as closed. When an enclosing multipart has the same
// boundary, that one owns the boundary from now on.
func (b *boundaries) close(i int) {
	f := &b.frames[i]
	f.closed = true
	if f.shadowed >= 0 {
		b.expose(*f)
	}
}

// longest is the length of the longest boundary looked for.
func (b *boundaries) longest() int {
	if n := len(b.frames); n > 0 {
		return b.frames[n-1].longest
	}
	return 0
}

// A match says whose delimiter a line is.
type match struct {
	frame   int
	closing bool
	loose   bool // there is text behind the boundary
}

// match tells whose delimiter the text of a line is. The line has no line end;
// white space at its end does not count (RFC 2046 section 5.1.1). All of the
// boundary must stand there, and nothing else: one boundary may begin with
// another.
func (b *boundaries) match(line []byte) (m match, ok bool) {
	if len(line) < 3 || line[0] != '-' || line[1] != '-' || len(b.index) == 0 {
		return m, false
	}
	token := trimBlanks(line[2:])
	if m, ok = b.lookup(token); ok {
		return m, true
	}
	// QUIRK: RFC 2046 section 5.1.1 lets text follow a boundary in one place and
	// forbids it in another. It is believed behind a blank, where the boundary is
	// long enough to be no chance.
	if n := bytes.IndexAny(token, " \t"); n >= minLoose {
		m, ok = b.lookup(token[:n])
		m.loose = true
	}
	return m, ok
}

// minLoose is the length of a boundary with text behind it.
const minLoose = 8

// lookup finds the boundary that the token is, or is with two hyphens behind.
func (b *boundaries) lookup(token []byte) (m match, ok bool) {
	if len(token) > b.longest()+len(" --") {
		return m, false
	}
	if m.frame, ok = b.index[string(token)]; ok {
		return m, true
	}
	if token, m.closing = bytes.CutSuffix(token, []byte("--")); !m.closing {
		return m, false
	}
	if m.frame, ok = b.index[string(token)]; ok {
		return m, true
	}
	// QUIRK: a boundary parameter that ends in a blank loses it (RFC 2046 section
	// 5.1.1 forbids one), but its closing delimiter shows it: "--x --".
	m.frame, ok = b.index[string(trimBlanks(token))]
	return m, ok
}

// trimBlanks cuts white space from the end.
func trimBlanks(s []byte) []byte {
	n := len(s)
	for n > 0 && (s[n-1] == ' ' || s[n-1] == '\t' || s[n-1] == '\r' || s[n-1] == '\n') {
		n--
	}
	return s[:n]
}

// A delimiter is a delimiter line in the source.
type delimiter struct {
	match
	content int64 // where the content before it ends: the line end between belongs to it
	next    int64 // behind its line end
}

// maxBoundary bounds a boundary. RFC 2046 section 5.1.1 allows 70 characters.
const maxBoundary = 64 << 10

// maxPadding bounds the white space that may follow a boundary on its line.
const maxPadding = 1 << 10

// delimiterAt looks for a delimiter line at off, which begins a line. One that is
// none costs no more than its length or that of the longest boundary.
func (s *scanner) delimiterAt(off int64) (d delimiter, ok bool, err error) {
	v, err := s.win.from(off, 3)
	if err != nil || len(v) < 3 || v[0] != '-' || v[1] != '-' || len(s.open.frames) == 0 {
		return d, false, err
	}
	need := len("--") + s.open.longest() + len(" --") + maxPadding + len("\r\n")
	n := s.lineEnd(v[:min(len(v), need)])
	if n < 0 && len(v) < need {
		if v, err = s.win.from(off, need); err != nil {
			return d, false, err
		}
		n = s.lineEnd(v[:min(len(v), need)])
	}
	last := false
	if n < 0 {
		n = min(len(v), need)
		if last = off+int64(n) == s.end; !last {
			return d, false, nil
		}
	}
	if d.match, ok = s.open.match(v[:n]); !ok {
		return d, false, nil
	}
	d.content, d.next = s.beforeLineEnd(off), off+int64(n)
	if !last {
		err = s.skipLineEnd(&d.next)
	}
	return d, true, err
}

// lineEnd returns the index of the first line end in v, or -1.
func (s *scanner) lineEnd(v []byte) int {
	n := bytes.IndexByte(v, '\n')
	if !s.crLines {
		return n
	}
	if n >= 0 {
		v = v[:n]
	}
	if m := bytes.IndexByte(v, '\r'); m >= 0 {
		return m
	}
	return n
}

// beforeLineEnd returns where the line end begins that is before off.
//
// QUIRK: a copy in text mode makes CR CR LF of CRLF (RFC 5322 section 2.3 knows
// CRLF alone). Where the header has that, all three bytes are the line end;
// elsewhere a CR before CRLF is the last byte of a binary body.
func (s *scanner) beforeLineEnd(off int64) int64 {
	switch third, second, last := s.win.before(off); {
	case third == '\r' && second == '\r' && last == '\n' && s.crcrlf:
		return off - 3
	case second == '\r' && last == '\n':
		return off - 2
	case last == '\n', last == '\r' && s.crLines:
		return off - 1
	}
	return off
}

// skipLineEnd moves off, where a line end is, behind it.
func (s *scanner) skipLineEnd(off *int64) error {
	v, err := s.win.from(*off, 2)
	if err != nil {
		return err
	}
	if v[0] == '\n' {
		if _, _, last := s.win.before(*off); last != '\r' {
			s.note(diag.BareLF)
		}
	} else if len(v) > 1 && v[1] == '\n' {
		*off++
	}
	*off++
	return nil
}
