package mapi2mime

import (
	"strings"
	"testing"
)

// The last barrier: what is no field stops the conversion.
func TestMalformedFieldsAreRefused(t *testing.T) {
	x := strings.Repeat("x", 998)
	for _, c := range []struct {
		name, value string
		ok          bool
	}{
		{"A", "b", true},
		{"A", "b\r\n c\r\n\td", true},
		{"A", "\r\n b", true},
		{"A", "größe", true},
		{"A", x[:995], true},
		{"A", x[:996], false},
		{"A", "b\r\n " + x[:997], true},
		{"A", "b\r\n " + x, false},
		{"A", "", false},
		{"A", "b\r\nC: d", false},
		{"A", "b\r\n", false},
		{"A", "b\nc", false},
		{"A", "b\rc", false},
		{"A", "b\n c", false},
		{"A", "b\r c", false},
		{"A", "b\x00", false},
		{"A", "b\x7f", false},
		{"A", "b\xff", false},
		{"", "b", false},
		{"A B", "b", false},
		{"A:", "b", false},
		{"Ä", "b", false},
		{"A\r\nB", "c", false},
		{x, "\r\n b", false},
	} {
		refused := func() (refused bool) {
			defer func() { refused = recover() != nil }()
			new(part).add(c.name, c.value)
			return false
		}()
		if refused == c.ok {
			t.Errorf("%.40q: %.40q: refused is %v", c.name, c.value, refused)
		}
	}
}
