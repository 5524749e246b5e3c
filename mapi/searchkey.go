package mapi

import (
	"bytes"
	"strings"
)

// A SearchKey finds a recipient by address: TYPE:ADDRESS in upper case with a
// NUL ([MS-OXOMSG] 2.2.1.58). The search key of a message is no such thing but
// 16 random bytes.
type SearchKey struct {
	AddressType string
	Address     string
}

// Bytes returns the key as stored. Only ASCII letters have their case changed.
func (k *SearchKey) Bytes() []byte {
	b := make([]byte, 0, len(k.AddressType)+len(k.Address)+2)
	b = append(append(append(b, k.AddressType...), ':'), k.Address...)
	n := 0
	for _, c := range b {
		if c == 0 {
			continue
		}
		if c-'a' < 26 {
			c -= 'a' - 'A'
		}
		b[n] = c
		n++
	}
	return append(b[:n], 0)
}

// ParseSearchKey reads a recipient's search key. It reports false when b is
// none.
//
// QUIRK: keys in lower case, without the NUL and in UTF-16 occur ([MS-OXOMSG]
// 2.2.1.58); all are read, and their case is kept.
func ParseSearchKey(b []byte) (SearchKey, bool) {
	var s string
	if len(b) >= 4 && b[0] != 0 && b[1] == 0 {
		b, _ = field16(b)
		s = text16(b)
	} else {
		b, _ = field8(b)
		s = text8(b)
	}
	t, address, ok := strings.Cut(s, ":")
	if !ok || !isAddressType(t) {
		return SearchKey{}, false
	}
	return SearchKey{t, address}, true
}

// Equal reports whether both keys find the same recipient: ASCII case does not
// matter.
func (k SearchKey) Equal(l SearchKey) bool {
	return bytes.Equal(k.Bytes(), l.Bytes())
}
