package rtf

import (
	"io"
	"strings"

	"github.com/contentconv/contentconv/internal/htmlscan"
)

// The beginning of an encapsulated document. The words that recognise it stand
// before the font table, among the first tokens ([MS-OXRTFEX] 2.1.3.1); fonts and
// colours are those that the visible part refers to by number.
const (
	headerHTML = `{\rtf1\ansi\ansicpg1252\fromhtml1 \fbidis \deff0` +
		`{\fonttbl{\f0\fswiss\fcharset0 Arial;}{\f1\fmodern\fcharset0 Courier New;}}` + "\r\n" +
		`{\colortbl;\red0\green0\blue255;}` + "\r\n" +
		`\uc1\pard\plain\deftab360 \f0\fs20 `
	headerText = `{\rtf1\ansi\ansicpg1252\fromtext \fbidis \deff0` +
		`{\fonttbl{\f0\fmodern\fcharset0 Courier New;}}` + "\r\n" +
		`\uc1\pard\plain\deftab360 \f0\fs20 `
)

// EncapsulateHTML writes html, in UTF-8, as RTF that encapsulates it
// ([MS-OXRTFEX] 2.1.3): a reader that knows encapsulation, such as [Decode], gets
// back the HTML, and any other reader of RTF shows its text.
//
// What comes back is html with CRLF line ends, without NUL, and with U+FFFD for
// bytes that are not UTF-8; everything else stays as it is, so html must not
// declare another charset than UTF-8. Scripts, styles and comments are carried
// along and show nothing.
//
// The visible text has paragraphs, line breaks, bold, italic and the like,
// headings, lists, quotations, links to the schemes that [Decode] lets pass, the
// alternative text of images, and the cells of tables behind tabs. Tags that are
// badly nested or never closed do no harm.
//
// The output is ASCII. It takes time linear in html, and the memory for one
// buffer. The error is the writer's.
func EncapsulateHTML(w io.Writer, html string) error {
	html = strings.ReplaceAll(html, "\x00", "")
	e := encapsulator{z: htmlscan.NewTokenizer(html), out: newEncapsulationWriter(w)}
	e.show.out = e.out
	e.out.raw(headerHTML)
	e.out.raw(`{\*\htmltag64}`)
	for e.z.Next() {
		e.token()
	}
	e.show.closeLink()
	e.out.htmlRTF(false)
	return e.out.finish()
}

// EncapsulateText writes text, in UTF-8, as RTF that encapsulates it as plain
// text ([MS-OXRTFEX] 2.1.3.2). What a reader gets back is text with CRLF line
// ends, without NUL, and with U+FFFD for bytes that are not UTF-8.
//
// The output is ASCII. The error is the writer's.
func EncapsulateText(w io.Writer, text string) error {
	out := newEncapsulationWriter(w)
	out.raw(headerText)
	out.text(strings.ReplaceAll(text, "\x00", ""))
	return out.finish()
}

// An encapsulator turns the tokens of HTML into htmltag groups, which only
// readers of encapsulation see, text, which all readers see, and RTF that readers
// of encapsulation leave out.
type encapsulator struct {
	z    *htmlscan.Tokenizer
	out  *encapsulationWriter
	show layout
	pre  int  // open elements whose white space counts
	trim bool // the line end that comes first in such an element shows nothing
}

func (e *encapsulator) token() {
	switch e.z.Kind() {
	case htmlscan.Text:
		e.textToken()
	case htmlscan.StartTag:
		e.startTag()
	case htmlscan.EndTag:
		e.endTag()
	case htmlscan.Comment:
		e.out.group(tagComment, e.z.Raw())
	case htmlscan.Declaration:
		e.out.group(tagDeclaration, e.z.Raw())
	}
}

func (e *encapsulator) startTag() {
	name := e.z.Name()
	el, ok := visibleElements[name]
	if !ok {
		e.out.group(tagNumber(name, false), e.z.Raw())
		// QUIRK: text that was never escaped holds "<user@example.com>", which
		// browsers take for an element and hide.
		if strings.Contains(name, "@") {
			e.show.extra(e.z.Raw())
		}
		return
	}
	e.show.open(el)
	e.out.group(tagNumber(name, false), e.z.Raw())
	if el.start != nil {
		el.start(e)
	}
}

func (e *encapsulator) endTag() {
	name := e.z.Name()
	e.out.group(tagNumber(name, true), e.z.Raw())
	el, ok := visibleElements[name]
	if !ok {
		return
	}
	if el.end != nil {
		el.end(e)
	}
	e.show.close(el)
}
