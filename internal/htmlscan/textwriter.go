package htmlscan

import "strings"

// textWriter writes text whose white space and line ends are known only when
// the next word comes.
type textWriter struct {
	out       strings.Builder
	newlines  int    // line ends that are due
	space     bool   // a blank is due, if the line has begun
	tabs      int    // cells that have begun since the last text of this line
	begun     bool   // the current line has text
	marker    string // of a list item, starts the next line
	quote     int    // ">" at the start of each line
	lastQuote int    // and of the last line written
	row       rowState
	cellStart bool // a cell has begun: blocks and breaks need no new line
}

// rowState says how much of the current table row is written.
type rowState uint8

const (
	noRow rowState = iota
	rowEmpty
	rowLine  // one cell so far, of one line
	rowCells // several cells on one line
	rowLines // several lines
)

// maxQuote bounds the ">" of one line, and so the output by the input.
const maxQuote = 8

// lines makes sure that at least n line ends precede the next text.
func (w *textWriter) lines(n int) {
	if n == 0 || w.cellStart {
		return
	}
	w.newlines = max(w.newlines, n)
	w.space, w.tabs = false, 0
}

// lineBreak adds a line end.
func (w *textWriter) lineBreak() {
	if w.cellStart {
		return
	}
	w.newlines++
	w.space, w.tabs = false, 0
}

// startRow begins a table row on a line of its own.
func (w *textWriter) startRow() {
	w.endTable()
	w.row = rowEmpty
}

// endTable ends a row or table.
func (w *textWriter) endTable() {
	w.cellStart = false
	if w.row == rowCells {
		w.newlines = 0 // paragraphs in the cells of a table of data
	}
	w.lines(1)
	w.row = noRow
}

// startCell goes on behind a tab as long as the row is one line.
func (w *textWriter) startCell() {
	switch w.row {
	case rowLine, rowCells:
		w.newlines, w.space = 0, false
		w.tabs++
		w.cellStart = true
	case rowEmpty:
		w.cellStart = true
	default:
		w.lines(1)
	}
}

// word writes text that begins and ends with something visible.
func (w *textWriter) word(s string) {
	w.flush()
	w.out.WriteString(s)
}

// flush writes what is due before text.
func (w *textWriter) flush() {
	if w.newlines > 0 && w.out.Len() > 0 {
		w.lineEnds()
	}
	switch {
	case !w.begun:
		w.startLine()
	case w.tabs > 0:
		w.repeat('\t', w.tabs)
		w.row = rowCells
	case w.space:
		w.out.WriteByte(' ')
	}
	w.newlines, w.space, w.tabs, w.cellStart = 0, false, 0, false
}

func (w *textWriter) lineEnds() {
	blank := min(w.quote, w.lastQuote)
	for range w.newlines - 1 {
		w.out.WriteString("\r\n")
		w.repeat('>', blank)
	}
	w.out.WriteString("\r\n")
	w.begun = false
	if w.row == rowLine || w.row == rowCells {
		w.row = rowLines
	}
}

func (w *textWriter) startLine() {
	w.lastQuote = w.quote
	if w.quote > 0 {
		w.repeat('>', w.quote)
		w.out.WriteByte(' ')
	}
	w.out.WriteString(w.marker)
	w.marker, w.begun = "", true
	if w.row == rowEmpty {
		w.row = rowLine
	}
}

func (w *textWriter) repeat(c byte, n int) {
	for range n {
		w.out.WriteByte(c)
	}
}

// collapsed writes text with its white space collapsed.
func (w *textWriter) collapsed(s string) {
	for s != "" {
		n := 0
		for n < len(s) && isSpace(s[n]) {
			n++
		}
		w.space = w.space || n > 0
		s = s[n:]
		n = words(s)
		if n > 0 {
			w.word(s[:n])
		}
		s = s[n:]
	}
}

// words returns the length of the words at the start of s that single blanks
// separate.
func words(s string) int {
	for i := 0; i < len(s); i++ {
		if isSpace(s[i]) && (s[i] != ' ' || i+1 == len(s) || isSpace(s[i+1])) {
			return i
		}
	}
	return len(s)
}

// preformatted writes text as it is, with line ends of any kind.
func (w *textWriter) preformatted(s string) {
	for s != "" {
		i := strings.IndexAny(s, "\r\n")
		if i < 0 {
			w.word(s)
			return
		}
		if i > 0 {
			w.word(s[:i])
		}
		w.lineBreak()
		if strings.HasPrefix(s[i:], "\r\n") {
			i++
		}
		s = s[i+1:]
	}
}
