package timezone

import (
	"cmp"
	"slices"
	"strings"
)

//go:generate go run ./gen

type windowsZone struct{ key, iana string }

type ianaZone struct {
	name    string
	windows int
}

// FromWindows returns the IANA zone that stands for a key of Windows, such as
// "W. Europe Standard Time", and the key as Windows spells it. Case doesn't matter.
func FromWindows(key string) (iana, canonical string, ok bool) {
	i, ok := slices.BinarySearchFunc(windowsZones[:], strings.ToLower(key), func(z windowsZone, key string) int {
		return compareLower(z.key, key)
	})
	if !ok {
		return "", "", false
	}
	return windowsZones[i].iana, windowsZones[i].key, true
}

// ToWindows returns the key of Windows for an IANA zone, such as "Europe/Berlin",
// whichever of its names is given. Case doesn't matter.
func ToWindows(iana string) (key string, ok bool) {
	i, ok := slices.BinarySearchFunc(ianaZones[:], strings.ToLower(iana), func(z ianaZone, name string) int {
		return compareLower(z.name, name)
	})
	if !ok {
		return "", false
	}
	return windowsZones[ianaZones[i].windows].key, true
}

// compareLower compares an ASCII name, as if it were in lower case, with another, which
// is.
func compareLower(name, lower string) int {
	for i := 0; i < len(name) && i < len(lower); i++ {
		c := name[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		if c != lower[i] {
			return cmp.Compare(c, lower[i])
		}
	}
	return cmp.Compare(len(name), len(lower))
}
