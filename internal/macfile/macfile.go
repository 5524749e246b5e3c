// Package macfile reads the forms in which mail carries Macintosh files:
// AppleSingle and AppleDouble (RFC 1740), BinHex 4.0 (RFC 1741) and MacBinary, and
// makes the MacBinary header under which MAPI stores all of them ([MS-OXCMSG]
// 2.2.2.20).
package macfile

import (
	"encoding/binary"
	"errors"

	"golang.org/x/text/encoding/charmap"
)

// ErrInvalid is what every parser returns for data that is not of its form.
var ErrInvalid = errors.New("macfile: not a Macintosh file")

// A File is a Macintosh file: what is known of it, and where its forks are in
// the source that it was parsed from.
type File struct {
	Name          string // may be empty
	Type, Creator [4]byte
	Flags         uint16 // of the Finder
	Created       uint32 // seconds since 1904, or 0
	Modified      uint32
	Data          Fork
	Resource      Fork
}

// A Fork is a range of the source.
type Fork struct{ Off, Len int64 }

// blockSize is the size of a MacBinary header, and what forks are padded to.
const blockSize = 128

// Padding returns the number of zero bytes that follow a fork of n bytes.
func Padding(n int64) int64 { return (blockSize - n%blockSize) % blockSize }

// The places of a MacBinary header.
const (
	offNameLength = 1
	offName       = 2
	maxName       = 63
	offType       = 65
	offCreator    = 69
	offFlagsHigh  = 73
	offDataLength = 83
	offRsrcLength = 87
	offCreated    = 91
	offModified   = 95
	offFlagsLow   = 101
	offVersion    = 122
	offMinVersion = 123
	offCRC        = 124
)

// macBinaryII is the version that a MacBinary II header has.
const macBinaryII = 129

// MacBinary returns the MacBinary II header of the file, whose forks have these
// lengths. It reports false when a fork is too long for the form: 2 GiB.
func (f *File) MacBinary(data, resource int64) ([]byte, bool) {
	if data >= 1<<31 || resource >= 1<<31 {
		return nil, false
	}
	h := make([]byte, blockSize)
	name := macRoman(f.Name)
	h[offNameLength] = byte(copy(h[offName:offName+maxName], name))
	copy(h[offType:], f.Type[:])
	copy(h[offCreator:], f.Creator[:])
	h[offFlagsHigh], h[offFlagsLow] = byte(f.Flags>>8), byte(f.Flags)
	binary.BigEndian.PutUint32(h[offDataLength:], uint32(data))
	binary.BigEndian.PutUint32(h[offRsrcLength:], uint32(resource))
	binary.BigEndian.PutUint32(h[offCreated:], f.Created)
	binary.BigEndian.PutUint32(h[offModified:], f.Modified)
	h[offVersion], h[offMinVersion] = macBinaryII, macBinaryII
	binary.BigEndian.PutUint16(h[offCRC:], crc16(0, h[:offCRC]))
	return h, true
}

// macRoman returns a name for a header, never empty: a reader takes an empty one
// for a header that is none.
func macRoman(name string) []byte {
	b := make([]byte, 0, maxName)
	for _, r := range name {
		c, ok := charmap.Macintosh.EncodeRune(r)
		if !ok || c < ' ' || c == ':' {
			c = '_'
		}
		if b = append(b, c); len(b) == maxName {
			break
		}
	}
	if len(b) == 0 {
		return []byte("untitled")
	}
	return b
}

func fromMacRoman(b []byte) string {
	s, err := charmap.Macintosh.NewDecoder().Bytes(b)
	if err != nil {
		return ""
	}
	return string(s)
}

// crc16 continues a CRC-16 with the polynomial 0x1021, as XMODEM, MacBinary and
// BinHex have it.
func crc16(crc uint16, b []byte) uint16 {
	for _, c := range b {
		crc ^= uint16(c) << 8
		for range 8 {
			if crc&0x8000 != 0 {
				crc = crc<<1 ^ 0x1021
			} else {
				crc <<= 1
			}
		}
	}
	return crc
}

// Codes returns ":CREA:TYPE", the form of PidTagAttachAdditionalInformation
// ([MS-OXCMSG] 2.2.2.21).
func (f *File) Codes() []byte {
	b := append([]byte{':'}, f.Creator[:]...)
	return append(append(b, ':'), f.Type[:]...)
}
