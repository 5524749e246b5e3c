package rtf

import (
	"context"
	"strconv"
)

// An htmlWriter writes a plain document as HTML.
type htmlWriter struct {
	d      *plainDocument
	out    output
	base   textStyle
	in     inline // the elements that are open within the paragraph
	blank  bool   // a blank would not show here
	depth  int    // tables that are open
	tables [maxTables + 1]openTable
	grid   []int32 // column edges of the outermost table
}

// plainHTML returns the document as HTML. A paragraph is a div, which has no margins
// of its own, as paragraphs of RTF have none.
func plainHTML(ctx context.Context, d *plainDocument, b *budget) (string, error) {
	h := &htmlWriter{d: d, out: output{budget: b}, base: baseStyle(d)}
	h.out.writeString("<!DOCTYPE html>\r\n<html>\r\n<head>\r\n" +
		"<meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\">\r\n</head>\r\n<body>\r\n")
	h.out.writeString(`<div style="` + h.base.css(textStyle{}, d.fonts) + "\">\r\n")
	first := 0
	for i := range d.items {
		if d.items[i].kind < itemPara {
			continue
		}
		h.block(d.items[first:i], i)
		first = i + 1
		if h.out.err != nil {
			return "", h.out.err
		}
		if i%ctxEvery == 0 && ctx.Err() != nil {
			return "", ctx.Err()
		}
	}
	h.toLevel(0, 0)
	h.out.writeString("</div>\r\n</body>\r\n</html>\r\n")
	return h.out.String(), h.out.err
}

// block writes a paragraph, whose end has the index end.
func (h *htmlWriter) block(items []item, end int) {
	it := &h.d.items[end]
	f := &h.d.paras[it.number]
	level := f.level()
	if it.kind == itemRow {
		h.endRow(level)
		return
	}
	h.toLevel(level, end)
	switch {
	case level == 0:
		h.paragraph(items, f)
	case it.kind == itemPara:
		h.startCell(it.row, "")
		h.tables[level].blocks++
		h.paragraph(items, f)
	default:
		h.lastInCell(items, f, it.row)
	}
}

// paragraph writes a paragraph as a block.
func (h *htmlWriter) paragraph(items []item, f *paraFormat) {
	h.out.writeString("<div" + paraAttributes(f) + ">")
	if len(items) == 0 {
		h.out.writeString("<br>") // a line's height
	}
	h.inlines(items, f)
	h.out.writeString("</div>\r\n")
}

// lastInCell writes the last paragraph of a cell, and ends the cell. A cell of one
// paragraph needs no block in it.
func (h *htmlWriter) lastInCell(items []item, f *paraFormat, row int32) {
	t := &h.tables[h.depth]
	if !t.cell && len(items) == 0 && h.depth == 1 && h.d.rows[row].isMerged(t.column) {
		t.column++
		return
	}
	if t.blocks == 0 {
		h.startCell(row, paraAttributes(f))
		h.inlines(items, f)
	} else if len(items) > 0 {
		h.paragraph(items, f)
	}
	h.endCell()
}

func paraAttributes(f *paraFormat) string {
	s := ""
	if f.rtl {
		s = ` dir="rtl"`
	}
	if css := paraCSS(f); css != "" {
		s += ` style="` + css + `"`
	}
	return s
}

// An openTable is a table that is being written.
type openTable struct {
	row, cell bool
	column    int // index of the current or next cell of the row
	blocks    int // in the current cell
}

// toLevel opens and closes tables, for what ends at the item with the index end.
func (h *htmlWriter) toLevel(level, end int) {
	for h.depth > level {
		h.endCell()
		h.endRowTag()
		h.out.writeString("</table>\r\n")
		h.depth--
	}
	for h.depth < level {
		row := h.d.items[end].row
		if h.depth > 0 {
			h.startCell(row, "")
			h.tables[h.depth].blocks++
		} else {
			h.grid = tableGrid(h.d, end)
		}
		h.depth++
		h.tables[h.depth] = openTable{}
		border := "0"
		if h.d.rows[row].bordered {
			border = "1"
		}
		h.out.writeString(`<table border="` + border + "\" cellspacing=\"0\" cellpadding=\"4\">\r\n")
	}
}

// startCell begins a cell, if none is open, and its row.
func (h *htmlWriter) startCell(row int32, attributes string) {
	t := &h.tables[h.depth]
	if t.cell {
		return
	}
	if !t.row {
		h.out.writeString("<tr>\r\n")
		t.row, t.column = true, 0
	}
	t.cell, t.blocks = true, 0
	h.out.writeString(`<td valign="top"`)
	if h.depth == 1 {
		if n := columnSpan(h.grid, &h.d.rows[row], t.column); n > 1 {
			h.out.writeString(` colspan="` + strconv.Itoa(n) + `"`)
		}
	}
	h.out.writeString(attributes + ">")
}

func (h *htmlWriter) endCell() {
	if t := &h.tables[h.depth]; t.cell {
		h.out.writeString("</td>\r\n")
		t.cell, t.blocks = false, 0
		t.column++
	}
}

func (h *htmlWriter) endRow(level int) {
	if level > h.depth {
		return // a row without cells
	}
	h.toLevel(level, 0)
	h.endCell()
	h.endRowTag()
}

func (h *htmlWriter) endRowTag() {
	if t := &h.tables[h.depth]; t.row {
		h.out.writeString("</tr>\r\n")
		t.row = false
	}
}
