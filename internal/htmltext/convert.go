package htmltext

import (
	"strings"

	"github.com/contentconv/contentconv/internal/htmlscan"
)

// Convert returns how an HTML document, in UTF-8, reads as plain text, with CRLF
// line ends and neither blank lines nor line ends around it. It never fails.
//
//   - Paragraphs and headings stand apart by a blank line; other blocks start a
//     line; br and hr are a line end and a line of hyphens. Office's MsoNormal
//     paragraphs, which have no margins, are lines. Lines are not wrapped. No more
//     than two blank lines follow each other.
//   - White space collapses, outside pre. No-break spaces become blanks that do
//     not; no line ends in one.
//   - A link reads "text <URL>", or the URL alone if that is its text; links within
//     the document, to scripts and of more than 2,048 bytes lose their URL.
//   - An image reads as its alternative text; without that attribute, and not a
//     tracking pixel, as <URL> if it is on the web.
//   - List items read "* text" or "1. text"; their further lines, and the lists
//     within, are indented so as to stand under the text.
//   - The cells of a row are separated by tabs as long as each is one line: a
//     table of data comes out as one, a table for layout as its lines.
//   - Each level of blockquote gets one ">", unless it is a mere indentation.
//   - Scripts, styles, titles, templates, comments, islands of XML, and elements
//     with the attribute hidden or a style that hides them are left out.
func Convert(html string) string {
	html = strings.ReplaceAll(html, "\x00", "")
	c := newConverter(html)
	c.run(len(html) / 2)
	switch {
	case !c.markup:
		// QUIRK: plain text sent as text/html. Without a single tag its lines are
		// meant to be lines.
		c = newConverter(html)
		c.pre = 1
		c.run(len(html))
	case c.hidden.any && c.w.out.Len() == 0:
		// QUIRK: a document that hides all of itself waits for a style sheet or a
		// script that shows it. Text that nobody was to see is better than none.
		c = newConverter(html)
		c.hidden.off = true
		c.run(len(html) / 2)
	}
	return c.w.out.String()
}

// A converter reads one document.
type converter struct {
	z      *htmlscan.Tokenizer
	w      writer
	markup bool // there is markup
	pre    int  // open pre elements
	trim   bool // drop one line end: the first of a pre element
	para   int  // line ends around the current paragraph
	link   link
	lists  listStack
	quotes quoteStack
	hidden hidden
	span   int // columns of the current cell
	mark   int // open span elements of the number or bullet of one of Word's items
}

func newConverter(html string) *converter {
	return &converter{z: htmlscan.NewTokenizer(html)}
}

func (c *converter) run(size int) {
	c.w.out.Grow(size)
	for c.z.Next() {
		switch c.z.Kind() {
		case htmlscan.Text:
			if !c.hidden.active() {
				c.text()
			}
		case htmlscan.StartTag:
			c.startTag()
		case htmlscan.EndTag:
			c.endTag()
		case htmlscan.Comment, htmlscan.Declaration:
			c.markup = true
		}
	}
	c.endLink()
}

func (c *converter) text() {
	raw := c.z.Raw()
	switch c.z.Element() {
	case "script", "style", "title", "iframe", "noembed", "xml":
		return
	case "xmp", "plaintext":
		c.w.preformatted(raw)
		return
	}
	if c.trim {
		c.trim = false
		raw = strings.TrimPrefix(strings.TrimPrefix(raw, "\r"), "\n")
	}
	s := htmlscan.Unescape(raw)
	switch {
	case c.pre > 0:
		c.w.preformatted(s)
	case c.mark > 0:
		c.w.collapsed(wordMark.Replace(s))
	default:
		c.w.collapsed(s)
	}
}

func (c *converter) startTag() {
	name := c.z.Name()
	e, ok := elements[name]
	// QUIRK: text that was never escaped holds "<user@example.com>" and
	// "<http://example.com>"; browsers take these for elements and hide them.
	if !ok && (strings.Contains(name, "@") || strings.HasPrefix(name, "http:") || strings.HasPrefix(name, "https:")) {
		if !c.hidden.active() {
			c.w.collapsed(c.z.Raw())
		}
		return
	}
	c.markup = true
	if c.hidden.start(c.z) {
		return
	}
	c.w.lines(e.lines)
	if e.start != nil {
		e.start(c)
	}
}

func (c *converter) endTag() {
	c.markup = true
	if c.hidden.end(c.z.Name()) {
		return
	}
	if e, ok := elements[c.z.Name()]; ok {
		if e.end != nil {
			e.end(c)
		}
		c.w.lines(e.lines)
	}
}
