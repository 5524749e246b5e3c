package transfer

import (
	"fmt"
	"strings"
)

// An Encoding is a content transfer encoding.
type Encoding uint8

// The transfer encodings. All but Base64, QuotedPrintable, UUEncode and YEnc
// leave bytes as they are here; that of BinHex is undone with the file format
// that it belongs to.
const (
	None            Encoding = iota // no field, or an empty one: 7bit (RFC 2045 section 6.1)
	SevenBit                        // 7bit
	EightBit                        // 8bit
	Binary                          // binary
	Base64                          // base64
	QuotedPrintable                 // quoted-printable
	UUEncode                        // x-uuencode, x-uue, uuencode
	YEnc                            // x-yencode, x-yenc: Usenet's own, of no standard
	BinHex                          // mac-binhex40
	Unknown                         // any other
)

func (e Encoding) String() string {
	names := [...]string{"", "7bit", "8bit", "binary", "base64", "quoted-printable", "x-uuencode", "x-yencode", "mac-binhex40", "unknown"}
	if int(e) < len(names) {
		return names[e]
	}
	return fmt.Sprintf("encoding(%d)", uint8(e))
}

// Encoded reports whether decoding changes bytes: a reader of anything else is
// the reader of the bytes as they are.
func (e Encoding) Encoded() bool {
	return e >= Base64 && e <= YEnc
}

// exact holds the names that a field may have, in lower case.
var exact = map[string]Encoding{
	"7bit":             SevenBit,
	"8bit":             EightBit,
	"binary":           Binary,
	"base64":           Base64,
	"quoted-printable": QuotedPrintable,
	"x-uuencode":       UUEncode,
	"x-uue":            UUEncode,
	"uuencode":         UUEncode,
	"x-yencode":        YEnc,
	"x-yenc":           YEnc,
	"mac-binhex40":     BinHex,
	"x-mac-binhex40":   BinHex,
}

// misspelt holds names seen in the wild, with everything but letters and digits
// removed.
//
// QUIRK: RFC 2045 section 6.1 has a closed list of names, and private ones that
// begin with "x-". Mailers write "7-bit", "8 bits", "base-64", "quoted
// printable" and "x-base64", and spammers write "plain" and names of charsets.
var misspelt = map[string]Encoding{
	"7bits": SevenBit, "7": SevenBit, "sevenbit": SevenBit, "bit7": SevenBit,
	"usascii": SevenBit, "ascii": SevenBit, "x7bit": SevenBit,
	"8bits": EightBit, "8": EightBit, "eightbit": EightBit, "bit8": EightBit, "x8bit": EightBit,
	"plain": EightBit, "text": EightBit, "textplain": EightBit, "none": EightBit, "identity": EightBit,
	"utf8": EightBit, "iso88591": EightBit, "unencoded": EightBit, "raw": EightBit,
	"bin": Binary, "xbinary": Binary,
	"b": Base64, "b64": Base64, "base": Base64, "xbase64": Base64, "mimebase64": Base64, "64base": Base64,
	"q": QuotedPrintable, "qp": QuotedPrintable, "quoted": QuotedPrintable, "printable": QuotedPrintable,
	"quoteprintable": QuotedPrintable, "xquotedprintable": QuotedPrintable,
	"uue": UUEncode, "uu": UUEncode, "uucode": UUEncode, "xuucode": UUEncode, "xuu": UUEncode, "uuencoded": UUEncode,
	"yenc": YEnc, "yencode": YEnc, "yencoded": YEnc,
	"binhex": BinHex, "xbinhex": BinHex, "binhex40": BinHex, "xbinhex40": BinHex,
}

// beginnings are tried where no name fits: what the name begins with.
var beginnings = []struct {
	prefix string
	enc    Encoding
}{
	{"7bit", SevenBit},
	{"8bit", EightBit},
	{"binary", Binary},
	{"base64", Base64},
	{"quotedprint", QuotedPrintable},
	{"quotedprn", QuotedPrintable},
	{"uuencode", UUEncode},
	{"xuuencode", UUEncode},
	{"macbinhex", BinHex},
}

// maxName bounds the part of a value that is looked at.
const maxName = 256

// Parse returns the transfer encoding that a Content-Transfer-Encoding field
// names, in whatever case, and whether the name had to be guessed from a
// misspelt one. Comments may stand around it (RFC 2045 section 6.1).
func Parse(value string) (e Encoding, repaired bool) {
	if len(value) > maxName {
		value = value[:maxName]
	}
	name := strings.ToLower(strings.Trim(withoutComments(value), " \t\r\n"))
	if name == "" {
		return None, false
	}
	if e, ok := exact[name]; ok {
		return e, false
	}
	// QUIRK: a semicolon or a comma with or without something after it, as if
	// the field had parameters or several values; the first counts.
	name, _, _ = strings.Cut(strings.TrimLeft(name, ";, \t"), ";")
	name, _, _ = strings.Cut(name, ",")
	letters := strings.Map(func(r rune) rune {
		if 'a' <= r && r <= 'z' || '0' <= r && r <= '9' {
			return r
		}
		return -1
	}, name)
	for _, table := range []map[string]Encoding{exact, misspelt} {
		if e, ok := table[letters]; ok {
			return e, true
		}
	}
	for _, b := range beginnings {
		if strings.HasPrefix(letters, b.prefix) {
			return b.enc, true
		}
	}
	return Unknown, false
}

// withoutComments removes parenthesized comments (RFC 5322 section 3.2.2). One
// that is not closed runs to the end.
func withoutComments(s string) string {
	if strings.IndexByte(s, '(') < 0 {
		return s
	}
	var b strings.Builder
	depth := 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '(':
			depth++
		case c == ')' && depth > 0:
			depth--
		case c == '\\' && depth > 0:
			i++
		case depth == 0:
			b.WriteByte(c)
		}
	}
	return b.String()
}
