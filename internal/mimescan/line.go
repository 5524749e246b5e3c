package mimescan

import (
	"bytes"

	"github.com/contentconv/contentconv/diag"
)

// A lineKind says what a line of a header block can be.
type lineKind uint8

const (
	lineBlank    lineKind = iota // empty: the end of the block
	lineWhite                    // nothing but white space
	lineContinue                 // begins with white space: more of the field before it
	lineField                    // a field
	lineSpaced                   // a field with white space before its colon
	lineOdd                      // a field whose name has characters that none may have
	lineJunk                     // anything else
)

// field reports whether the line begins a field.
func (k lineKind) field() bool { return lineField <= k && k <= lineOdd }

// classify tells what a line without its line end is, and where the name ends
// and where the value begins when it is a field.
//
// QUIRK: RFC 5322 section 2.2 has printable ASCII in a name and the colon right
// behind it. "Subject : x" is seen (and was allowed by section 4.5), and names
// with bytes beyond ASCII.
func classify(line []byte) (kind lineKind, nameEnd, value int) {
	n := 0
	for n < len(line) && nameBytes[line[n]] {
		n++
	}
	odd := false
	for n < len(line) && line[n] != ':' && line[n] != ' ' && line[n] != '\t' {
		odd = true
		n++
	}
	colon := n
	for colon < len(line) && (line[colon] == ' ' || line[colon] == '\t') {
		colon++
	}
	switch {
	case len(line) == 0:
		return lineBlank, 0, 0
	case n == 0 && colon == len(line):
		return lineWhite, 0, 0
	case n == 0 && colon > 0:
		return lineContinue, 0, 0
	case n == 0 || colon == len(line) || line[colon] != ':':
		return lineJunk, 0, 0
	case bytes.HasPrefix(line[colon:], []byte("://")):
		return lineJunk, 0, 0 // an address of the web in a text
	}
	switch {
	case odd:
		return lineOdd, n, colon + 1
	case colon > n:
		return lineSpaced, n, colon + 1
	}
	return lineField, n, colon + 1
}

// nameBytes tells which bytes the name of a field may have.
var nameBytes = func() (t [256]bool) {
	for c := range t {
		t[c] = ' ' < c && c < 0x7F && c != ':'
	}
	return t
}()

// maxCRs is the number of CR that may stand before an LF in one line end.
const maxCRs = 8

// maxSplitName bounds the name of a field that a bare CR may set off.
const maxSplitName = 76

// readLine appends the line at off to the block and returns where the next one
// begins.
func (s *scanner) readLine(off int64) (next int64, err error) {
	s.block.begin()
	for {
		v, err := s.win.from(off, maxCRs+1)
		if err != nil {
			return 0, err
		}
		if n := plainLine(v); n >= 0 {
			s.block.addEnd(v[:n+2], n)
			return off + int64(n) + 2, nil
		}
		n := 0
		for n < len(v) && v[n] != '\n' && v[n] != '\r' {
			n++
		}
		s.block.add(v[:n])
		off += int64(n)
		switch {
		case off == s.end:
			s.block.endContent()
			return off, nil
		case n == len(v):
		case v[n] == '\n':
			s.note(diag.BareLF)
			s.block.endContent()
			s.block.add(v[n : n+1])
			return off + 1, nil
		default:
			length, ends, err := s.lineEndAtCR(off)
			if err != nil {
				return 0, err
			}
			if ends {
				s.block.endContent()
			}
			if v, err = s.win.from(off, length); err != nil {
				return 0, err
			}
			s.block.add(v[:length])
			off += int64(length)
			if ends {
				return off, nil
			}
		}
	}
}

// maxPlain bounds the lines that plainLine finds.
const maxPlain = 1 << 10

// plainLine returns the length of the line at the beginning of v when it ends in
// CRLF and is like nearly all lines are, else -1.
func plainLine(v []byte) int {
	n := bytes.IndexByte(v[:min(len(v), maxPlain)], '\n') - 1
	if n < 0 || v[n] != '\r' || bytes.IndexByte(v[:n], '\r') >= 0 {
		return -1
	}
	return n
}

// lineEndAtCR tells how many bytes at off, where a CR is, belong together, and
// whether they end the line.
//
// QUIRK: RFC 5322 section 2.3 allows CR and LF only together. CR CR LF is made by
// programs that turn LF into CRLF twice, and counts as one line end. CR alone
// ends a line where a whole message is written so, and where a field follows it;
// else it is a character like any other.
func (s *scanner) lineEndAtCR(off int64) (length int, ends bool, err error) {
	v, err := s.win.from(off, maxCRs+1)
	if err != nil {
		return 0, false, err
	}
	if s.crLines {
		s.note(diag.BareCR)
		if len(v) > 1 && v[1] == '\n' {
			return 2, true, nil
		}
		return 1, true, nil
	}
	n := 0
	for n < len(v) && n < maxCRs && v[n] == '\r' {
		n++
	}
	if n < len(v) && v[n] == '\n' {
		if n > 1 {
			s.crcrlf = true
			s.note(diag.BareCR)
		}
		return n + 1, true, nil
	}
	s.note(diag.BareCR)
	if v, err = s.win.from(off, n+maxSplitName+1); err != nil {
		return 0, false, err
	}
	kind, nameEnd, _ := classify(v[n:min(len(v), n+maxSplitName+1)])
	return n, kind == lineField && nameEnd <= maxSplitName, nil
}
