package macfile

import (
	"encoding/binary"
	"io"
)

// The magic numbers of the two Apple forms (RFC 1740 appendix A).
const (
	magicSingle = 0x00051600
	magicDouble = 0x00051607
)

// The entries of an Apple file.
const (
	entryData     = 1
	entryResource = 2
	entryName     = 3
	entryDates    = 8
	entryFinder   = 9
)

const (
	appleHeader = 26
	appleEntry  = 12
	maxEntries  = 64
	// y2kToMac is the difference between the epochs of 1904 and of 2000, from
	// which Apple files count.
	y2kToMac = 3029529600
)

// ParseApple reads an AppleSingle file, or the header file of an AppleDouble,
// which has no data fork; double says which.
func ParseApple(r io.ReaderAt, size int64) (f File, double bool, err error) {
	head, err := readAt(r, 0, appleHeader, size)
	if err != nil {
		return f, false, err
	}
	switch binary.BigEndian.Uint32(head) {
	case magicSingle:
	case magicDouble:
		double = true
	default:
		return f, false, ErrInvalid
	}
	n := int64(binary.BigEndian.Uint16(head[24:]))
	if n == 0 || n > maxEntries {
		return f, double, ErrInvalid
	}
	table, err := readAt(r, appleHeader, n*appleEntry, size)
	if err != nil {
		return f, double, err
	}
	for ; len(table) > 0; table = table[appleEntry:] {
		fork := Fork{
			Off: int64(binary.BigEndian.Uint32(table[4:])),
			Len: int64(binary.BigEndian.Uint32(table[8:])),
		}
		if fork.Off+fork.Len > size {
			return f, double, ErrInvalid
		}
		if err := f.appleEntry(r, binary.BigEndian.Uint32(table), fork, size); err != nil {
			return f, double, err
		}
	}
	return f, double, nil
}

func (f *File) appleEntry(r io.ReaderAt, id uint32, at Fork, size int64) error {
	switch id {
	case entryData:
		f.Data = at
	case entryResource:
		f.Resource = at
	case entryName:
		b, err := readAt(r, at.Off, min(at.Len, 255), size)
		if err != nil {
			return err
		}
		f.Name = fromMacRoman(b)
	case entryDates:
		b, err := readAt(r, at.Off, min(at.Len, 8), size)
		if err != nil || len(b) < 8 {
			return err
		}
		f.Created, f.Modified = macDate(b), macDate(b[4:])
	case entryFinder:
		b, err := readAt(r, at.Off, min(at.Len, 10), size)
		if err != nil || len(b) < 10 {
			return err
		}
		copy(f.Type[:], b)
		copy(f.Creator[:], b[4:])
		f.Flags = binary.BigEndian.Uint16(b[8:])
	}
	return nil
}

// macDate turns seconds from 2000 into seconds from 1904. The lowest number
// means that the date is unknown.
func macDate(b []byte) uint32 {
	n := int32(binary.BigEndian.Uint32(b))
	if n == -1<<31 {
		return 0
	}
	return uint32(int64(n) + y2kToMac)
}

// AppleDouble returns the header file of an AppleDouble for the file: Finder
// information and a resource fork, whose bytes follow what is returned.
func (f *File) AppleDouble() []byte {
	const entries, finder = 2, 32
	offFinder := uint32(appleHeader + entries*appleEntry)
	b := make([]byte, 0, offFinder+finder)
	b = binary.BigEndian.AppendUint32(b, magicDouble)
	b = binary.BigEndian.AppendUint32(b, 0x00020000)
	b = append(b, make([]byte, 16)...)
	b = binary.BigEndian.AppendUint16(b, entries)
	for _, e := range [...]uint32{entryFinder, offFinder, finder, entryResource, offFinder + finder, uint32(f.Resource.Len)} {
		b = binary.BigEndian.AppendUint32(b, e)
	}
	b = append(append(b, f.Type[:]...), f.Creator[:]...)
	b = binary.BigEndian.AppendUint16(b, f.Flags)
	return append(b, make([]byte, finder-10)...)
}

// ParseMacBinary reads a MacBinary file of any version.
func ParseMacBinary(r io.ReaderAt, size int64) (File, error) {
	var f File
	h, err := readAt(r, 0, blockSize, size)
	if err != nil {
		return f, err
	}
	n := int(h[offNameLength])
	f.Data = Fork{blockSize, int64(binary.BigEndian.Uint32(h[offDataLength:]))}
	f.Resource = Fork{blockSize + f.Data.Len + Padding(f.Data.Len), int64(binary.BigEndian.Uint32(h[offRsrcLength:]))}
	checked := binary.BigEndian.Uint16(h[offCRC:]) == crc16(0, h[:offCRC])
	// MacBinary I has no checksum: its bytes from 99 on are zero.
	plain := h[offFlagsLow] == 0 && h[offVersion] == 0
	if h[0] != 0 || h[74] != 0 || h[82] != 0 || n < 1 || n > maxName || !checked && !plain ||
		f.Data.Len+f.Resource.Len == 0 || f.Data.Off+f.Data.Len > size || f.Resource.Off+f.Resource.Len > size {
		return File{}, ErrInvalid
	}
	f.Name = fromMacRoman(h[offName : offName+n])
	copy(f.Type[:], h[offType:])
	copy(f.Creator[:], h[offCreator:])
	f.Flags = uint16(h[offFlagsHigh])<<8 | uint16(h[offFlagsLow])
	f.Created = binary.BigEndian.Uint32(h[offCreated:])
	f.Modified = binary.BigEndian.Uint32(h[offModified:])
	return f, nil
}

// readAt returns n bytes at off, which must lie within size.
func readAt(r io.ReaderAt, off, n, size int64) ([]byte, error) {
	if off < 0 || n < 0 || off+n > size {
		return nil, ErrInvalid
	}
	b := make([]byte, n)
	if got, err := r.ReadAt(b, off); got < len(b) {
		if err == io.EOF || err == nil {
			err = ErrInvalid
		}
		return nil, err
	}
	return b, nil
}
