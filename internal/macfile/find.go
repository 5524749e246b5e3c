package macfile

import (
	"bytes"
	"strings"
)

// A Range is b[Start:End] of a text that was searched.
type Range struct{ Start, End int }

// FindBinHex returns where BinHex data stands in a text: from the line that
// announces it to the line with the colon that ends it. What is not closed, or
// has other characters in it, is no data.
func FindBinHex(b []byte) []Range {
	var found []Range
	for pos := 0; ; {
		i := bytes.Index(b[pos:], []byte(binHexMark))
		if i < 0 {
			return found
		}
		mark := pos + i
		start := bytes.LastIndexAny(b[pos:mark], "\r\n") + 1 + pos
		end, ok := binHexExtent(b, mark+len(binHexMark))
		if ok {
			found = append(found, Range{start, end})
		}
		pos = end
	}
}

// binHexExtent returns where the data ends that a mark before pos announces, with
// its line end, or false and where it is known that there is none.
func binHexExtent(b []byte, pos int) (end int, ok bool) {
	n := bytes.IndexAny(b[pos:], "\r\n")
	if n < 0 {
		return len(b), false
	}
	for pos += n; pos < len(b) && isWhite(b[pos]); {
		pos++
	}
	if pos == len(b) || b[pos] != ':' {
		return pos, false
	}
	for pos++; pos < len(b) && b[pos] != ':'; pos++ {
		if !isWhite(b[pos]) && strings.IndexByte(binHexAlphabet, b[pos]) < 0 {
			return pos, false
		}
	}
	if pos == len(b) {
		return pos, false
	}
	for pos++; pos < len(b) && (b[pos] == ' ' || b[pos] == '\t'); {
		pos++
	}
	if bytes.HasPrefix(b[pos:], []byte("\r\n")) {
		return pos + 2, true
	}
	if pos < len(b) && isWhite(b[pos]) {
		pos++
	}
	return pos, true
}

func isWhite(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' }
