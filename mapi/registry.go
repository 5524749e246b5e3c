package mapi

import (
	"cmp"
	"slices"
	"strings"
)

//go:generate go run ./gen

// registered is a property that [MS-OXPROPS] knows.
type registered struct {
	name string // canonical
	id   uint16 // of a tagged property, else 0
	typ  PropType
	set  uint8 // an index of setTable
	lid  uint32
	str  string
}

func (r *registered) tag() uint32 { return uint32(r.id)<<16 | uint32(r.typ) }

// TagName returns the canonical name of the property with that tag. A tag of an
// 8-bit string type has the name of its Unicode twin, and the other way round.
func TagName(tag uint32) (string, bool) {
	tag = tag&0xFFFF0000 | uint32(PropType(tag).Stored())
	// The two types of strings differ in the lowest bit.
	twin := tag
	if t := PropType(tag).Base(); t == PtypString || t == PtypString8 {
		twin ^= 1
	}
	i, _ := slices.BinarySearchFunc(registryByTag[:], min(tag, twin), func(i uint16, tag uint32) int {
		return cmp.Compare(registry[i].tag(), tag)
	})
	name := ""
	for ; i < len(registryByTag); i++ {
		switch r := &registry[registryByTag[i]]; r.tag() {
		case tag:
			return r.name, true
		case twin:
			name = r.name
		default:
			return name, name != ""
		}
	}
	return name, name != ""
}

// NameOf returns the canonical name and the type of a named property.
func NameOf(n Name) (canonical string, t PropType, ok bool) {
	set := slices.Index(setTable[:], n.Set)
	if set < 0 {
		return "", 0, false
	}
	if n.String != "" {
		n.LID = 0
	}
	lower := strings.ToLower(n.String)
	i, found := slices.BinarySearchFunc(registryByName[:], 0, func(i uint16, _ int) int {
		r := &registry[i]
		return cmp.Or(
			cmp.Compare(int(r.set), set),
			cmp.Compare(r.lid, n.LID),
			strings.Compare(strings.ToLower(r.str), lower))
	})
	if !found {
		return "", 0, false
	}
	r := &registry[registryByName[i]]
	if !r.key().Name.Equal(n) {
		return "", 0, false
	}
	return r.name, r.typ, true
}

// KeyOf returns the identity and the type of the property with that canonical
// name, such as "PidTagSubject" or "PidLidLocation".
func KeyOf(canonical string) (Key, PropType, bool) {
	i, found := slices.BinarySearchFunc(registry[:], canonical, func(r registered, name string) int {
		return strings.Compare(r.name, name)
	})
	if !found {
		return Key{}, 0, false
	}
	return registry[i].key(), registry[i].typ, true
}

func (r *registered) key() Key {
	if r.id != 0 {
		return Key{ID: r.id}
	}
	return Key{Name: Name{Set: setTable[r.set], LID: r.lid, String: r.str}}
}
