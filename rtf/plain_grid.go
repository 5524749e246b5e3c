package rtf

import "slices"

// sameEdge is how far the edges of cells may lie apart to be one column's, in twips.
const sameEdge = 60

// tableGrid returns the right edges of the columns of the table that begins with the
// item of index i: those of all its rows, without those that are nearly the same.
func tableGrid(d *plainDocument, i int) []int32 {
	var edges []int32
	last := int32(0)
	for ; i < len(d.items); i++ {
		it := &d.items[i]
		if it.kind < itemPara {
			continue
		}
		if d.paras[it.number].level() == 0 {
			break
		}
		if it.row != last {
			last = it.row
			edges = append(edges, d.rows[last].edges...)
		}
	}
	slices.Sort(edges)
	grid := edges[:0]
	for _, e := range edges {
		if len(grid) == 0 || e-grid[len(grid)-1] > sameEdge {
			grid = append(grid, e)
		}
	}
	return grid
}

// columnSpan returns how many columns the cell with that index is wide, with the
// cells that are merged into it.
func columnSpan(grid []int32, row *rowFormat, cell int) int {
	if cell >= len(row.edges) {
		return 1
	}
	left := -1
	if cell > 0 {
		left = columnOf(grid, row.edges[cell-1])
	}
	for row.isMerged(cell + 1) {
		cell++
	}
	return columnOf(grid, row.edges[cell]) - left
}

// columnOf returns the index of the column whose right edge is at e.
func columnOf(grid []int32, e int32) int {
	i, _ := slices.BinarySearch(grid, e+1)
	return i - 1
}
