package rtf

import "strings"

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
	name                 []byte
	named                bool // its name has ended
}

func (e *fontEntry) reset(number int32) {
	*e = fontEntry{number: number, charset: noCharset, name: e.name[:0]}
}

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
		if !r.newFont.named && e.hasParam && len(r.newFont.name) < maxFontName {
			r.newFont.name = append(r.newFont.name, '?')
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
		if !r.newFont.named && len(r.newFont.name) < maxFontName {
			r.newFont.name = append(r.newFont.name, c)
		}
	}
}

// addFont puts the entry that has been read into the table. A number that comes
// twice means the last one, as for other readers.
func (r *reader) addFont() {
	e := &r.newFont
	if e.number < 0 || len(r.fonts) >= maxFonts {
		return
	}
	name, _, _ := r.docPage.appendText(nil, e.name)
	f := &font{name: strings.Trim(string(name), " \t\""), ansi: e.charset == 0 && e.cpg <= 0}
	f.face = strings.ToLower(f.name)
	f.page = fontPage(e.cpg, e.charset, f.face)
	f.bp = r.pages.page(f.page) // that of symbols is windows-1252
	r.fonts[e.number] = f
	e.reset(noFont)
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
