package htmlscan

import "strings"

// shiftCoding says which shift sequences the source uses. In the seven-bit
// charsets of ISO 2022 the bytes of double-byte text are those of ASCII, "<" and
// quotes included.
type shiftCoding struct {
	escapes bool // ESC $ B ... ESC ( B, as in ISO-2022-JP
	shifts  bool // SO ... SI, as in ISO-2022-KR and -CN
}

const (
	esc      = 0x1B
	shiftOut = 0x0E
	shiftIn  = 0x0F
)

func shiftCodingOf(s string) shiftCoding {
	if !strings.Contains(s, "\x1b$") {
		return shiftCoding{}
	}
	g1 := strings.Contains(s, "\x1b$)")
	return shiftCoding{escapes: true, shifts: g1}
}

// index returns the offset of the next c at or behind i that is not half of a
// double-byte character, or -1. At i the text is in ASCII.
func (z *Tokenizer) index(i int, c byte) int {
	if !z.shifts.escapes {
		if j := strings.IndexByte(z.src[i:], c); j >= 0 {
			return i + j
		}
		return -1
	}
	for i < len(z.src) {
		switch b := z.src[i]; {
		case b == c:
			return i
		case b == esc && doubleByte(z.src[i+1:]):
			i = runEnd(z.src, i+3, esc)
		case b == shiftOut && z.shifts.shifts:
			i = runEnd(z.src, i+1, shiftIn)
		default:
			i++
		}
	}
	return -1
}

// doubleByte reports whether the escape sequence that goes on with s invokes a
// double-byte set at once; "$)" and the like only make one ready.
func doubleByte(s string) bool {
	return len(s) >= 2 && s[0] == '$' && (isLetter(s[1]) || s[1] == '@' || s[1] == '(')
}

// runEnd returns the offset of the next end mark or line end behind i. Text is
// back in ASCII at the end of each line (RFC 1468).
func runEnd(s string, i int, end byte) int {
	for i < len(s) && s[i] != end && s[i] != '\n' && s[i] != '\r' {
		i++
	}
	return min(i, len(s))
}
