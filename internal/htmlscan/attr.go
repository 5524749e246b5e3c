package htmlscan

import (
	"iter"
	"strings"
)

// attrScan is one step of a scan through a tag: where an attribute's name and
// value stand in the source.
type attrScan struct {
	nameStart, nameEnd   int
	valueStart, valueEnd int
	next                 int // where the scan goes on, or the end of the tag
	closed               bool
	selfClosing          bool
}

// scanAttr reads the attribute at a.next. At the end of the tag it returns
// false, with a.next behind the ">".
func (z *Tokenizer) scanAttr(a *attrScan) bool {
	src, i := z.src, a.next
	slash := false
	for i < len(src) && (isSpace(src[i]) || src[i] == '/') {
		slash = src[i] == '/'
		i++
	}
	if i >= len(src) || src[i] == '>' {
		a.closed, a.selfClosing = i < len(src), slash
		a.next = min(i+1, len(src))
		return false
	}
	a.nameStart = i
	i++ // a leading "=" belongs to the name
	for i < len(src) && classes[src[i]]&endsName == 0 {
		i++
	}
	a.nameEnd, a.valueStart, a.valueEnd = i, i, i
	for a.next = i; i < len(src) && isSpace(src[i]); {
		i++
	}
	if i < len(src) && src[i] == '=' {
		z.scanValue(i+1, a)
	}
	return true
}

// scanValue reads the value behind an attribute's "=", quoted or not.
func (z *Tokenizer) scanValue(i int, a *attrScan) {
	src := z.src
	for i < len(src) && isSpace(src[i]) {
		i++
	}
	if i < len(src) && (src[i] == '"' || src[i] == '\'') {
		if end := z.closingQuote(i + 1); end >= 0 {
			a.valueStart, a.valueEnd, a.next = i+1, end, end+1
			return
		}
		// QUIRK: a quote that is never closed would make the rest of the message
		// one value (WHATWG 13.2.5.36); the value is read as if it had no quote.
		z.repaired = true
		i++
	}
	a.valueStart = i
	for i < len(src) && !isSpace(src[i]) && src[i] != '>' {
		i++
	}
	a.valueEnd, a.next = i, i
}

// closingQuote returns the offset of the next quote of the kind that stands
// before i, or -1.
func (z *Tokenizer) closingQuote(i int) int {
	quote := z.src[i-1]
	missing := &z.noQuote[0]
	if quote == '\'' {
		missing = &z.noQuote[1]
	}
	if i >= *missing {
		return -1
	}
	end := z.index(i, quote)
	if end < 0 {
		*missing = i
	}
	return end
}

// scanTag finds the end of the tag whose attributes start at i.
func (z *Tokenizer) scanTag(i int) attrScan {
	a := attrScan{next: i}
	if i < len(z.src) && z.src[i] == '>' { // most tags
		a.next, a.closed = i+1, true
		return a
	}
	for z.scanAttr(&a) {
	}
	return a
}

// Attrs yields the attributes of the current tag in order: the name in lower
// case, the value as it stands, for [UnescapeAttr]. A name may occur twice; the
// first one counts.
func (z *Tokenizer) Attrs() iter.Seq2[string, string] {
	return func(yield func(string, string) bool) {
		if z.name == "" {
			return
		}
		for a := (attrScan{next: z.attrs}); z.scanAttr(&a); {
			if !yield(lowerName(z.src[a.nameStart:a.nameEnd]), z.src[a.valueStart:a.valueEnd]) {
				return
			}
		}
	}
}

// Attr returns the unescaped value of the current tag's attribute of that
// lower-case name.
func (z *Tokenizer) Attr(name string) (value string, ok bool) {
	if z.name == "" {
		return "", false
	}
	for a := (attrScan{next: z.attrs}); z.scanAttr(&a); {
		if a.nameEnd-a.nameStart == len(name) && strings.EqualFold(z.src[a.nameStart:a.nameEnd], name) {
			return UnescapeAttr(z.src[a.valueStart:a.valueEnd]), true
		}
	}
	return "", false
}
