package htmlscan

import "strings"

// maxLink is the length in bytes beyond which a link's URL is left out of text.
const maxLink = 2048

// ToText returns how an HTML document, in UTF-8, reads as plain text, with CRLF
// line ends and neither blank lines nor line ends around it.
//
//   - Paragraphs and headings stand apart by a blank line; other blocks start a
//     line; br and hr are a line end and a line of hyphens. Office's MsoNormal
//     paragraphs, which have no margins, are lines. Lines are not wrapped.
//   - White space collapses, outside pre; no-break spaces stay.
//   - A link reads "text <URL>", or the URL alone if that is its text; links within
//     the document, to scripts and of more than 2,048 bytes lose their URL.
//   - An image reads as its alternative text; without that attribute, and not a
//     tracking pixel, as <URL> if it is on the web.
//   - List items read "*<tab>" or "1.<tab>", one tab further for each outer list;
//     the cells of a row are separated by tabs as long as each is one line.
//   - Quotations of mail (blockquote with type=cite or a class of Gmail) get one
//     ">" a level.
//   - Scripts, styles, titles, comments and islands of XML are left out. Text
//     that only a style sheet hides is not recognised as such.
func ToText(html string) string {
	html = strings.ReplaceAll(html, "\x00", "")
	t := toText{z: NewTokenizer(html)}
	t.run(len(html) / 2)
	if !t.markup {
		// QUIRK: plain text sent as text/html. Without a single tag its lines are
		// meant to be lines.
		t = toText{z: NewTokenizer(html), pre: 1}
		t.run(len(html))
	}
	return t.w.out.String()
}

type toText struct {
	z      *Tokenizer
	w      textWriter
	markup bool // there is markup
	pre    int  // open pre elements
	trim   bool // drop one line end: the first of a pre element
	para   int  // line ends around the current paragraph
	link   link
	lists  listStack
	cites  citeStack
}

func (t *toText) run(size int) {
	t.w.out.Grow(size)
	for t.z.Next() {
		switch t.z.Kind() {
		case Text:
			t.text()
		case StartTag:
			t.startTag()
		case EndTag:
			t.endTag()
		case Comment, Declaration:
			t.markup = true
		}
	}
	t.endLink()
}

func (t *toText) text() {
	raw := t.z.Raw()
	switch t.z.Element() {
	case "script", "style", "title", "iframe", "noembed", "xml":
		return
	case "xmp", "plaintext":
		t.w.preformatted(raw)
		return
	}
	if t.trim {
		t.trim = false
		raw = strings.TrimPrefix(strings.TrimPrefix(raw, "\r"), "\n")
	}
	s := Unescape(raw)
	if t.pre > 0 {
		t.w.preformatted(s)
	} else {
		t.w.collapsed(s)
	}
}

func (t *toText) startTag() {
	name := t.z.Name()
	e, ok := elements[name]
	// QUIRK: text that was never escaped holds "<user@example.com>" and
	// "<http://example.com>"; browsers take these for elements and hide them.
	if !ok && (strings.Contains(name, "@") || strings.HasPrefix(name, "http:") || strings.HasPrefix(name, "https:")) {
		t.w.collapsed(t.z.Raw())
		return
	}
	t.markup = true
	t.w.lines(e.lines)
	if e.start != nil {
		e.start(t)
	}
}

func (t *toText) endTag() {
	t.markup = true
	if e, ok := elements[t.z.Name()]; ok {
		if e.end != nil {
			e.end(t)
		}
		t.w.lines(e.lines)
	}
}
