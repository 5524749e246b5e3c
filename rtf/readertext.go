package rtf

import (
	"unicode/utf16"
	"unicode/utf8"

	"github.com/contentconv/contentconv/diag"
)

// A textPage is what the bytes of a piece of text are read by.
type textPage struct {
	page   *bytePage
	symbol *font // a symbol font whose characters are shown, or nil
	utf8   bool  // the document claims UTF-8; text that is, wins over the font's code page
}

// textPage returns what the bytes at the current place are read by.
//
// QUIRK: in a document of \ansicpg65001 a font with \fcharset0 has no code page of
// its own, and text in any other font that is valid UTF-8 is: writers that claim
// UTF-8 put its bytes everywhere and leave the font table as it always was.
func (r *reader) textPage() textPage {
	t := textPage{page: r.docPage}
	f := r.font()
	if f == nil || f.page == 0 || r.st.docText {
		return t
	}
	if f.page == pageSymbol && r.cfg.symbols {
		return textPage{page: f.bp, symbol: f}
	}
	if r.docPage.id != 65001 {
		return textPage{page: f.bp}
	}
	if f.ansi || f.page == pageSymbol {
		return t
	}
	return textPage{page: f.bp, utf8: true}
}

// text handles a token of text.
func (r *reader) text() bool {
	r.fresh, r.star = false, false
	tok := &r.tok
	b := tok.text
	if tok.kind != tokText {
		r.one[0] = tok.char
		b = r.one[:]
	}
	switch {
	case r.st.hidden, r.depth == 0, tok.kind == tokHex && tok.char == 0 && !r.st.raw:
		return false
	case r.fontDepth > 0:
		r.fontText(b)
		return false
	case r.st.raw:
		return r.emit(b)
	case r.high != 0:
		return !r.keepTail(b) && r.breakText()
	case len(r.pending) == 0 && tok.kind == tokText && !r.cfg.symbols && isASCII(b):
		return r.emit(b)
	}
	in := r.textPage()
	if len(r.pending) == 0 {
		if tok.kind == tokText && in.symbol == nil && isASCII(b) {
			return r.emit(b)
		}
		r.pendIn = in
	} else if in != r.pendIn {
		return r.breakText()
	}
	r.pending = append(r.pending, b...)
	return len(r.pending) >= maxPending && r.emit(r.drain())
}

// keepTail takes text that stands behind a high surrogate, and reports whether the
// low one may still come.
//
// QUIRK: writers put two fallback characters behind each half of a surrogate pair
// though \uc says one; the pair is one character nevertheless, and what was too much
// follows it.
func (r *reader) keepTail(b []byte) bool {
	if len(r.tail)+len(b) > 8 {
		return false
	}
	for _, c := range b {
		if c != '?' {
			return false
		}
	}
	r.tail = append(r.tail, b...)
	return true
}

// drain returns the text of the bytes that wait, except for the beginning of a
// character at their end, which keeps waiting.
func (r *reader) drain() []byte {
	if len(r.pending) == 0 {
		return nil
	}
	start := len(r.out)
	rest := r.decode()
	r.pending = append(r.pending[:0], r.pending[len(r.pending)-rest:]...)
	return r.out[start:]
}

// decode appends the text of pending to out and returns how many bytes are left.
func (r *reader) decode() (rest int) {
	t := r.pendIn
	if t.symbol != nil {
		for _, c := range r.pending {
			r.out = utf8.AppendRune(r.out, symbolRune(t.symbol.face, c))
		}
		return 0
	}
	if t.utf8 && utf8.Valid(r.pending) {
		r.out = append(r.out, r.pending...)
		return 0
	}
	var bad int
	r.out, rest, bad = t.page.appendText(r.out, r.pending)
	r.damage.undecodable += bad
	return rest
}

// flush returns all text that waits; what is only the beginning of a character is
// replaced.
func (r *reader) flush() []byte {
	start := len(r.out)
	r.drain()
	if len(r.pending) > 0 {
		r.out = utf8.AppendRune(r.out, utf8.RuneError)
		r.pending = r.pending[:0]
		r.damage.undecodable++
	}
	if r.high != 0 {
		r.high = 0
		r.damage.lone++
		r.out = append(utf8.AppendRune(r.out, utf8.RuneError), r.tail...)
		r.tail = r.tail[:0]
	}
	return r.out[start:]
}

// unicode handles \uN.
//
// QUIRK: N beyond 65535 is a code point, though the parameter is a signed 16-bit
// number (RTF 1.9, "Unicode RTF").
func (r *reader) unicode(e *event) bool {
	r.ucSkip = r.st.uc
	if !e.hasParam || r.st.hidden || r.st.raw {
		return false
	}
	c := rune(uint16(e.param))
	if e.param > 0xFFFF && e.param <= utf8.MaxRune {
		c = rune(e.param)
	}
	start := len(r.out)
	if r.high != 0 && isLow(c) {
		c = utf16.DecodeRune(r.high, c)
		r.high = 0
		r.out = append(utf8.AppendRune(r.out, c), r.tail...)
		r.tail = r.tail[:0]
		return r.emit(r.out[start:])
	}
	r.flush()
	switch {
	case c == 0:
	case isHigh(c):
		r.high = c
	case isLow(c):
		r.damage.lone++
		r.out = utf8.AppendRune(r.out, utf8.RuneError)
	case r.cfg.symbols && c >= 0xF000 && c <= 0xF0FF:
		r.out = utf8.AppendRune(r.out, r.privateUse(c))
	default:
		r.out = utf8.AppendRune(r.out, c)
	}
	return r.emit(r.out[start:])
}

// privateUse returns what a character of the range that Windows gives symbol fonts
// shows in the current font.
func (r *reader) privateUse(c rune) rune {
	if f := r.font(); f != nil && f.page == pageSymbol {
		return symbolRune(f.face, byte(c))
	}
	return c
}

func isHigh(c rune) bool { return c >= 0xD800 && c < 0xDC00 }

func isLow(c rune) bool { return c >= 0xDC00 && c < 0xE000 }

func isASCII(b []byte) bool {
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// damage is what a reader found wrong.
type damage struct {
	undecodable int // characters replaced
	lone        int // surrogates replaced
	unknownPage int
	tooDeep     bool
	unclosed    bool // groups are open at the end
	trailing    bool // something stands behind the end
}

// report records the damage, once.
func (r *reader) report() {
	if r.reported {
		return
	}
	r.reported = true
	d, rec := &r.damage, r.cfg.rec
	if d.unknownPage != 0 {
		rec.Addf(diag.CharsetUnknown, "", "", "RTF: code page %d; %d was used", d.unknownPage, r.docPage.id)
	}
	if d.undecodable > 0 {
		rec.Addf(diag.TextUndecodable, "", "", "RTF: %d characters", d.undecodable)
	}
	if d.lone > 0 {
		rec.Addf(diag.LoneSurrogate, "", "", "RTF: %d characters", d.lone)
	}
	if d.tooDeep {
		rec.Addf(diag.RTFDamaged, "", "", "groups are nested more than %d deep", maxDepth)
	}
	if d.trailing {
		rec.Add(diag.RTFDamaged, "", "", "text behind the end of the document was left out")
	}
	switch {
	case r.lex.cut:
		rec.Addf(diag.RTFTruncated, "", "", "the input ends within a token, %d groups deep", r.depth)
	case d.unclosed:
		rec.Addf(diag.RTFDamaged, "", "", "%d groups are open at the end", r.depth)
	}
}
