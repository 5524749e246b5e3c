package transfer

import (
	"bytes"

	"github.com/contentconv/contentconv/diag"
)

// A YBlock is yEnc data within a text: b[Start:End] of the text that [FindYEnc]
// searched, from the =ybegin line to the =yend line with its line end.
type YBlock struct {
	Start, End int
	Name       string // of the =ybegin line
	// Intact is true when [Decode] with [YEnc] gives the whole file, of the size
	// and with the checksum that the lines around it say. A file that was sent in
	// several messages is not.
	Intact bool
}

// FindYEnc returns the blocks of yEnc data in a text. Data without an =yend line
// runs to the next =ybegin line, or to the end of the text.
func FindYEnc(b []byte) []YBlock {
	var blocks []YBlock
	open := false
	for pos := 0; pos < len(b); {
		// Data holds bare CR, so only LF ends a line here.
		next := len(b)
		if i := bytes.IndexByte(b[pos:], '\n'); i >= 0 {
			next = pos + i + 1
		}
		if line := b[pos:next]; mayBeKeyword(line) {
			f, keyword := parseYLine(line)
			switch {
			case keyword == "begin":
				if open {
					blocks[len(blocks)-1].End = pos
				}
				blocks = append(blocks, YBlock{Start: pos, End: len(b), Name: f.name})
				open = true
			case keyword == "end" && open:
				blocks[len(blocks)-1].End = next
				open = false
			}
		}
		pos = next
	}
	for i := range blocks {
		block := &blocks[i]
		block.Intact = true
		Decode(YEnc, b[block.Start:block.End], func(diag.Code, string) { block.Intact = false })
	}
	return blocks
}
