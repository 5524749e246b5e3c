package htmltext

import (
	"strings"
	"unicode/utf8"
)

// A writer writes text whose white space and line ends are known only when the
// next word comes.
type writer struct {
	out       strings.Builder
	newlines  int    // line ends that are due
	blanks    int    // blanks that are due on this line
	soft      bool   // the last of these would collapse with another one
	tabs      int    // cells that have begun since the last text of this line
	begun     bool   // the current line has text
	indent    int    // blanks at the start of each line
	marker    string // of a list item, starts the next line
	outdent   int    // the indentation of that marker
	quote     int    // ">" at the start of each line
	lastQuote int    // and of the last line written
	row       rowState
	cellStart bool // a cell has begun: blocks and breaks need no new line
}

const (
	// maxQuote bounds the ">" of one line, and so the output by the input.
	maxQuote = 8
	// maxNewlines is the number of line ends that two paragraphs stand apart at
	// most: the author may have used empty ones to lay a page out.
	maxNewlines = 3
)

// setIndent sets the blanks at the start of the lines that follow.
func (w *writer) setIndent(n int) { w.indent = min(n, maxIndent) }

// setMarker sets what the next line begins with, and the indentation of those
// behind it.
func (w *writer) setMarker(outdent int, marker string, indent int) {
	w.outdent, w.marker = min(outdent, maxIndent), marker
	w.setIndent(indent)
}

// lines makes sure that at least n line ends precede the next text.
func (w *writer) lines(n int) {
	if n == 0 || w.cellStart {
		return
	}
	w.blankLine()
	w.newlines = max(w.newlines, n)
	w.dropBlanks()
}

// blankLine counts a line that has nothing but no-break spaces, which is how
// editors write an empty one.
func (w *writer) blankLine() {
	if !w.atLineStart() || w.blanks == 0 {
		return
	}
	w.newlines = min(w.newlines+1, maxNewlines)
}

func (w *writer) atLineStart() bool { return w.newlines > 0 || !w.begun }

func (w *writer) dropBlanks() { w.blanks, w.soft, w.tabs = 0, false, 0 }

// lineBreak adds a line end.
func (w *writer) lineBreak() {
	if w.cellStart {
		return
	}
	w.newlines = min(w.newlines+1, maxNewlines)
	w.dropBlanks()
}

// word writes text that begins and ends with something visible.
func (w *writer) word(s string) {
	w.flush()
	w.out.WriteString(s)
}

// flush writes what is due before text.
func (w *writer) flush() {
	if w.newlines > 0 && w.out.Len() > 0 {
		w.lineEnds()
	}
	if !w.begun {
		w.startLine()
	}
	if w.tabs > 0 {
		w.repeat('\t', w.tabs)
		w.row = rowCells
	} else {
		w.repeat(' ', w.blanks)
	}
	w.newlines, w.cellStart = 0, false
	w.dropBlanks()
}

func (w *writer) lineEnds() {
	blank := min(w.quote, w.lastQuote)
	for range w.newlines - 1 {
		w.out.WriteString("\r\n")
		w.repeat('>', min(blank, maxQuote))
	}
	w.out.WriteString("\r\n")
	w.begun = false
	if w.row == rowLine || w.row == rowCells {
		w.row = rowLines
	}
}

func (w *writer) startLine() {
	w.lastQuote = w.quote
	if w.quote > 0 {
		w.repeat('>', min(w.quote, maxQuote))
		w.out.WriteByte(' ')
	}
	if w.marker != "" {
		w.repeat(' ', w.outdent)
		w.out.WriteString(w.marker)
	} else {
		w.repeat(' ', w.indent)
	}
	w.marker, w.begun = "", true
	w.tabs = 0
	if w.row == rowEmpty {
		w.row = rowLine
	}
}

func (w *writer) repeat(c byte, n int) {
	for range n {
		w.out.WriteByte(c)
	}
}

// space notes a blank that collapses with those around it and does not start a
// line.
func (w *writer) space() {
	if w.soft || w.atLineStart() && w.blanks == 0 {
		return
	}
	w.blanks++
	w.soft = true
}

// collapsed writes text with its white space collapsed.
func (w *writer) collapsed(s string) {
	for s != "" {
		n := plain(s)
		if n > 0 {
			w.word(s[:n])
			s = s[n:]
			continue
		}
		if isSpace(s[0]) {
			w.space()
			s = s[1:]
			continue
		}
		r, size := utf8.DecodeRuneInString(s)
		w.special(r, s[:size])
		s = s[size:]
	}
}

// plain returns the length of the text at the start of s that is written as it
// is: words with single blanks between them.
func plain(s string) int {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == ' ':
			if i == 0 || i+1 == len(s) || isSpace(s[i+1]) || mayBeSpecial(s[i+1]) {
				return i
			}
		case isSpace(c), mayBeSpecial(c) && isSpecial(s[i:]):
			return i
		}
	}
	return len(s)
}

const (
	noBreakSpace  = '\u00A0'
	softHyphen    = '\u00AD'
	graphemeJoin  = '\u034F'
	zeroWidth     = '\u200B'
	nonJoiner     = '\u200C'
	joiner        = '\u200D'
	byteOrderMark = '\uFEFF'
)

// mayBeSpecial reports whether a character that begins with c may be one of those.
func mayBeSpecial(c byte) bool { return c == 0xC2 || c == 0xCD || c == 0xE2 || c == 0xEF }

func isSpecial(s string) bool {
	switch r, _ := utf8.DecodeRuneInString(s); r {
	case noBreakSpace, softHyphen, graphemeJoin, zeroWidth, nonJoiner, joiner, byteOrderMark:
		return true
	}
	return false
}

// special writes a character that looks like nothing. Newsletters put hundreds of
// them behind their first line, to keep the next one out of previews; joiners
// mean something between letters only.
func (w *writer) special(r rune, s string) {
	switch r {
	case noBreakSpace:
		w.blanks++
		w.soft = false
	case nonJoiner, joiner:
		if !w.atLineStart() && w.blanks == 0 && w.tabs == 0 {
			w.word(s)
		}
	case softHyphen, graphemeJoin, zeroWidth, byteOrderMark:
	default:
		w.word(s)
	}
}

// preformatted writes text as it is, with line ends of any kind.
func (w *writer) preformatted(s string) {
	s = strings.ReplaceAll(s, string(noBreakSpace), " ")
	for s != "" {
		i := strings.IndexAny(s, "\r\n")
		if i < 0 {
			w.word(s)
			return
		}
		if i > 0 {
			w.word(s[:i])
		}
		if !w.cellStart {
			w.newlines++
			w.dropBlanks()
		}
		if strings.HasPrefix(s[i:], "\r\n") {
			i++
		}
		s = s[i+1:]
	}
}
