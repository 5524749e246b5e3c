package address

import (
	"strings"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/rfc2047"
)

// word takes a word that starts at start and whose bytes before i were read.
func (p *parser) word(start, i int) {
	t := token{start: start, encoded: true}
	s := p.s
loop:
	for i < len(s) {
		c := s[i]
		if c == '=' && strings.HasPrefix(s[i:], "=?") {
			if n := p.encodedWord(i); n > 0 {
				i += n
				continue
			}
		}
		switch {
		case c == '@':
			t.at++
		case classes[c] == text:
		case c == '\\':
			t.escaped = true
			i++
		case c == '"' && i > start && s[i-1] == '.':
			end := p.quotedEnd(i)
			if end == 0 {
				break loop
			}
			i = end
			continue
		case c == '[' && i > start:
			if s[i-1] == '@' {
				i = max(i+1, p.literalEnd(i))
				t.encoded = false
				continue
			}
		case c == ':' && t.at > 0:
		default:
			break loop
		}
		t.encoded = false
		i++
	}
	t.end = min(i, len(s))
	p.i = t.end
	p.entry.add(t)
}

// encodedWord returns the length of the encoded word at i, or 0.
//
// QUIRK: words in names hold commas, brackets and white space as they are
// (RFC 2047 section 5 forbids it), so a word is read as a whole.
func (p *parser) encodedWord(i int) int {
	n := rfc2047.WordLen(p.s[i:])
	if w := p.s[i : i+n]; strings.ContainsAny(w, " \t\r\n") && swallows(w) {
		return 0
	}
	return n
}

// quoted takes a quoted string, and the rest of an address whose local part it
// is.
func (p *parser) quoted() {
	start, end := p.i, p.quotedEnd(p.i)
	if end == 0 {
		p.i++
		p.r.Defects.AddText(diag.AddressQuoteUnclosed, "at", p.s[start:])
		return
	}
	if end < len(p.s) && (p.s[end] == '@' || p.s[end] == '.') {
		p.word(start, end)
		return
	}
	p.i = end
	p.entry.add(token{start: start, end: end, quoted: true})
}

// quotedEnd returns the index after the quoted string that starts at i, or 0
// when its quotation mark has no partner.
//
// QUIRK: marks without a partner are seen (IN-ADR-024). Where text follows the
// next mark and an address and a separator precede it, that mark begins another
// string. A string that ends as RFC 5322 has it is one whatever it holds, so
// that no name can pose as an address.
func (p *parser) quotedEnd(i int) int {
	s := p.s
	if p.quoteEnd != 0 && i >= p.quoteEnd {
		return 0
	}
	for j := i + 1; j < len(s); j++ {
		switch s[j] {
		case '\\':
			j++
		case '"':
			if textFollows(s, j+1) && (swallows(s[i+1:j]) || opens(s, i, j)) {
				return 0
			}
			return j + 1
		}
	}
	p.quoteEnd = max(i, 1)
	return 0
}

// textFollows reports whether something stands at i that cannot follow a quoted
// string without making more of it: neither the rest of an address, nor one in
// angle brackets, nor the end of the entry.
func textFollows(s string, i int) bool {
	i = skipSpace(s, i)
	return i < len(s) && !isSeparator(s[i]) && strings.IndexByte("<(@.:>", s[i]) < 0
}

// swallows reports whether s holds the end of an address in angle brackets and
// a separator after it.
func swallows(s string) bool {
	at := strings.IndexByte(s, '@')
	if at < 0 {
		return false
	}
	for i := at; ; {
		n := strings.IndexByte(s[i:], '>')
		if n < 0 {
			return false
		}
		i += n + 1
		if j := skipSpace(s, i); j < len(s) && isSeparator(s[j]) {
			return true
		}
	}
}

// opens reports whether the quotation mark at j, which follows the one at i,
// stands where a quoted string begins: after an address and a separator, before
// text.
func opens(s string, i, j int) bool {
	between := strings.TrimRight(s[i+1:j], " \t\r\n")
	return between != "" && isSeparator(between[len(between)-1]) &&
		j+1 < len(s) && isAtext(s[j+1]) && strings.IndexByte(between, '@') >= 0
}

// maxCommentTries bounds the comments that may turn out to be none, each of
// which costs a look at the rest of the list.
const maxCommentTries = 8

// takeComment takes a comment.
func (p *parser) takeComment() {
	end := p.commentEnd(p.i)
	if end == 0 {
		p.i++
		p.repair("comment without an end")
		return
	}
	p.entry.comment = p.s[p.i+1 : end-1]
	p.i = end
}

// commentEnd returns the index after the comment that starts at i, or 0 when it
// has no end.
func (p *parser) commentEnd(i int) int {
	if p.commentsTried >= maxCommentTries {
		return 0
	}
	s := p.s
	depth := 0
	for j := i; j < len(s); j++ {
		switch s[j] {
		case '\\':
			j++
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return j + 1
			}
		}
	}
	p.commentsTried++
	return 0
}

// literalEnd returns the index after the domain literal that starts at i, or 0.
func (p *parser) literalEnd(i int) int {
	n := strings.IndexAny(p.s[i+1:], "][<>,;\"")
	if n < 0 || p.s[i+1+n] != ']' {
		return 0
	}
	return i + 1 + n + 1
}

// bracket takes an address in square brackets, or lets them be text.
//
// QUIRK: Outlook quotes senders as "Name [mailto:a@b]" and "Name [SMTP:a@b]".
func (p *parser) bracket() {
	end := p.literalEnd(p.i)
	if end == 0 || p.entry.hasAngle || strings.IndexByte(p.s[p.i:end], '@') < 0 {
		p.word(p.i, p.i+1)
		return
	}
	p.repair("address in square brackets")
	p.entry.setAngle(p.i+1, end-1)
	p.i = end
}
