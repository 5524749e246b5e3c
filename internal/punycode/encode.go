package punycode

import (
	"math"
	"strings"
)

// The parameters of RFC 3492 section 5.
const (
	base        = 36
	tMin        = 1
	tMax        = 26
	skew        = 38
	damp        = 700
	initialBias = 72
	initialN    = 0x80
	delimiter   = '-'
)

// maxCodePoints bounds a text that is encoded. The work is the number of its code
// points times that of the different ones, and no label of a domain name can have
// nearly as many.
const maxCodePoints = 255

// Encode returns s in Punycode (RFC 3492 6.3), without a prefix. Letter case is
// kept. It reports false for text of more than 255 code points.
func Encode(s string) (string, bool) {
	points := []rune(s)
	if len(points) > maxCodePoints {
		return "", false
	}
	var b strings.Builder
	basic := 0
	for _, r := range points {
		if r < initialN {
			b.WriteByte(byte(r))
			basic++
		}
	}
	if basic > 0 {
		b.WriteByte(delimiter)
	}
	n, delta, bias := rune(initialN), 0, initialBias
	for done := basic; done < len(points); n++ {
		next := smallestFrom(points, n)
		delta += int(next-n) * (done + 1)
		n = next
		for _, r := range points {
			if r < n {
				delta++
			}
			if r != n {
				continue
			}
			writeNumber(&b, delta, bias)
			bias = adapt(delta, done+1, done == basic)
			delta = 0
			done++
		}
		delta++
	}
	return b.String(), true
}

// smallestFrom returns the smallest code point that is n or above.
func smallestFrom(points []rune, n rune) rune {
	next := rune(math.MaxInt32)
	for _, r := range points {
		if n <= r && r < next {
			next = r
		}
	}
	return next
}

// writeNumber writes a generalized variable-length integer (RFC 3492 3.3).
func writeNumber(b *strings.Builder, q, bias int) {
	for k := base; ; k += base {
		t := min(max(k-bias, tMin), tMax)
		if q < t {
			b.WriteByte(digit(q))
			return
		}
		b.WriteByte(digit(t + (q-t)%(base-t)))
		q = (q - t) / (base - t)
	}
}

func digit(d int) byte {
	if d < 26 {
		return 'a' + byte(d)
	}
	return '0' + byte(d-26)
}

// adapt returns the bias after a number (RFC 3492 6.1).
func adapt(delta, points int, first bool) int {
	if first {
		delta /= damp
	} else {
		delta /= 2
	}
	delta += delta / points
	k := 0
	for ; delta > (base-tMin)*tMax/2; k += base {
		delta /= base - tMin
	}
	return k + (base-tMin+1)*delta/(delta+skew)
}
