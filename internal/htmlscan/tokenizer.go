package htmlscan

import (
	"math"
	"strings"
)

// Kind is the kind of a token.
type Kind uint8

const (
	// Text is text between markup, or all that a raw text element holds.
	Text Kind = iota + 1
	// StartTag is a start tag, also a self-closing one.
	StartTag
	// EndTag is an end tag.
	EndTag
	// Comment is a comment from "<!--" to "-->".
	Comment
	// Declaration is any other markup that shows nothing: a document type, a
	// processing instruction, a conditional "<![if ...]>", or "</" before what
	// is no name.
	Declaration
)

// A Tokenizer reads HTML as a flat sequence of tokens that together are the
// whole source. It never fails: what is no markup is text.
type Tokenizer struct {
	src        string
	pos        int // where the next token starts
	start      int // of the current token
	kind       Kind
	name       string
	attrs      int // where the attributes of the current tag begin
	closed     bool
	repaired   bool   // the current tag has a quote that is never closed
	element    string // raw text element around the current Text token
	opened     string // raw text element that the last tag opened
	rawMissing uint16 // bit per raw text element: no end tag from here on
	// noQuote holds, for " and ', from where on no such quote occurs. Without it,
	// quotes within shift sequences, which start values but end none, would be
	// searched for again and again.
	noQuote [2]int
	shifts  shiftCoding
}

// NewTokenizer returns a tokenizer at the start of html, whose charset has no
// shift sequences, such as UTF-8.
func NewTokenizer(html string) *Tokenizer {
	return &Tokenizer{src: html, noQuote: [2]int{math.MaxInt, math.MaxInt}}
}

// newEncodedTokenizer is [NewTokenizer] for text as it came, perhaps in one of the
// charsets of ISO 2022.
func newEncodedTokenizer(html string) *Tokenizer {
	z := NewTokenizer(html)
	z.shifts = shiftCodingOf(html)
	return z
}

// Next steps to the next token and reports whether there is one.
func (z *Tokenizer) Next() bool {
	if z.pos >= len(z.src) {
		return false
	}
	z.start, z.name, z.element, z.closed, z.repaired = z.pos, "", "", true, false
	if name := z.opened; name != "" {
		z.opened = ""
		if end := z.rawEnd(name, z.pos); end > z.pos {
			z.kind, z.element, z.pos = Text, name, end
			return true
		}
	}
	if z.src[z.pos] != '<' || !z.markup() {
		z.text()
	}
	return true
}

// Kind returns the current token's kind.
func (z *Tokenizer) Kind() Kind { return z.kind }

// Name returns the lower-case name of the current tag, or "".
func (z *Tokenizer) Name() string { return z.name }

// Element returns the name of the raw text element (script, style, title ...)
// that holds the current Text token, or "". Character references count in title
// and textarea alone.
func (z *Tokenizer) Element() string { return z.element }

// Raw returns the current token as it stands in the source.
func (z *Tokenizer) Raw() string { return z.src[z.start:z.pos] }

// Start returns the offset of the current token.
func (z *Tokenizer) Start() int { return z.start }

// End returns the offset behind the current token.
func (z *Tokenizer) End() int { return z.pos }

// Closed reports whether the current token is complete: false for a tag or a
// comment that the end of the source cuts off.
func (z *Tokenizer) Closed() bool { return z.closed }

// text reads to the next markup. The current byte is known to be text.
func (z *Tokenizer) text() {
	z.kind = Text
	i := z.pos
	if z.src[i] == '<' {
		i++
	}
	for {
		j := z.index(i, '<')
		if j < 0 {
			z.pos = len(z.src)
			return
		}
		if z.markupAt(j) {
			z.pos = j
			return
		}
		i = j + 1
	}
}

// markupAt reports whether the "<" at i starts markup.
func (z *Tokenizer) markupAt(i int) bool {
	if i+1 >= len(z.src) {
		return false
	}
	switch c := z.src[i+1]; c {
	case '!', '?':
		return true
	case '/':
		return i+2 < len(z.src)
	default:
		return isLetter(c)
	}
}

// markup reads the markup at the current "<", if it is any.
func (z *Tokenizer) markup() bool {
	if !z.markupAt(z.pos) {
		return false
	}
	switch next := z.src[z.pos+1]; {
	case next == '/' && isLetter(z.src[z.pos+2]):
		z.kind = EndTag
		z.tag(z.pos + 2)
	case next == '/' || next == '?':
		z.declaration()
	case next == '!' && strings.HasPrefix(z.src[z.pos:], "<!--"):
		z.comment()
	case next == '!':
		z.declaration()
	default:
		z.kind = StartTag
		z.tag(z.pos + 1)
	}
	return true
}

func (z *Tokenizer) declaration() {
	z.kind = Declaration
	z.endAt(strings.IndexByte(z.src[z.pos:], '>'), 1)
}

// comment reads a comment. One that is never closed reaches to the end of the
// source, as in browsers: it is mostly a conditional comment of a message that
// was cut, whose inside nobody was to see.
func (z *Tokenizer) comment() {
	z.kind = Comment
	i := z.pos + len("<!--")
	rest := z.src[i:]
	switch {
	case strings.HasPrefix(rest, ">"):
		z.pos = i + 1
		return
	case strings.HasPrefix(rest, "->"):
		z.pos = i + 2
		return
	}
	for {
		j := strings.Index(z.src[i:], "--")
		if j < 0 {
			z.endAt(-1, 0)
			return
		}
		i += j + 2
		switch {
		case strings.HasPrefix(z.src[i:], ">"):
			z.pos = i + 1
			return
		case strings.HasPrefix(z.src[i:], "!>"):
			z.pos = i + 2
			return
		}
		i-- // the second hyphen may be the first of the closing pair
	}
}

// endAt ends the current token n bytes behind the offset i from its start, or,
// for a negative i, at the end of the source.
func (z *Tokenizer) endAt(i, n int) {
	if i < 0 {
		z.pos, z.closed = len(z.src), false
		return
	}
	z.pos += i + n
}

// tag reads a tag whose name starts at i.
func (z *Tokenizer) tag(i int) {
	end := i
	for end < len(z.src) && classes[z.src[end]]&endsTagName == 0 {
		end++
	}
	z.name, z.attrs = lowerName(z.src[i:end]), end
	a := z.scanTag(end)
	z.pos, z.closed = a.next, a.closed
	// QUIRK: generators of XHTML write <title/> and <style/>. HTML knows no
	// self-closing elements of that kind and would take the rest of the message
	// for their content (WHATWG 13.2.5.40).
	if z.kind == StartTag && z.closed && !a.selfClosing && rawIndex(z.name) >= 0 {
		z.opened = z.name
	}
}
