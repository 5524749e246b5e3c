package transfer

import "bytes"

// MaxSample is how much of a body [LooksBase64] and [LooksQP] want to see.
const MaxSample = 1 << 10

// LooksBase64 reports whether the beginning of a body that is declared to be in
// base64 can be it. It says no only where there is more text for people to read,
// or there are more bytes beyond ASCII, than there is of the alphabet's characters
// in lines that could be data.
func LooksBase64(sample []byte) bool {
	data, text := 0, 0
	for line := range bytes.SplitAfterSeq(sample[:min(len(sample), MaxSample)], []byte("\n")) {
		words := bytes.Fields(line)
		grouped, alphabet, beyond := true, 0, 0
		for _, word := range words {
			grouped = grouped && len(word)%4 == 0
			for _, c := range word {
				switch v := base64Tables[3][c]; {
				case v != notBase64:
					alphabet++
				case c >= 0x80:
					beyond++
				}
			}
		}
		switch {
		case beyond > 0, len(words) > 1 && !grouped:
			text += len(line)
		default:
			data += alphabet
		}
	}
	return data >= text
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
