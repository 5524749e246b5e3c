package mimeparam

import (
	"cmp"
	"slices"
	"strings"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/charset"
	"github.com/contentconv/contentconv/internal/rfc2047"
)

// A field is a parameter in the forms in which it occurs: name=, name*= and the
// sections name*0=, name*1*= and so on (RFC 2231).
type field struct {
	name     string
	plain    form
	extended form
	sections []section
}

// A form is a value in one of the two forms, if there is one.
type form struct {
	value string
	given bool
}

// A section is a part of a continued parameter.
type section struct {
	number   int
	extended bool // it has escapes; the first one begins with the charset
	value    string
}

// Bounds of what is kept of one value, so that its parameters take no more memory
// than its text.
const (
	maxFields   = 10_000
	maxSections = 1 << 17
)

// fewFields is the number of parameters up to which they are searched in turn.
const fewFields = 8

// add adds a parameter under the name that is written.
func (p *parser) add(written, value string) {
	name, number, extended := splitName(written)
	f := p.field(name)
	switch {
	case f == nil:
		p.invalid("too many parameters", name)
	case number >= 0 && len(f.sections) >= maxSections:
		p.v.Defects.AddText(diag.ParameterGap, "too many sections", name)
	case number >= 0:
		f.sections = append(f.sections, section{number, extended, value})
	case extended:
		p.once(&f.extended, written, value)
	default:
		p.once(&f.plain, written, value)
	}
}

func (p *parser) once(f *form, name, value string) {
	switch {
	case !f.given:
		*f = form{value, true}
	case f.value != value:
		p.v.Defects.AddText(diag.ParameterDuplicate, "again", name+"="+value)
	}
}

// field returns the field of that name, which it adds if there is none; nil when
// there are too many.
func (p *parser) field(name string) *field {
	i, found := p.index[name]
	if p.index == nil {
		i = slices.IndexFunc(p.fields, func(f field) bool { return f.name == name })
		found = i >= 0
	}
	if found {
		return &p.fields[i]
	}
	if len(p.fields) >= maxFields {
		return nil
	}
	p.fields = append(p.fields, field{name: name})
	n := len(p.fields)
	switch {
	case p.index != nil:
		p.index[name] = n - 1
	case n > fewFields:
		p.index = make(map[string]int)
		for i := range p.fields {
			p.index[p.fields[i].name] = i
		}
	}
	return &p.fields[n-1]
}

// splitName takes the marks of RFC 2231 off a parameter's name. number is -1
// when it is not continued.
func splitName(written string) (name string, number int, extended bool) {
	name, extended = strings.CutSuffix(written, "*")
	if name == "" {
		return written, -1, false
	}
	base, digits, found := strings.Cut(name, "*")
	if !found || base == "" || digits == "" || len(digits) > 9 {
		return name, -1, extended
	}
	for i := range len(digits) {
		if digits[i] < '0' || digits[i] > '9' {
			return name, -1, extended
		}
		number = 10*number + int(digits[i]-'0')
	}
	return base, number, extended
}

// text returns a parameter's decoded value. A form of RFC 2231 counts before the
// plain one, which senders add for readers that don't know it.
func (p *parser) text(f *field) string {
	switch {
	case f.extended.given:
		return p.declared(f.extended.value)
	case len(f.sections) > 0:
		return p.continued(f)
	}
	return p.words(f.plain.value)
}

// bytes returns a parameter's value without converting it.
func (p *parser) bytes(f *field) string {
	switch {
	case f.extended.given:
		_, value := splitCharset(f.extended.value)
		return string(p.unpercent(nil, value))
	case len(f.sections) > 0:
		b, _, _ := p.join(f)
		return string(b)
	}
	return f.plain.value
}

// continued returns the value of a continued parameter.
func (p *parser) continued(f *field) string {
	b, label, extended := p.join(f)
	if !extended {
		return p.words(string(b))
	}
	return p.convert(b, label)
}

// join puts the sections together, up to a gap in their numbers.
func (p *parser) join(f *field) (b []byte, label string, extended bool) {
	slices.SortStableFunc(f.sections, func(a, b section) int { return cmp.Compare(a.number, b.number) })
	// QUIRK: some programs count the sections from one (RFC 2231 3: from zero).
	next := min(f.sections[0].number, 1)
	if next > 0 {
		p.v.Defects.AddText(diag.ParameterGap, "no section 0", f.name)
	}
	for i, s := range f.sections {
		if s.number < next {
			p.v.Defects.AddText(diag.ParameterDuplicate, "section again", f.name)
			continue
		}
		if s.number > next {
			p.v.Defects.AddText(diag.ParameterGap, "section lacks", f.name)
			break
		}
		next++
		value := s.value
		if !s.extended {
			b = append(b, value...)
			continue
		}
		extended = true
		if i == 0 {
			label, value = splitCharset(value)
		}
		b = p.unpercent(b, value)
	}
	return b, label, extended
}

// declared returns the text of a value in the form of RFC 2231 section 4.
func (p *parser) declared(value string) string {
	label, value := splitCharset(value)
	return p.convert(p.unpercent(nil, value), label)
}

// splitCharset takes the charset and the language off an extended value.
//
// QUIRK: both marks lack, or the second one does (RFC 2231 4 requires them even
// where nothing stands between).
func splitCharset(value string) (label, rest string) {
	label, rest, found := strings.Cut(value, "'")
	if !found {
		return "", value
	}
	_, text, second := strings.Cut(rest, "'")
	known := charset.Lookup(label) != nil
	switch {
	case second && (known || skipToken(label, 0) == len(label)):
		return label, text
	case known:
		return label, rest
	}
	return "", value
}

// unpercent appends the bytes of s, its escapes replaced, to dst.
func (p *parser) unpercent(dst []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == '%' {
			if i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]) {
				c = unhex(s[i+1])<<4 | unhex(s[i+2])
				i += 2
			} else {
				p.invalid("bad escape", s[i:])
			}
		}
		dst = append(dst, c)
	}
	return dst
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'f'
}

func unhex(c byte) byte {
	if c <= '9' {
		return c - '0'
	}
	return c | 0x20 - 'a' + 10
}

// convert returns the text of b, which is in the charset of that label.
//
// QUIRK: some programs put encoded words (RFC 2047) into the form of RFC 2231.
func (p *parser) convert(b []byte, label string) string {
	if s := string(b); label == "" || rfc2047.WordLen(s) == len(s) {
		return p.words(s)
	}
	text, defects := rfc2047.Declared(b, label, p.fallback)
	p.v.Defects.Merge(defects)
	return text
}

// words returns the text of a value in its plain form.
//
// QUIRK: encoded words are common in it, within quotation marks and without
// (RFC 2047 5 forbids both).
func (p *parser) words(s string) string {
	text, defects := rfc2047.Decode(s, p.fallback)
	p.v.Defects.Merge(defects)
	return text
}
