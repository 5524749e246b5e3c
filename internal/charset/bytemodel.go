package charset

// The costs of the models, in bits: the logarithm of how much less likely a
// byte makes the text.
const (
	costInvalid     = 25.0 // a byte without a character, or a control character
	costForeign     = 10.0 // a letter that the language lacks
	costSymbol      = 8.0  // a sign that text seldom has
	costPunctuation = 2.0  // a sign that text often has
	costMisplaced   = 9.0  // a sign where only letters make sense
	costCapital     = 2.0  // a capital at the start of a word
	costCapitals    = 1.0  // a further capital of a word
	costCaseSwitch  = 7.0  // a capital after a small letter
	costLatinRun    = 3.0  // an accented letter after another
	costMixture     = 6.0  // a letter of another script beside a Latin one
	rankFactor      = 0.88 // how much rarer than a letter the next one of a language is
	costPair        = -2.2 // one of the frequent pairs of letters
	costOtherPair   = 1.5  // another pair, where those are known
	costOtherLatin  = 2.5  // the same in a Latin script
)

// A kind says what a byte is in a model.
type kind uint8

const (
	kindLetter  kind = iota // of either case, or of a script without case
	kindSmall               // a small letter
	kindCapital             // a capital letter
	kindSymbol              // no letter
	kindOpening             // punctuation that stands before a word
	kindClosing             // punctuation that stands after a word
	kindFree                // punctuation that may stand anywhere
)

func (k kind) letter() bool { return k <= kindCapital }

// The numbers of what is no letter of a language.
const (
	edge    = 0   // no letter at all
	foreign = 127 // another letter
)

// A byteModel tells how likely a text is in one language and one charset of a
// single byte.
type byteModel struct {
	charset *Charset
	bonus   float64
	latin   bool // the script is Latin, so that ASCII letters belong to words
	cost    [256]float64
	kind    [256]kind
	// letter numbers the letters without regard to case: those of ASCII from 1,
	// those of the language from 27. Bit b of frequent[a] says that a and b are a
	// frequent pair; it is nil if the language's pairs are not known.
	letter   [256]uint8
	frequent *[128][2]uint64
}

// score returns the logarithm of the likelihood of b.
func (m *byteModel) score(b []byte) float64 {
	score := m.bonus
	before := byte(' ')
	for i, c := range b {
		if c >= 0x80 {
			after := byte(' ')
			if i+1 < len(b) {
				after = b[i+1]
			}
			score -= m.cost[c] + m.context(before, c, after) + m.pair(before, c)
			if after < 0x80 {
				score -= m.pair(c, after)
			}
		}
		before = c
	}
	return score
}

// context returns what the neighbours of c add to its cost.
func (m *byteModel) context(before, c, after byte) float64 {
	if m.kind[c].letter() {
		return m.letterContext(before, c, after)
	}
	left, right := m.kind[before].letter(), m.kind[after].letter()
	switch k := m.kind[c]; {
	case before >= 0x80 && !left: // two signs in a row
		return costMisplaced / 2
	case k == kindFree && left && right:
		return costMisplaced / 3
	case k == kindFree:
		return 0
	case k == kindSymbol && (before >= 0x80 || after >= 0x80 || right),
		k == kindOpening && left,
		k == kindClosing && right:
		return costMisplaced
	}
	return 0
}

func (m *byteModel) letterContext(before, c, after byte) (cost float64) {
	if m.kind[c] == kindCapital {
		switch m.kind[before] {
		case kindCapital:
			cost += costCapitals
		case kindSmall:
			cost += costCaseSwitch
		default:
			cost += costCapital
		}
	}
	if m.latin {
		if before >= 0x80 && m.kind[before].letter() && m.pair(before, c) >= 0 {
			cost += costLatinRun
		}
		return cost
	}
	if before < 0x80 && m.kind[before].letter() {
		cost += costMixture
	}
	if after < 0x80 && m.kind[after].letter() {
		cost += costMixture
	}
	return cost
}

// pair returns the cost of c after before, at least one of which is a letter
// beyond ASCII or the neighbour of one.
func (m *byteModel) pair(before, c byte) float64 {
	a, b := m.letter[before], m.letter[c]
	switch {
	case m.frequent == nil || a == foreign || b == foreign || a == edge && b == edge:
		return 0
	case m.frequent[a][b/64]>>(b%64)&1 != 0:
		return costPair
	}
	if m.latin {
		return costOtherLatin
	}
	return costOtherPair
}
