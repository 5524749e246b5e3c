package tree

import "strings"

// A lineError says why a line is no property.
type lineError string

const (
	errNoColon lineError = "no colon"
	errNoName  lineError = "no name before its colon"
)

// maxParams bounds the parameters of one property.
const maxParams = 200

// parseLine reads a content line, RFC 5545, section 3.1. repairs says what was
// read by a looser rule, or is "".
func parseLine(s string) (p Property, repairs string, err lineError) {
	l := lineParser{s: s, date: -1}
	i := strings.IndexAny(s, ":;")
	if i < 0 {
		return p, "", errNoColon
	}
	name := strings.TrimSpace(s[:i])
	if !isName(name) {
		return p, "", errNoName
	}
	if len(name) < i {
		l.repair("blanks around the name")
	}
	l.pos = i
	for l.pos < len(s) && s[l.pos] == ';' {
		if !l.param() {
			return p, "", errNoColon
		}
	}
	if l.pos >= len(s) {
		return p, "", errNoColon
	}
	return Property{Name: strings.ToUpper(name), Params: l.params, Value: s[l.pos+1:]}, l.repairs, ""
}

// isName reports whether s can be a property's or a component's name.
// QUIRK: besides letters, digits and hyphens (RFC 5545, 3.1) underscores, dots and
// slashes are seen; the dot ends a vCard's group.
func isName(s string) bool {
	for i := 0; i < len(s); i++ {
		if !nameChar(s[i]) {
			return false
		}
	}
	return s != ""
}

func nameChar(c byte) bool {
	return 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z' || '0' <= c && c <= '9' ||
		c == '-' || c == '_' || c == '.' || c == '/'
}

type lineParser struct {
	s       string
	pos     int // at the ";", "," or ":" that ended what was read last
	params  []Param
	repairs string
	noQuote bool // no more quote in the rest of the line
	date    int  // position of the last colon before a date; -1: not looked for yet
}

func (l *lineParser) repair(what string) {
	if !strings.Contains(l.repairs, what) {
		l.repairs = strings.TrimPrefix(l.repairs+"; "+what, "; ")
	}
}

// param reads one parameter behind the ";" at pos. It reports false when the line
// ends before a colon.
func (l *lineParser) param() bool {
	l.pos++
	n := strings.IndexAny(l.s[l.pos:], "=;:")
	if n < 0 {
		return false
	}
	raw := l.s[l.pos : l.pos+n]
	l.pos += n
	p := Param{Name: strings.ToUpper(strings.TrimSpace(raw))}
	if len(p.Name) < len(raw) {
		l.repair("blanks around a parameter's name")
	}
	if l.s[l.pos] != '=' {
		// QUIRK: a ";" before the colon without a parameter, and the bare words of
		// vCalendar 1.0, such as ";QUOTED-PRINTABLE" (RFC 5545, 3.2, has neither).
		l.repair("a parameter without a value")
		l.add(p)
		return true
	}
	for {
		l.pos++
		v, ok := l.value(p.Name)
		if !ok {
			return false
		}
		p.Values = append(p.Values, v)
		if l.s[l.pos] != ',' {
			l.add(p)
			return true
		}
	}
}

func (l *lineParser) add(p Param) {
	switch {
	case p.Name == "":
	case !isName(p.Name):
		l.repair("a parameter whose name no parameter may have was dropped")
	case len(l.params) >= maxParams:
		l.repair("parameters beyond the 200th were dropped")
	default:
		l.params = append(l.params, p)
	}
}

// value reads one parameter value, up to the delimiter that ends it. It reports
// false when the line ends first.
//
// QUIRK: quotation marks stand within values, text behind them, and some are never
// closed (RFC 5545, 3.2); delimiters are escaped with a backslash, as in text.
func (l *lineParser) value(name string) (string, bool) {
	var b strings.Builder
	start, from := l.pos, l.pos
	for l.pos < len(l.s) {
		switch c := l.s[l.pos]; {
		case c == '"':
			b.WriteString(l.s[from:l.pos])
			from = l.quoted(&b, l.pos > start)
		case c == '\\' && l.pos+1 < len(l.s) && (l.s[l.pos+1] == ',' || l.s[l.pos+1] == ';'):
			l.repair("a backslash in a parameter")
			b.WriteString(l.s[from:l.pos])
			from = l.pos + 1
			l.pos += 2
		case c == ':' && l.colonInValue(name, l.s[start:l.pos]):
			l.repair("a colon in a parameter without quotes")
			l.pos++
		case c == ',' && singleValued[name]:
			l.repair("a comma in a parameter without quotes")
			l.pos++
		case c == ':' || c == ';' || c == ',':
			b.WriteString(l.s[from:l.pos])
			v := b.String()
			if t := strings.TrimSpace(v); len(t) < len(v) && !(start < from && l.s[start] == '"') {
				l.repair("blanks around a parameter's value")
				v = t
			}
			return uncaret(v), true
		default:
			l.pos++
		}
	}
	return "", false
}

// singleValued names the parameters that are no lists.
// QUIRK: people's names and time zones have commas without the quotes of RFC 5545,
// section 3.2.
var singleValued = map[string]bool{"CN": true, "FILENAME": true, "TZID": true, "X-FILENAME": true}

// quoted copies what stands between the quotation mark at pos and the next one,
// and returns the position behind that. Without a next one it drops the mark.
func (l *lineParser) quoted(b *strings.Builder, late bool) int {
	n := -1
	if l.pos++; !l.noQuote {
		n = strings.IndexByte(l.s[l.pos:], '"')
	}
	if n < 0 {
		l.noQuote = true
		l.repair("a quotation mark without a partner")
		return l.pos
	}
	b.WriteString(l.s[l.pos : l.pos+n])
	l.pos += n + 1
	if late || l.pos < len(l.s) && !strings.ContainsRune(",;:", rune(l.s[l.pos])) {
		l.repair("a quotation mark within a parameter")
	}
	return l.pos
}

// colonInValue reports whether the colon at pos belongs to the value read so far.
//
// QUIRK: addresses, links and display names of time zones stand without the quotes
// that RFC 5545, section 3.2, asks for: SENT-BY=mailto:a@example.com, or
// TZID=(UTC+01:00) Amsterdam.
func (l *lineParser) colonInValue(name, value string) bool {
	if name == "TZID" {
		return l.pos < l.lastDate()
	}
	if _, ok := uriParams[name]; !ok || len(value) > 8 {
		return false
	}
	_, ok := schemes[strings.ToLower(strings.TrimSpace(value))]
	return ok && strings.IndexByte(l.s[l.pos+1:], ':') >= 0
}

var uriParams = map[string]struct{}{
	"ALTREP": {}, "DELEGATED-FROM": {}, "DELEGATED-TO": {}, "DIR": {}, "MEMBER": {}, "SENT-BY": {},
}

var schemes = map[string]struct{}{
	"cid": {}, "file": {}, "ftp": {}, "http": {}, "https": {}, "invalid": {}, "ldap": {},
	"ldaps": {}, "mailto": {}, "sip": {}, "tel": {}, "urn": {},
}

// lastDate returns the position of the last colon that eight digits follow.
func (l *lineParser) lastDate() int {
	if l.date >= 0 {
		return l.date
	}
	l.date = 0
	for i, digits := len(l.s)-1, 0; i > 0; i-- {
		if c := l.s[i]; '0' <= c && c <= '9' {
			digits++
			continue
		} else if c == ':' && digits >= 8 {
			l.date = i
			break
		}
		digits = 0
	}
	return l.date
}

var carets = strings.NewReplacer("^n", "\n", "^'", `"`, "^^", "^")

// uncaret undoes the escapes of RFC 6868.
func uncaret(s string) string {
	if strings.IndexByte(s, '^') < 0 {
		return s
	}
	return carets.Replace(s)
}
