package address

import (
	"strings"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/rfc2047"
)

// mailbox adds a mailbox; comment is not decoded yet.
func (p *parser) mailbox(name, addr, comment string) {
	p.r.Total++
	if p.r.Total > p.max {
		return
	}
	m := Mailbox{Name: strings.Trim(name, " \t"), Addr: addr, Group: p.group}
	if comment != "" {
		m.Comment = p.decode(unescape(comment))
	}
	p.r.Mailboxes = append(p.r.Mailboxes, m)
}

// full reports whether further mailboxes are only counted.
func (p *parser) full() bool { return p.r.Total >= p.max }

// invalid adds the decoded text of an entry without an address.
func (p *parser) invalid(text string) {
	p.r.Defects.AddText(diag.AddressInvalid, "entry", text)
	if text != "" && len(p.r.Invalid) < MaxOthers {
		p.r.Invalid = append(p.r.Invalid, text)
	}
}

// invalidText returns what stands for an entry whose angle brackets hold
// content that is no address.
func (p *parser) invalidText(names []token, content string) string {
	name := p.name(names)
	content = strings.Trim(content, " \t\r\n")
	if name != "" && content == "" {
		return name
	}
	return strings.TrimLeft(name+" <"+p.decode(content)+">", " ")
}

// name returns the decoded display name that tokens give: their texts with one
// space between them (RFC 5322 section 3.2.5).
func (p *parser) name(tokens []token) string {
	if len(tokens) == 0 {
		return ""
	}
	if s, ok := p.contiguous(tokens); ok {
		return p.decode(s)
	}
	var b strings.Builder
	for i, t := range tokens {
		if i > 0 {
			b.WriteByte(' ')
		}
		s := p.s[t.start:t.end]
		if t.quoted {
			s = s[1 : len(s)-1]
		}
		if t.quoted || t.escaped {
			s = unescape(s)
		}
		b.WriteString(s)
	}
	return p.decode(b.String())
}

// contiguous returns the text of tokens where the list holds it as it is.
func (p *parser) contiguous(tokens []token) (string, bool) {
	first := tokens[0]
	if len(tokens) == 1 && first.quoted {
		s := p.s[first.start+1 : first.end-1]
		return s, strings.IndexByte(s, '\\') < 0
	}
	end := first.start - 1
	for _, t := range tokens {
		if t.quoted || t.escaped || t.start != end+1 || t != first && p.s[end] != ' ' {
			return "", false
		}
		end = t.end
	}
	return p.s[first.start:end], true
}

func (p *parser) tokenText(t token) string { return p.s[t.start:t.end] }

// decode returns the text of a name or comment.
func (p *parser) decode(s string) string {
	text, defects := rfc2047.DecodePhrase(s, p.fallback)
	p.r.Defects.Merge(defects)
	return text
}

// literal returns s as it stands, encoded words too.
func (p *parser) literal(s string) string {
	s, _ = rfc2047.Raw(s, p.fallback)
	s, _ = rfc2047.Clean(s)
	return s
}

// unescape removes the backslashes of quoted pairs (RFC 5322 section 3.2.1).
func unescape(s string) string {
	if strings.IndexByte(s, '\\') < 0 {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) {
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String()
}
