package rtf

import "strings"

// property is what an element gives to its text.
type property uint8

const (
	bold property = iota
	tableHead
	italic
	underline
	strike
	superscript
	subscript
	monospace
	heading1
	heading2
	heading3
	linked
	indented
	centred
	numProperties
)

// characterWords are the control words for the properties of characters.
var characterWords = [...]struct {
	any     uint16 // bits of the properties of which one is enough
	on, off string
}{
	{1<<bold | 1<<tableHead, `\b `, `\b0 `},
	{1 << italic, `\i `, `\i0 `},
	{1<<underline | 1<<linked, `\ul `, `\ulnone `},
	{1 << linked, `\cf1 `, `\cf0 `},
	{1 << strike, `\strike `, `\strike0 `},
	{1 << superscript, `\super `, `\nosupersub `},
	{1 << subscript, `\sub `, `\nosupersub `},
	{1 << monospace, `\f1 `, `\f0 `},
	{1 << heading1, `\fs36 `, `\fs20 `},
	{1 << heading2, `\fs28 `, `\fs20 `},
	{1 << heading3, `\fs24 `, `\fs20 `},
}

// A layout writes the visible part of encapsulated HTML. Formatting is switched
// on and off, not nested: elements are counted, so that badly nested ones do no
// harm and each tag costs the same. Line ends, tabs and switches are written when
// text comes that needs them.
type layout struct {
	out        *encapsulationWriter
	count      [numProperties]int // open elements
	want, have uint16             // bits of the properties that are to hold, and that hold
	para       paragraph          // of the text before
	paraLost   bool               // a group has ended that may have changed it
	shown      bool               // there is text
	begun      bool               // on the current line
	space      bool               // the line ends in a blank
	breaks     int                // line ends that are due
	block      bool               // they end a paragraph
	done       int                // line ends that stand behind the last text
	tabs       int                // tabs that are due
	cellStart  bool               // a cell has begun: blocks and breaks need no new line
	row        rowState
	lists      openLists
	marker     string // of a list item, starts the next line
	link       string // target of the open link, "" if there is none
	linkOpen   bool   // its field is written
	outer      uint16 // have, outside of it
}

// paragraph is the formatting of paragraphs that the layout uses.
type paragraph struct {
	indent          int
	hanging, centre bool
}

func (l *layout) open(v *visible) {
	for _, p := range v.format {
		l.count[p]++
		l.want |= 1 << p
	}
	l.lines(v.lines)
}

func (l *layout) close(v *visible) {
	for _, p := range v.format {
		if l.count[p] = max(l.count[p]-1, 0); l.count[p] == 0 {
			l.want &^= 1 << p
		}
	}
	l.lines(v.lines)
}

// lines makes sure that at least n line ends precede the next text.
func (l *layout) lines(n int) {
	if n == 0 || l.cellStart {
		return
	}
	l.breaks = max(l.breaks, n-l.done)
	l.block, l.tabs = true, 0
}

func (l *layout) lineBreak() {
	if l.cellStart {
		return
	}
	l.breaks++
	l.tabs = 0
}

// blank reports whether a blank would show here.
func (l *layout) blank() bool { return l.begun && !l.space && l.breaks == 0 && l.tabs == 0 }

// words writes text for all readers.
func (l *layout) words(s string) {
	l.flush()
	l.out.htmlRTF(false)
	l.out.text(s)
	l.space = strings.HasSuffix(s, " ")
}

// extra writes text for readers that don't see the HTML.
func (l *layout) extra(s string) {
	if s == "" {
		return
	}
	l.flush()
	l.out.htmlRTF(true)
	l.out.text(s)
	l.space = strings.HasSuffix(s, " ")
}

// preformatted writes white space that shows as it stands.
func (l *layout) preformatted(s string) {
	l.words(s)
	l.space = false
	if strings.ContainsAny(s, "\r\n") {
		l.begun, l.done = false, 1
	}
}

// flush writes what is due before text.
func (l *layout) flush() {
	if l.breaks > 0 {
		l.lineEnds()
	}
	switch {
	case !l.begun:
		l.startLine()
	case l.tabs > 0:
		l.rtf(strings.Repeat(`\tab `, l.tabs))
		l.row = rowCells
	}
	if l.link != "" && !l.linkOpen {
		l.openLink()
	}
	l.format()
	l.breaks, l.block, l.tabs, l.done, l.cellStart = 0, false, 0, 0, false
	l.shown, l.begun = true, true
}

// rtf writes what only readers that don't see the HTML shall see.
func (l *layout) rtf(s string) {
	l.out.htmlRTF(true)
	l.out.raw(s)
}

func (l *layout) lineEnds() {
	l.begun = false
	if l.row == rowLine || l.row == rowCells {
		l.row = rowLines
	}
	if !l.shown {
		return
	}
	word := `\line `
	if l.block {
		word = `\par `
	}
	l.rtf(strings.Repeat(word, l.breaks))
}

func (l *layout) startLine() {
	if l.row == rowEmpty {
		l.row = rowLine
	}
	next := paragraph{
		indent:  min(l.lists.depth, maxLevel) + min(l.count[indented], maxLevel),
		hanging: l.marker != "",
		centre:  l.want&(1<<centred) != 0,
	}
	if next != l.para || l.paraLost {
		l.paragraph(next)
	}
	if l.marker != "" {
		l.format()
		l.rtf(l.marker + `\tab `)
		l.marker = ""
	}
}

// paragraph writes the formatting of the current paragraph.
func (l *layout) paragraph(p paragraph) {
	l.para, l.paraLost = p, false
	l.rtf(`\pard`)
	if p.indent > 0 {
		l.out.raw(`\li`)
		l.out.number(360 * p.indent)
	}
	if p.hanging {
		l.out.raw(`\fi-360`)
	}
	if p.centre {
		l.out.raw(`\qc`)
	}
	l.out.raw(" ")
}

// format switches the formatting of characters where it has changed: off first,
// because one word can switch off several properties.
func (l *layout) format() {
	if l.want == l.have {
		return
	}
	for _, w := range characterWords {
		if l.have&w.any != 0 && l.want&w.any == 0 {
			l.rtf(w.off)
		}
	}
	for _, w := range characterWords {
		if l.have&w.any == 0 && l.want&w.any != 0 {
			l.rtf(w.on)
		}
	}
	l.have = l.want
}

// rule writes a horizontal line: an empty paragraph with a border.
func (l *layout) rule() {
	if l.breaks > 0 {
		l.lineEnds()
	}
	l.rtf(`\pard\brdrb\brdrs\brdrw10\brsp20 \par \pard `)
	l.para = paragraph{}
	l.shown, l.begun, l.space = true, false, false
	l.breaks, l.block, l.done = 0, false, 1
}
