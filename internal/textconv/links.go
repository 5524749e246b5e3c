package textconv

import "strings"

// webSchemes begin the addresses that are made links.
var webSchemes = []string{"https://", "http://"}

// nextLink returns where the first address on the web in a line begins and ends, or
// -1. It ends at white space or at what stands around addresses; a full stop, a
// closing bracket or the like at its end belongs to the sentence.
func nextLink(line string) (start, end int) {
	for from := 0; ; {
		i := strings.Index(line[from:], "http")
		if i < 0 {
			return -1, -1
		}
		start = from + i
		from = start + len("http")
		for _, scheme := range webSchemes {
			if !strings.HasPrefix(line[start:], scheme) {
				continue
			}
			end = start + len(scheme)
			for end < len(line) && line[end] > ' ' && line[end] != 0x7F && strings.IndexByte("<>\"`", line[end]) < 0 {
				end++
			}
			end = start + len(strings.TrimRight(line[start:end], ".,;:!?'*_"))
			if line[end-1] == ')' && strings.Count(line[start:end], "(") < strings.Count(line[start:end], ")") {
				end--
			}
			if end > start+len(scheme) {
				return start, end
			}
			from = start + len(scheme)
			break
		}
	}
}

// writeLinked writes one line, with what looks like an address on the web as a link.
func writeLinked(b *strings.Builder, line string) {
	first := true
	for {
		start, end := nextLink(line)
		if start < 0 {
			writeInLine(b, line, first)
			return
		}
		writeInLine(b, line[:start], first)
		url := line[start:end]
		b.WriteString(`<a href="` + escapeAttr(url) + `">`)
		writeLine(b, url)
		b.WriteString("</a>")
		line, first = line[end:], false
	}
}
