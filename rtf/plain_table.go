package rtf

import "slices"

const (
	// maxTables is how deep tables nest; deeper ones are part of the innermost.
	maxTables = 8
	// maxCells is how many cells of a row are told apart, as in Word.
	maxCells = 63
)

// A rowFormat is the definition of a table's row.
type rowFormat struct {
	edges    []int32 // right edges of the cells, in twips
	bordered bool
	merged   uint64 // bit of each cell that is part of the one before it
	inBorder bool   // the next \brdrs is one of the row
	merge    bool   // the next cell is part of the one before it
}

func (r *rowFormat) reset() { *r = rowFormat{edges: r.edges[:0]} }

func (r *rowFormat) clone() rowFormat {
	c := *r
	c.edges = slices.Clone(r.edges)
	return c
}

func (r *rowFormat) cell(edge int32) {
	if n := len(r.edges); n < maxCells {
		r.edges = append(r.edges, edge)
		if r.merge && n > 0 {
			r.merged |= 1 << n
		}
	}
	r.inBorder, r.merge = false, false
}

func (r *rowFormat) border() {
	r.bordered = r.bordered || r.inBorder
	r.inBorder = false
}

// isMerged reports whether the cell with that index is part of the one before it.
func (r *rowFormat) isMerged(cell int) bool {
	return cell < len(r.edges) && r.merged>>cell&1 != 0
}

// setRow changes the definition of the rows to come. Those of nested tables, which
// come behind their rows, are not used.
func (p *plainParser) setRow(f func(*rowFormat)) {
	if p.st.nested {
		return
	}
	f(&p.row)
	p.rowDirty = true
}

func (p *plainParser) endCell(level int) {
	if p.st.dest == destBody && !p.st.note {
		p.flushText()
		p.endPara(itemCell, level)
	}
}

// endRow ends a row. What stands behind its last cell is a cell of its own, so that
// it is not lost.
func (p *plainParser) endRow(level int) {
	if p.st.dest != destBody || p.st.note {
		return
	}
	p.flushText()
	if p.openPara {
		p.endPara(itemCell, level)
	}
	p.endPara(itemRow, level)
}
