package rtf

import "strings"

// isSymbolFace reports whether a font, whose name is in lower case, has symbols in
// place of letters, whatever its charset.
func isSymbolFace(face string) bool {
	return face == "symbol" || face == "webdings" || strings.HasPrefix(face, "wingdings")
}

// symbolRune returns the character that byte c shows in a symbol font: from a table
// for Symbol and for what mail uses of Wingdings and Webdings, else the code point
// that Windows gives it, U+F000 and up.
func symbolRune(face string, c byte) rune {
	if c < 0x20 {
		return rune(c)
	}
	r := rune(0)
	switch strings.ToLower(face) {
	case "symbol":
		if c < 0x7F {
			r = symbolLow[c-0x20]
		} else if c >= 0xA0 && c < 0xFF {
			r = symbolHigh[c-0xA0]
		}
	case "wingdings":
		r = wingdings[c]
	case "webdings":
		r = webdings[c]
	}
	switch {
	case r != 0:
		return r
	case c == ' ' || c == 0xA0:
		return rune(c)
	}
	return 0xF000 + rune(c)
}

// The font Symbol, from 0x20 and from 0xA0 on, by Adobe's table of its encoding.
// U+F8FF is Apple's logo, which has no code point of its own.
var (
	symbolLow = []rune(" !∀#∃%&∋()∗+,−./0123456789:;<=>?" +
		"≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_" +
		"‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼")
	symbolHigh = []rune("€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵" +
		"ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓" +
		"◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪\uF8FF〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭")
)

var wingdings = map[byte]rune{
	0x22: '✂', 0x28: '☎', 0x29: '✆', 0x2A: '✉', 0x36: '⌛', 0x3F: '✍', 0x41: '✌', 0x45: '☜', 0x46: '☞',
	0x47: '☝', 0x48: '☟', 0x4A: '☺', 0x4B: '😐', 0x4C: '☹', 0x4E: '☠', 0x51: '✈', 0x52: '☼', 0x54: '❄',
	0x6C: '●', 0x6D: '❍', 0x6E: '■', 0x6F: '□', 0x71: '❑', 0x72: '❒', 0x73: '⬧', 0x74: '⧫', 0x75: '◆',
	0x76: '❖', 0x77: '⬥', 0x78: '⌧', 0x80: '⓪', 0x81: '①', 0x82: '②', 0x83: '③', 0x84: '④', 0x85: '⑤',
	0x86: '⑥', 0x87: '⑦', 0x88: '⑧', 0x89: '⑨', 0x8A: '⑩', 0x8B: '⓿', 0x8C: '❶', 0x8D: '❷', 0x8E: '❸',
	0x8F: '❹', 0x90: '❺', 0x91: '❻', 0x92: '❼', 0x93: '❽', 0x94: '❾', 0x95: '❿', 0x9E: '·', 0x9F: '•',
	0xA1: '○', 0xA7: '▪', 0xA8: '◻', 0xAA: '✦', 0xAB: '★', 0xD8: '➢', 0xDF: '←', 0xE0: '→', 0xE1: '↑',
	0xE2: '↓', 0xE7: '⬅', 0xE8: '➔', 0xEF: '⇦', 0xF0: '⇨', 0xF1: '⇧', 0xF2: '⇩', 0xF3: '⇔', 0xFB: '✗',
	0xFC: '✓', 0xFD: '☒', 0xFE: '☑',
}

var webdings = map[byte]rune{
	0x61: '✔', 0x63: '□', 0x67: '■', 0x6E: '●', 0x72: '✖', 0x59: '♥', 0xD2: '✉',
}
