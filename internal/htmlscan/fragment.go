package htmlscan

import (
	"html"
	"strings"
)

// Fragment returns what a document holds in a form that can stand within the
// body of another one: its style sheets, and its content without the tags html,
// head and body, without title, base and META elements, and without comments
// that are not conditional ones.
//
// The content is closed in itself, so that it cannot swallow what follows: end
// tags without a start are dropped, elements left open are closed, and so is
// what the end of the document cuts off. A style attribute of the body is kept by
// a div around the content. It is not made harmless: scripts stay scripts.
func Fragment(doc string) (styles, content string) {
	f := fragment{z: NewTokenizer(doc), open: make(map[string]int)}
	f.content.Grow(len(doc))
	for f.z.Next() {
		switch f.z.Kind() {
		case Text:
			f.text()
		case StartTag:
			f.startTag()
		case EndTag:
			f.endTag()
		case Comment, Declaration:
			f.comment()
		}
	}
	f.closeAll()
	return f.styles.String(), f.content.String()
}

type fragment struct {
	z               *Tokenizer
	styles, content strings.Builder
	open            map[string]int // open elements of the balanced ones
	order           []string       // their names, in the order of the first start tags
}

// balanced are the elements whose end tag is required, so that one left open
// would reach into what follows. Only these are counted, which bounds memory.
var balanced = nameSet(`a abbr acronym address applet article aside audio b big blockquote button canvas center cite code
	del details dfn dir div dl em fieldset figure font footer form h1 h2 h3 h4 h5 h6 header i iframe ins kbd label main map
	mark marquee math menu nav nobr noembed noscript object ol pre q s samp script section select small span strike strong
	sub summary sup svg table template textarea tt u ul var video xmp`)

// dropped are the tags of a document that another one has already, or that would
// change it as a whole.
var dropped = nameSet(`html head body title base meta xml plaintext frameset`)

func nameSet(names string) map[string]bool {
	set := make(map[string]bool)
	for name := range strings.FieldsSeq(names) {
		set[name] = true
	}
	return set
}

func (f *fragment) text() {
	switch f.z.Element() {
	case "style":
		f.styles.WriteString("<style>")
		f.styles.WriteString(f.z.Raw())
		f.styles.WriteString("</style>\r\n")
	case "title", "xml":
	case "plaintext":
		f.content.WriteString(html.EscapeString(f.z.Raw()))
	default:
		f.content.WriteString(f.z.Raw())
	}
}

func (f *fragment) startTag() {
	name := f.z.Name()
	switch {
	case !f.z.Closed() || name == "style" || rawIndex(name) >= 0 && !f.z.opensRaw():
		return
	case name == "body":
		if style, _ := f.z.Attr("style"); style != "" {
			f.content.WriteString(`<div style="` + html.EscapeString(style) + `">`)
			f.opened("div")
		}
		return
	case dropped[name]:
		return
	}
	f.opened(name)
	if !f.z.repaired {
		f.content.WriteString(f.z.Raw())
		return
	}
	f.content.WriteString("<" + name)
	for attr, value := range f.z.Attrs() {
		f.content.WriteString(" " + attr + `="` + strings.ReplaceAll(value, `"`, "&quot;") + `"`)
	}
	f.content.WriteString(">")
}

func (f *fragment) opened(name string) {
	if !balanced[name] {
		return
	}
	if _, seen := f.open[name]; !seen {
		f.order = append(f.order, name)
	}
	f.open[name]++
}

func (f *fragment) endTag() {
	name := f.z.Name()
	if dropped[name] || name == "style" {
		return
	}
	if balanced[name] {
		if f.open[name] == 0 {
			return
		}
		f.open[name]--
	}
	f.content.WriteString("</" + name + ">")
}

func (f *fragment) comment() {
	raw := f.z.Raw()
	if f.z.Closed() && (hasPrefixFold(raw, "<!--[if") || strings.HasPrefix(raw, "<![")) {
		f.content.WriteString(raw)
	}
}

// closeAll closes what is still open, the latest kinds first. Elements of one
// kind need not stand together; browsers repair the order.
func (f *fragment) closeAll() {
	for i := len(f.order) - 1; i >= 0; i-- {
		name := f.order[i]
		f.content.WriteString(strings.Repeat("</"+name+">", f.open[name]))
	}
}
