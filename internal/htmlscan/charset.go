package htmlscan

import "strings"

// maxCharsetPrefix is how much of a document is searched for its charset.
const maxCharsetPrefix = 16 << 10

// CharsetOf returns the charset label that a META element in the head of the
// document declares, as it stands there. Only the first 16 KiB and what comes
// before the body are looked at; comments and scripts are not.
//
// A label of a charset that is no superset of ASCII (UTF-16, UTF-32, "unicode")
// contradicts that it could be read at all, and does not count.
func CharsetOf(html []byte) (label string, ok bool) {
	z := newEncodedTokenizer(string(html[:min(len(html), maxCharsetPrefix)]))
	for z.Next() {
		if z.Kind() != StartTag || !z.Closed() {
			continue
		}
		switch z.Name() {
		case "body":
			return "", false
		case "meta":
			if label := metaCharset(z); label != "" && validLabel(label) && !wide(label) {
				return label, true
			}
		}
	}
	return "", false
}

// metaCharset returns the label that the current META tag declares, or "".
func metaCharset(z *Tokenizer) string {
	if label, ok := z.Attr("charset"); ok {
		return trimSpace(label)
	}
	if equiv, _ := z.Attr("http-equiv"); !strings.EqualFold(trimSpace(equiv), "content-type") {
		return ""
	}
	content, _ := z.Attr("content")
	return contentCharset(content)
}

// contentCharset finds the charset in a content attribute such as
// `text/html; charset="utf-8"` (WHATWG 2.5, extracting a character encoding).
func contentCharset(s string) string {
	for {
		i := strings.IndexAny(s, "cC")
		if i < 0 {
			return ""
		}
		s = s[i:]
		if !hasPrefixFold(s, "charset") {
			s = s[1:]
			continue
		}
		s = strings.TrimLeft(s[len("charset"):], spaces)
		if strings.HasPrefix(s, "=") {
			return labelAt(strings.TrimLeft(s[1:], spaces))
		}
	}
}

func labelAt(s string) string {
	if s != "" && (s[0] == '"' || s[0] == '\'') {
		if end := strings.IndexByte(s[1:], s[0]); end >= 0 {
			return trimSpace(s[1 : 1+end])
		}
		s = s[1:]
	}
	if end := strings.IndexAny(s, spaces+";\"'"); end >= 0 {
		s = s[:end]
	}
	return s
}

// validLabel reports whether s can be the name of a charset. RFC 2978 allows 40
// characters.
func validLabel(s string) bool {
	if s == "" || len(s) > 40 {
		return false
	}
	for i := 0; i < len(s); i++ {
		if !isAlnum(s[i]) && !strings.ContainsRune("-_.:+()", rune(s[i])) {
			return false
		}
	}
	return true
}

// wide reports whether label names a charset of two or four bytes a character.
func wide(label string) bool {
	label = lowerName(label)
	for _, prefix := range []string{"utf-16", "utf16", "utf-32", "utf32", "ucs-2", "ucs-4", "ucs2", "ucs4", "unicode", "csunicode", "iso-10646-ucs"} {
		if strings.HasPrefix(label, prefix) {
			return true
		}
	}
	return false
}
