package mapi

import (
	"fmt"
	"strings"
)

// A Name is the name of a named property ([MS-OXCDATA] 2.6.1): a property set
// with a numeric id, or with a string when String is not empty.
type Name struct {
	Set    GUID
	LID    uint32
	String string
}

// canonical returns the name under which n is compared. Names in
// PS_INTERNET_HEADERS are header field names, which have no case.
func (n Name) canonical() Name {
	if n.String != "" {
		n.LID = 0
		if n.Set == PS_INTERNET_HEADERS {
			n.String = strings.ToLower(n.String)
		}
	}
	return n
}

// Equal reports whether both name the same property: same set, same kind, same
// id or string. Strings compare exactly but in PS_INTERNET_HEADERS, where case
// does not count.
func (n Name) Equal(m Name) bool {
	switch {
	case n.String == "" || m.String == "":
		return n.String == m.String && n.LID == m.LID && n.Set == m.Set
	case n.Set == PS_INTERNET_HEADERS:
		return m.Set == n.Set && strings.EqualFold(n.String, m.String)
	}
	return n.String == m.String && n.Set == m.Set
}

// IsZero reports whether n names nothing.
func (n Name) IsZero() bool { return n == Name{} }

// GoString returns the name as set and id or string.
func (n Name) GoString() string {
	if n.String != "" {
		return fmt.Sprintf("%s %q", n.Set, n.String)
	}
	return fmt.Sprintf("%s 0x%08X", n.Set, n.LID)
}

// A Key is a property's identity: its id, or its name when ID is zero. The type
// is no part of it, so a bag holds one value per id or name.
type Key struct {
	ID   uint16
	Name Name
}

// Named reports whether the key is that of a named property.
func (k Key) Named() bool { return k.ID == 0 }

// HeaderKey returns the key of the named property in PS_INTERNET_HEADERS that
// holds the header field of that name.
func HeaderKey(field string) Key {
	return Key{Name: Name{Set: PS_INTERNET_HEADERS, String: field}}
}
