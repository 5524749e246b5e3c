package htmlscan

import "strings"

// rawElements are the elements whose content holds no markup but their own end
// tag. An island of Office XML is not one by the standard; read as one it can be
// skipped whole.
var rawElements = [...]string{"script", "style", "title", "textarea", "xmp", "iframe", "noembed", "xml", "plaintext"}

func rawIndex(name string) int {
	if len(name) < len("xml") || len(name) > len("plaintext") {
		return -1
	}
	for i, n := range rawElements {
		if n == name {
			return i
		}
	}
	return -1
}

// rawEnd returns where the text of the raw text element name, which starts at
// i, ends.
//
// Without an end tag the text of script and style reaches to the end of the
// source. QUIRK: an unclosed title, textarea and the like would hide the rest of
// the message (WHATWG 13.2.5.2); its content is read as ordinary markup instead.
func (z *Tokenizer) rawEnd(name string, i int) int {
	if name == "plaintext" {
		return len(z.src)
	}
	bit := uint16(1) << rawIndex(name)
	if z.rawMissing&bit == 0 {
		if end := indexEndTag(z.src, i, name); end >= 0 {
			return end
		}
		z.rawMissing |= bit
	}
	if name == "script" || name == "style" {
		return len(z.src)
	}
	return i
}

// indexEndTag returns the offset of the next end tag of that lower-case name at
// or behind i, or -1.
func indexEndTag(s string, i int, name string) int {
	for {
		j := strings.Index(s[i:], "</")
		if j < 0 {
			return -1
		}
		j += i
		i = j + 2
		if !hasPrefixFold(s[i:], name) {
			continue
		}
		end := i + len(name)
		if end == len(s) || isSpace(s[end]) || s[end] == '/' || s[end] == '>' {
			return j
		}
	}
}

// opensRaw reports whether the current start tag, of a raw text element, is
// followed by raw text: not if it is self-closing, or is never closed.
func (z *Tokenizer) opensRaw() bool {
	if z.opened == "" {
		return false
	}
	z.rawEnd(z.opened, z.pos)
	return z.rawMissing&(1<<rawIndex(z.opened)) == 0 || z.opened == "script" || z.opened == "style"
}
