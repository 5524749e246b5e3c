package rtf

import (
	"bufio"
	"io"
	"strconv"
	"unicode/utf8"
)

// An encapsulationWriter writes the tokens of RTF. Every control word gets the
// blank that ends it, which no reader shows, so that text can always follow.
type encapsulationWriter struct {
	w       *bufio.Writer
	num     []byte // scratch
	lineEnd string // of the text
	htmlrtf bool   // what is written now is left out by readers of encapsulation
}

func newEncapsulationWriter(w io.Writer) *encapsulationWriter {
	return &encapsulationWriter{w: bufio.NewWriterSize(w, 32<<10), lineEnd: "\\par\r\n"}
}

// finish ends the document. The writer's error, if any, has stuck to the buffer.
func (o *encapsulationWriter) finish() error {
	o.raw("}")
	return o.w.Flush()
}

// raw writes RTF.
func (o *encapsulationWriter) raw(rtf string) { _, _ = o.w.WriteString(rtf) }

// htmlRTF says whether readers of encapsulation shall leave out what follows.
// It says nothing twice.
func (o *encapsulationWriter) htmlRTF(on bool) {
	if on == o.htmlrtf {
		return
	}
	o.htmlrtf = on
	if on {
		o.raw(`\htmlrtf `)
	} else {
		o.raw(`\htmlrtf0 `)
	}
}

// group writes HTML that only readers of encapsulation see.
func (o *encapsulationWriter) group(number int, html string) {
	o.htmlRTF(false)
	o.raw(`{\*\htmltag`)
	o.number(number)
	o.raw(" ")
	lineEnd := o.lineEnd
	o.lineEnd = `\par ` // some readers take line ends within a group for HTML
	o.text(html)
	o.lineEnd = lineEnd
	o.raw("}")
}

func (o *encapsulationWriter) number(n int) {
	o.num = strconv.AppendInt(o.num[:0], int64(n), 10)
	_, _ = o.w.Write(o.num)
}

// plain marks the bytes that stand for themselves in RTF.
var plain = func() (t [256]bool) {
	for c := ' '; c <= '~'; c++ {
		t[c] = c != '\\' && c != '{' && c != '}'
	}
	return t
}()

// text writes text: line ends of any kind become \par, what is not ASCII becomes
// \u with a question mark for readers that don't know it.
//
// QUIRK: the question mark is escaped because unrtf takes the whole word that
// begins with it for the replacement (RTF 1.9.1, "Unicode RTF", has it count bytes).
func (o *encapsulationWriter) text(s string) {
	for s != "" {
		n := 0
		for n < len(s) && plain[s[n]] {
			n++
		}
		o.raw(s[:n])
		if s = s[n:]; s != "" {
			s = s[o.escape(s):]
		}
	}
}

// escape writes the character at the start of s and returns its length.
func (o *encapsulationWriter) escape(s string) int {
	switch c := s[0]; {
	case c == '\\' || c == '{' || c == '}':
		o.raw(`\`)
		o.raw(s[:1])
	case c == '\t':
		o.raw(`\tab `)
	case c == '\r' && len(s) > 1 && s[1] == '\n':
		o.raw(o.lineEnd)
		return 2
	case c == '\r' || c == '\n':
		o.raw(o.lineEnd)
	default:
		r, n := utf8.DecodeRuneInString(s)
		o.rune(r)
		return n
	}
	return 1
}

// rune writes a character as UTF-16 code units, which \u takes as signed numbers.
func (o *encapsulationWriter) rune(r rune) {
	if r > 0xFFFF {
		r -= 0x10000
		o.unit(uint16(0xD800 + r>>10))
		r = 0xDC00 + r&0x3FF
	}
	o.unit(uint16(r))
}

func (o *encapsulationWriter) unit(u uint16) {
	o.raw(`\u`)
	o.number(int(int16(u)))
	o.raw(`\'3f`)
}
