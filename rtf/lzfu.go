package rtf

import (
	"encoding/binary"
	"errors"
	"hash/crc32"
)

// The format of compressed RTF ([MS-OXRTFCP] 2.1).
const (
	headerSize = 16
	// sizeOverhead is the part of the header that COMPSIZE counts.
	sizeOverhead = 12
	ringSize     = 4096
	maxMatch     = 17
	minMatch     = 2
	// preset is what the dictionary holds at the start; the rest of it is zero.
	preset = `{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor ` +
		`MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0` + "\r\n" +
		`\par \pard\plain\f0\fs20\b\i\u\tab\tx`
)

// The values of COMPTYPE: LZFu, and MELA for contents that are stored as they are.
const (
	typeCompressed uint32 = 0x75465A4C
	typeStored     uint32 = 0x414C454D
)

// ErrNotCompressedRTF means that input has neither the header of compressed RTF nor
// begins as RTF does.
var ErrNotCompressedRTF = errors.New("rtf: neither compressed RTF nor RTF")

// A lzHeader is the header of compressed RTF ([MS-OXRTFCP] 2.1.3.1.1).
type lzHeader struct {
	compSize uint32 // of contents and the header behind this field
	rawSize  uint32 // of the RTF
	compType uint32
	crc      uint32 // of the contents; 0 where they are stored
}

func parseHeader(b []byte) lzHeader {
	le := binary.LittleEndian
	return lzHeader{le.Uint32(b), le.Uint32(b[4:]), le.Uint32(b[8:]), le.Uint32(b[12:])}
}

func (h lzHeader) append(b []byte) []byte {
	for _, v := range []uint32{h.compSize, h.rawSize, h.compType, h.crc} {
		b = binary.LittleEndian.AppendUint32(b, v)
	}
	return b
}

// contents returns the length of the contents that the header claims. ok is false
// when COMPSIZE is smaller than the header itself and so says nothing.
func (h lzHeader) contents() (n int64, ok bool) {
	return int64(h.compSize) - sizeOverhead, h.compSize >= sizeOverhead
}

// updateCRC continues the checksum of compressed RTF ([MS-OXRTFCP] 2.1.3.2), which
// begins with 0: the common CRC-32 without its inversions.
func updateCRC(crc uint32, b []byte) uint32 {
	return ^crc32.Update(^crc, crc32.IEEETable, b)
}

// startWindow puts the dictionary's beginning into w as the 4,095 bytes before
// position 4,095: the zeros of the ring first, then the preset. Where a reference's
// offset is d places behind the writing position, its source is d bytes back.
func startWindow(w []byte) (pos int) {
	pos = ringSize - 1
	copy(w[pos-len(preset):], preset)
	return pos
}
