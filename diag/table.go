package diag

import "sync"

//go:generate go run ./gendocs ../docs/diagnostics.md

var codeIndex = sync.OnceValue(func() map[Code]*codeInfo {
	m := make(map[Code]*codeInfo, len(codeTable))
	for i := range codeTable {
		m[codeTable[i].code] = &codeTable[i]
	}
	return m
})

// Codes returns every code, in the order of the documentation.
func Codes() []Code {
	out := make([]Code, len(codeTable))
	for i, c := range codeTable {
		out[i] = c.code
	}
	return out
}

// Severity returns the severity that diagnostics of this code have; [Warning]
// for a code that is not one of [Codes].
func (c Code) Severity() Severity {
	if i := codeIndex()[c]; i != nil {
		return i.severity
	}
	return Warning
}

// Malformed reports whether a message with this diagnostic counts as badly
// formed, so that a conversion that rejects such messages fails.
func (c Code) Malformed() bool {
	i := codeIndex()[c]
	return i != nil && i.malformed
}

// Description returns the code's meaning in one sentence, or "".
func (c Code) Description() string {
	if i := codeIndex()[c]; i != nil {
		return i.text
	}
	return ""
}
