package headerprop

import (
	"slices"
	"strings"
)

// importanceFields are the fields that say how important a message is, in the
// order in which they count ([MS-OXCMAIL] 2.2.3.2.5). Importance beats the
// others wherever it stands.
var importanceFields = []importanceField{
	{"Importance", []word{{0, "Low"}, {1, "Normal"}, {2, "High"}}},
	{"Priority", []word{{0, "Non-Urgent"}, {1, "Normal"}, {2, "Urgent"}}},
	{"X-Priority", []word{{0, "5"}, {0, "4"}, {1, "3"}, {2, "2"}, {2, "1"}}},
	{"X-MSMail-Priority", []word{{0, "Low"}, {1, "Normal"}, {2, "High"}}},
}

type importanceField struct {
	header string
	words  []word
}

// IsImportance reports whether a field of that name is one of them.
func IsImportance(header string) bool { return ImportanceRank(header) >= 0 }

// ImportanceRank returns the place of such a field among them: the lower one
// counts.
func ImportanceRank(header string) int {
	return slices.IndexFunc(importanceFields, func(f importanceField) bool { return strings.EqualFold(f.header, header) })
}

// Importance returns the PidTagImportance that one of these
// fields stands for.
func Importance(header, text string) (int32, bool) {
	text = strings.TrimSpace(text)
	for _, f := range importanceFields {
		if !strings.EqualFold(f.header, header) {
			continue
		}
		// QUIRK: X-Priority is written "1 (Highest)"; its first character counts.
		if f.header == "X-Priority" && len(text) > 1 {
			text = text[:1]
		}
		for _, w := range f.words {
			if strings.EqualFold(w.text, text) {
				return w.value, true
			}
		}
	}
	return 0, false
}

// FormatImportance returns the value of the Importance field, "" for normal.
func FormatImportance(n int32) string {
	switch n {
	case 0:
		return "Low"
	case 2:
		return "High"
	}
	return ""
}
