package charset

import (
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/transform"
)

// encodeText appends s, encoded by e, to dst; '?' stands for what e lacks.
func encodeText(dst []byte, s string, e encoding.Encoding, fold map[rune]rune) ([]byte, bool) {
	t := e.NewEncoder().Transformer
	src := []byte(foldText(s, fold))
	ok := utf8.ValidString(s)
	for {
		dst = slices.Grow(dst, len(src)+len(src)/2+16)
		nDst, nSrc, err := t.Transform(dst[len(dst):cap(dst)], src, true)
		dst = dst[:len(dst)+nDst]
		src = src[nSrc:]
		switch {
		case err == nil:
			return dst, ok
		case errors.Is(err, transform.ErrShortDst):
			continue
		}
		_, size := utf8.DecodeRune(src)
		src = src[size:]
		dst = append(dst, '?')
		ok = false
	}
}

func foldText(s string, fold map[rune]rune) string {
	if fold == nil {
		return s
	}
	return strings.Map(func(r rune) rune {
		if to, found := fold[r]; found {
			return to
		}
		return r
	}, s)
}

// japaneseFold holds the characters that other systems than Windows use for
// some signs of JIS X 0208, and those that the Japanese national variant of
// ASCII has, with the characters that Windows and x/text know.
var japaneseFold = map[rune]rune{
	'\u00A2': '\uFFE0', // cent sign
	'\u00A3': '\uFFE1', // pound sign
	'\u00A5': '\uFFE5', // yen sign
	'\u00AC': '\uFFE2', // not sign
	'\u2014': '\u2015', // em dash
	'\u2016': '\u2225', // double vertical line
	'\u203E': '\uFFE3', // overline
	'\u2212': '\uFF0D', // minus sign
	'\u301C': '\uFF5E', // wave dash
}
