package transfer

import (
	"encoding/binary"
	"math/bits"
)

// regular encodes the beginning of p, and returns how many bytes it took, for as long
// as that takes little thought: text, escapes and line ends. It leaves to
// [qpEncoder.byte] where a line becomes too long, white space that may end one, a CR
// alone, what has to be protected at the beginning of a line, and the last bytes of p.
// Something is on the line before p, and not a part of "From " alone.
//
// Text is copied a word at a time, and what is no text among it overwritten.
func (e *qpEncoder) regular(p []byte) (used int) {
	i, n, col, out := 0, len(e.out), e.col, e.out[:cap(e.out)]
	for i <= len(p)-qpWord && n <= len(out)-2*qpWord {
		w := binary.LittleEndian.Uint64(p[i:])
		binary.LittleEndian.PutUint64(out[n:], w)
		k := min(bits.TrailingZeros64(notText(w))/8, maxColumn-col)
		i, n, col = i+k, n+k, col+k
		if k == qpWord {
			continue
		}
		c, taken := p[i], 1
		if e.mode == QPText && (c == '\n' || c == '\r') {
			if c == '\r' {
				taken = 2
			}
			if i+taken >= len(p) || p[i+taken-1] != '\n' || i > 0 && isBlank(p[i-1]) {
				break
			}
			out[n], out[n+1] = '\r', '\n'
			i, n, col = i+taken, n+2, 0
			if p[i] == '.' || p[i] == 'F' {
				break
			}
		} else if c == '\t' {
			if col == maxColumn {
				break
			}
			i, n, col = i+1, n+1, col+1
		} else if c < ' ' || c >= 0x7F || c == '=' {
			if col+3 > maxColumn {
				break
			}
			out[n], out[n+1], out[n+2] = '=', upperHex[c>>4], upperHex[c&15]
			i, n, col = i+1, n+3, col+3
		} else {
			break
		}
	}
	if i > 0 && isBlank(p[i-1]) {
		i, n, col = i-1, n-1, col-1 // a line may end after it
	}
	e.out, e.col = out[:n], col
	if col == 0 {
		e.from = 0
	}
	return i
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' }

// notText has the highest bit of the first byte of w, counted from the lowest, that is
// not printable, or a '='; those above it may be wrong.
func notText(w uint64) uint64 {
	const high = 0x80 * eachByte
	return (w-' '*eachByte)&^w&high | w&high | zeroBytes(w^0x7F*eachByte) | zeroBytes(w^'='*eachByte)
}
