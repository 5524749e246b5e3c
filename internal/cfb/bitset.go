package cfb

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
