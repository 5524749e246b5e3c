package cfb

import "math/bits"

// A bitset remembers which of a fixed number of things were met.
type bitset []uint64

func newBitset(n uint32) bitset { return make(bitset, ceilDiv(int64(n), 64)) }

// add reports whether i is new to the set, and puts it in.
func (b bitset) add(i uint32) bool {
	word, bit := i/64, uint64(1)<<(i%64)
	isNew := b[word]&bit == 0
	b[word] |= bit
	return isNew
}

// addRow puts the n numbers from i in, up to the first that is in already, and
// returns how many. All of them have to belong to one group of 64.
func (b bitset) addRow(i, n uint32) uint32 {
	word, row := &b[i/64], (uint64(1)<<n-1)<<(i%64)
	if taken := *word & row; taken != 0 {
		n = uint32(bits.TrailingZeros64(taken)) - i%64
		row = (uint64(1)<<n - 1) << (i % 64)
	}
	*word |= row
	return n
}
