package rtf

import (
	"strconv"
	"strings"
)

// maxLevel is the number of lists or quotations beyond which text is indented no
// further.
const maxLevel = 8

// openLists holds the number of the next item of each open list, -1 for those
// with bullets. Levels beyond its size are counted alone.
type openLists struct {
	next  [maxLevel]int
	depth int
}

func (l *openLists) push(first int) {
	if l.depth < len(l.next) {
		l.next[l.depth] = first
	}
	l.depth++
}

func (e *encapsulator) startBullets() { e.show.lists.push(-1) }

func (e *encapsulator) startNumbers() { e.show.lists.push(e.number("start", 1)) }

func (e *encapsulator) endList() {
	e.show.lists.depth = max(e.show.lists.depth-1, 0)
	e.show.marker = ""
}

func (e *encapsulator) item() {
	lists := &e.show.lists
	e.show.marker = `\bullet`
	level := min(lists.depth, len(lists.next)) - 1
	if level < 0 || lists.next[level] < 0 {
		return
	}
	n := e.number("value", lists.next[level])
	lists.next[level] = n + 1
	e.show.marker = strconv.Itoa(n) + "."
}

// number returns the value of a numeric attribute, or other if there is none of
// at most nine digits.
func (e *encapsulator) number(attr string, other int) int {
	s, _ := e.z.Attr(attr)
	n, err := strconv.Atoi(strings.TrimSpace(s))
	if err != nil || n < 0 || n > 999_999_999 {
		return other
	}
	return n
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

// table begins or ends a table, or ends a row.
func (e *encapsulator) table() {
	l := &e.show
	l.setHeader(false)
	l.cellStart = false
	if l.row == rowCells {
		l.breaks = 0 // paragraphs in the cells of a table of data
	}
	l.lines(1)
	l.row = noRow
}

func (e *encapsulator) row() {
	e.table()
	e.show.row = rowEmpty
}

// cell goes on behind a tab as long as the row is one line.
func (e *encapsulator) cell() {
	l := &e.show
	l.setHeader(false)
	switch l.row {
	case rowLine, rowCells:
		l.breaks, l.block = 0, false
		l.tabs++
		l.cellStart = true
	case rowEmpty:
		l.cellStart = true
	default:
		l.lines(1)
	}
}

func (e *encapsulator) headerCell() {
	e.cell()
	e.show.setHeader(true)
}

func (e *encapsulator) endHeaderCell() { e.show.setHeader(false) }

// setHeader makes text bold or not, whatever elements are open: the end tags of
// header cells are often left out.
func (l *layout) setHeader(on bool) {
	if on {
		l.want |= 1 << tableHead
	} else {
		l.want &^= 1 << tableHead
	}
}
