package htmltext

import (
	"strings"

	"github.com/contentconv/contentconv/internal/htmlscan"
)

// hidden follows an element that is not shown to its end, without a tree: it
// counts the elements within that close what is around them.
type hidden struct {
	name string                // of the outermost hidden element, "" for none
	open [len(scoping) + 1]int // elements within; the last is for that name
	any  bool                  // there was one
	off  bool                  // show everything
}

func (h *hidden) active() bool { return h.name != "" }

// scoping are the elements whose end tag, if they were not opened within, belongs
// to something around the hidden element and ends that, too (WHATWG 13.2.4.2).
var scoping = [...]string{"p", "div", "table", "tr", "td", "th", "tbody", "ul", "ol", "li", "blockquote", "center", "section", "body", "html"}

func scopingIndex(name string) int {
	for i, n := range scoping {
		if n == name {
			return i
		}
	}
	return -1
}

// start sees a start tag and reports whether the element is hidden.
func (h *hidden) start(z *htmlscan.Tokenizer) bool {
	name := z.Name()
	if h.active() && h.endedBy(name) {
		h.name = ""
	}
	if h.active() {
		h.count(name, 1)
		return true
	}
	if h.off || void[name] || name == "body" || name == "html" || !hides(z) {
		return false
	}
	h.any, h.name = true, name
	clear(h.open[:])
	h.count(name, 1)
	return true
}

// count counts an open element, if it is one of those that close others or has
// the name of the hidden one, and returns how many are open now.
func (h *hidden) count(name string, n int) int {
	i := scopingIndex(name)
	if name == h.name {
		i = len(scoping)
	}
	if i < 0 {
		return 0
	}
	h.open[i] += n
	if name == "p" {
		h.open[i] = min(h.open[i], 1) // they don't nest
	}
	return h.open[i]
}

// end sees an end tag and reports whether it is within a hidden element or ends
// it.
func (h *hidden) end(name string) bool {
	if !h.active() {
		return false
	}
	switch n := h.count(name, -1); {
	case name == h.name && n <= 0:
		h.name = ""
	case n < 0:
		h.name = ""
		return false // it ends an element around the hidden one
	}
	return true
}

// siblings are the start tags that end an element without its end tag (WHATWG
// 13.1.2.4), where no table or list was opened within it.
var siblings = map[string]map[string]bool{
	"p":  nameSet("address article aside blockquote center div dl fieldset form h1 h2 h3 h4 h5 h6 hr ol p pre section table ul"),
	"li": nameSet("li"),
	"dt": nameSet("dt dd"),
	"dd": nameSet("dt dd"),
	"td": nameSet("td th tr tbody"),
	"th": nameSet("td th tr tbody"),
	"tr": nameSet("tr tbody"),
}

func (h *hidden) endedBy(name string) bool {
	if !siblings[h.name][name] {
		return false
	}
	return h.open[scopingIndex("table")]+h.open[scopingIndex("ul")]+h.open[scopingIndex("ol")] <= 0
}

// void are the elements that have no content (WHATWG 13.1.2).
var void = nameSet("area base br col embed hr img image input link meta param source track wbr")

// hides reports whether a tag says that its element is not shown. Dropped is what
// no client shows; styles that hide an element on small screens, in one program or
// until its content overrides them do not count.
func hides(z *htmlscan.Tokenizer) bool {
	if z.Name() == "template" || z.Name() == "datalist" {
		return true
	}
	for name, value := range z.Attrs() {
		switch name {
		case "hidden":
			return true
		case "style":
			return styleHides(htmlscan.UnescapeAttr(value))
		}
	}
	return false
}

// styleHides reads the declarations of a style attribute.
func styleHides(style string) bool {
	noHeight, clipped := false, false
	for declaration := range strings.SplitSeq(style, ";") {
		property, value, ok := strings.Cut(declaration, ":")
		if !ok {
			continue
		}
		value = strings.ToLower(strings.Trim(value, spaces))
		value = strings.Trim(strings.TrimSuffix(value, "!important"), spaces)
		switch strings.ToLower(strings.Trim(property, spaces)) {
		case "display":
			if value == "none" {
				return true
			}
		case "visibility":
			if value == "hidden" || value == "collapse" {
				return true
			}
		case "opacity":
			if value == "0" || value == "0.0" {
				return true
			}
		case "max-height", "height":
			noHeight = noHeight || value == "0" || value == "0px"
		case "overflow":
			clipped = value == "hidden"
		}
	}
	return noHeight && clipped
}
