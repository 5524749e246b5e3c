package htmlscan

import (
	"strconv"
	"strings"
)

// element says how an element shows in text: how many line ends stand at least
// before and behind it, and what else its tags do.
type element struct {
	lines      int
	start, end func(*toText)
}

var elements = textElements()

func textElements() map[string]element {
	m := map[string]element{
		"p":          {0, (*toText).startParagraph, (*toText).endParagraph},
		"br":         {0, (*toText).lineBreak, (*toText).lineBreak},
		"hr":         {1, (*toText).rule, nil},
		"pre":        {1, (*toText).startPre, (*toText).endPre},
		"a":          {0, (*toText).startLink, (*toText).endLink},
		"img":        {0, (*toText).image, nil},
		"ul":         {1, func(t *toText) { t.lists.push(-1) }, func(t *toText) { t.lists.pop() }},
		"ol":         {1, (*toText).startOrdered, func(t *toText) { t.lists.pop() }},
		"li":         {1, (*toText).item, nil},
		"dd":         {1, func(t *toText) { t.w.marker = "\t" }, nil},
		"blockquote": {1, (*toText).startQuote, (*toText).endQuote},
		"q":          {0, func(t *toText) { t.w.collapsed(`"`) }, func(t *toText) { t.w.collapsed(`"`) }},
		"table":      {0, func(t *toText) { t.w.endTable() }, func(t *toText) { t.w.endTable() }},
		"tr":         {0, func(t *toText) { t.w.startRow() }, func(t *toText) { t.w.endTable() }},
		"td":         {0, func(t *toText) { t.w.startCell() }, nil},
		"th":         {0, func(t *toText) { t.w.startCell() }, nil},
	}
	m["image"] = m["img"]
	for name := range nameSet("h1 h2 h3 h4 h5 h6") {
		m[name] = element{lines: 2}
	}
	for name := range nameSet(`address article aside body caption center details dialog dir div dl dt fieldset figcaption figure
		footer form header hgroup legend main menu nav option section summary`) {
		m[name] = element{lines: 1}
	}
	return m
}

func (t *toText) startParagraph() {
	t.para = 2
	class, _ := t.z.Attr("class")
	// QUIRK: Outlook gives each line a paragraph of a class whose style, in the
	// head, has no margins.
	if strings.HasPrefix(class, "Mso") {
		t.para = 1
	}
	t.w.lines(t.para)
}

func (t *toText) endParagraph() { t.w.lines(max(t.para, 1)) }

func (t *toText) lineBreak() { t.w.lineBreak() }

func (t *toText) rule() {
	t.w.word("--------------------------------")
	t.w.lines(1)
}

func (t *toText) startPre() {
	t.pre++
	t.trim = true
}

func (t *toText) endPre() {
	t.pre = max(t.pre-1, 0)
	t.trim = false
}

// listStack holds the number of the next item of each open list, -1 for
// unordered ones. Levels beyond its size are counted alone.
type listStack struct {
	next  [maxIndent + 1]int
	depth int
}

// maxIndent is the number of tabs beyond which nested lists go no further.
const maxIndent = 8

func (l *listStack) push(first int) {
	if l.depth < len(l.next) {
		l.next[l.depth] = first
	}
	l.depth++
}

func (l *listStack) pop() { l.depth = max(l.depth-1, 0) }

func (t *toText) startOrdered() { t.lists.push(t.number("start", 1)) }

// number returns the value of a numeric attribute, or other if there is none of
// at most nine digits.
func (t *toText) number(attr string, other int) int {
	s, _ := t.z.Attr(attr)
	if s = trimSpace(s); len(s) > 9 {
		return other
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 {
		return other
	}
	return n
}

func (t *toText) item() {
	level := min(t.lists.depth, len(t.lists.next)) - 1
	t.w.marker = strings.Repeat("\t", max(level, 0)) + "*\t"
	if level < 0 || t.lists.next[level] < 0 {
		return
	}
	n := t.number("value", t.lists.next[level])
	t.lists.next[level] = n + 1
	t.w.marker = strings.Repeat("\t", level) + strconv.Itoa(n) + ".\t"
}

// citeStack remembers which of the open blockquote elements are quotations of
// mail, one bit each; those beyond 64 are none, for lack of a bit.
type citeStack struct {
	bits  uint64
	depth int
}

func (t *toText) startQuote() {
	kind, _ := t.z.Attr("type")
	class, _ := t.z.Attr("class")
	cite := strings.EqualFold(trimSpace(kind), "cite") || strings.Contains(class, "gmail_quote")
	if cite {
		t.cites.bits |= 1 << t.cites.depth
	}
	t.cites.depth++
	t.setQuote()
}

func (t *toText) endQuote() {
	t.cites.depth = max(t.cites.depth-1, 0)
	t.cites.bits &^= 1 << t.cites.depth
	t.setQuote()
}
