package rtf

// Flags of a [charFormat].
const (
	flagBold uint16 = 1 << iota
	flagItalic
	flagUnderline
	flagStrike
	flagSuper
	flagSub
	flagCaps
	flagSmallCaps
	flagHidden
	flagDeleted
	flagRTL
	flagLTR
)

// A charFormat is the formatting of characters.
type charFormat struct {
	font  int32 // number of the name, 0 for none
	color int32 // 0xRRGGBB + 1, or 0
	back  int32 // likewise, behind the text
	link  int32 // number of the target, 0 for none
	size  int16 // in half points
	flags uint16
}

func (c *charFormat) has(flag uint16) bool { return c.flags&flag != 0 }

func (c *charFormat) set(flag uint16, on bool) {
	if on {
		c.flags |= flag
	} else {
		c.flags &^= flag
	}
}

const defaultSize = 24

// plainChar returns what \plain sets: everything but the link, which is no property
// of characters in RTF.
func plainChar(c charFormat) charFormat { return charFormat{size: defaultSize, link: c.link} }

// alignment of a paragraph.
type alignment uint8

const (
	alignNone alignment = iota
	alignLeft
	alignCentre
	alignRight
	alignJustify
)

// A paraFormat is the formatting of a paragraph. Lengths are in twips.
type paraFormat struct {
	left, right, first int32
	before, after      int32
	align              alignment
	rtl                bool
	inTable            bool
	nesting            uint8 // depth of the table, where one is named
}

// level returns how many tables the paragraph is in.
func (p *paraFormat) level() int {
	if p.nesting > 0 {
		return int(p.nesting)
	}
	if p.inTable {
		return 1
	}
	return 0
}

// charWords are the words that change the formatting of characters.
var charWords = map[string]func(*charFormat, event){
	"b":          toggle(flagBold),
	"i":          toggle(flagItalic),
	"strike":     toggle(flagStrike),
	"striked":    toggle(flagStrike),
	"caps":       toggle(flagCaps),
	"scaps":      toggle(flagSmallCaps),
	"v":          toggle(flagHidden),
	"deleted":    toggle(flagDeleted),
	"super":      script(flagSuper),
	"sub":        script(flagSub),
	"nosupersub": func(c *charFormat, _ event) { c.flags &^= flagSuper | flagSub },
	"up":         shift(flagSuper),
	"dn":         shift(flagSub),
	"rtlch":      func(c *charFormat, _ event) { c.flags = c.flags&^flagLTR | flagRTL },
	"ltrch":      func(c *charFormat, _ event) { c.flags = c.flags&^flagRTL | flagLTR },
	"ulnone":     func(c *charFormat, _ event) { c.flags &^= flagUnderline },
	"ul":         toggle(flagUnderline), "uld": toggle(flagUnderline), "uldb": toggle(flagUnderline),
	"uldash": toggle(flagUnderline), "uldashd": toggle(flagUnderline), "uldashdd": toggle(flagUnderline),
	"ulhair": toggle(flagUnderline), "ulhwave": toggle(flagUnderline), "ulldash": toggle(flagUnderline),
	"ulth": toggle(flagUnderline), "ulthd": toggle(flagUnderline), "ulthdash": toggle(flagUnderline),
	"ululdbwave": toggle(flagUnderline), "ulw": toggle(flagUnderline), "ulwave": toggle(flagUnderline),
	"plain": func(c *charFormat, _ event) { *c = plainChar(*c) },
	"fs": func(c *charFormat, e event) {
		if e.param > 0 {
			c.size = int16(min(e.param, maxFontSize))
		}
	},
}

// maxFontSize is in half points.
const maxFontSize = 400

func toggle(flag uint16) func(*charFormat, event) {
	return func(c *charFormat, e event) { c.set(flag, e.on()) }
}

// script switches between super- and subscript, of which one holds.
func script(flag uint16) func(*charFormat, event) {
	return func(c *charFormat, e event) {
		c.flags &^= flagSuper | flagSub
		c.set(flag, e.on())
	}
}

// shift is script for \upN and \dnN, where N is a distance, 6 half points by
// default.
func shift(flag uint16) func(*charFormat, event) {
	return func(c *charFormat, e event) {
		c.flags &^= flagSuper | flagSub
		c.set(flag, !e.hasParam || e.param > 0)
	}
}

// paraWords are the words that change the formatting of paragraphs.
var paraWords = map[string]func(*paraFormat, event){
	"pard":   func(p *paraFormat, _ event) { *p = paraFormat{} },
	"ql":     func(p *paraFormat, _ event) { p.align = alignLeft },
	"qc":     func(p *paraFormat, _ event) { p.align = alignCentre },
	"qr":     func(p *paraFormat, _ event) { p.align = alignRight },
	"qj":     func(p *paraFormat, _ event) { p.align = alignJustify },
	"li":     func(p *paraFormat, e event) { p.left = twips(e) },
	"ri":     func(p *paraFormat, e event) { p.right = twips(e) },
	"fi":     func(p *paraFormat, e event) { p.first = twips(e) },
	"sb":     func(p *paraFormat, e event) { p.before = max(twips(e), 0) },
	"sa":     func(p *paraFormat, e event) { p.after = max(twips(e), 0) },
	"rtlpar": func(p *paraFormat, _ event) { p.rtl = true },
	"ltrpar": func(p *paraFormat, _ event) { p.rtl = false },
	"intbl":  func(p *paraFormat, e event) { p.inTable = e.on() },
	"itap":   func(p *paraFormat, e event) { p.nesting = uint8(min(max(e.param, 0), maxTables)) },
}

// maxLength bounds lengths, in twips: the 22 inches of Word's largest page.
const maxLength = 31680

// twips returns the length that a word gives.
func twips(e event) int32 { return min(max(e.param, -maxLength), maxLength) }
