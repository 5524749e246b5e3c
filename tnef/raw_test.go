package tnef_test

import (
	"encoding/binary"
	"slices"
	"unicode/utf16"

	"github.com/contentconv/contentconv/mapi"
)

// The attributes that tests build by hand.
const (
	attTnefVersion          = 0x00089006
	attOemCodepage          = 0x00069007
	attMessageClass         = 0x00078008
	attOriginalMessageClass = 0x00070006
	attFrom                 = 0x00008000
	attSubject              = 0x00018004
	attDateSent             = 0x00038005
	attMessageStatus        = 0x00068007
	attMessageID            = 0x00018009
	attBody                 = 0x0002800C
	attPriority             = 0x0004800D
	attAidOwner             = 0x00050008
	attRequestRes           = 0x00040009
	attOwner                = 0x00060000
	attSentFor              = 0x00060001
	attDelegate             = 0x00060002
	attMsgProps             = 0x00069003
	attRecipTable           = 0x00069004
	attAttachRendData       = 0x00069002
	attAttachData           = 0x0006800F
	attAttachTitle          = 0x00018010
	attAttachMetaFile       = 0x00068011
	attAttachModifyDate     = 0x00038013
	attAttachTransport      = 0x00069001
	attAttachment           = 0x00069005
)

var le = binary.LittleEndian

func u16(n uint16) []byte { return le.AppendUint16(nil, n) }
func u32(n uint32) []byte { return le.AppendUint32(nil, n) }

func join(parts ...[]byte) []byte { return slices.Concat(parts...) }

// stream is a signature, a key and attributes.
func stream(attrs ...[]byte) []byte {
	return join([]byte("\x78\x9F\x3E\x22\x37\x00"), join(attrs...))
}

// message and attach are attributes of the two levels, with their checksums.
func message(id uint32, data ...byte) []byte { return attribute(1, id, data) }
func attach(id uint32, data ...byte) []byte  { return attribute(2, id, data) }

func attribute(level byte, id uint32, data []byte) []byte {
	sum := uint16(0)
	for _, b := range data {
		sum += uint16(b)
	}
	return join([]byte{level}, u32(id), u32(uint32(len(data))), data, u16(sum))
}

func codePage(id uint32) []byte { return message(attOemCodepage, join(u32(id), u32(0))...) }

// props is an attMsgProps, attachProps an attAttachment.
func props(list ...[]byte) []byte       { return message(attMsgProps, propList(list...)...) }
func attachProps(list ...[]byte) []byte { return attach(attAttachment, propList(list...)...) }

func propList(list ...[]byte) []byte { return join(u32(uint32(len(list))), join(list...)) }

// prop is a property of a fixed-size type.
func prop(tag uint32, value ...byte) []byte { return join(u32(tag), padded(value)) }

// variable is a property of variable size with these values.
func variable(tag uint32, values ...[]byte) []byte {
	return join(u32(tag), u32(uint32(len(values))), elements(values...))
}

func elements(values ...[]byte) (b []byte) {
	for _, v := range values {
		b = join(b, u32(uint32(len(v))), padded(v))
	}
	return b
}

func padded(b []byte) []byte { return join(b, make([]byte, -len(b)&3)) }

// numbered and named put a name between the tag and the value of a property.
func numbered(set mapi.GUID, lid uint32, p []byte) []byte {
	return join(p[:4], set[:], u32(0), u32(lid), p[4:])
}

func named(set mapi.GUID, name string, p []byte) []byte {
	text := utf16z(name)
	return join(p[:4], set[:], u32(1), u32(uint32(len(text))), padded(text), p[4:])
}

func utf16le(s string) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = le.AppendUint16(b, u)
	}
	return b
}

// utf16z and z are strings with their NUL.
func utf16z(s string) []byte { return append(utf16le(s), 0, 0) }
func z(s string) []byte      { return append([]byte(s), 0) }

// text is a property of type PtypString.
func text(tag uint32, s string) []byte { return variable(tag, utf16z(s)) }

// rend is an attAttachRendData of a file.
func rend() []byte {
	return attach(attAttachRendData, 1, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0x20, 0, 0x20, 0, 0, 0, 0, 0)
}

// The interfaces of objects.
var (
	iidMessage = mapi.GUID{0x07, 0x03, 0x02, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46}
	iidStorage = mapi.GUID{0x0B, 0, 0, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46}
	iidStream  = mapi.GUID{0x0C, 0, 0, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46}
)

// object is PidTagAttachDataObject.
func object(iid mapi.GUID, data []byte) []byte {
	return variable(0x3701000D, join(iid[:], data))
}

// embedded is an attachment that holds a message.
func embedded(inner []byte) []byte {
	return join(rend(), attachProps(prop(0x37050003, 5), object(iidMessage, inner)))
}
