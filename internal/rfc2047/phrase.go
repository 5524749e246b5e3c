package rfc2047

import (
	"strings"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/charset"
	"github.com/contentconv/contentconv/internal/defect"
)

// DecodePhrase is [Decode] for a display name, from which quotation marks were
// removed. It removes the control characters of bidirectional text, too,
// by which a name can be made to look like an address, and white space and byte
// order marks at both ends; tabs become spaces. The marks LRM, RLM and ALM, which names need, stay.
func DecodePhrase(s string, fallback *charset.Charset) (string, defect.List) {
	text, defects := Decode(s, fallback)
	text = strings.Trim(text, " \t\uFEFF") // a byte order mark is no part of a name
	if strings.IndexByte(text, bidiLead) >= 0 && strings.ContainsFunc(text, isBidiControl) {
		defects.AddText(diag.HeaderControlRemoved, "name", text)
		text = strings.Map(dropBidiControl, text)
	}
	return strings.ReplaceAll(text, "\t", " "), defects
}

// bidiLead is the first byte of all that isBidiControl finds.
const bidiLead = 0xE2

// isBidiControl reports whether r is an embedding, an override, an isolate or
// the end of one (UAX #9).
func isBidiControl(r rune) bool {
	return '\u202A' <= r && r <= '\u202E' || '\u2066' <= r && r <= '\u2069'
}

func dropBidiControl(r rune) rune {
	if isBidiControl(r) {
		return -1
	}
	return r
}
