package transfer

import (
	"encoding/base64"
	"encoding/binary"
)

// base64Pairs gives the two characters of twelve bits, the first in the low byte:
// half the look-ups of one character at a time, in a table that stays in the cache.
var base64Pairs = func() (t [1 << 12]uint16) {
	for i := range t {
		t[i] = uint16(base64Alphabet[i>>6]) | uint16(base64Alphabet[i&63])<<8
	}
	return t
}()

// encodePairs encodes src to dst, which has the length that it is encoded to.
func encodePairs(dst, src []byte) {
	t := &base64Pairs
	for len(src) >= 8 {
		w := binary.BigEndian.Uint64(src)
		out := dst[:8:8]
		binary.LittleEndian.PutUint64(out,
			uint64(t[w>>52])|uint64(t[w>>40&0xFFF])<<16|uint64(t[w>>28&0xFFF])<<32|uint64(t[w>>16&0xFFF])<<48)
		src, dst = src[6:], dst[8:]
	}
	base64.StdEncoding.Encode(dst, src)
}
