package rtf

import (
	"strings"
	"unicode/utf8"
)

// A font is an entry of the font table.
type font struct {
	name string
	face string // the name in lower case
	page int    // its code page, 0 for the document's, or pageSymbol
	bp   *bytePage
	ansi bool // \fcharset0, without \cpg
}

const (
	noCharset = -1 // no \fcharset
	// maxFonts and maxFontName bound the font table.
	maxFonts    = 1 << 16
	maxFontName = 128
)

// A fontEntry is an entry while it is being read.
type fontEntry struct {
	number, cpg, charset int32
	name                 []byte // as far as it is decoded
	raw                  []byte // of the name, what follows
	named                bool   // the name has ended
}

func (e *fontEntry) reset(number int32) {
	*e = fontEntry{number: number, charset: noCharset, name: e.name[:0], raw: e.raw[:0]}
}

// full reports whether the name has ended or is long enough.
func (e *fontEntry) full() bool { return e.named || len(e.name)+len(e.raw) >= maxFontName }

// fontTable begins the font table, which lasts to the end of its group.
func (r *reader) fontTable(*event) bool {
	if r.depth > 1 {
		r.fontDepth = r.depth
		r.newFont.reset(noFont)
	}
	return false
}

// fontWord handles a word of the font table. Entries begin with \fN, whether each
// has a group of its own or not.
func (r *reader) fontWord(e *event) {
	switch e.word {
	case "f":
		r.addFont()
		r.newFont.reset(e.param)
	case "fcharset":
		r.newFont.charset = e.param
	case "cpg":
		r.newFont.cpg = e.param
	case "u":
		if c := rune(uint16(e.param)); e.hasParam && c != 0 && !r.newFont.full() {
			r.fontName()
			r.newFont.name = utf8.AppendRune(r.newFont.name, c)
		}
		r.ucSkip = r.st.uc
	}
}

// fontText takes a piece of a font's name, which ends with a semicolon.
func (r *reader) fontText(b []byte) {
	for _, c := range b {
		if c == ';' {
			r.newFont.named = true
		}
		if !r.newFont.full() {
			r.newFont.raw = append(r.newFont.raw, c)
		}
	}
}

// fontName decodes what there is of a font's name, which is in the code page of the
// font itself.
func (r *reader) fontName() {
	e := &r.newFont
	p := r.docPage
	if page := fontPage(e.cpg, e.charset, ""); page != 0 {
		p = r.pages.page(page)
	}
	e.name, _, _ = p.appendText(e.name, e.raw)
	e.raw = e.raw[:0]
}

// addFont puts the entry that has been read into the table. A number that comes
// twice means the last one, as for other readers.
func (r *reader) addFont() {
	e := &r.newFont
	if e.number < 0 || len(r.fonts) >= maxFonts {
		return
	}
	r.fontName()
	f := &font{name: strings.Trim(string(e.name), " \t\""), ansi: e.charset == 0 && e.cpg <= 0}
	f.face = strings.ToLower(f.name)
	f.page = fontPage(e.cpg, e.charset, f.face)
	f.bp = r.pages.page(f.page) // that of symbols is windows-1252
	r.fonts[e.number] = f
}

// font returns the current font, or nil when the table doesn't have it.
func (r *reader) font() *font {
	switch {
	case r.st.dbch && r.st.dbFont != noFont:
		return r.fonts[r.st.dbFont]
	case r.st.font != noFont:
		return r.fonts[r.st.font]
	}
	return r.fonts[r.deff]
}
