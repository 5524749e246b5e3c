package address

import (
	"slices"
	"strings"
)

// glue joins the tokens of an entry without angle brackets that are one
// addr-spec with white space or comments in it (RFC 5322 section 4.4): those
// around an "@", and those around dots where they are the whole entry.
func (p *parser) glue() {
	e := &p.entry
	if len(e.tokens) < 2 {
		return
	}
	out := e.tokens[:1]
	for _, t := range e.tokens[1:] {
		last := &out[len(out)-1]
		if p.s[last.end-1] == '@' || p.s[t.start] == '@' {
			last.join(t)
		} else {
			out = append(out, t)
		}
	}
	e.tokens, e.addresses = out, 0
	dots := true
	for i, t := range out {
		if t.at > 0 {
			e.addresses++
		}
		dots = dots && (i == 0 || p.s[out[i-1].end-1] == '.' || p.s[t.start] == '.')
	}
	if dots && e.addresses == 1 {
		for _, t := range out[1:] {
			out[0].join(t)
		}
		e.tokens = out[:1]
	}
}

func (t *token) join(next token) {
	t.end = next.end
	t.at += next.at
	t.quoted, t.encoded = false, false
}

// bareAddresses ends an entry without angle brackets that has addresses. Other
// words are the name of the address after them, or of the only one.
//
// QUIRK: "John a@b" and "a@b c@d" are seen.
func (p *parser) bareAddresses() {
	e := &p.entry
	if len(e.tokens) > 1 {
		p.repair("no angle brackets, or no comma between entries")
	}
	if e.addresses == 1 {
		i := slices.IndexFunc(e.tokens, func(t token) bool { return t.at > 0 })
		t := e.tokens[i]
		p.bare(t, slices.Delete(e.tokens, i, i+1))
		return
	}
	from := 0
	for i, t := range e.tokens {
		if t.at > 0 {
			p.bare(t, e.tokens[from:i])
			from = i + 1
		}
	}
	if rest := e.tokens[from:]; len(rest) > 0 {
		p.invalid(p.name(rest))
	}
}

// bare adds the mailbox of an address without angle brackets.
func (p *parser) bare(t token, names []token) {
	s := p.tokenText(t)
	name := ""
	if !p.full() {
		name = p.name(names)
	}
	if addr, ok := plainAddrSpec(s); ok {
		p.mailbox(name, addr, p.entry.comment)
		return
	}
	addr, status := p.cleanAddr(s)
	switch status {
	case none:
		p.invalid(p.invalidText(names, s))
	case several:
		for _, a := range strings.Fields(addr) {
			p.mailbox("", a, p.entry.comment)
		}
	case partial:
		p.repair("no domain, or other than an address")
		fallthrough
	default:
		p.mailbox(name, addr, p.entry.comment)
	}
}

// endNames ends an entry without an address.
func (p *parser) endNames(comma bool) {
	e := &p.entry
	first := e.tokens[0]
	if len(e.tokens) == 1 && first.quoted && !p.nested {
		if inner := unescape(p.s[first.start+1 : first.end-1]); strings.IndexByte(inner, '@') >= 0 {
			p.flushPending()
			p.unquoted(inner)
			return
		}
	}
	name := p.name(e.tokens)
	if allEncoded(e.tokens) && strings.IndexByte(name, '@') >= 0 && ValidAddrSpec(name) {
		// QUIRK: whole addresses are seen in encoded words (RFC 2047 5
		// forbids it). Only one that is an addr-spec and nothing else counts:
		// any part of it would let an encoded word pose as an address.
		p.flushPending()
		p.repair("address in an encoded word")
		p.mailbox("", name, e.comment)
		return
	}
	raw := p.tokenText(first)
	local := len(e.tokens) == 1 && name == raw && isLocal(raw)
	if name == "" {
		name = p.literal(raw)
	}
	p.piece(piece{name, local, e.comment}, comma)
}

func allEncoded(tokens []token) bool {
	return !slices.ContainsFunc(tokens, func(t token) bool { return !t.encoded })
}

// unquoted reads the content of a quoted string that is a whole entry.
//
// QUIRK: programs put "a@b" or "Name <a@b>" in quotation marks.
func (p *parser) unquoted(content string) {
	p.repair("address in quotation marks")
	inner := parser{s: content, fallback: p.fallback, max: p.max, nested: true, r: p.r, group: p.group}
	inner.parse()
	p.r = inner.r
}

// piece keeps an entry without an address for the name that may follow, or ends
// it.
func (p *parser) piece(x piece, comma bool) {
	p.names++
	if comma && p.names <= maxPieces {
		p.pending = append(p.pending, x)
		return
	}
	p.flush()
	p.endPiece(x)
	if !comma {
		p.names = 0
	}
}

// flushPending ends the entries that were kept; no name follows.
func (p *parser) flushPending() {
	p.flush()
	p.names = 0
}

func (p *parser) flush() {
	for _, x := range p.pending {
		p.endPiece(x)
	}
	p.pending = p.pending[:0]
}

func (p *parser) endPiece(x piece) {
	if x.local {
		p.repair("no domain, or other than an address")
		p.mailbox("", x.text, x.comment)
		return
	}
	p.invalid(x.text)
}
