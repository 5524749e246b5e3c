package rtf

import "strings"

// openLink writes the beginning of a hyperlink field, whose result the text of
// the link is.
//
// QUIRK: Word puts the instruction into a group of its own, and unrtf then shows
// the word "hyperlink" instead of the result.
func (l *layout) openLink() {
	l.linkOpen, l.outer = true, l.have
	l.want |= 1 << linked
	l.rtf(`{\field{\*\fldinst HYPERLINK "`)
	l.out.text(l.link)
	l.out.raw(`"}{\fldrslt `)
}

// closeLink ends the open link, if there is one. What was switched within its
// groups holds no longer.
func (l *layout) closeLink() {
	l.link = ""
	if !l.linkOpen {
		return
	}
	l.linkOpen, l.paraLost = false, true
	l.rtf(`}}`)
	l.have = l.outer
	l.want &^= 1 << linked
}

// maxLinkTarget is the length in bytes beyond which a link is text alone.
const maxLinkTarget = 2048

// linkSchemes are those of the URLs that links may have. A file, a script or an
// unknown handler of the reader's machine is none of them.
var linkSchemes = [...]string{"http:", "https:", "mailto:", "ftp:", "tel:", "cid:"}

// linkTarget returns the URL as a link may hold it, or "" if it may not. The
// result holds neither control characters nor quotation marks nor backslashes.
func linkTarget(url string) string {
	url = strings.TrimSpace(url)
	if len(url) > maxLinkTarget {
		return ""
	}
	url = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7F {
			return -1 // line ends from wrapping (WHATWG URL, 4.4)
		}
		return r
	}, url)
	for _, scheme := range linkSchemes {
		if len(url) > len(scheme) && strings.EqualFold(url[:len(scheme)], scheme) {
			return linkEscapes.Replace(url)
		}
	}
	return ""
}

var linkEscapes = strings.NewReplacer(`"`, "%22", `\`, "%5C")
