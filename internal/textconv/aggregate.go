package textconv

import (
	"strings"

	"github.com/contentconv/contentconv/internal/htmlscan"
)

// An Aggregate builds the one HTML body of a message whose multipart/mixed holds
// several texts and images in turn ([MS-OXCMAIL] 2.2.3.3.2.2). The pieces stand
// in the order of the calls. The zero value is empty and ready.
type Aggregate struct {
	styles, body strings.Builder
	pieces       int
}

// AddText appends plain text.
func (a *Aggregate) AddText(plain string) {
	a.start()
	writePlain(&a.body, plain)
	a.end()
}

// AddHTML appends the content of an HTML document or fragment in UTF-8: what is
// within its body, and its style sheets. It cannot swallow the pieces that
// follow (see [htmlscan.Fragment]), but its style sheets apply to all pieces.
func (a *Aggregate) AddHTML(html string) {
	html, _ = RemoveNUL(html)
	styles, content := htmlscan.Fragment(html)
	a.styles.WriteString(styles)
	a.start()
	a.body.WriteString(content)
	a.end()
}

// AddImage appends an image that is found by its Content-ID, given without
// angle brackets. Alt is its alternative text, such as the file name.
func (a *Aggregate) AddImage(cid, alt string) {
	a.start()
	a.body.WriteString(`<img src="cid:` + escapeAttr(EscapeCID(cid)) + `" alt="` + escapeAttr(alt) + `">`)
	a.end()
}

// Len returns the number of pieces.
func (a *Aggregate) Len() int { return a.pieces }

// HTML returns the document, in UTF-8.
func (a *Aggregate) HTML() []byte {
	out := make([]byte, 0, len(head)+a.styles.Len()+len(bodyStart)+a.body.Len()+len(bodyEnd))
	out = append(out, head...)
	out = append(out, a.styles.String()...)
	out = append(out, bodyStart...)
	out = append(out, a.body.String()...)
	return append(out, bodyEnd...)
}

func (a *Aggregate) start() {
	a.pieces++
	a.body.WriteString("<div>")
}

func (a *Aggregate) end() { a.body.WriteString("</div>\r\n") }

// EscapeCID writes a Content-ID as the rest of a cid: URL (RFC 2392): what no
// URL can hold, and "%", becomes %XX.
func EscapeCID(id string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := 0; i < len(id); i++ {
		c := id[i]
		if c <= ' ' || c >= 0x7F || strings.IndexByte("\"<>%\\^`{|}#?", c) >= 0 {
			b.WriteByte('%')
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
			continue
		}
		b.WriteByte(c)
	}
	return b.String()
}
