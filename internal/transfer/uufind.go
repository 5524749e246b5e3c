package transfer

// A Block is uuencoded data within a text: b[Start:End] of the text that
// [FindUU] searched, from the begin line to the end line with its line end.
type Block struct {
	Start, End int
	Mode, Name string // of the begin line
	Closed     bool   // there is an end line
}

// FindUU returns the blocks of uuencoded data in a text ([MS-OXCMAIL] 2.2.3.9.1).
// A begin line counts when a line of data follows it, or the end of empty data.
// Each block is decoded by [Decode] with [UUEncode].
func FindUU(b []byte) []Block {
	var blocks []Block
	for pos := 0; pos < len(b); {
		line, next := textLine(b, pos)
		mode, name, ok := "", "", false
		if len(line) > 9 && line[0] == 'b' {
			mode, name, ok = ParseBegin(string(line[:min(len(line), maxUULine+1)]))
		}
		if !ok {
			pos = next
			continue
		}
		end, closed := uuExtent(b, next)
		if end == next {
			pos = next
			continue
		}
		blocks = append(blocks, Block{Start: pos, End: end, Mode: mode, Name: name, Closed: closed})
		pos = end
	}
	return blocks
}

// uuExtent returns where the block ends whose data begins at pos: pos itself if
// there is none, and else behind the end line, or behind the last line that can
// be data where there is no end line.
func uuExtent(b []byte, pos int) (end int, closed bool) {
	start, end := pos, pos
	empty := false // a line that says it holds nothing has come
	for pos < len(b) {
		line, next := textLine(b, pos)
		switch {
		case isEnd(line) && (empty || end > start):
			return next, true
		case plausibleUU(line) && !empty:
			end = next
		case len(line) == 0:
			// QUIRK: empty lines between the lines of data.
		case isEmptyUU(line) && !empty:
			empty = true
			if end > start {
				end = next
			}
		default:
			return end, false
		}
		pos = next
	}
	return end, false
}

// isEmptyUU reports whether the line is one that holds no bytes, the last
// before the end line. It may have a check character.
func isEmptyUU(line []byte) bool {
	n, ok := uuLength(line)
	return ok && n == 0 && len(line) <= 2
}

// textLine returns the line at pos without its line end, and where the next
// one begins. Lines end in CRLF, LF or CR.
func textLine(b []byte, pos int) (line []byte, next int) {
	for i := pos; i < len(b); i++ {
		switch b[i] {
		case '\n':
			return b[pos:i], i + 1
		case '\r':
			if i+1 < len(b) && b[i+1] == '\n' {
				return b[pos:i], i + 2
			}
			return b[pos:i], i + 1
		}
	}
	return b[pos:], len(b)
}
