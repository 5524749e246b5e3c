package rtf

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// inline is what elements within a paragraph express.
type inline struct {
	link  int32
	flags uint16 // flagRTL or flagLTR where it differs from the paragraph
	style textStyle
	tags  uint16 // flags that have an element
}

// The levels of inline elements, from the outside: link, direction, style, and one
// for each element of tagElements.
const (
	levelLink = iota
	levelDirection
	levelStyle
	levelTags
)

var tagElements = [...]struct {
	flag uint16
	name string
}{
	{flagBold, "b"}, {flagItalic, "i"}, {flagUnderline, "u"}, {flagStrike, "s"}, {flagSuper, "sup"}, {flagSub, "sub"},
}

const tagFlags = flagBold | flagItalic | flagUnderline | flagStrike | flagSuper | flagSub

// inlineOf returns what c needs within a paragraph of format f.
func inlineOf(c *charFormat, f *paraFormat) inline {
	in := inline{link: c.link, style: styleOf(c), tags: c.flags & tagFlags}
	if c.link != 0 {
		in.tags &^= flagUnderline // links have it by themselves
	}
	if f.rtl {
		in.flags = c.flags & flagLTR
	} else {
		in.flags = c.flags & flagRTL
	}
	return in
}

// firstDifference returns the outermost level at which two differ.
func firstDifference(a, b *inline) int {
	switch {
	case a.link != b.link:
		return levelLink
	case a.flags != b.flags:
		return levelDirection
	case a.style != b.style:
		return levelStyle
	}
	for i, t := range tagElements {
		if (a.tags^b.tags)&t.flag != 0 {
			return levelTags + i
		}
	}
	return levelTags + len(tagElements)
}

// inlines writes what stands within a paragraph.
func (h *htmlWriter) inlines(items []item, f *paraFormat) {
	plain := inline{style: h.base}
	h.in, h.blank = plain, true
	for i := range items {
		it := &items[i]
		switch it.kind {
		case itemText:
			text := h.d.text[it.start:it.end]
			in := inlineOf(&it.char, f)
			if isBlank(text) && invisibleOnBlanks(&h.in, &in) {
				in = h.in
			}
			h.change(&in)
			h.text(text, i+1 == len(items) || items[i+1].kind == itemBreak)
		case itemBreak:
			h.out.writeString("<br>")
			h.blank = true
			if i+1 == len(items) {
				h.out.writeString("<br>") // the last one shows no empty line otherwise
			}
		case itemPicture:
			if pic := &h.d.pictures[it.number]; pic.URL != "" {
				in := inlineOf(&it.char, f)
				in.style, in.tags = h.in.style, h.in.tags
				h.change(&in)
				h.picture(pic)
			}
		case itemPlace:
			if place := &h.d.places[it.number]; !place.empty() {
				in := inlineOf(&it.char, f)
				h.change(&in)
				if i > 0 && h.d.besidePlace(&items[i-1]) {
					h.out.writeString(" ")
				}
				h.place(place)
			}
		}
	}
	h.change(&plain)
}

// invisibleOnBlanks reports whether blanks look the same in both formats.
func invisibleOnBlanks(a, b *inline) bool {
	const lines = flagUnderline | flagStrike
	return a.link == 0 && b.link == 0 && a.style.back == 0 && b.style.back == 0 && (a.tags|b.tags)&lines == 0 &&
		a.style.size == b.style.size && a.flags == b.flags
}

func isBlank(text []byte) bool {
	for _, c := range text {
		if c != ' ' {
			return false
		}
	}
	return true
}

// change closes and opens elements so that what follows looks as to says.
func (h *htmlWriter) change(to *inline) {
	from := firstDifference(&h.in, to)
	for level := levelTags + len(tagElements) - 1; level >= from; level-- {
		h.out.writeString(h.endTag(level, &h.in))
	}
	for level := from; level < levelTags+len(tagElements); level++ {
		h.startTag(level, to)
	}
	h.in = *to
}

func (h *htmlWriter) startTag(level int, in *inline) {
	switch {
	case level == levelLink && in.link != 0:
		h.out.writeString(`<a href="` + escapeHTML(h.d.links[in.link]) + `">`)
	case level == levelDirection && in.flags != 0:
		h.out.writeString(`<span dir="` + direction(in.flags&flagRTL != 0) + `">`)
	case level == levelStyle:
		if css := in.style.css(h.base, h.d.fonts); css != "" {
			h.out.writeString(`<span style="` + css + `">`)
		}
	case level >= levelTags && in.tags&tagElements[level-levelTags].flag != 0:
		h.out.writeString("<" + tagElements[level-levelTags].name + ">")
	}
}

// endTag returns the end tag for what startTag wrote.
func (h *htmlWriter) endTag(level int, in *inline) string {
	switch {
	case level == levelLink && in.link != 0:
		return "</a>"
	case level == levelDirection && in.flags != 0,
		level == levelStyle && in.style.css(h.base, h.d.fonts) != "":
		return "</span>"
	case level >= levelTags && in.tags&tagElements[level-levelTags].flag != 0:
		return "</" + tagElements[level-levelTags].name + ">"
	}
	return ""
}

func direction(rtl bool) string {
	if rtl {
		return "rtl"
	}
	return "ltr"
}

// text writes text so that HTML shows its white space: a blank that would not show
// becomes a no-break space. last says that a line end follows.
func (h *htmlWriter) text(text []byte, last bool) {
	start := 0
	for i := 0; i < len(text); {
		n, ref := 1, ""
		switch c := text[i]; {
		case c == ' ':
			if h.blank || last && i+1 == len(text) {
				ref = "&nbsp;"
			}
			h.blank = ref == ""
			if ref == "" {
				i++
				continue
			}
		case c == '\t':
			ref, h.blank = "&nbsp;&nbsp;&nbsp; ", true
		case c == 0xC2 && i+1 < len(text) && text[i+1] == 0xA0:
			n, ref, h.blank = 2, "&nbsp;", false
		default:
			h.blank = false
			if ref = htmlReference(c); ref == "" && c >= ' ' && c != 0x7F {
				i++
				continue
			}
		}
		h.out.write(text[start:i])
		h.out.writeString(ref)
		i += n
		start = i
	}
	h.out.write(text[start:])
}

// htmlReference returns the character reference for c, or "" if it needs none.
func htmlReference(c byte) string {
	switch c {
	case '&':
		return "&amp;"
	case '<':
		return "&lt;"
	case '>':
		return "&gt;"
	case '"':
		return "&quot;"
	}
	return ""
}

// escapeHTML returns s as text or as a value in double quotes.
func escapeHTML(s string) string {
	return htmlEscapes.Replace(strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7F || r == utf8.RuneError {
			return -1
		}
		return r
	}, s))
}

var htmlEscapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

func (h *htmlWriter) picture(p *Picture) {
	h.out.writeString(`<img src="` + escapeHTML(p.URL) + `"`)
	if p.Width > 0 && p.Height > 0 {
		h.out.writeString(` width="` + strconv.Itoa(p.Width) + `" height="` + strconv.Itoa(p.Height) + `"`)
	}
	h.out.writeString(` alt="">`)
	h.blank = false
}

// place writes what stands for an attachment.
func (h *htmlWriter) place(p *Place) {
	if p.URL != "" {
		h.out.writeString(`<img src="` + escapeHTML(p.URL) + `" alt="` + escapeHTML(p.Name) + `">`)
	} else {
		h.out.writeString(`&lt;&lt;` + escapeHTML(p.Name) + `&gt;&gt;`)
	}
	h.blank = false
}
