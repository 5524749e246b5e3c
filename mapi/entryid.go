package mapi

import (
	"bytes"
	"encoding/binary"
)

// An EntryID is the parsed form of an entry id: a *[OneOff], an
// *[AddressBookEntryID], a *[ContactEntryID], a *[WrappedEntryID] or an
// *[OpaqueEntryID]. As a [Lazy] it is also a value to be set.
type EntryID interface {
	Lazy
	provider() GUID
}

// The providers of entry ids that a converter reads ([MS-OXCDATA] 2.2.5,
// [MS-OXOCNTC] 2.2.2.3.3).
var (
	providerOneOff      = GUID{0x81, 0x2B, 0x1F, 0xA4, 0xBE, 0xA3, 0x10, 0x19, 0x9D, 0x6E, 0x00, 0xDD, 0x01, 0x0F, 0x54, 0x02}
	providerAddressBook = GUID{0xDC, 0xA7, 0x40, 0xC8, 0xC0, 0x42, 0x10, 0x1A, 0xB4, 0xB9, 0x08, 0x00, 0x2B, 0x2F, 0xE1, 0x82}
	providerContact     = GUID{0xFE, 0x42, 0xAA, 0x0A, 0x18, 0xC7, 0x1A, 0x10, 0xE8, 0x85, 0x0B, 0x65, 0x1C, 0x24, 0x00, 0x00}
	providerWrapped     = GUID{0xC0, 0x91, 0xAD, 0xD3, 0x51, 0x9D, 0xCF, 0x11, 0xA4, 0xA9, 0x00, 0xAA, 0x00, 0x47, 0xFA, 0xA4}
)

// entryIDHeader is the size of the flags and the provider.
const entryIDHeader = 4 + 16

// ParseEntryID reads an entry id. Text in 8 bits goes through decode; nil means
// UTF-8 or else windows-1252. What is cut off is read as far as it goes. The
// result is nil only when b is too short to name a provider.
func ParseEntryID(b []byte, decode func([]byte) string) EntryID {
	if len(b) < entryIDHeader {
		return nil
	}
	if decode == nil {
		decode = text8
	}
	provider, data := GUID(b[4:entryIDHeader]), b[entryIDHeader:]
	switch provider {
	case providerOneOff:
		return parseOneOff(data, decode)
	case providerAddressBook:
		return parseAddressBook(data, decode)
	case providerContact:
		if e := parseContact(data); e != nil {
			return e
		}
	case providerWrapped:
		return parseWrapped(data)
	}
	return opaqueEntryID(b)
}

func appendEntryIDHeader(b []byte, provider GUID) []byte {
	return append(append(b, 0, 0, 0, 0), provider[:]...)
}

// An AddressBookEntryID names an entry of the organisation's directory
// ([MS-OXCDATA] 2.2.5.2).
type AddressBookEntryID struct {
	Type uint32 // 0 mail user, 1 distribution list, 0x100 container ...
	DN   string // X.500 distinguished name, /o=.../cn=...
}

func (*AddressBookEntryID) provider() GUID { return providerAddressBook }

// Bytes returns the entry id as stored.
func (e *AddressBookEntryID) Bytes() []byte {
	b := make([]byte, 0, entryIDHeader+8+len(e.DN)+1)
	b = appendEntryIDHeader(b, providerAddressBook)
	b = binary.LittleEndian.AppendUint32(b, 1)
	b = binary.LittleEndian.AppendUint32(b, e.Type)
	return appendField8(b, e.DN)
}

func parseAddressBook(data []byte, decode func([]byte) string) EntryID {
	e := new(AddressBookEntryID)
	if len(data) >= 8 {
		e.Type = binary.LittleEndian.Uint32(data[4:])
		dn, _ := field8(data[8:])
		e.DN = decode(dn)
	}
	return e
}

// A ContactEntryID names an address of a contact in a folder ([MS-OXOCNTC]
// 2.2.2.3.3). It has no address itself.
type ContactEntryID struct {
	Type  uint32 // 4 mail user, 5 distribution list
	Index uint32 // 0 to 2 e-mail addresses, 3 to 5 fax numbers, 0xFF a list
	Inner []byte // entry id of the contact
}

func (*ContactEntryID) provider() GUID { return providerContact }

// Bytes returns the entry id as stored.
func (e *ContactEntryID) Bytes() []byte {
	b := make([]byte, 0, entryIDHeader+16+len(e.Inner))
	b = appendEntryIDHeader(b, providerContact)
	b = binary.LittleEndian.AppendUint32(b, 3)
	b = binary.LittleEndian.AppendUint32(b, e.Type)
	b = binary.LittleEndian.AppendUint32(b, e.Index)
	b = binary.LittleEndian.AppendUint32(b, uint32(len(e.Inner)))
	return append(b, e.Inner...)
}

// parseContact returns nil for what is not an address but a folder of contacts.
func parseContact(data []byte) *ContactEntryID {
	if len(data) < 16 {
		return nil
	}
	e := &ContactEntryID{
		Type:  binary.LittleEndian.Uint32(data[4:]),
		Index: binary.LittleEndian.Uint32(data[8:]),
		Inner: data[16:],
	}
	if e.Type != 4 && e.Type != 5 {
		return nil
	}
	if n := binary.LittleEndian.Uint32(data[12:]); uint64(n) < uint64(len(e.Inner)) {
		e.Inner = e.Inner[:n]
	}
	return e
}

// A WrappedEntryID is a member of a personal distribution list: another entry
// id behind a byte of flags ([MS-OXOCNTC] 2.2.2.4.5).
type WrappedEntryID struct {
	Type  uint8
	Inner []byte
}

func (*WrappedEntryID) provider() GUID { return providerWrapped }

// Bytes returns the entry id as stored.
func (e *WrappedEntryID) Bytes() []byte {
	b := make([]byte, 0, entryIDHeader+1+len(e.Inner))
	b = append(appendEntryIDHeader(b, providerWrapped), e.Type)
	return append(b, e.Inner...)
}

func parseWrapped(data []byte) EntryID {
	e := new(WrappedEntryID)
	if len(data) > 0 {
		e.Type, e.Inner = data[0], data[1:]
	}
	return e
}

// An OpaqueEntryID is one of a message store or of an unknown provider. It
// means nothing outside the store that made it.
type OpaqueEntryID struct {
	Flags    [4]byte // not zero in ids that do not last
	Provider GUID
	Data     []byte
}

func (e *OpaqueEntryID) provider() GUID { return e.Provider }

// Bytes returns the entry id as stored.
func (e *OpaqueEntryID) Bytes() []byte {
	b := make([]byte, 0, entryIDHeader+len(e.Data))
	b = appendEntryIDHeader(b, e.Provider)
	copy(b, e.Flags[:])
	return append(b, e.Data...)
}

func opaqueEntryID(b []byte) *OpaqueEntryID {
	return &OpaqueEntryID{[4]byte(b[0:4]), GUID(b[4:entryIDHeader]), b[entryIDHeader:]}
}

// appendField8 appends s with a NUL at its end, and without any before.
func appendField8(b []byte, s string) []byte {
	start := len(b)
	b = append(b, s...)
	if bytes.IndexByte(b[start:], 0) >= 0 {
		b = append(b[:start], bytes.ReplaceAll(b[start:], []byte{0}, nil)...)
	}
	return append(b, 0)
}
