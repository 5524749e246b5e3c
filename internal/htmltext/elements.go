package htmltext

import "strings"

// An element says how an element shows in text: how many line ends stand at
// least before and behind it, and what else its tags do.
type element struct {
	lines      int
	start, end func(*converter)
}

var elements = textElements()

func textElements() map[string]element {
	m := map[string]element{
		"p":          {0, (*converter).startParagraph, (*converter).endParagraph},
		"br":         {0, (*converter).lineBreak, (*converter).lineBreak},
		"hr":         {1, (*converter).rule, nil},
		"pre":        {1, (*converter).startPre, (*converter).endPre},
		"a":          {0, (*converter).startLink, (*converter).endLink},
		"img":        {0, (*converter).image, nil},
		"ul":         {1, func(c *converter) { c.startList(unordered) }, (*converter).endList},
		"ol":         {1, (*converter).startOrdered, (*converter).endList},
		"li":         {1, (*converter).item, nil},
		"dl":         {1, func(c *converter) { c.startList(definition) }, (*converter).endList},
		"dt":         {1, (*converter).term, nil},
		"dd":         {1, (*converter).definition, nil},
		"blockquote": {1, (*converter).startQuote, (*converter).endQuote},
		"span":       {0, (*converter).startSpan, (*converter).endSpan},
		"q":          {0, func(c *converter) { c.w.collapsed(`"`) }, func(c *converter) { c.w.collapsed(`"`) }},
		"table":      {0, func(c *converter) { c.w.endTable() }, func(c *converter) { c.w.endTable() }},
		"tr":         {0, func(c *converter) { c.w.startRow() }, func(c *converter) { c.w.endTable() }},
		"td":         {0, (*converter).startCell, (*converter).endCell},
	}
	m["th"], m["image"], m["menu"], m["dir"] = m["td"], m["img"], m["ul"], m["ul"]
	for name := range nameSet("h1 h2 h3 h4 h5 h6") {
		m[name] = element{lines: 2}
	}
	for name := range nameSet(`address article aside body caption center details dialog div fieldset figcaption figure
		footer form header hgroup legend main nav option section summary`) {
		m[name] = element{lines: 1}
	}
	return m
}

func nameSet(list string) map[string]bool {
	m := make(map[string]bool)
	for name := range strings.FieldsSeq(list) {
		m[name] = true
	}
	return m
}

func (c *converter) startParagraph() {
	c.para, c.mark = 2, 0
	class, _ := c.z.Attr("class")
	// QUIRK: Outlook gives each line a paragraph of a class whose style, in the
	// head, has no margins.
	if strings.HasPrefix(class, "Mso") {
		c.para = 1
	}
	c.w.lines(c.para)
}

func (c *converter) endParagraph() { c.w.lines(max(c.para, 1)) }

func (c *converter) lineBreak() { c.w.lineBreak() }

func (c *converter) rule() {
	c.w.word("--------------------------------")
	c.w.lines(1)
}

func (c *converter) startPre() {
	c.pre++
	c.trim = true
}

func (c *converter) endPre() {
	c.pre = max(c.pre-1, 0)
	c.trim = false
}

func (c *converter) startCell() {
	c.w.startCell()
	c.span = min(c.number("colspan", 1), maxSpan)
}

// endCell makes the next cell of a table of data stand in its column.
func (c *converter) endCell() {
	if c.w.row == rowCells || c.w.row == rowLine {
		c.w.tabs += max(c.span-1, 0)
	}
	c.span = 0
}

const spaces = " \n\t\r\f"

// isSpace reports whether c is white space of HTML.
func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' }

// hasPrefixFold reports whether s starts with prefix whatever the case of its
// ASCII letters.
func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}
