// Package lcid relates Windows locale identifiers, as MAPI stores them in
// PidTagMessageLocaleId and its kin, to language tags and ANSI code pages.
//
// The data is [MS-LCID]'s; locales.tsv holds it.
package lcid

import (
	"cmp"
	"slices"
	"strings"
)

//go:generate go run gen.go

// A locale is a Windows locale.
type locale struct {
	id       uint16
	codePage uint16
	name     string
}

// A tag is a language tag in lower case and the locale that it means.
type tag struct {
	name string
	id   uint16
}

// maxTag bounds the tags that [FromTag] looks at; RFC 5646 section 4.4.1 asks
// for 35 characters.
const maxTag = 64

// FromTag returns the locale of a language tag (RFC 5646), such as that of a
// Content-Language field. Letter case doesn't matter, and underscores count as
// hyphens. Where the whole tag has no identifier, its beginning decides:
// "de-DE-1996" is de-DE and "de-XX" is de. A language alone gives the neutral
// locale: "en" is 0x0009. ok is false for unknown languages.
func FromTag(name string) (lcid uint32, ok bool) {
	if len(name) > maxTag {
		return 0, false
	}
	name = strings.ReplaceAll(strings.ToLower(strings.TrimSpace(name)), "_", "-")
	if i := strings.IndexAny(name, ".@"); i >= 0 {
		name = name[:i] // QUIRK: POSIX locales such as "en_US.UTF-8" (RFC 3282 wants tags)
	}
	if _, found := byTag(name); !found {
		name = withoutScript(name)
	}
	for {
		if id, found := byTag(name); found {
			return uint32(id), true
		}
		i := strings.LastIndexByte(name, '-')
		if i < 0 {
			return 0, false
		}
		name = name[:i]
	}
}

// withoutScript removes the script of a tag, as in "en-Latn-US", unless Windows
// has a locale of the language for it.
func withoutScript(name string) string {
	language, rest, _ := strings.Cut(name, "-")
	script, region, found := strings.Cut(rest, "-")
	if !found || len(script) != 4 {
		return name
	}
	if _, known := byTag(language + "-" + script); known {
		return name
	}
	return language + "-" + region
}

func byTag(name string) (id uint16, ok bool) {
	i, found := slices.BinarySearchFunc(tags[:], name, func(t tag, name string) int {
		return cmp.Compare(t.name, name)
	})
	if !found {
		return 0, false
	}
	return tags[i].id, true
}

// ToTag returns the language tag of a locale. The sort order that the upper
// half of the identifier may hold is ignored. ok is false for identifiers that
// name no fixed locale, such as 0, the user's default and the invariant locale.
func ToTag(lcid uint32) (name string, ok bool) {
	l := find(uint16(lcid))
	if l == nil {
		return "", false
	}
	return l.name, true
}

// CodePage returns the ANSI code page of a locale: the one of the 8-bit strings
// in a message of the locale, where nothing says otherwise. An unknown locale of
// a known language has that of the language. It is 0 where the locale has none,
// because its script exists in Unicode only, and for what is no locale.
func CodePage(lcid uint32) int {
	const language = 0x3FF // the primary language's bits
	l := find(uint16(lcid))
	if l == nil {
		l = find(uint16(lcid) & language)
	}
	if l == nil {
		return 0
	}
	return int(l.codePage)
}

func find(id uint16) *locale {
	i, found := slices.BinarySearchFunc(locales[:], id, func(l locale, id uint16) int {
		return cmp.Compare(l.id, id)
	})
	if !found {
		return nil
	}
	return &locales[i]
}
