package address

import "strings"

// A token is a word or a quoted string of an entry.
type token struct {
	start, end int
	at         int  // number of "@" outside quotation marks
	quoted     bool // one quoted string, and nothing else
	escaped    bool // backslashes stand outside quotation marks
	encoded    bool // encoded words, and nothing else
}

// An entry is what stands between two separators.
type entry struct {
	tokens    []token
	addresses int // tokens with an "@"
	comment   string

	hasAngle   bool
	start, end int // the content of the angle brackets
	before     int // number of tokens before them
}

// maxTokens bounds the tokens that are kept apart, so that an entry of many
// words takes no more memory than the list. What follows is one token.
const maxTokens = 256

func (e *entry) add(t token) {
	if n := len(e.tokens); n >= maxTokens && !(e.hasAngle && n == e.before) {
		if last := &e.tokens[n-1]; last.at > 0 || t.at == 0 {
			last.join(t)
			return
		}
	}
	if t.at > 0 {
		e.addresses++
	}
	e.tokens = append(e.tokens, t)
}

func (e *entry) setAngle(start, end int) {
	e.hasAngle, e.start, e.end, e.before = true, start, end, len(e.tokens)
}

func (e *entry) reset() { *e = entry{tokens: e.tokens[:0]} }

// A piece is an entry without an address.
type piece struct {
	text    string
	local   bool   // it could be a local part
	comment string // not decoded
}

// splitEntry ends an entry after its angle brackets, though no separator stands
// there; the words after them begin another one.
func (p *parser) splitEntry() {
	rest := append([]token(nil), p.entry.tokens[p.entry.before:]...)
	p.entry.tokens = p.entry.tokens[:p.entry.before]
	p.endEntry(false)
	for _, t := range rest {
		p.entry.add(t)
	}
}

// endEntry turns the entry into mailboxes, or into a piece of a name when a
// comma ends it.
func (p *parser) endEntry(comma bool) {
	e := &p.entry
	switch {
	case e.hasAngle:
		p.endAngle()
	case len(e.tokens) == 0:
		if p.comment == "" {
			p.comment = e.comment
		}
		if !comma {
			p.flushPending()
		}
	default:
		p.glue()
		if e.addresses > 0 {
			p.flushPending()
			p.bareAddresses()
		} else {
			p.endNames(comma)
		}
	}
	e.reset()
}

// endAngle ends an entry with angle brackets.
func (p *parser) endAngle() {
	e := &p.entry
	content := p.s[e.start:e.end]
	names := e.tokens[:e.before]
	if len(names) == 0 {
		names = e.tokens // QUIRK: "<a@b> Name" is seen.
	}
	if addr, ok := plainAddrSpec(content); ok {
		p.named(addr, names)
		return
	}
	addr, status := p.cleanAddr(content)
	switch {
	case p.disguisedGroup(addr):
	case status == several:
		p.repair("several addresses in angle brackets")
		for _, a := range strings.Fields(addr) {
			p.named(a, nil)
		}
	case status == whole:
		p.named(addr, names)
	case len(names) == 1 && names[0].at > 0:
		p.reversed(names[0], content)
	case status == partial:
		p.repair("no domain, or other than an address")
		p.named(addr, names)
	default:
		p.flushPending()
		p.invalid(p.invalidText(names, content))
	}
}

// disguisedGroup takes an empty group that looks like an address.
//
// QUIRK: servers that qualify every name have made
// "<undisclosed-recipients:@host>" of "undisclosed-recipients:;".
func (p *parser) disguisedGroup(addr string) bool {
	name, host, found := strings.Cut(addr, ":@")
	if !found || !isLocal(name) || !validDomain(host) {
		return false
	}
	p.repair("group in the form of an address")
	p.flushPending()
	p.addGroup(name)
	return true
}

// reversed ends an entry whose angle brackets hold no address, but whose name
// is one.
//
// QUIRK: "a@b <Name>" and "a@b <>" are seen.
func (p *parser) reversed(name token, content string) {
	p.repair("address outside the angle brackets")
	addr, status := p.cleanAddr(p.tokenText(name))
	if status == none {
		p.invalid(p.invalidText([]token{name}, content))
		return
	}
	p.flushPending()
	p.mailbox(p.decode(content), addr, p.entry.comment)
}

// maxPieces bounds the commas that a name without quotation marks may have.
const maxPieces = 3

// named adds a mailbox with the name that the tokens give.
//
// QUIRK: "Doe, John <a@b>" lacks quotation marks (RFC 5322 3.2.3: a comma is no
// part of an atom). Up to three entries without an address before one in angle
// brackets are the beginning of its name; where that has no other part, only
// what can be no local part is.
func (p *parser) named(addr string, tokens []token) {
	name := ""
	if !p.full() {
		name = p.name(tokens)
	}
	if n := len(p.pending); n > 0 && (len(tokens) > 0 || !p.pending[n-1].local) {
		p.repair("comma in a name")
		parts := make([]string, 0, maxPieces+1)
		for _, piece := range p.pending {
			parts = append(parts, piece.text)
		}
		if name != "" {
			parts = append(parts, name)
		}
		name = strings.Join(parts, ", ")
		p.pending = p.pending[:0]
	}
	p.flushPending()
	p.mailbox(name, addr, p.entry.comment)
}
