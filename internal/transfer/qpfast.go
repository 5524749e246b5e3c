package transfer

import (
	"encoding/binary"
	"math/bits"
)

const (
	// qpWord is the number of bytes that are taken at once.
	qpWord = 8
	// qpAhead is how much must follow: these, and two after a '=' that is the last.
	qpAhead = qpWord + 2
)

// regular decodes src from index i on for as long as everything is as RFC 2045 section
// 6.7 has it: escapes, soft line breaks, and lines that end in neither blanks nor more
// than one CR. It returns how far it came, which is never behind blanks of which it is
// not known what follows. dst has room for what is left of src and a word more; where
// dst is the memory of src, a word lies between them.
//
// Text is copied a word at a time, and what is no text among it overwritten. Runs may
// be short: the processor guesses wrong once for each, and nothing is called.
func (d *qpDecoder) regular(dst, src []byte, i int) (out []byte, used int) {
	n := len(dst)
	buf := dst[:n+len(src)-i+qpWord]
	start := n // of the text since the last escape or line end
	for i <= len(src)-qpAhead {
		w := binary.LittleEndian.Uint64(src[i:])
		binary.LittleEndian.PutUint64(buf[n:], w)
		found := zeroBytes(w^'='*eachByte) | zeroBytes(w^'\n'*eachByte)
		if found == 0 {
			i, n = i+qpWord, n+qpWord
			continue
		}
		k := bits.TrailingZeros64(found) / 8
		i, n = i+k, n+k
		s := src[i : i+3 : i+3]
		if s[0] == '\n' {
			if paddedLine(buf[start:n]) {
				break
			}
			buf[n] = '\n'
			i, n = i+1, n+1
		} else if hi, lo := hexDigit[s[1]], hexDigit[s[2]]; hi|lo < 16 {
			buf[n] = hi<<4 | lo
			i, n = i+3, n+1
		} else if s[1] == '\r' && s[2] == '\n' {
			i += 3
		} else if s[1] == '\n' {
			i += 2
		} else {
			return buf[:n], i
		}
		start = n
	}
	_, blanks := cutBlanks(buf[start:n])
	i, n = i-len(blanks), n-len(blanks)
	if d.inPlace {
		copy(src[i:], blanks) // may be overwritten
	}
	return buf[:n], i
}

// paddedLine reports whether more than one CR ends a line, before its LF.
func paddedLine(line []byte) bool {
	n := len(line)
	if n > 0 && line[n-1] == '\r' {
		n--
	}
	return n > 0 && (line[n-1] == ' ' || line[n-1] == '\t' || line[n-1] == '\r')
}

// eachByte times a byte is eight of it.
const eachByte = 0x0101010101010101

// zeroBytes has the highest bit of the first byte of w that is zero, counted from the
// lowest; those above it may be wrong.
func zeroBytes(w uint64) uint64 {
	return (w - eachByte) &^ w & (0x80 * eachByte)
}
