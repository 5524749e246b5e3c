package mapi2mime

import (
	"iter"
	"strings"

	"github.com/contentconv/contentconv/internal/headerprop"
	"github.com/contentconv/contentconv/internal/rfc2047"
)

// A transportField is a field of PidTagTransportMessageHeaders.
type transportField struct {
	name  string
	value string // with its folding, without the last line end
}

func (f transportField) is(name string) bool { return strings.EqualFold(f.name, name) }

// unfolded returns the value on one line.
func (f transportField) unfolded() string {
	v := f.value
	if strings.ContainsAny(v, "\r\n") {
		v = strings.ReplaceAll(strings.ReplaceAll(v, "\r", ""), "\n", "")
	}
	return strings.TrimSpace(v)
}

// transportFields yields the fields of a header block. Lines that are none are
// skipped.
func transportFields(s string) iter.Seq[transportField] {
	return func(yield func(transportField) bool) {
		for s != "" {
			end := fieldEnd(s)
			f, ok := parseField(s[:end])
			s = s[end:]
			if ok && !yield(f) {
				return
			}
		}
	}
}

func parseField(s string) (transportField, bool) {
	name, value, ok := strings.Cut(s, ":")
	name = strings.TrimRight(name, " \t")
	return transportField{name, strings.TrimRight(value, "\r\n")}, ok && isFieldName(name)
}

// firstField returns the first field of that name in a header block.
func firstField(s, name string) (transportField, bool) {
	for s != "" {
		end := fieldEnd(s)
		if end > len(name) && strings.EqualFold(s[:len(name)], name) {
			if f, ok := parseField(s[:end]); ok && f.is(name) {
				return f, true
			}
		}
		s = s[end:]
	}
	return transportField{}, false
}

// fieldEnd returns the length of the field that s begins with: up to the line end
// that no white space follows.
func fieldEnd(s string) int {
	for end := 0; ; {
		n := strings.IndexByte(s[end:], '\n')
		if n < 0 {
			return len(s)
		}
		if end += n + 1; end == len(s) || s[end] != ' ' && s[end] != '\t' {
			return end
		}
	}
}

// addVerbatim writes a field with its own folding, or folded anew where that
// would not do.
func (m *message) addVerbatim(to *part, name string, f transportField) {
	if v, ok := verbatim(name, f); ok {
		to.add(name, v)
		return
	}
	s, reading := f.unfolded(), headerprop.Raw
	if !isASCII(s) {
		s, _ = rfc2047.Decode(s, nil)
		reading = headerprop.Words
	}
	m.addText(to, name, s, reading)
}

// verbatim returns the value of a field as it stands, with line ends of mail, and
// reports whether it can be written so.
func verbatim(name string, f transportField) (string, bool) {
	v := strings.TrimLeft(strings.ReplaceAll(strings.ReplaceAll(f.value, "\r", ""), "\n", "\r\n"), " \t")
	return v, isASCII(v) && wellFormed(len(name)+len(": "), v) && !blankLine(v)
}

// blankLine reports whether a folded value has a line of white space alone, which
// some readers take for the end of the header block.
func blankLine(v string) bool {
	for line := range strings.Lines(v) {
		if strings.TrimSpace(line) == "" {
			return true
		}
	}
	return false
}
