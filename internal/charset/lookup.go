package charset

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

//go:generate go run gen.go

// An alias is a label in its folded form and the index of its charset.
type alias struct {
	key   string
	index uint8
}

// A codePage is a Windows code page identifier and the index of its charset.
type codePage struct {
	id    int
	index uint8
}

// maxLabel bounds the labels that [Lookup] looks at. The longest registered
// one has 45 characters.
const maxLabel = 128

// Lookup returns the charset that a label means, such as the value of a charset
// parameter, or nil when none is known by it.
//
// Letter case, punctuation and surrounding quotes or space don't matter.
// QUIRK: besides the registered names (RFC 2978) and the common nicknames it
// takes what mail has in their place: "cp-1252", "win-1251", a bare code page
// number, "iso-8859-1 (Latin 1)", "_iso-2022-jp$ESC", and the "3D" that a
// program leaves which forgot to decode quoted-printable.
func Lookup(label string) *Charset {
	if len(label) > maxLabel {
		return nil
	}
	if strings.EqualFold(label, "utf-8") { // nearly all of them
		return UTF8()
	}
	if c := lookupFolded(label); c != nil {
		return c
	}
	if i := strings.IndexAny(strings.TrimLeft(label, " \t\"'"), " \t;,:()*?$\"'"); i > 0 {
		return lookupFolded(strings.TrimLeft(label, " \t\"'")[:i])
	}
	return nil
}

func lookupFolded(label string) *Charset {
	key := fold(label)
	for _, prefix := range []string{"", "x", "3d"} {
		if k, found := strings.CutPrefix(key, prefix); found {
			if c := byAlias(k); c != nil {
				return c
			}
		}
	}
	return byNumber(key)
}

// fold keeps the letters and digits of label, in lower case.
func fold(label string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case 'A' <= r && r <= 'Z':
			return r + 'a' - 'A'
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9':
			return r
		}
		return -1
	}, label)
}

func byAlias(key string) *Charset {
	i, found := slices.BinarySearchFunc(aliases[:], key, func(a alias, key string) int {
		return cmp.Compare(a.key, key)
	})
	if !found {
		return nil
	}
	return &charsets[aliases[i].index]
}

// byNumber finds "cp1252" and the like, and the bare number.
func byNumber(key string) *Charset {
	for _, prefix := range []string{"x", "windows", "win", "codepage", "cp", "ms", "ibm", "dos", "ansi", "oem"} {
		key = strings.TrimPrefix(key, prefix)
	}
	if n, err := strconv.Atoi(key); err == nil && len(key) >= 3 {
		return ByCodePage(n)
	}
	return nil
}

// ByCodePage returns the charset of a Windows code page identifier, or nil when
// none is known.
func ByCodePage(id int) *Charset {
	i, found := slices.BinarySearchFunc(codePages[:], id, func(p codePage, id int) int {
		return cmp.Compare(p.id, id)
	})
	if !found {
		return nil
	}
	return &charsets[codePages[i].index]
}

// UTF8 returns utf-8, code page 65001.
func UTF8() *Charset { return &charsets[idUTF8] }

// ASCII returns us-ascii, code page 20127.
func ASCII() *Charset { return &charsets[idUSASCII] }

// Latin1 returns iso-8859-1, code page 28591.
func Latin1() *Charset { return &charsets[idISO88591] }

// Windows1252 returns windows-1252.
func Windows1252() *Charset { return &charsets[idWINDOWS1252] }

// UTF16LE returns utf-16le, code page 1200, the form of MAPI's strings.
func UTF16LE() *Charset { return &charsets[idUTF16LE] }

// UTF16BE returns utf-16be, code page 1201.
func UTF16BE() *Charset { return &charsets[idUTF16BE] }
