package mimescan

import (
	"iter"
	"strings"
)

// A Field is one header field (RFC 5322 2.2).
type Field struct {
	// Name is the field's name as written, without blanks around it.
	Name string
	// Value is all that stands after the colon, with its folding and its bytes
	// as they are, without the line end that closes the field.
	Value string
}

// Is reports whether the field has that name. Case does not count.
func (f *Field) Is(name string) bool {
	if len(f.Name) != len(name) {
		return false
	}
	// Most names differ in their last letters already.
	n := len(name)
	return (n == 0 || f.Name[n-1]|0x20 == name[n-1]|0x20) && strings.EqualFold(f.Name, name)
}

// Unfolded returns the value on one line (RFC 5322 2.2.3): line ends are
// removed, the white space that follows them stays, and blanks at both ends are
// trimmed. Nothing is copied where the value has one line.
func (f Field) Unfolded() string {
	v := trimWhite(f.Value)
	if strings.IndexByte(v, '\n') < 0 && strings.IndexByte(v, '\r') < 0 {
		return v
	}
	var b strings.Builder
	b.Grow(len(v))
	for i := lineBreak(v); i < len(v); i = lineBreak(v) {
		b.WriteString(v[:i])
		for i < len(v) && isBreak(v[i]) {
			i++
		}
		v = v[i:]
		// QUIRK: a line that continues a field without white space at its
		// beginning, see lineJoined: the break counts as a blank.
		if v != "" && v[0] != ' ' && v[0] != '\t' {
			b.WriteByte(' ')
		}
	}
	b.WriteString(v)
	return b.String()
}

// lineBreak returns the index of the first CR or LF of s, or its length.
func lineBreak(s string) int {
	i := 0
	for i < len(s) && !isBreak(s[i]) {
		i++
	}
	return i
}

func isBreak(c byte) bool { return c == '\r' || c == '\n' }

// trimWhite returns s without white space at its ends.
func trimWhite(s string) string {
	white := func(c byte) bool { return c == ' ' || c == '\t' || isBreak(c) }
	for s != "" && white(s[0]) {
		s = s[1:]
	}
	for s != "" && white(s[len(s)-1]) {
		s = s[:len(s)-1]
	}
	return s
}

// A Header is a header block.
type Header struct {
	// Fields are the fields in the order of the source. Lines that are no field
	// stand in Raw only.
	Fields []Field
	// Raw is the block as it is, with its line ends and without the empty line
	// that closes it. The fields are substrings of it.
	Raw string
}

// Get returns the first field of that name. Case does not count.
func (h *Header) Get(name string) (Field, bool) {
	for i := range h.Fields {
		if f := &h.Fields[i]; f.Is(name) {
			return *f, true
		}
	}
	return Field{}, false
}

// GetLast returns the last field of that name. Case does not count.
func (h *Header) GetLast(name string) (Field, bool) {
	for i := len(h.Fields) - 1; i >= 0; i-- {
		if f := &h.Fields[i]; f.Is(name) {
			return *f, true
		}
	}
	return Field{}, false
}

// All yields the fields of that name, in order. Case does not count.
func (h *Header) All(name string) iter.Seq[Field] {
	return func(yield func(Field) bool) {
		for i := range h.Fields {
			if f := &h.Fields[i]; f.Is(name) && !yield(*f) {
				return
			}
		}
	}
}
