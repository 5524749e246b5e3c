package charset

import (
	"math"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// A language is a row of languages.tsv for one of its charsets.
type language struct {
	name    string
	id      int     // of the charset
	bonus   float64 // head start, in bits
	letters string
	pairs   string
}

// byteModels returns the models of all languages.
var byteModels = sync.OnceValue(func() []byteModel {
	models := make([]byteModel, len(languages))
	for i, l := range languages {
		m := &models[i]
		m.init(&charsets[l.id], l.bonus, []rune(l.letters))
		if l.pairs != "" {
			m.initPairs([]rune(l.letters), strings.Fields(l.pairs))
		}
	}
	return models
})

// init fills in the kinds and the costs of the bytes.
func (m *byteModel) init(c *Charset, bonus float64, letters []rune) {
	m.charset, m.bonus = c, bonus
	m.latin = unicode.Is(unicode.Latin, letters[0])
	cost := rankCosts(letters)
	for i := range 256 {
		r, ok := charOf(c, byte(i))
		m.kind[i] = kindOf(r)
		if i < 0x80 {
			continue
		}
		known, found := cost[r]
		if !found {
			known, found = cost[unicode.ToLower(r)]
		}
		switch k := m.kind[i]; {
		case !ok:
			m.cost[i] = costInvalid
		case found && !k.letter(): // a mark, as Thai vowels are
			m.kind[i], m.cost[i] = kindLetter, known
		case found:
			m.cost[i] = known
		case k.letter():
			m.cost[i] = costForeign
		case k == kindSymbol:
			m.cost[i] = costSymbol
		default:
			m.cost[i] = costPunctuation
		}
	}
}

// charOf returns the character of a byte. ok is false for none, a control
// character and, in the ISO-8859 charsets, what [byteCodec] borrows from
// Windows: text with such bytes is in the Windows charset.
func charOf(c *Charset, x byte) (r rune, ok bool) {
	text, bad := c.Decode([]byte{x})
	r, _ = utf8.DecodeRuneInString(text)
	borrowed := 0x80 <= x && x <= 0x9F && strings.HasPrefix(c.name, "iso-")
	return r, bad == 0 && !unicode.IsControl(r) && !borrowed
}

// initPairs numbers the letters and notes the frequent pairs of them.
func (m *byteModel) initPairs(letters []rune, pairs []string) {
	number := func(r rune) uint8 {
		switch i := slices.Index(letters, r); {
		case i >= 0:
			return uint8(i + 27)
		case 'a' <= r && r <= 'z':
			return uint8(r - 'a' + 1)
		case r == '_':
			return edge
		}
		return foreign
	}
	for i := range m.letter {
		r, _ := charOf(m.charset, byte(i))
		if !slices.Contains(letters, r) {
			r = unicode.ToLower(r) // Turkish has both cases of its dotted capital
		}
		if m.kind[i].letter() {
			m.letter[i] = number(r)
		}
	}
	m.frequent = new([128][2]uint64)
	for _, p := range pairs {
		pair := []rune(p)
		a, b := number(pair[0]), number(pair[1])
		m.frequent[a][b/64] |= 1 << (b % 64)
	}
}

// rankCosts gives each letter the cost of its rank, such that the likelihoods
// add up to 1.
func rankCosts(letters []rune) map[rune]float64 {
	sum := (1 - math.Pow(rankFactor, float64(len(letters)))) / (1 - rankFactor)
	cost := make(map[rune]float64, len(letters))
	for i, r := range letters {
		if _, found := cost[r]; !found {
			cost[r] = math.Log2(sum) - float64(i)*math.Log2(rankFactor)
		}
	}
	return cost
}

func kindOf(r rune) kind {
	switch {
	case r == 'ª' || r == 'º' || strings.ContainsRune("™®©°²³¹", r):
		return kindClosing
	case strings.ContainsRune("¿¡‚„‘‹", r):
		return kindOpening
	case strings.ContainsRune("\u00A0\u00AD–—•·…’“”«»›€£§№×±µ½", r):
		return kindFree
	case unicode.IsUpper(r):
		return kindCapital
	case unicode.IsLower(r):
		return kindSmall
	case unicode.IsLetter(r):
		return kindLetter
	}
	return kindSymbol
}
