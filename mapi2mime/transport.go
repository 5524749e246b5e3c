package mapi2mime

import (
	"iter"
	"strings"

	"github.com/contentconv/contentconv/internal/headerprop"
	"github.com/contentconv/contentconv/mapi"
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
			line := s[:end]
			s = s[end:]
			name, value, ok := strings.Cut(line, ":")
			name = strings.TrimRight(name, " \t")
			if !ok || !isFieldName(name) {
				continue
			}
			if !yield(transportField{name, strings.TrimRight(value, "\r\n")}) {
				return
			}
		}
	}
}

// fieldEnd returns the length of the field that s begins with: up to the line end
// that no white space follows.
func fieldEnd(s string) int {
	for i := 0; i < len(s); i++ {
		if s[i] == '\n' && (i+1 == len(s) || s[i+1] != ' ' && s[i+1] != '\t') {
			return i + 1
		}
	}
	return len(s)
}

// traceFields are what servers added on the way, which nothing but the transport
// headers keeps.
var traceFields = []string{"Return-Path", "Received", "Resent-From", "Resent-Sender", "Resent-Date", "Resent-Message-ID"}

// addTrace gives a message that is retrieved its trace fields back, in their
// order and as they were ([MS-OXCMAIL] 2.1.3.2.27). Nothing else is taken from the
// transport headers: who sent a message is what its properties say.
func (m *message) addTrace() error {
	if m.o.Purpose != Retrieval {
		return nil
	}
	for f := range transportFields(mapi.PidTagTransportMessageHeaders.Or(&m.m.Properties, "")) {
		for _, name := range traceFields {
			if f.is(name) {
				m.addVerbatim(name, f)
			}
		}
	}
	return nil
}

// addVerbatim writes a field with its own folding, or folded anew where that
// would not do.
func (m *message) addVerbatim(name string, f transportField) {
	v := strings.TrimLeft(strings.ReplaceAll(strings.ReplaceAll(f.value, "\r", ""), "\n", "\r\n"), " \t")
	if isASCII(v) && wellFormed(len(name)+len(": "), v) && !blankLine(v) {
		m.head.add(name, v)
		return
	}
	m.addText(m.head, name, f.unfolded(), headerprop.Raw)
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
