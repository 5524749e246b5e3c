package mapi2mime

import "encoding/binary"

// Most text is printable ASCII. What looks for anything else in it looks at eight bytes
// at a time, which a number holds. (x-n*ones)&^x has the highest bit of the lowest byte
// below n set, and none where no byte is; what a borrow or a carry does to the bytes
// above one that counts is of no matter.
const (
	ones    = 0x0101010101010101
	highest = 0x8080808080808080
)

// ordinary reports whether all of the eight bytes in x are of no class for a transfer
// encoding: ASCII without control characters and without "=".
func ordinary(x uint64) bool {
	equals := x ^ '='*ones
	return (x|(x-' '*ones)&^x|(equals-ones)&^equals)&highest == 0
}

// printable reports whether all of the eight bytes in x are printable ASCII.
func printable(x uint64) bool {
	return (x|(x+ones)|(x-' '*ones)&^x)&highest == 0
}

// eight returns the first eight bytes of s.
func eight(s string) uint64 { return binary.LittleEndian.Uint64(view(s[:8])) }

func isASCII(s string) bool {
	for ; len(s) >= 32; s = s[32:] {
		if (eight(s)|eight(s[8:])|eight(s[16:])|eight(s[24:]))&highest != 0 {
			return false
		}
	}
	for ; len(s) >= 8; s = s[8:] {
		if eight(s)&highest != 0 {
			return false
		}
	}
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}
