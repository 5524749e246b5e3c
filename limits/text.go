package limits

import "unicode/utf8"

// Length returns the length of s in characters: UTF-16 code units. An invalid
// byte counts as one.
func Length(s string) int64 {
	n := int64(0)
	for _, r := range s {
		n += width(r)
	}
	return n
}

// Shorten returns the longest prefix of s that has at most max characters and
// splits no surrogate pair. A negative max means no bound.
func Shorten(s string, max int64) string {
	if max < 0 || int64(len(s)) <= max {
		return s
	}
	n := int64(0)
	for i, r := range s {
		n += width(r)
		if n > max {
			return s[:i]
		}
	}
	return s
}

func width(r rune) int64 {
	if r > 0xFFFF && r <= utf8.MaxRune {
		return 2
	}
	return 1
}
