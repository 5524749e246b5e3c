package filename

import "strings"

// Short83 returns the form that name has in a file system with eight characters
// and an extension of three: in upper case; where something has to be left out,
// six characters and "~1". Characters that such names cannot have become "_", blanks
// and further dots are left out. It is for PidTagAttachFilename, and not unique.
func Short83(name string) string {
	ext := Extension(name)
	stem, cut := short(name[:len(name)-len(ext)], 8)
	ext, extCut := short(ext, 3)
	if stem == "" {
		stem = "FILE"
	}
	if cut || extCut {
		stem = stem[:min(len(stem), 6)] + "~1"
	}
	if ext != "" {
		stem += "." + ext
	}
	return stem
}

// short returns the part of a short name that s makes, and whether it lacks
// something.
func short(s string, max int) (part string, cut bool) {
	s = strings.TrimPrefix(s, ".")
	var b strings.Builder
	for _, r := range s {
		if r == ' ' || r == '.' {
			cut = true
			continue
		}
		if b.Len() == max {
			return b.String(), true
		}
		switch {
		case 'a' <= r && r <= 'z':
			b.WriteByte(byte(r) - 'a' + 'A')
		case 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || r < 0x80 && strings.ContainsRune("!#$%&'()-@^_`{}~", r):
			b.WriteByte(byte(r))
		default:
			b.WriteByte('_')
			cut = true
		}
	}
	return b.String(), cut
}
