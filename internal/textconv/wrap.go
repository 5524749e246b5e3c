package textconv

import (
	"strings"
	"unicode/utf8"
)

// Wrap breaks the lines of plain text that have more than width characters, at the
// last blanks within the width; these are lost. Words that are longer stay whole,
// and so do lines that quote another message: broken, they would no longer look
// quoted. Line ends become CRLF where a line is broken.
func Wrap(s string, width int) string {
	if width <= 0 || longestLine(s) <= width {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + len(s)/width + 2)
	for line := range strings.Lines(s) {
		if len(line) <= width || strings.HasPrefix(line, ">") {
			b.WriteString(line)
			continue
		}
		wrapLine(&b, line, width)
	}
	return b.String()
}

// longestLine returns the number of bytes of the longest line.
func longestLine(s string) int {
	n := 0
	for line := range strings.Lines(s) {
		n = max(n, len(line))
	}
	return n
}

func wrapLine(b *strings.Builder, line string, width int) {
	text := strings.TrimRight(line, "\r\n")
	end := line[len(text):]
	// start is where the line at hand begins, blank the blanks where it can end,
	// word what follows them.
	start, blank, word, column := 0, -1, 0, 0
	for i := 0; i < len(text); {
		_, size := utf8.DecodeRuneInString(text[i:])
		if isBlank(text[i]) {
			if i > start && !isBlank(text[i-1]) {
				blank = i
			}
			word = i + size
		}
		column++
		if column > width && blank > start && !isBlank(text[i]) {
			b.WriteString(text[start:blank])
			b.WriteString("\r\n")
			start, blank = word, -1
			column = utf8.RuneCountInString(text[start : i+size])
		}
		i += size
	}
	b.WriteString(text[start:])
	b.WriteString(end)
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' }
