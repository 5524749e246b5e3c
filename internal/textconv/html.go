package textconv

import "strings"

const (
	head = "<!DOCTYPE html>\r\n<html><head>\r\n" +
		"<meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\">\r\n"
	bodyStart = "</head><body>\r\n"
	bodyEnd   = "</body></html>\r\n"
)

// ToHTML returns plain text as an HTML document in UTF-8: escaped, each line end
// a br element, and runs of blanks kept by no-break spaces. Tabs become four of
// these. Addresses on the web become links. NUL is removed.
func ToHTML(text string) string {
	var b strings.Builder
	b.Grow(len(text) + len(text)/8 + 256)
	b.WriteString(head)
	b.WriteString(bodyStart)
	writePlain(&b, text)
	b.WriteString(bodyEnd)
	return b.String()
}

// writePlain writes plain text as the inside of an HTML element.
func writePlain(b *strings.Builder, text string) {
	for text != "" {
		line, rest, ended := cutLine(text)
		text = rest
		writeLinked(b, line)
		if ended {
			b.WriteString("<br>\r\n")
		}
	}
}

// writeLine writes one line. A blank stays a blank, where lines can wrap, unless
// it starts the line or another blank follows.
func writeLine(b *strings.Builder, line string) { writeInLine(b, line, true) }

// writeInLine writes a piece of a line, which starts it or not.
func writeInLine(b *strings.Builder, line string, start bool) {
	from := 0
	for i := 0; i < len(line); i++ {
		repl := ""
		switch line[i] {
		case ' ':
			if (i > 0 || !start) && !(i+1 < len(line) && line[i+1] == ' ') {
				continue
			}
			repl = "&nbsp;"
		case '\t':
			repl = "&nbsp;&nbsp;&nbsp; "
		case '&':
			repl = "&amp;"
		case '<':
			repl = "&lt;"
		case '>':
			repl = "&gt;"
		case '"':
			repl = "&quot;"
		case 0:
		default:
			continue
		}
		b.WriteString(line[from:i])
		b.WriteString(repl)
		from = i + 1
	}
	b.WriteString(line[from:])
}

// escapeAttr returns s for an attribute's value in double quotes.
func escapeAttr(s string) string {
	return attrEscaper.Replace(s)
}

var attrEscaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "\x00", "", "\r", " ", "\n", " ")
