package mapi

import "encoding/binary"

// The flags of a [OneOff].
const (
	OneOffNoRichInfo uint16 = 0x0001 // the recipient wants no TNEF
	OneOffNoLookup   uint16 = 0x1000 // not to be looked up in an address book
	OneOffUnicode    uint16 = 0x8000 // the text is UTF-16LE
)

// A OneOff is the entry id of a recipient that is in no address book: its name
// and address themselves ([MS-OXCDATA] 2.2.5.1).
type OneOff struct {
	Name        string
	AddressType string // such as "SMTP"
	Address     string
	Flags       uint16 // as found; Bytes always sets OneOffUnicode
}

func (*OneOff) provider() GUID { return providerOneOff }

// Bytes returns the entry id as stored, with its text in UTF-16LE.
func (o *OneOff) Bytes() []byte {
	n := len(o.Name) + len(o.AddressType) + len(o.Address) + 3
	b := make([]byte, 0, entryIDHeader+4+2*n)
	b = appendEntryIDHeader(b, providerOneOff)
	b = append(b, 0, 0)
	b = binary.LittleEndian.AppendUint16(b, o.Flags|OneOffUnicode)
	b = appendField16(b, o.Name)
	b = appendField16(b, o.AddressType)
	return appendField16(b, o.Address)
}

func parseOneOff(data []byte, decode func([]byte) string) EntryID {
	o := new(OneOff)
	if len(data) < 4 {
		return o
	}
	o.Flags = binary.LittleEndian.Uint16(data[2:])
	data = data[4:]
	if o.Flags&OneOffUnicode != 0 {
		o.fill(data, field16, text16)
		if isAddressType(o.AddressType) {
			return o
		}
		// QUIRK: some writers set the Unicode flag and store 8-bit text. No such
		// text reads as UTF-16 with an address type in ASCII ([MS-OXCDATA] 2.2.5.1).
		narrow := &OneOff{Flags: o.Flags &^ OneOffUnicode}
		narrow.fill(data, field8, decode)
		// One letter may be half of UTF-16.
		if len(narrow.AddressType) > 1 && isAddressType(narrow.AddressType) {
			return narrow
		}
		return o
	}
	o.fill(data, field8, decode)
	return o
}

// fill reads the three fields; those cut off stay empty.
func (o *OneOff) fill(data []byte, cut func([]byte) (field, rest []byte), text func([]byte) string) {
	for _, s := range []*string{&o.Name, &o.AddressType, &o.Address} {
		var field []byte
		field, data = cut(data)
		*s = text(field)
	}
}

// isAddressType reports whether s looks like "SMTP", "EX", "FAX" ...
func isAddressType(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; !isAlnum(c) && c != '_' && c != '.' && c != '-' && c != ' ' {
			return false
		}
	}
	return s != ""
}

func isAlnum(c byte) bool {
	return c-'0' < 10 || (c|0x20)-'a' < 26
}
