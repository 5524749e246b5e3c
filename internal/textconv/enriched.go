package textconv

import "strings"

// EnrichedToHTML returns text/enriched (RFC 1896), in UTF-8, as an HTML
// document. One line end is a blank and n line ends are n-1 breaks, but each is a
// break within nofill. Unknown commands are left out, their text stays.
//
// Badly nested commands are repaired: an end closes all that was opened within,
// one without a start is ignored, and what is open at the end is closed.
func EnrichedToHTML(s string) string { return richToHTML(s, false) }

// RichtextToHTML returns text/richtext (RFC 1341, section 7.1.3), in UTF-8, as
// an HTML document. It is the elder form, where line ends are blanks and the
// commands nl and lt stand for a line end and "<".
func RichtextToHTML(s string) string { return richToHTML(s, true) }

// maxRichDepth is the number of open commands beyond which further ones format
// nothing.
const maxRichDepth = 64

// maxCommand is the greatest length of a command's name (RFC 1896, section 2).
const maxCommand = 60

// rich converts one text.
type rich struct {
	b        strings.Builder
	s        string
	i        int // next byte of s
	richtext bool
	stack    []openCommand
	open     map[string]int // number of entries in stack by name
	nofill   int            // how many of them keep lines
	params   closeFinder
	comments closeFinder
}

type openCommand struct {
	name, close string
	nofill      bool
}

func richToHTML(s string, richtext bool) string {
	s, _ = RemoveNUL(s)
	r := rich{s: s, richtext: richtext, open: make(map[string]int)}
	r.params = closeFinder{s: s, tag: "</param>"}
	r.comments = closeFinder{s: s, tag: "</comment>"}
	r.b.Grow(len(s) + len(s)/4 + 256)
	r.b.WriteString(head)
	r.b.WriteString(bodyStart)
	for r.i < len(s) {
		r.step()
	}
	r.closeDownTo(0)
	r.b.WriteString(bodyEnd)
	return r.b.String()
}

func (r *rich) step() {
	switch r.s[r.i] {
	case '<':
		r.markup()
	case '\r', '\n':
		r.lineEnds()
	default:
		r.text()
	}
}

// text writes the text up to the next command or line end.
func (r *rich) text() {
	text := r.s[r.i:]
	if end := strings.IndexAny(text, "<\r\n"); end >= 0 {
		text = text[:end]
	}
	r.i += len(text)
	if r.nofill > 0 {
		writeLine(&r.b, text)
	} else {
		r.b.WriteString(attrEscaper.Replace(text))
	}
}

// lineEnds writes a run of line ends (RFC 1896, section 3).
func (r *rich) lineEnds() {
	n := 0
	for r.i < len(r.s) && (r.s[r.i] == '\r' || r.s[r.i] == '\n') {
		if strings.HasPrefix(r.s[r.i:], "\r\n") {
			r.i++
		}
		r.i++
		n++
	}
	switch {
	case r.nofill > 0:
	case r.richtext || n == 1:
		r.b.WriteString("\r\n")
		return
	default:
		n--
	}
	for range n {
		r.b.WriteString("<br>\r\n")
	}
}

// markup reads what starts with "<": a command, or text.
func (r *rich) markup() {
	if !r.richtext && strings.HasPrefix(r.s[r.i:], "<<") {
		r.b.WriteString("&lt;")
		r.i += 2
		return
	}
	name, end, n := commandAt(r.s[r.i:])
	if n == 0 {
		// QUIRK: a single "<" that starts no command, which RFC 1896 wants doubled.
		r.b.WriteString("&lt;")
		r.i++
		return
	}
	r.i += n
	if end {
		r.close(name)
		return
	}
	r.command(name)
}

// commandAt reads the command at the start of s and returns its name in lower
// case, whether it ends one, and its length; 0 if there is none.
func commandAt(s string) (name string, end bool, n int) {
	i := 1
	if strings.HasPrefix(s, "</") {
		end, i = true, 2
	}
	begin := i
	for i < len(s) && i-begin < maxCommand && isCommandByte(s[i]) {
		i++
	}
	if i == begin || i == len(s) || s[i] != '>' {
		return "", false, 0
	}
	return strings.ToLower(s[begin:i]), end, i + 1
}

func isCommandByte(c byte) bool {
	return 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9' || c == '-'
}

// command carries out the start of a command.
func (r *rich) command(name string) {
	switch {
	case name == "param":
		r.i -= len("<param>")
		r.param()
		return
	case r.richtext && name == "comment":
		if end := r.comments.from(r.i); end >= 0 {
			r.i = end
		}
		return
	case r.richtext && richtextMarks[name] != "":
		r.b.WriteString(richtextMarks[name])
		return
	}
	param := r.param()
	c, ok := richCommands[name]
	if !ok || c.richtext && !r.richtext || len(r.stack) >= maxRichDepth {
		return
	}
	start := c.start
	if c.param != nil {
		start = c.param(param)
	}
	r.b.WriteString(start)
	r.stack = append(r.stack, openCommand{name, c.end, c.nofill})
	r.open[name]++
	if c.nofill {
		r.nofill++
	}
}

// close carries out the end of a command.
func (r *rich) close(name string) {
	if r.open[name] == 0 {
		return
	}
	i := len(r.stack) - 1
	for r.stack[i].name != name {
		i--
	}
	r.closeDownTo(i)
}

// closeDownTo closes the open commands from the latest to the one at i.
func (r *rich) closeDownTo(i int) {
	for len(r.stack) > i {
		top := r.stack[len(r.stack)-1]
		r.stack = r.stack[:len(r.stack)-1]
		r.open[top.name]--
		r.b.WriteString(top.close)
		if top.nofill {
			r.nofill--
		}
	}
}
