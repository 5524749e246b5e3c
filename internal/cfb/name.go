package cfb

import (
	"cmp"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// compareNames orders the names of one storage ([MS-CFB] 2.6.4): a shorter name
// comes first, and names of one length are compared by their upper-cased UTF-16
// code units. Names that compare equal are the same name.
func compareNames(a, b string) int {
	if !isASCII(a) || !isASCII(b) {
		return compareUnits(utf16.Encode([]rune(a)), utf16.Encode([]rune(b)))
	}
	if c := cmp.Compare(len(a), len(b)); c != 0 {
		return c
	}
	for i := range len(a) {
		if a[i] == b[i] {
			continue
		}
		if c := cmp.Compare(upperUnit(uint16(a[i])), upperUnit(uint16(b[i]))); c != 0 {
			return c
		}
	}
	return 0
}

func compareUnits(a, b []uint16) int {
	if c := cmp.Compare(len(a), len(b)); c != 0 {
		return c
	}
	for i := range a {
		if c := cmp.Compare(upperUnit(a[i]), upperUnit(b[i])); c != 0 {
			return c
		}
	}
	return 0
}

func isASCII(s string) bool {
	all := byte(0)
	for i := range len(s) {
		all |= s[i]
	}
	return all < utf8.RuneSelf
}

// upperUnit upper-cases one code unit. Half of a surrogate pair has no upper case.
func upperUnit(u uint16) uint16 {
	switch {
	case u >= 'a' && u <= 'z':
		return u - 'a' + 'A'
	case u < utf8.RuneSelf:
		return u
	}
	if r := unicode.ToUpper(rune(u)); r <= 0xFFFF {
		return uint16(r)
	}
	return u
}

// checkName returns what forbids s as the name of an entry, or "".
func checkName(s string) string {
	n := len(utf16.Encode([]rune(s)))
	switch {
	case n == 0:
		return "the name is empty"
	case n > maxNameUnits:
		return fmt.Sprintf("the name has %d UTF-16 code units, %d are allowed", n, maxNameUnits)
	case strings.ContainsAny(s, "/\\:!\x00"):
		return `the name holds one of / \ : ! or NUL`
	}
	return ""
}
