package tree

import (
	"strings"

	"github.com/contentconv/contentconv/internal/charset"
)

// decodeQuotedPrintable turns the quoted-printable text of vCalendar 1.0 into text
// as iCalendar has it, and reports whether there was any.
func decodeQuotedPrintable(p *Property) bool {
	if !strings.EqualFold(p.Param("ENCODING"), "QUOTED-PRINTABLE") && !p.HasParam("QUOTED-PRINTABLE") {
		return false
	}
	b := make([]byte, 0, len(p.Value))
	for i := 0; i < len(p.Value); i++ {
		c := p.Value[i]
		if c == '=' && i+2 < len(p.Value) && isHex(p.Value[i+1]) && isHex(p.Value[i+2]) {
			b = append(b, unhex(p.Value[i+1])<<4|unhex(p.Value[i+2]))
			i += 2
			continue
		}
		b = append(b, c)
	}
	s, _, _ := charset.DecodeDeclared(charset.Lookup(p.Param("CHARSET")), b)
	p.Value = lineBreaks.Replace(s)
	p.Params = withoutParams(p.Params, "ENCODING", "QUOTED-PRINTABLE", "CHARSET")
	return true
}

var lineBreaks = strings.NewReplacer("\r\n", `\n`, "\n", `\n`, "\r", `\n`)

func withoutParams(params []Param, names ...string) []Param {
	var out []Param
next:
	for _, q := range params {
		for _, n := range names {
			if q.Name == n {
				continue next
			}
		}
		out = append(out, q)
	}
	return out
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'A' <= c && c <= 'F' || 'a' <= c && c <= 'f'
}

func unhex(c byte) byte {
	switch {
	case c <= '9':
		return c - '0'
	case c <= 'F':
		return c - 'A' + 10
	}
	return c - 'a' + 10
}
