package rtf

// plainDests says which destinations are read and which are skipped, beside the
// rule that those behind \* are.
var plainDests = func() map[string]destAction {
	m := make(map[string]destAction)
	for _, word := range []string{"fldinst", "nesttableprops", "shppict", "shpinst", "listtext", "pntext"} {
		m[word] = destKeep
	}
	for _, word := range []string{
		"annotation", "atnauthor", "atnid", "colorschememapping", "datafield", "datastore", "filetbl", "footer", "footerf",
		"footerl", "footerr", "formfield", "ftncn", "ftnsep", "ftnsepc", "aftncn", "aftnsep", "aftnsepc", "generator",
		"header", "headerf", "headerl", "headerr", "info", "latentstyles", "listoverridetable", "listtable", "mmathPict",
		"nonesttables", "nonshppict", "objclass", "objdata", "objname", "pntxta", "pntxtb", "private", "revtbl",
		"rsidtbl", "rxe", "shprslt", "sn", "stylesheet", "tc", "themedata", "txe", "xe", "xmlnstbl", "fontemb", "panose",
	} {
		m[word] = destSkip
	}
	return m
}()

// plainSpecials are the words that stand for characters.
var plainSpecials = map[string]string{
	"tab": "\t", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•", "endash": "–", "emdash": "—",
	"enspace": "\u2002", "emspace": "\u2003", "qmspace": "\u2005", "zwj": "\u200d", "zwnj": "\u200c",
	"ltrmark": "\u200e", "rtlmark": "\u200f", "zwbo": "\u200b", "zwnbo": "\u2060",
}

// plainActions are the other words.
var plainActions = map[string]func(*plainParser, event){
	"par":      func(p *plainParser, _ event) { p.par() },
	"sect":     func(p *plainParser, _ event) { p.pageBreak() },
	"page":     func(p *plainParser, _ event) { p.pageBreak() },
	"column":   func(p *plainParser, _ event) { p.pageBreak() },
	"line":     func(p *plainParser, _ event) { p.lineBreak() },
	"softline": func(p *plainParser, _ event) { p.lineBreak() },

	"cf":        func(p *plainParser, e event) { p.st.char.color = p.colors.color(e.param) },
	"highlight": func(p *plainParser, e event) { p.st.char.back = p.colors.color(e.param) },
	"cb":        func(p *plainParser, e event) { p.st.char.back = p.colors.color(e.param) },
	"chcbpat":   func(p *plainParser, e event) { p.st.char.back = p.colors.color(e.param) },

	"colortbl": destination(destColors),
	"pict":     func(p *plainParser, e event) { p.beginPicture(e) },
	"sv":       destination(destNothing),
	"footnote": func(p *plainParser, e event) { p.beginNote(e) },
	"field":    func(p *plainParser, e event) { p.beginField(e) },
	"fldinst":  func(p *plainParser, e event) { p.beginInstruction(e) },
	"fldrslt":  func(p *plainParser, e event) { p.beginResult(e) },
	"objattph": func(p *plainParser, _ event) { p.attachment() },

	"cell":           func(p *plainParser, _ event) { p.endCell(1) },
	"nestcell":       func(p *plainParser, _ event) { p.endCell(max(p.st.para.level(), 2)) },
	"row":            func(p *plainParser, _ event) { p.endRow(1) },
	"nestrow":        func(p *plainParser, _ event) { p.endRow(max(p.st.para.level(), 2)) },
	"nesttableprops": func(p *plainParser, _ event) { p.st.nested = true },
	"trowd":          func(p *plainParser, _ event) { p.setRow(func(r *rowFormat) { r.reset() }) },
	"cellx":          func(p *plainParser, e event) { p.setRow(func(r *rowFormat) { r.cell(twips(e)) }) },
	"clmrg":          func(p *plainParser, _ event) { p.setRow(func(r *rowFormat) { r.merge = true }) },
	"brdrs":          func(p *plainParser, _ event) { p.setRow(func(r *rowFormat) { r.border() }) },
	"clbrdrt":        func(p *plainParser, _ event) { p.setRow(func(r *rowFormat) { r.inBorder = true }) },
	"trbrdrt":        func(p *plainParser, _ event) { p.setRow(func(r *rowFormat) { r.inBorder = true }) },
}

// destination returns the action of a word that says where the text of its group
// goes. Anywhere else than first in a group it means nothing.
func destination(d plainDest) func(*plainParser, event) {
	return func(p *plainParser, e event) {
		if e.first || e.star {
			p.begin(d)
		}
	}
}

// par ends a paragraph; in a footnote, a line.
func (p *plainParser) par() {
	switch {
	case p.st.note:
		p.lineBreak()
	case p.st.dest == destBody && !p.st.char.has(flagDeleted):
		p.flushText()
		p.endPara(itemPara, p.st.para.level())
	}
}

// pageBreak ends a paragraph that has begun: mail has no pages.
func (p *plainParser) pageBreak() {
	p.flushText()
	if p.openPara && p.st.dest == destBody && !p.st.note {
		p.endPara(itemPara, p.st.para.level())
	}
}

// attachment adds the place of an attachment. The blank behind it, which stands for
// the attachment in the text, goes with it.
func (p *plainParser) attachment() {
	p.flushText()
	n := len(p.doc.places)
	place := Place{}
	if p.o.Place != nil {
		place = p.o.Place(n)
	}
	p.doc.places = append(p.doc.places, place)
	if p.st.dest == destBody {
		p.add(item{kind: itemPlace, number: int32(n), char: p.st.char})
		p.space = true
	}
}

// beginNote puts a footnote into the text, where its mark is.
func (p *plainParser) beginNote(e event) {
	if (e.first || e.star) && p.st.dest == destBody {
		p.addText([]byte(" ["))
		p.st.note, p.st.owns = true, destNote
	}
}
