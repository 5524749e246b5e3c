package address

import (
	"math"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/charset"
	"github.com/contentconv/contentconv/internal/rfc2047"
)

// MaxOthers bounds the entries without an address and the groups that a
// [Result] keeps.
const MaxOthers = 1000

// Parse reads an address list, a field's unfolded value. 8-bit bytes are read
// as in [rfc2047.Decode]. Each mailbox takes 80 bytes; use [ParseMax] where the
// sender must not decide how many there are.
func Parse(s string, fallback *charset.Charset) Result {
	return ParseMax(s, fallback, math.MaxInt)
}

// ParseMax is [Parse] that keeps the first max mailboxes and counts the rest.
func ParseMax(s string, fallback *charset.Charset, max int) Result {
	p := parser{max: max}
	p.s, p.fallback = p.r.prepare(s, fallback)
	if n := min(strings.Count(p.s, "@"), max, 1<<16); n > 0 {
		p.r.Mailboxes = make([]Mailbox, 0, n)
	}
	tokens := tokenPool.Get().(*[usualTokens]token)
	p.entry.tokens = tokens[:0]
	p.parse()
	tokenPool.Put(tokens)
	if r := &p.r; r.Total == 0 && len(r.Groups) == 0 && len(r.Invalid) == 0 && p.comment != "" {
		p.invalid(p.decode(p.comment))
	}
	return p.r
}

// usualTokens is as many as most entries have.
const usualTokens = 8

// tokenPool keeps room for the tokens of an entry, which hold places and no text.
var tokenPool = sync.Pool{New: func() any { return new([usualTokens]token) }}

// Count returns the number of mailboxes in an address list.
func Count(s string) int { return ParseMax(s, nil, 0).Total }

// prepare turns 8-bit text of no declared charset into UTF-8 before anything is
// read from it, since in some charsets a byte of a character looks like a
// special one. Beside encoded words, which hold bytes of their own charsets,
// only the charset is settled.
func (r *Result) prepare(s string, fallback *charset.Charset) (string, *charset.Charset) {
	escapes := strings.Contains(s, "\x1b$") // ISO-2022-JP
	if utf8.ValidString(s) && !escapes {
		return s, fallback
	}
	if escapes || !strings.Contains(s, "=?") {
		r.Defects.AddText(diag.HeaderEightBit, "text", s)
		text, _ := rfc2047.Raw(s, fallback)
		return text, fallback
	}
	if fallback == nil {
		fallback = rfc2047.Guess(s)
	}
	return s, fallback
}

// A parser reads one list.
type parser struct {
	s        string
	i        int
	fallback *charset.Charset
	max      int
	nested   bool // s is the content of a quoted string
	r        Result

	entry   entry
	pending []piece // entries without an address that may be a name's beginning
	names   int     // length of the run of entries without an address
	group   string
	inGroup bool
	comment string // the first one that belongs to no entry

	quoteEnd      int // from here on no quotation mark has a partner, if not 0
	commentsTried int
}

func (p *parser) parse() {
	for p.i < len(p.s) {
		switch c := p.s[p.i]; c {
		case ' ', '\t', '\r', '\n':
			p.i++
		case ',':
			p.i++
			p.endEntry(true)
		case ';':
			p.i++
			p.endEntry(false)
			p.semicolon()
		case ':':
			p.colon()
		case '(':
			p.takeComment()
		case '"':
			p.quoted()
		case '<':
			p.angle()
		case '[':
			p.bracket()
		case '>', ')':
			p.i++
			p.repair("bracket without a partner")
		default:
			p.word(p.i, p.i)
		}
	}
	p.endEntry(false)
	if p.inGroup {
		p.repair("group without an end")
	}
}

// semicolon ends a group.
//
// QUIRK: Outlook's users know the semicolon as what separates recipients, and
// some programs write what they typed (RFC 5322 3.4 has commas).
func (p *parser) semicolon() {
	if !p.inGroup {
		p.repair("semicolon between entries")
	}
	p.inGroup, p.group = false, ""
}

// colon begins a group, within another one too, or ends the name of a scheme.
func (p *parser) colon() {
	p.i++
	e := &p.entry
	switch {
	case e.hasAngle || e.addresses > 0 || len(e.tokens) == 0:
		p.repair("colon out of place")
	case len(e.tokens) == 1 && isScheme(p.tokenText(e.tokens[0])):
		p.repair("scheme before an address")
		e.reset()
	default:
		p.flushPending()
		p.group, p.inGroup = p.name(e.tokens), true
		p.addGroup(p.group)
		e.reset()
	}
}

func (p *parser) addGroup(name string) {
	if len(p.r.Groups) < MaxOthers {
		p.r.Groups = append(p.r.Groups, name)
	}
}

// isScheme reports whether s is what some programs write before an address.
func isScheme(s string) bool {
	return strings.EqualFold(s, "mailto") || strings.EqualFold(s, "smtp")
}

func (p *parser) repair(what string) {
	p.r.Defects.Add(diag.AddressRepaired, what)
}
