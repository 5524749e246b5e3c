package htmltext

// rowState says how much of the current table row is written.
type rowState uint8

const (
	noRow rowState = iota
	rowEmpty
	rowLine  // one cell so far, of one line
	rowCells // several cells on one line
	rowLines // several lines
)

// maxSpan is the number of columns that one cell stands for at most.
const maxSpan = 8

// startRow begins a table row on a line of its own.
func (w *writer) startRow() {
	w.endTable()
	w.row = rowEmpty
}

// endTable ends a row or table.
func (w *writer) endTable() {
	w.cellStart = false
	if w.row == rowCells {
		w.newlines = 0 // paragraphs in the cells of a table of data
	}
	w.dropBlanks()
	w.newlines = max(w.newlines, 1)
	w.row = noRow
}

// startCell goes on behind a tab as long as the row is one line.
func (w *writer) startCell() {
	switch w.row {
	case rowLine, rowCells:
		w.newlines, w.blanks, w.soft = 0, 0, false
		w.tabs++
		w.cellStart = true
	case rowEmpty:
		w.dropBlanks()
		w.cellStart = true
	default:
		w.lines(1)
	}
}
