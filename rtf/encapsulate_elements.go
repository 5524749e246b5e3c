package rtf

import "strings"

// Numbers of htmltag groups: the kind of tag, where it stands, and whether it
// ends an element ([MS-OXRTFEX] 2.1.3.1.5.1). Readers don't look at them; these
// are the ones that Outlook gives.
const (
	tagInline      = 84
	tagComment     = 240
	tagDeclaration = 243
	tagStyleText   = 241
	tagTitleText   = 177
	endTag         = 8 // added to the number of a start tag
)

var tagNumbers = map[string]int{
	"html": 19, "head": 34, "body": 50, "title": 177, "meta": 161, "link": 161, "base": 161, "style": 241, "script": 241,
	"p": 64, "li": 64, "tr": 64, "h1": 64, "h2": 64, "h3": 64, "h4": 64, "h5": 64, "h6": 64, "dt": 64, "dd": 64,
	"div": 96, "table": 96, "ul": 96, "ol": 96, "dl": 96, "blockquote": 96, "center": 96, "hr": 96,
	"tbody": 96, "thead": 96, "tfoot": 96, "pre": 128, "br": 116, "span": 148, "font": 148, "td": 148, "th": 148,
}

// tagNumber returns the number of the group that holds a tag.
func tagNumber(name string, end bool) int {
	n, ok := tagNumbers[name]
	switch {
	case !ok:
		n = tagInline
	case name == "head" && end:
		return 41
	}
	if end {
		n |= endTag
	}
	return n
}

// visible says how an element shows: the formatting of its text, how many line
// ends stand at least around it, and what else its tags do.
type visible struct {
	format     []property
	lines      int
	start, end func(*encapsulator)
}

var visibleElements = elementTable()

func elementTable() map[string]*visible {
	m := map[string]*visible{
		"p":          {lines: 2},
		"br":         {start: (*encapsulator).lineBreak},
		"hr":         {lines: 1, start: (*encapsulator).rule},
		"a":          {start: (*encapsulator).startLink, end: (*encapsulator).endLink},
		"img":        {start: (*encapsulator).image},
		"q":          {start: (*encapsulator).quote, end: (*encapsulator).quote},
		"ul":         {lines: 1, start: (*encapsulator).startBullets, end: (*encapsulator).endList},
		"ol":         {lines: 1, start: (*encapsulator).startNumbers, end: (*encapsulator).endList},
		"li":         {lines: 1, start: (*encapsulator).item},
		"dd":         {lines: 1, format: []property{indented}},
		"blockquote": {lines: 1, format: []property{indented}},
		"center":     {lines: 1, format: []property{centred}},
		"table":      {start: (*encapsulator).table, end: (*encapsulator).table},
		"tr":         {start: (*encapsulator).row, end: (*encapsulator).table},
		"td":         {start: (*encapsulator).cell},
		"th":         {start: (*encapsulator).headerCell, end: (*encapsulator).endHeaderCell},
		"pre":        {lines: 1, format: []property{monospace}, start: (*encapsulator).startPre, end: (*encapsulator).endPre},
		"textarea":   {start: (*encapsulator).startPre, end: (*encapsulator).endPre},
	}
	m["image"], m["xmp"], m["listing"], m["plaintext"] = m["img"], m["pre"], m["pre"], m["pre"]
	add := func(v visible, names string) {
		for name := range strings.FieldsSeq(names) {
			m[name] = &v
		}
	}
	add(visible{format: []property{bold}}, "b strong")
	add(visible{format: []property{italic}}, "i em cite dfn var address")
	add(visible{format: []property{underline}}, "u ins")
	add(visible{format: []property{strike}}, "s strike del")
	add(visible{format: []property{superscript}}, "sup")
	add(visible{format: []property{subscript}}, "sub")
	add(visible{format: []property{monospace}}, "code kbd samp tt")
	for i, p := range []property{heading1, heading2, heading3} {
		add(visible{lines: 2, format: []property{bold, p}}, "h"+string(rune('1'+i)))
	}
	add(visible{lines: 2, format: []property{bold}}, "h4 h5 h6")
	add(visible{lines: 1}, `article aside body caption details dialog dir div dl dt fieldset figcaption figure footer
		form header hgroup legend main menu nav option section summary`)
	return m
}

func (e *encapsulator) lineBreak() { e.show.lineBreak() }

func (e *encapsulator) rule() { e.show.rule() }

// quote writes the quotation mark that browsers put around a q element.
func (e *encapsulator) quote() { e.show.extra(`"`) }

// image writes what stands for an image.
func (e *encapsulator) image() {
	if alt, ok := e.z.Attr("alt"); ok {
		alt = strings.Join(strings.Fields(alt), " ")
		e.show.extra(alt)
	}
}

func (e *encapsulator) startLink() {
	e.show.closeLink()
	if href, ok := e.z.Attr("href"); ok {
		e.show.link = linkTarget(href)
	}
}

func (e *encapsulator) endLink() { e.show.closeLink() }

func (e *encapsulator) startPre() {
	e.pre++
	e.trim = true
}

func (e *encapsulator) endPre() { e.pre = max(e.pre-1, 0) }
