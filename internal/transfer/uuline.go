package transfer

import (
	"bytes"
	"strings"
)

// maxUULine is the length beyond which a line is no line of uuencoded data. A
// well-formed one has 61 characters.
const maxUULine = 1024

// ParseBegin reads the line that begins uuencoded data, "begin 644 name", and
// returns the file mode and the name, which can be empty. The line may have its
// line end.
func ParseBegin(line string) (mode, name string, ok bool) {
	line = strings.TrimRight(line, "\r\n")
	rest, ok := strings.CutPrefix(line, "begin ")
	if !ok || len(line) > maxUULine {
		return "", "", false
	}
	rest = strings.TrimLeft(rest, " ")
	n := 0
	for n < len(rest) && '0' <= rest[n] && rest[n] <= '7' {
		n++
	}
	// QUIRK: POSIX has three digits; four and more occur, and a name may lack.
	if n < 3 || n > 7 || n < len(rest) && rest[n] != ' ' && rest[n] != '\t' {
		return "", "", false
	}
	return rest[:n], strings.Trim(rest[n:], " \t"), true
}

// isEnd reports whether the line ends uuencoded data.
func isEnd(line []byte) bool {
	return string(bytes.TrimRight(line, " \t")) == "end"
}

// uuLength returns the number of bytes that a line of uuencoded data says it
// holds, 0 to 63, and false when the line cannot be one.
func uuLength(line []byte) (n int, ok bool) {
	if len(line) == 0 || line[0] < ' ' || line[0] > '`' {
		return 0, false
	}
	return int(line[0]-' ') & 63, true
}

// uuChars is the number of characters that n bytes are encoded as.
func uuChars(n int) int { return (n + 2) / 3 * 4 }

// plausibleUU reports whether the line has the length and the characters of a
// line of uuencoded data that is not empty.
//
// QUIRK: transport takes blanks from the ends of lines, which stand for zeros;
// some encoders leave out the characters of the last group that hold nothing,
// and some add a check character.
func plausibleUU(line []byte) bool {
	n, ok := uuLength(line)
	if !ok || n == 0 {
		return false
	}
	data := line[1:]
	full := uuChars(n)
	if len(data) > full+1 {
		return len(bytes.TrimRight(data, " ")) <= full+1 && uuAlphabet(data)
	}
	if len(data) < (n*4+2)/3 && !uuStripped(data, n) {
		return false
	}
	return uuAlphabet(data)
}

// uuStripped reports whether a line that is too short by its count can have
// lost blanks at its end: nothing but a long line is believed to.
func uuStripped(data []byte, n int) bool {
	return n == 45 && (len(data) == 0 || data[len(data)-1] != ' ')
}

func uuAlphabet(data []byte) bool {
	for _, c := range data {
		if c < ' ' || c > '`' {
			return false
		}
	}
	return true
}

// appendUU appends the n bytes that the characters of data stand for. What is
// missing counts as blanks. valid is false when a character lies outside of the
// alphabet, or there are many too many.
func appendUU(dst, data []byte, n int) (out []byte, valid bool) {
	full := uuChars(n)
	valid = len(bytes.TrimRight(data, " ")) <= full+1
	at := func(i int) uint32 {
		if i >= len(data) {
			return 0
		}
		if data[i] < ' ' || data[i] > '`' {
			valid = false
		}
		return uint32(data[i]-' ') & 63
	}
	for i := 0; n > 0; i += 4 {
		v := at(i)<<18 | at(i+1)<<12 | at(i+2)<<6 | at(i+3)
		group := [3]byte{byte(v >> 16), byte(v >> 8), byte(v)}
		dst = append(dst, group[:min(n, 3)]...)
		n -= 3
	}
	return dst, valid
}

// cutLine cuts the first line off src: up to an LF or a CR, so that a CRLF gives
// an empty line more, which means nothing here. ok is false when no line end
// comes within the bound, and line is then what there is, up to the bound.
func cutLine(src []byte) (line, rest []byte, ok bool) {
	for i, c := range src[:min(len(src), maxUULine+1)] {
		if c == '\n' || c == '\r' {
			return src[:i], src[i+1:], true
		}
	}
	n := min(len(src), maxUULine+1)
	return src[:n], src[n:], false
}
