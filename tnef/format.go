package tnef

import (
	"bytes"
	"encoding/binary"

	"github.com/contentconv/contentconv/mapi"
)

var le = binary.LittleEndian

// Signature is what a stream begins with ([MS-OXTNEF] 2.1.3.1).
const Signature = "\x78\x9F\x3E\x22"

// HasSignature reports whether b begins as a TNEF stream does. Streams are told by
// it, not by a file name or a media type.
func HasSignature(b []byte) bool { return bytes.HasPrefix(b, []byte(Signature)) }

// The sizes of a stream's header, and of the frame of an attribute: level, id and
// length before its data, a checksum behind.
const (
	headerSize    = 4 + 2
	attrHead      = 1 + 4 + 4
	attrChecksum  = 2
	attrFrame     = attrHead + attrChecksum
	streamVersion = 0x00010000
)

// The levels of attributes.
const (
	levelMessage    = 1
	levelAttachment = 2
)

// An attrID is the id of an attribute, its type above its name.
type attrID uint32

// The attributes ([MS-OXTNEF] 2.1.3.3).
const (
	attTnefVersion             attrID = 0x00089006
	attOemCodepage             attrID = 0x00069007
	attMessageClass            attrID = 0x00078008
	attOriginalMessageClass    attrID = 0x00070006
	attFrom                    attrID = 0x00008000
	attSubject                 attrID = 0x00018004
	attDateSent                attrID = 0x00038005
	attDateRecd                attrID = 0x00038006
	attDateModified            attrID = 0x00038020
	attDateStart               attrID = 0x00030006
	attDateEnd                 attrID = 0x00030007
	attMessageStatus           attrID = 0x00068007
	attMessageID               attrID = 0x00018009
	attParentID                attrID = 0x0001800A
	attConversationID          attrID = 0x0001800B
	attBody                    attrID = 0x0002800C
	attPriority                attrID = 0x0004800D
	attAidOwner                attrID = 0x00050008
	attRequestRes              attrID = 0x00040009
	attOwner                   attrID = 0x00060000
	attSentFor                 attrID = 0x00060001
	attDelegate                attrID = 0x00060002
	attMsgProps                attrID = 0x00069003
	attRecipTable              attrID = 0x00069004
	attAttachRendData          attrID = 0x00069002
	attAttachData              attrID = 0x0006800F
	attAttachTitle             attrID = 0x00018010
	attAttachMetaFile          attrID = 0x00068011
	attAttachCreateDate        attrID = 0x00038012
	attAttachModifyDate        attrID = 0x00038013
	attAttachTransportFilename attrID = 0x00069001
	attAttachment              attrID = 0x00069005
	attNull                    attrID = 0x00000000

	// attOriginalMessageClassMisprint is what programs write that were made by an
	// early description of the format.
	attOriginalMessageClassMisprint attrID = 0x00070600
)

// The interfaces whose ids stand before the data of an object ([MS-OXTNEF]
// 2.1.3.4).
var (
	iidMessage = mapi.GUID{0x07, 0x03, 0x02, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46}
	iidStorage = mapi.GUID{0x0B, 0x00, 0x00, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46}
	iidStream  = mapi.GUID{0x0C, 0x00, 0x00, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46}
)

// storageSignature is what a compound file begins with.
const storageSignature = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"

// dataID is the id of the data of an attachment: binary, or an object.
const (
	dataID     = uint16(mapi.PidTagAttachDataBinary >> 16)
	dataObject = uint32(mapi.PidTagAttachDataObject)
)

// The two kinds of a named property's name.
const (
	kindLID    = 0
	kindString = 1
)

// padding returns the number of bytes from n to the next multiple of four.
func padding(n int64) int64 { return -n & 3 }
