package htmltext

import (
	"strconv"
	"strings"
)

// A list is an open list, or an open quotation that only indents.
type list struct {
	next   int // number of the next item, or one of the two below
	indent int // of what stands around it
	inner  int // of the current item's further lines
}

const (
	unordered  = -1
	definition = -2
)

// maxLists bounds the lists whose state is kept; deeper ones look like the last.
const maxLists = 16

// maxIndent is the column beyond which nested lists go no further to the right,
// which bounds the output by the input.
const maxIndent = 24

// indentBy is how far definitions and indented blocks stand to the right.
const indentBy = 4

type listStack struct {
	list  [maxLists]list
	depth int
}

// top returns the innermost list, nil for none.
func (l *listStack) top() *list {
	if l.depth == 0 {
		return nil
	}
	return &l.list[min(l.depth, maxLists)-1]
}

func (c *converter) startList(next int) {
	if c.lists.depth++; c.lists.depth <= maxLists {
		*c.lists.top() = list{next: next, indent: c.w.indent, inner: c.w.indent}
	}
}

func (c *converter) endList() {
	if c.lists.depth == 0 {
		return
	}
	if c.lists.depth <= maxLists {
		c.w.setIndent(c.lists.top().indent)
	}
	c.lists.depth--
}

func (c *converter) startOrdered() { c.startList(c.number("start", 1)) }

// item starts an item of a list: its marker begins the next line.
func (c *converter) item() {
	l, marker := c.lists.top(), "* "
	if l == nil {
		c.w.setMarker(c.w.indent, marker, c.w.indent)
		return
	}
	if l.next >= 0 {
		n := c.number("value", l.next)
		l.next = n + 1
		marker = strconv.Itoa(n) + ". "
	}
	l.inner = l.indent + len(marker)
	c.w.setMarker(l.indent, marker, l.inner)
}

// term and definition start the two halves of an entry of a dl.
func (c *converter) term() { c.entry(0) }

func (c *converter) definition() { c.entry(indentBy) }

func (c *converter) entry(by int) {
	if l := c.lists.top(); l != nil && l.next == definition {
		c.w.setIndent(l.indent + by)
	}
}

// QUIRK: Word writes lists as paragraphs. The number or bullet of an item stands in
// a span of its own, a bullet as a letter of a font of symbols, and no-break spaces
// in another font fill the gap to the text.

// wordMark turns the inside of such a span into what it looks like.
var wordMark = strings.NewReplacer("\u00B7", "*", "\u00A7", "*", "\uF0B7", "*", "\uF0A7", "*", "\u00A0", " ")

func (c *converter) startSpan() {
	if c.mark > 0 {
		c.mark++
	} else if style, ok := c.z.Attr("style"); ok && strings.Contains(style, "mso-list:Ignore") {
		c.mark = 1
	}
}

func (c *converter) endSpan() { c.mark = max(c.mark-1, 0) }

// number returns the value of a numeric attribute, or other if there is none of
// at most nine digits.
func (c *converter) number(attr string, other int) int {
	s, _ := c.z.Attr(attr)
	if s = strings.Trim(s, spaces); len(s) > 9 {
		return other
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 {
		return other
	}
	return n
}
