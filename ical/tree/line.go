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

// parse reads a content line, RFC 5545, section 3.1. repairs says what was
// read by a looser rule, or is "".
func (l *lineParser) parse(s string) (p Property, repairs string, err lineError) {
	l.s, l.repairs, l.noQuote, l.date = s, "", false, -1
	i := 0
	for i < len(s) && s[i] != ':' && s[i] != ';' {
		i++
	}
	if i == len(s) {
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
	first := l.params.begin(4)
	for l.pos < len(s) && s[l.pos] == ';' {
		if !l.param(first) {
			l.params.drop(first)
			return p, "", errNoColon
		}
	}
	if l.pos >= len(s) {
		return p, "", errNoColon
	}
	return Property{Name: strings.ToUpper(name), Params: l.params.from(first), Value: s[l.pos+1:]}, l.repairs, ""
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

// A lineParser reads one line after another.
type lineParser struct {
	s       string
	pos     int // at the ";", "," or ":" that ended what was read last
	params  pool[Param]
	values  pool[string]
	repairs string
	noQuote bool // no more quote in the rest of the line
	date    int  // position of the last colon before a date; -1: not looked for yet
}

func (l *lineParser) repair(what string) {
	if !strings.Contains(l.repairs, what) {
		l.repairs = strings.TrimPrefix(l.repairs+"; "+what, "; ")
	}
}

// param reads one parameter behind the ";" at pos; those of the line begin at first. It
// reports false when the line ends before a colon.
func (l *lineParser) param(first int) bool {
	l.pos++
	begin := l.pos
	for l.pos < len(l.s) && l.s[l.pos] != '=' && l.s[l.pos] != ';' && l.s[l.pos] != ':' {
		l.pos++
	}
	if l.pos == len(l.s) {
		return false
	}
	raw := l.s[begin:l.pos]
	p := Param{Name: strings.ToUpper(strings.TrimSpace(raw))}
	if len(p.Name) < len(raw) {
		l.repair("blanks around a parameter's name")
	}
	if l.s[l.pos] != '=' {
		// QUIRK: a ";" before the colon without a parameter, and the bare words of
		// vCalendar 1.0, such as ";QUOTED-PRINTABLE" (RFC 5545, 3.2, has neither).
		l.repair("a parameter without a value")
		l.add(p, first)
		return true
	}
	values := l.values.begin(1)
	for {
		l.pos++
		v, ok := l.value(p.Name)
		if !ok {
			l.values.drop(values)
			return false
		}
		l.values.add(v)
		if l.s[l.pos] != ',' {
			p.Values = l.values.from(values)
			l.add(p, first)
			return true
		}
	}
}

func (l *lineParser) add(p Param, first int) {
	switch {
	case p.Name == "":
	case !isName(p.Name):
		l.repair("a parameter whose name no parameter may have was dropped")
	case len(l.params.list)-first >= maxParams:
		l.repair("parameters beyond the 200th were dropped")
	default:
		l.params.add(p)
	}
}

// value reads one parameter value, up to the delimiter that ends it. It reports
// false when the line ends first.
//
// QUIRK: quotation marks stand within values, text behind them, and some are never
// closed (RFC 5545, 3.2); delimiters are escaped with a backslash, as in text.
func (l *lineParser) value(name string) (string, bool) {
	var b pieces
	start, from := l.pos, l.pos
	for l.pos < len(l.s) {
		switch c := l.s[l.pos]; {
		case c == '"':
			b.add(l.s[from:l.pos])
			from = l.quoted(&b, l.pos > start)
		case c == '\\' && l.pos+1 < len(l.s) && (l.s[l.pos+1] == ',' || l.s[l.pos+1] == ';'):
			l.repair("a backslash in a parameter")
			b.add(l.s[from:l.pos])
			from = l.pos + 1
			l.pos += 2
		case c == ':' && l.colonInValue(name, l.s[start:l.pos]):
			l.repair("a colon in a parameter without quotes")
			l.pos++
		case c == ',' && singleValued[name]:
			l.repair("a comma in a parameter without quotes")
			l.pos++
		case c == ':' || c == ';' || c == ',':
			b.add(l.s[from:l.pos])
			v := b.text()
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

// pieces join the pieces of a value. A single one, which it is as a rule, isn't copied.
type pieces struct {
	first string
	all   strings.Builder // with the first one, if there is another
}

func (p *pieces) add(s string) {
	switch {
	case s == "":
	case p.first == "":
		p.first = s
	default:
		if p.all.Len() == 0 {
			p.all.WriteString(p.first)
		}
		p.all.WriteString(s)
	}
}

func (p *pieces) text() string {
	if p.all.Len() > 0 {
		return p.all.String()
	}
	return p.first
}

// singleValued names the parameters that are no lists.
// QUIRK: people's names and time zones have commas without the quotes of RFC 5545,
// section 3.2.
var singleValued = map[string]bool{"CN": true, "FILENAME": true, "TZID": true, "X-FILENAME": true}

// quoted copies what stands between the quotation mark at pos and the next one,
// and returns the position behind that. Without a next one it drops the mark.
func (l *lineParser) quoted(b *pieces, late bool) int {
	n := -1
	if l.pos++; !l.noQuote {
		n = strings.IndexByte(l.s[l.pos:], '"')
	}
	if n < 0 {
		l.noQuote = true
		l.repair("a quotation mark without a partner")
		return l.pos
	}
	b.add(l.s[l.pos : l.pos+n])
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
	if len(value) > 8 {
		return false
	}
	if _, ok := uriParams[name]; !ok {
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
