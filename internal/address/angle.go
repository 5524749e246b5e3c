package address

import "strings"

// angle takes an address in angle brackets. Where it has no end, it ends before
// the next separator or opening bracket, so that it never merges two recipients.
// What holds no "@" then was no address, and its bracket is dropped.
func (p *parser) angle() {
	if p.entry.hasAngle {
		p.repair("no comma between entries")
		p.splitEntry()
	}
	start := p.i + 1
	start, end, closed := p.angleEnd(start)
	if !closed {
		p.repair("angle bracket without a partner")
		if strings.IndexByte(p.s[start:end], '@') < 0 {
			p.i = start
			return
		}
		p.entry.setAngle(start, end)
		p.i = end
		return
	}
	p.entry.setAngle(start, end)
	p.i = end + 1
}

// angleEnd returns where the content of angle brackets ends that starts at
// start, and start moved past further opening brackets.
func (p *parser) angleEnd(start int) (from, end int, closed bool) {
	s := p.s
	first := skipSpace(s, start)
	for i := plainRun(s, first); i < len(s); i = plainRun(s, i+1) {
		skipTo := 0
		switch s[i] {
		case '>':
			return start, i, true
		case '<':
			// QUIRK: "<<a@b>>" is seen.
			if first != i {
				return start, i, false
			}
			p.repair("double angle brackets")
			start = i + 1
			first = skipSpace(s, start)
		case ',', ';':
			if !inRoute(s, first, i) {
				return start, i, false
			}
		case '\\':
			i++
		case '"':
			skipTo = p.quotedEnd(i)
		case '(':
			skipTo = p.commentEnd(i)
		case '[':
			skipTo = p.literalEnd(i)
		}
		if skipTo > 0 {
			i = skipTo - 1
		}
	}
	return start, len(s), false
}

// inRoute reports whether the comma at i separates two hosts of a route
// (RFC 5322 section 4.4), as in <@a,@b:c@d>.
func inRoute(s string, first, i int) bool {
	next := skipSpace(s, i+1)
	return s[i] == ',' && s[first] == '@' && next < len(s) && (s[next] == '@' || s[next] == ',')
}
