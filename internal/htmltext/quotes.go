package htmltext

import "strings"

// quoteStack remembers which of the open blockquote elements are quotations, one
// bit each; those beyond 64 are none, for lack of a bit.
type quoteStack struct {
	bits  uint64
	depth int
}

// startQuote starts a blockquote: a quotation, or an indented block.
//
// QUIRK: the editors of Gmail and others indent a paragraph with a blockquote
// whose style takes the line at its left away. Nobody is quoted there.
func (c *converter) startQuote() {
	q := &c.quotes
	if q.depth < 64 && !c.indentsOnly() {
		q.bits |= 1 << q.depth
		c.w.quote++
	} else {
		c.startList(unordered)
		c.w.setIndent(c.w.indent + indentBy)
	}
	q.depth++
}

func (c *converter) endQuote() {
	q := &c.quotes
	if q.depth == 0 {
		return
	}
	q.depth--
	if q.depth < 64 && q.bits&(1<<q.depth) != 0 {
		q.bits &^= 1 << q.depth
		c.w.quote--
		return
	}
	c.endList()
}

// indentsOnly reports whether a blockquote has no line at its left, and does not
// say that it cites.
func (c *converter) indentsOnly() bool {
	if kind, _ := c.z.Attr("type"); strings.EqualFold(strings.Trim(kind, spaces), "cite") {
		return false
	}
	style, _ := c.z.Attr("style")
	for declaration := range strings.SplitSeq(style, ";") {
		property, value, _ := strings.Cut(declaration, ":")
		property = strings.Trim(property, spaces)
		if strings.EqualFold(property, "border") || strings.EqualFold(property, "border-left") {
			value = strings.ToLower(strings.Trim(value, spaces))
			return strings.HasPrefix(value, "none") || strings.HasPrefix(value, "0")
		}
	}
	return false
}
