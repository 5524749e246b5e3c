package mapi2mime

import "github.com/contentconv/contentconv/internal/charset"

// HeaderCharset says in which charset text beyond ASCII is encoded in header
// fields (RFC 2047). ASCII is never encoded, and what a charset lacks characters
// for is written in UTF-8.
type HeaderCharset uint8

const (
	// MessageCharset is that of the message's body, which readers show the
	// message in ([MS-OXCMAIL] 2.1.3.1).
	MessageCharset HeaderCharset = iota
	// SmallestCharset is the first that has all the characters: the body's, one of
	// single bytes, one of the East Asian ones, and UTF-8 last. Old readers know
	// more of the former.
	SmallestCharset
	// UTF8Charset is UTF-8 always.
	UTF8Charset
)

func (h HeaderCharset) String() string {
	return [...]string{"MessageCharset", "SmallestCharset", "UTF8Charset", ""}[h&3]
}

// smallCharsets are the charsets that are tried, by the number of those who can
// read them.
var smallCharsets = []string{
	"iso-8859-1", "iso-8859-15", "iso-8859-2", "koi8-r", "windows-1252", "windows-1250", "windows-1251", "windows-1253",
	"windows-1254", "windows-1257", "windows-1255", "windows-1256", "windows-874",
	"iso-2022-jp", "gb2312", "big5", "ks_c_5601-1987",
}

// charsetOf returns the charset to encode a text of a header field in; nil is
// UTF-8.
func (s *scope) charsetOf(text string) *charset.Charset {
	switch s.o.HeaderCharset {
	case UTF8Charset:
		return nil
	case MessageCharset:
		return s.charset
	}
	if s.charset != nil && s.charset != charset.UTF8() && s.charset.CanSend(text) {
		return s.charset
	}
	for _, name := range smallCharsets {
		if c := charset.Lookup(name); c.CanSend(text) {
			return c
		}
	}
	return nil
}

// japanese returns what stands for Shift_JIS, if an option asks for another one.
func (s *scope) japanese(c *charset.Charset) *charset.Charset {
	const shiftJIS, iso2022JP = 932, 50220
	if s.o.ISO2022JP && c.CodePage() == shiftJIS {
		return charset.ByCodePage(iso2022JP)
	}
	return c
}
