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
// quoted-printable can be it. It says no where an equals sign begins no escape and
// none was escaped: header blocks have them before every parameter.
func LooksQP(sample []byte) bool {
	sample = sample[:min(len(sample), MaxSample)]
	for i, c := range sample {
		if c != '=' || i+2 >= len(sample) {
			continue
		}
		next := sample[i+1 : i+3]
		escape := hexDigit[next[0]] < 16 && hexDigit[next[1]] < 16
		switch {
		case escape && (string(next) == "3D" || string(next) == "3d"):
			return true
		case !escape && next[0] > ' ':
			return bytes.Contains(bytes.ToUpper(sample[i:]), []byte("=3D"))
		}
	}
	return true
}
