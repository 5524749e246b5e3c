package corpustest

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// The decoders here are those of x/text, so that an expectation and the library
// do not share a table.
var pages = map[int32]encoding.Encoding{
	437: charmap.CodePage437, 850: charmap.CodePage850, 852: charmap.CodePage852, 866: charmap.CodePage866,
	874: charmap.Windows874, 932: japanese.ShiftJIS, 936: simplifiedchinese.GBK, 949: korean.EUCKR, 950: traditionalchinese.Big5,
	1250: charmap.Windows1250, 1251: charmap.Windows1251, 1252: charmap.Windows1252, 1253: charmap.Windows1253,
	1254: charmap.Windows1254, 1255: charmap.Windows1255, 1256: charmap.Windows1256, 1257: charmap.Windows1257, 1258: charmap.Windows1258,
	10000: charmap.Macintosh, 20866: charmap.KOI8R, 21866: charmap.KOI8U,
	28591: charmap.ISO8859_1, 28592: charmap.ISO8859_2, 28593: charmap.ISO8859_3, 28594: charmap.ISO8859_4, 28595: charmap.ISO8859_5,
	28596: charmap.ISO8859_6, 28597: charmap.ISO8859_7, 28598: charmap.ISO8859_8, 28599: charmap.ISO8859_9, 28603: charmap.ISO8859_13,
	28605: charmap.ISO8859_15, 50220: japanese.ISO2022JP, 51932: japanese.EUCJP, 51949: korean.EUCKR, 51936: simplifiedchinese.GBK,
	52936: simplifiedchinese.HZGB2312, 54936: simplifiedchinese.GB18030,
}

// decodePage decodes bytes of a Windows code page; those of any other page are
// UTF-8.
func decodePage(raw []byte, page int32) string {
	enc := pages[page]
	if page == 28591 && !utf8.Valid(raw) {
		enc = charmap.Windows1252 // the superset that mail means
	}
	if enc == nil {
		return strings.ToValidUTF8(string(raw), "\uFFFD")
	}
	return decodeWith(enc, raw)
}

// decodeCharset decodes bytes of a MIME charset. Bytes that declare none, or an
// unknown one, are UTF-8, or else windows-1252.
func decodeCharset(raw []byte, charset string) string {
	if enc, err := htmlindex.Get(strings.Trim(charset, `"' `)); err == nil && charset != "" {
		return decodeWith(enc, raw)
	}
	if utf8.Valid(raw) {
		return string(raw)
	}
	return decodeWith(charmap.Windows1252, raw)
}

func decodeWith(enc encoding.Encoding, raw []byte) string {
	s, err := enc.NewDecoder().Bytes(raw)
	if err != nil {
		return strings.ToValidUTF8(string(raw), "\uFFFD")
	}
	return string(s)
}
