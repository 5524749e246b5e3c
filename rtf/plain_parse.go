package rtf

import (
	"bytes"
	"context"
	"io"

	"github.com/contentconv/contentconv/diag"
)

// plainDest says where the text of a group goes.
type plainDest uint8

const (
	destBody plainDest = iota
	destColors
	destPicture
	destInstruction // of a field
	destNothing
	destNote // as destBody, in brackets; never where text goes
)

// plainState is what a group inherits and restores at its end.
type plainState struct {
	char   charFormat
	para   paraFormat
	dest   plainDest
	note   bool        // within a footnote, where paragraphs are lines
	owns   plainDest   // the destination that began in this very group, or 0
	field  *plainField // the innermost field
	owner  bool        // of field
	nested bool        // within the definition of a row of a nested table
}

// A plainParser turns the events of a reader into a plainDocument.
type plainParser struct {
	r        *reader
	o        *DecodeOptions
	rec      *diag.Recorder
	budget   *budget
	err      error // of the budget
	doc      *plainDocument
	st       *plainState // top of stack
	stack    []plainState
	fonts    map[*font]int32  // numbers of their families
	families map[string]int32 // and of these by name
	colors   colorTable
	picture  pictureReader
	row      rowFormat // of the rows to come
	rowDirty bool      // it is not in doc.rows yet
	space    bool      // a blank that comes next belongs to \objattph
	dropped  int       // pictures beyond the bound
	openPara bool      // there is something behind the last end of a paragraph
}

func parsePlain(ctx context.Context, src io.Reader, cfg readerConfig, b *budget, o *DecodeOptions) (*plainDocument, error) {
	cfg.dests, cfg.symbols = plainDests, true
	p := &plainParser{
		r: newReader(ctx, src, cfg), o: o, rec: cfg.rec, budget: b, fonts: make(map[*font]int32), families: map[string]int32{"": 0},
		doc:   &plainDocument{fonts: []string{""}, links: []string{""}, rows: make([]rowFormat, 1)},
		stack: []plainState{{char: charFormat{size: defaultSize}}},
	}
	p.st = &p.stack[0]
	for {
		e, err := p.r.next()
		if err == io.EOF {
			p.finish()
			return p.doc, p.err
		}
		if err == nil {
			p.event(e)
			err = p.err
		}
		if err != nil {
			return nil, err
		}
	}
}

// itemCost is what an item counts in the output, besides its text: about what the
// shortest tags around it take.
const itemCost = 16

func (p *plainParser) event(e event) {
	switch e.kind {
	case evOpen:
		p.stack = append(p.stack, *p.st)
		p.st = &p.stack[len(p.stack)-1]
		p.st.owns, p.st.owner = 0, false
	case evClose:
		p.endGroup()
	case evWord:
		p.word(e)
	case evSymbol:
		switch e.char {
		case '~':
			p.special("\u00a0")
		case '_':
			p.special("\u2011")
		}
	case evText:
		p.content(e.text)
	case evBin:
		p.picture.binary(e.text)
	}
	cost := len(p.doc.items)*itemCost + len(p.doc.text) + len(p.picture.data)
	if p.err == nil && int64(cost) > p.budget.left {
		p.err = &LimitError{Limit: p.budget.limit}
	}
}

func (p *plainParser) endGroup() {
	s := *p.st
	switch s.owns {
	case destPicture:
		p.endPicture()
	case destInstruction:
		p.endInstruction(s.field)
	case destNote:
		p.addText([]byte("]"))
	}
	if s.owner {
		p.endField(s.field)
	}
	if len(p.stack) == 2 && p.openPara {
		p.endPara(itemPara, s.para.level()) // the document's own group
	}
	if len(p.stack) > 1 {
		p.stack = p.stack[:len(p.stack)-1]
		p.st = &p.stack[len(p.stack)-1]
	}
}

// finish ends what the document leaves open.
func (p *plainParser) finish() {
	for len(p.stack) > 1 {
		p.endGroup()
	}
	if p.openPara { // there is no group at all
		p.endPara(itemPara, p.st.para.level())
	}
	if p.dropped > 0 {
		p.rec.Addf(diag.ItemsDropped, "", "", "RTF: %d pictures beyond the first %d", p.dropped, maxPictures)
	}
}

func (p *plainParser) word(e event) {
	if f := charWords[e.word]; f != nil {
		f(&p.st.char, e)
	} else if f := paraWords[e.word]; f != nil {
		f(&p.st.para, e)
	} else if s, ok := plainSpecials[e.word]; ok {
		p.special(s)
	} else if f := plainActions[e.word]; f != nil {
		f(p, e)
	} else if p.st.dest == destPicture {
		p.picture.word(e)
	} else if p.st.dest == destColors {
		p.colors.word(e)
	}
}

// begin makes the current group that of a destination.
func (p *plainParser) begin(d plainDest) {
	p.st.dest, p.st.owns = d, d
}

// content takes text.
func (p *plainParser) content(text []byte) {
	switch p.st.dest {
	case destBody:
		if p.space {
			p.space = false
			text = bytes.TrimPrefix(text, []byte(" "))
		}
		p.addText(text)
	case destColors:
		p.colors.text(text)
	case destPicture:
		p.picture.hex(text)
	case destInstruction:
		p.st.field.instruct(text)
	}
}

// special adds characters that a control word or symbol stands for.
func (p *plainParser) special(s string) {
	if p.st.dest == destBody || p.st.dest == destInstruction {
		p.content(append(p.r.flush(), s...))
	}
}

// visible reports whether what comes now is shown.
func (p *plainParser) visible() bool {
	return p.st.dest == destBody && !p.st.char.has(flagHidden|flagDeleted)
}

// addText adds text of the current format.
func (p *plainParser) addText(text []byte) {
	if len(text) == 0 || !p.visible() {
		return
	}
	if p.st.field != nil {
		p.st.field.shown = true
	}
	d := p.doc
	char := p.st.char
	char.font = p.fontNumber(text)
	start := len(d.text)
	d.text = append(d.text, text...)
	if n := len(d.items); n > 0 && d.items[n-1].kind == itemText && d.items[n-1].char == char {
		d.items[n-1].end = len(d.text)
		return
	}
	p.add(item{kind: itemText, start: start, end: len(d.text), char: char})
}

// add adds something that stands within a paragraph.
func (p *plainParser) add(it item) {
	p.doc.items = append(p.doc.items, it)
	p.openPara = true
}

// fontNumber returns the number of the current font's name. Text that was
// translated from a symbol font needs it no longer.
func (p *plainParser) fontNumber(text []byte) int32 {
	f := p.r.font()
	if f == nil || f.page == pageSymbol && !hasPrivateUse(text) {
		return 0
	}
	if n, ok := p.fonts[f]; ok {
		return n
	}
	family := fontFamily(f.name)
	n, ok := p.families[family]
	if !ok {
		n = int32(len(p.doc.fonts))
		p.doc.fonts = append(p.doc.fonts, family)
		p.families[family] = n
	}
	p.fonts[f] = n
	return n
}

// hasPrivateUse reports whether text has characters of U+F000 to U+F0FF, where
// Windows has those of symbol fonts.
func hasPrivateUse(text []byte) bool {
	for i := 0; i+2 < len(text); i++ {
		if text[i] == 0xEF && text[i+1] >= 0x80 && text[i+1] <= 0x83 {
			return true
		}
	}
	return false
}

// lineBreak adds a line break.
func (p *plainParser) lineBreak() {
	p.flushText()
	if p.visible() {
		p.add(item{kind: itemBreak, char: p.st.char})
	}
}

// flushText adds what the reader still holds back.
func (p *plainParser) flushText() {
	if text := p.r.flush(); len(text) > 0 {
		p.content(text)
	}
}

// endPara ends a paragraph at a level of tables.
func (p *plainParser) endPara(kind itemKind, level int) {
	d := p.doc
	f := p.st.para
	f.nesting, f.inTable = uint8(level), level > 0
	if n := len(d.paras); n == 0 || d.paras[n-1] != f {
		d.paras = append(d.paras, f)
	}
	if p.rowDirty && level > 0 {
		d.rows = append(d.rows, p.row.clone())
		p.rowDirty = false
	}
	p.doc.items = append(p.doc.items, item{kind: kind, number: int32(len(d.paras) - 1), row: int32(len(d.rows) - 1)})
	p.openPara = false
}
