package charset

import (
	"sync"
	"unicode"
)

// The costs of a character of two bytes, in bits.
const (
	costHiragana    = 5.5
	costKatakana    = 6.0
	costCommon      = 8.0  // one of the few hundred that make up most of a text
	costCJKSign     = 6.0  // punctuation of CJK text
	costFullWidth   = 9.0  // full-width ASCII
	costHalfKana    = 8.0  // half-width katakana, one byte
	costHangul      = 11.0 // a syllable that is less common
	costLevel1      = 13.0 // an ideograph of the common part of the charset
	costLevel2      = 17.5 // any other of the original charset
	costExtension   = 20.0 // what a later extension added
	costOtherSign   = 15.0 // letters and signs that are no part of the script
	costLatinBeside = 3.0  // a Latin letter directly before the character, or as its second byte
)

// A pairModel tells how likely a text is in one of the charsets of one or two
// bytes.
type pairModel struct {
	charset *Charset
	codec   *doubleByte
	kana    bool // the language is Japanese
	hangul  bool // the language is Korean
	// level1 and original hold the first and the last code of the common
	// ideographs, and of all that the charset had before it was extended.
	level1, original [2]uint16
	euc              bool // original pairs have no second byte below A1
	common           map[rune]bool
}

// pairModels returns the models of the charsets of one or two bytes.
var pairModels = sync.OnceValue(func() []pairModel {
	return []pairModel{
		{charset: &charsets[idSHIFTJIS], codec: shiftJIS, kana: true, common: setOf(commonJapanese),
			level1: [2]uint16{0x889F, 0x9872}, original: [2]uint16{0x8140, 0xEAA4}},
		{charset: &charsets[idEUCJP], codec: eucJP, kana: true, common: setOf(commonJapanese), euc: true,
			level1: [2]uint16{0xB0A1, 0xCFD3}, original: [2]uint16{0xA1A1, 0xF4A6}},
		{charset: &charsets[idGB18030], codec: gb18030, common: setOf(commonSimplified), euc: true,
			level1: [2]uint16{0xB0A1, 0xD7F9}, original: [2]uint16{0xA1A1, 0xF7FE}},
		{charset: &charsets[idBIG5], codec: big5, common: setOf(commonTraditional),
			level1: [2]uint16{0xA440, 0xC67E}, original: [2]uint16{0xA140, 0xF9D5}},
		{charset: &charsets[idKSC56011987], codec: eucKR, hangul: true, common: setOf(commonKorean), euc: true,
			level1: [2]uint16{0, 0}, original: [2]uint16{0xA1A1, 0xFDFE}},
	}
})

func setOf(s string) map[rune]bool {
	set := make(map[rune]bool, len(s)/3)
	for _, r := range s {
		set[r] = true
	}
	return set
}

// score returns the logarithm of the likelihood of b.
func (m *pairModel) score(b []byte) (score float64) {
	before := byte(' ')
	for len(b) > 0 {
		if b[0] < 0x80 {
			before, b = b[0], b[1:]
			continue
		}
		r, n := m.codec.next(b)
		if r == invalid && n == len(b) {
			score -= costLevel2 // a character that the end of the sample cuts
			break
		}
		score -= m.cost(r, b[:n])
		if isASCIILetter(before) {
			score -= costLatinBeside
		}
		if n > 1 && isASCIILetter(b[n-1]) {
			score -= costLatinBeside
		}
		before, b = b[n-1]|0x80, b[n:] // a second byte is no letter
	}
	return score
}

func isASCIILetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func (m *pairModel) cost(r rune, b []byte) float64 {
	switch {
	case r == invalid:
		return costInvalid
	case len(b) == 1 && 0xFF61 <= r && r <= 0xFF9F:
		return costHalfKana
	case len(b) != 2:
		return costExtension
	}
	code := uint16(b[0])<<8 | uint16(b[1])
	if code < m.original[0] || m.original[1] < code || m.euc && b[1] < 0xA1 {
		return costExtension
	}
	switch {
	case m.common[r]:
		return costCommon
	case 0x3041 <= r && r <= 0x3093 && m.kana:
		return costHiragana
	case (0x30A1 <= r && r <= 0x30F6 || r == 'ー') && m.kana:
		return costKatakana
	case 0x3000 <= r && r <= 0x3011 || cjkSigns[r]:
		return costCJKSign
	case 0xFF01 <= r && r <= 0xFF5E:
		return costFullWidth
	case unicode.Is(unicode.Hangul, r) && m.hangul:
		return costHangul
	case m.level1[0] <= code && code <= m.level1[1]:
		return costLevel1
	case unicode.Is(unicode.Han, r):
		return costLevel2
	}
	return costOtherSign
}

// cjkSigns are the signs beyond U+3000 to U+3011 that are usual in CJK text.
var cjkSigns = setOf("“”‘’…—·，．：；！？（）～・")
