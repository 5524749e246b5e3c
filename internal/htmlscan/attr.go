package htmlscan

import (
	"iter"
	"strings"
)

// attribute is one step of a scan through a tag.
type attribute struct {
	name, value string
	next        int // where the scan goes on, or the end of the tag
	closed      bool
	selfClosing bool
}

// scanAttr reads the attribute at a.next. At the end of the tag it returns
// false, with a.next behind the ">".
func (z *Tokenizer) scanAttr(a *attribute) bool {
	i := a.next
	slash := false
	for i < len(z.src) && (isSpace(z.src[i]) || z.src[i] == '/') {
		slash = z.src[i] == '/'
		i++
	}
	if i >= len(z.src) || z.src[i] == '>' {
		a.closed, a.selfClosing = i < len(z.src), slash
		a.next = min(i+1, len(z.src))
		return false
	}
	begin := i
	i++ // a leading "=" belongs to the name
	for i < len(z.src) && !isSpace(z.src[i]) && z.src[i] != '/' && z.src[i] != '>' && z.src[i] != '=' {
		i++
	}
	a.name, a.value = z.src[begin:i], ""
	for a.next = i; i < len(z.src) && isSpace(z.src[i]); {
		i++
	}
	if i < len(z.src) && z.src[i] == '=' {
		a.value, a.next = z.scanValue(i + 1)
	}
	return true
}

// scanValue reads an attribute's value, quoted or not, and returns it without
// its quotes and with the offset behind it.
func (z *Tokenizer) scanValue(i int) (value string, next int) {
	for i < len(z.src) && isSpace(z.src[i]) {
		i++
	}
	if i < len(z.src) && (z.src[i] == '"' || z.src[i] == '\'') {
		if end := z.closingQuote(i + 1); end >= 0 {
			return z.src[i+1 : end], end + 1
		}
		// QUIRK: a quote that is never closed would make the rest of the message
		// one value (WHATWG 13.2.5.36); the value is read as if it had no quote.
		z.repaired = true
		i++
	}
	begin := i
	for i < len(z.src) && !isSpace(z.src[i]) && z.src[i] != '>' {
		i++
	}
	return z.src[begin:i], i
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

// Attrs yields the attributes of the current tag in order: the name in lower
// case, the value as it stands, for [UnescapeAttr]. A name may occur twice; the
// first one counts.
func (z *Tokenizer) Attrs() iter.Seq2[string, string] {
	return func(yield func(string, string) bool) {
		if z.name == "" {
			return
		}
		for a := (attribute{next: z.attrs}); z.scanAttr(&a); {
			if !yield(lowerName(a.name), a.value) {
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
	for a := (attribute{next: z.attrs}); z.scanAttr(&a); {
		if len(a.name) == len(name) && strings.EqualFold(a.name, name) {
			return UnescapeAttr(a.value), true
		}
	}
	return "", false
}
