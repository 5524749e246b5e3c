package transfer

import "bytes"

// MaxSample is how much of a body [LooksBase64] and [LooksQP] want to see.
const MaxSample = 1 << 10

// LooksBase64 reports whether the beginning of a body that is declared to be in
// base64 can be it. It says no only where there is more text for people to read,
// or there are more bytes beyond ASCII, than there is of the alphabet's characters
// in lines that could be data.
func LooksBase64(sample []byte) bool {
	sample = sample[:min(len(sample), MaxSample)]
	data, text := 0, 0
	for len(sample) > 0 {
		n := bytes.IndexByte(sample, '\n') + 1
		if n == 0 {
			n = len(sample)
		}
		if alphabet, ok := dataLine(sample[:n]); ok {
			data += alphabet
		} else {
			text += n
		}
		sample = sample[n:]
	}
	return data >= text
}

// dataLine reports whether a line can be of base64 data, and how many characters of
// the alphabet it has. Several words can be only when they are whole groups.
func dataLine(line []byte) (alphabet int, ok bool) {
	words, length, grouped := 0, 0, true
	for _, c := range line {
		if c >= 0x80 {
			return 0, false
		}
		switch v := base64Tables[3][c]; {
		case v == whiteSpace:
			grouped = grouped && length%4 == 0
			length = 0
			continue
		case v != notBase64:
			alphabet++
		}
		if length++; length == 1 {
			words++
		}
	}
	return alphabet, words < 2 || grouped && length%4 == 0
}

// LooksQP reports whether the beginning of a message that is declared to be in
// quoted-printable can be it. It says no where an equals sign in the header block
// begins no escape and none was escaped: there is one before every parameter.
func LooksQP(sample []byte) bool {
	sample = sample[:min(len(sample), MaxSample)]
	for _, end := range []string{"\r\n\r\n", "\n\n"} {
		if i := bytes.Index(sample, []byte(end)); i >= 0 {
			sample = sample[:i+2]
		}
	}
	broken := false
	for i, c := range sample {
		if c != '=' || i+2 >= len(sample) {
			continue
		}
		a, b := sample[i+1], sample[i+2]
		switch {
		case a == '3' && b|0x20 == 'd':
			return true
		case a > ' ' && (hexDigit[a] > 15 || hexDigit[b] > 15):
			broken = true
		}
	}
	return !broken
}
