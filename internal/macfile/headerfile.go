package macfile

import "encoding/binary"

// HeaderFile returns the header file of an AppleDouble with all that f knows: its
// name, its dates and its Finder information. It ends in the entry of a resource
// fork, whose bytes follow what is returned.
func (f *File) HeaderFile() []byte {
	type entry struct {
		id   uint32
		data []byte
	}
	finder := make([]byte, 32)
	copy(finder, f.Type[:])
	copy(finder[4:], f.Creator[:])
	binary.BigEndian.PutUint16(finder[8:], f.Flags)
	dates := make([]byte, 0, 16)
	for _, t := range [...]uint32{f.Created, f.Modified, 0, 0} {
		dates = binary.BigEndian.AppendUint32(dates, appleDate(t))
	}
	entries := []entry{{entryFinder, finder}}
	if f.Created != 0 || f.Modified != 0 {
		entries = append(entries, entry{entryDates, dates})
	}
	if f.Name != "" {
		entries = append(entries, entry{entryName, macRoman(f.Name)})
	}
	b := binary.BigEndian.AppendUint32(nil, magicDouble)
	b = binary.BigEndian.AppendUint32(b, 0x00020000)
	b = append(b, make([]byte, 16)...)
	b = binary.BigEndian.AppendUint16(b, uint16(len(entries)+1))
	off := uint32(appleHeader + appleEntry*(len(entries)+1))
	for _, e := range entries {
		b = appendEntry(b, e.id, off, uint32(len(e.data)))
		off += uint32(len(e.data))
	}
	b = appendEntry(b, entryResource, off, uint32(f.Resource.Len))
	for _, e := range entries {
		b = append(b, e.data...)
	}
	return b
}

func appendEntry(b []byte, id, off, length uint32) []byte {
	for _, v := range [...]uint32{id, off, length} {
		b = binary.BigEndian.AppendUint32(b, v)
	}
	return b
}

// appleDate is the inverse of macDate: the lowest number for no date.
func appleDate(seconds uint32) uint32 {
	if seconds == 0 {
		return 1 << 31
	}
	return uint32(int64(seconds) - y2kToMac)
}
