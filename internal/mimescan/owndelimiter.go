package mimescan

import (
	"strings"

	"github.com/contentconv/contentconv/internal/mimeparam"
)

// maxDashes bounds the lines of one header block that are compared with the
// boundary which the block declares.
const maxDashes = 10

// ownDelimiter reports whether the next line is a delimiter of the multipart
// whose header block is being read.
//
// QUIRK: scripts forget the empty line between a header block and the first
// delimiter (RFC 5322 section 2.1 asks for one).
func (s *scanner) ownDelimiter(h *headerScan) (bool, error) {
	v, err := s.win.from(s.pos, 3)
	if err != nil || len(v) < 3 || v[0] != '-' || v[1] != '-' || h.dashes == maxDashes {
		return false, err
	}
	h.dashes++
	boundary := s.block.boundary()
	if boundary == "" || len(boundary) > maxBoundary {
		return false, nil
	}
	need := len("--") + len(boundary) + maxPadding
	if v, err = s.win.from(s.pos, need); err != nil {
		return false, err
	}
	v = v[:min(len(v), need)]
	if n := s.lineEnd(v); n >= 0 {
		v = v[:n]
	}
	return string(trimBlanks(v[2:])) == boundary, nil
}

// boundary returns the boundary that the first Content-Type field so far
// declares, if any.
func (b *block) boundary() string {
	for _, f := range b.fields {
		if strings.EqualFold(string(b.buf[f.name:f.nameEnd]), contentType) {
			field := Field{Value: string(b.buf[f.value:f.end])}
			return mimeparam.ParseContentType(field.Unfolded(), nil).Boundary()
		}
	}
	return ""
}
