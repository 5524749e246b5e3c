package mapi

import (
	"encoding/binary"
	"fmt"
)

// A FlatEntryList is a list of entry ids in one value, such as
// PidTagReplyRecipientEntries ([MS-OXCDATA] 2.3.3).
type FlatEntryList [][]byte

// flatHeader is the size of the number of entries and of their total size.
const flatHeader = 8

// Bytes returns the list as stored: entries are padded to four bytes, but for
// the last.
func (l FlatEntryList) Bytes() []byte {
	n := flatHeader
	for _, e := range l {
		n = pad4(n) + 4 + len(e)
	}
	b := make([]byte, flatHeader, n)
	for _, e := range l {
		b = append(b, 0, 0, 0)[:pad4(len(b))]
		b = binary.LittleEndian.AppendUint32(b, uint32(len(e)))
		b = append(b, e...)
	}
	binary.LittleEndian.PutUint32(b, uint32(len(l)))
	binary.LittleEndian.PutUint32(b[4:], uint32(len(b)-flatHeader))
	return b
}

func pad4(n int) int { return (n + 3) &^ 3 }

// ParseFlatEntryList reads a list. Padding after the last entry does not
// matter. Of a damaged list it returns the entries before the damage, and an
// error that says what is wrong; they share b's memory.
func ParseFlatEntryList(b []byte) (FlatEntryList, error) {
	if len(b) < flatHeader {
		return nil, fmt.Errorf("mapi: an entry list of %d bytes has no header", len(b))
	}
	count := binary.LittleEndian.Uint32(b)
	if size := binary.LittleEndian.Uint32(b[4:]); uint64(size) < uint64(len(b)-flatHeader) {
		b = b[:flatHeader+int(size)]
	}
	var l FlatEntryList
	for pos := flatHeader; uint64(len(l)) < uint64(count); {
		if pos > len(b)-4 {
			return l, fmt.Errorf("mapi: an entry list claims %d entries and has %d", count, len(l))
		}
		n := binary.LittleEndian.Uint32(b[pos:])
		pos += 4
		if uint64(n) > uint64(len(b)-pos) {
			return l, fmt.Errorf("mapi: entry %d of a list has %d bytes, %d are left", len(l), n, len(b)-pos)
		}
		end := pos + int(n)
		l = append(l, b[pos:end:end])
		pos = pad4(end)
	}
	return l, nil
}

// An AddressList is the FlatEntryList of one-off entry ids of its addresses,
// made when it is read.
type AddressList []InternetAddress

// Bytes returns the list as stored.
func (l AddressList) Bytes() []byte {
	entries := make(FlatEntryList, len(l))
	for i := range l {
		entries[i] = l[i].EntryID().Bytes()
	}
	return entries.Bytes()
}
