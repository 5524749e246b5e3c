// Package filename makes and judges the file names of attachments.
//
// Names come from outside and end up on disks, so [Sanitize] leaves nothing that
// a file system or a user's eye could take for something else. Nothing here
// touches a file.
package filename

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/contentconv/contentconv/limits"
)

// MaxLength is the length in UTF-16 code units beyond which a name is cut.
const MaxLength = 255

// maxExtension is the number of bytes, with the dot, beyond which what follows
// the last dot is no extension.
const maxExtension = 15

// Sanitize returns name as an attachment may bear it ([MS-OXCMAIL] 2.2.3.4.1.1),
// and whether that differs from name. Clean is "" if nothing is left.
//
//   - Of a path the last element stays.
//   - The characters " / : < > | \ * ? and control characters are removed, and
//     so are those that change the direction or the line of text, by which a name
//     can pretend to another extension.
//   - Dots and blanks are removed at both ends.
//   - A name that Windows takes for a device, such as con or lpt1.txt, gets a "_"
//     before it.
//   - What exceeds 255 UTF-16 code units is cut out before the extension.
//   - Bytes that are no UTF-8 become U+FFFD.
func Sanitize(name string) (clean string, changed bool) {
	clean = base(strings.ToValidUTF8(name, string(utf8.RuneError)))
	clean = strings.Map(func(r rune) rune {
		if forbidden(r) {
			return -1
		}
		return r
	}, clean)
	clean = trim(clean)
	if isDevice(clean) {
		clean = "_" + clean
	}
	clean = shorten(clean)
	return clean, clean != name
}

// OfMessage derives a file name from the display name of an embedded message
// ([MS-OXCMAIL] 2.2.3.4.3): Unicode separators become "?", blanks and dots at both
// ends go. Of a name that was given to a file, and may be a path, the last element
// stays. Any other is mostly a subject: what would lead out of a folder becomes
// "_". Other characters that no name may hold are removed.
func OfMessage(display string, isFile bool) string {
	name := strings.ToValidUTF8(display, string(utf8.RuneError))
	if isFile {
		name = base(name)
	}
	name = strings.Map(func(r rune) rune {
		switch {
		case r == '/' || r == '\\' || r == ':':
			return '_'
		case r != ' ' && unicode.In(r, unicode.Z):
			return '?'
		case r != '?' && forbidden(r):
			return -1
		}
		return r
	}, name)
	return strings.Trim(shorten(name), " .")
}

// base returns the last element of a path.
func base(name string) string {
	name = strings.TrimRight(name, `/\`)
	return name[strings.LastIndexAny(name, `/\`)+1:]
}

// forbidden reports whether a file name must not hold r.
func forbidden(r rune) bool {
	switch {
	case unicode.IsControl(r), r == '\u2028', r == '\u2029':
		return true
	case '\u202A' <= r && r <= '\u202E', '\u2066' <= r && r <= '\u2069':
		return true // embeddings, overrides and isolates of text direction
	}
	return strings.ContainsRune(`"/:<>|\*?`, r)
}

// trim removes dots and blanks of all kinds at both ends.
func trim(name string) string {
	return strings.TrimFunc(name, func(r rune) bool { return r == '.' || unicode.IsSpace(r) })
}

// isDevice reports whether Windows takes name for a device, whatever its
// extension.
func isDevice(name string) bool {
	stem, _, _ := strings.Cut(strings.ToLower(name), ".")
	stem = strings.TrimRightFunc(stem, unicode.IsSpace)
	switch stem {
	case "con", "prn", "aux", "nul", "conin$", "conout$", "clock$":
		return true
	}
	port, ok := strings.CutPrefix(stem, "com")
	if !ok {
		port, ok = strings.CutPrefix(stem, "lpt")
	}
	return ok && utf8.RuneCountInString(port) == 1 && strings.Contains("0123456789¹²³", port)
}

// shorten cuts name to the greatest length, before its extension.
func shorten(name string) string {
	if limits.Length(name) <= MaxLength {
		return name
	}
	ext := Extension(name)
	stem := limits.Shorten(name[:len(name)-len(ext)], MaxLength-limits.Length(ext))
	return trim(stem) + ext
}

// Extension returns what follows the last dot of name, with the dot; "" if there
// is none, or nothing before or behind it, or more than 14 bytes or a blank
// behind it, which make it part of the name.
func Extension(name string) string {
	dot := strings.LastIndexByte(name, '.')
	if dot <= 0 || dot == len(name)-1 {
		return ""
	}
	ext := name[dot:]
	if len(ext) > maxExtension || strings.ContainsFunc(ext, unicode.IsSpace) {
		return ""
	}
	return ext
}

// Generated returns a name for the attachment number n, from 1, of a message that
// gives it none: ATT00001 with the extension for the media type, or ".bin".
func Generated(n int, mediaType string) string {
	ext := ForType(mediaType)
	if ext == "" {
		ext = ".bin"
	}
	return fmt.Sprintf("ATT%05d%s", n, ext)
}
