package msg

import (
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"

	"github.com/contentconv/contentconv/mapi"
)

var le = binary.LittleEndian

// The names of a file's storages and streams ([MS-OXMSG] 2.2).
const (
	propertiesName   = "__properties_version1.0"
	namesName        = "__nameid_version1.0"
	streamPrefix     = "__substg1.0_"
	recipientPrefix  = "__recip_version1.0_#"
	attachmentPrefix = "__attach_version1.0_#"
)

// The streams of the named property mapping ([MS-OXMSG] 2.2.3).
const (
	guidStream   uint32 = 0x00020102
	entryStream  uint32 = 0x00030102
	stringStream uint32 = 0x00040102
)

// The data of an attachment: a stream or a storage.
const (
	dataBinary = uint32(mapi.PidTagAttachDataBinary)
	dataObject = uint32(mapi.PidTagAttachDataObject)
)

// objectName is the stream or storage of dataObject.
const objectName = streamPrefix + "3701000D"

// The sizes of a property stream's header ([MS-OXMSG] 2.4.1), and of an entry.
const (
	headerTop      = 32
	headerEmbedded = 24
	headerOther    = 8
	entrySize      = 16
)

// MaxObjects is the number of recipients and of attachments that the format
// allows a message ([MS-OXMSG] 2.2.1, 2.2.2). Many files have more recipients.
const MaxObjects = 2048

// storeSupportMask is what Outlook writes in PidTagStoreSupportMask; the bit
// storeUnicode says that strings are in Unicode ([MS-OXMSG] 2.1.1.1).
const (
	storeSupportMask int32 = 0x00040E79
	storeUnicode     int32 = 0x00040000
)

// rootCLSID is {00020D0B-0000-0000-C000-000000000046}, the class of the root.
var rootCLSID = [16]byte{0x0B, 0x0D, 0x02, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46}

func streamName(tag uint32) string { return fmt.Sprintf("%s%08X", streamPrefix, tag) }

func elementName(tag uint32, index int) string {
	return fmt.Sprintf("%s%08X-%08X", streamPrefix, tag, index)
}

// parseStreamName returns what streamName or elementName made name from; index
// is -1 for the former.
//
// QUIRK: [MS-OXMSG] 2.2 has hexadecimal digits in upper case; names of compound
// files have no case, and some writers use lower case.
func parseStreamName(name string) (tag uint32, index int64, ok bool) {
	digits, ok := cutPrefixFold(name, streamPrefix)
	if !ok || len(digits) != 8 && (len(digits) != 17 || digits[8] != '-') {
		return 0, 0, false
	}
	n, ok := parseHex(digits[:8])
	if !ok || len(digits) == 8 {
		return n, -1, ok
	}
	i, ok := parseHex(digits[9:])
	return n, int64(i), ok
}

func parseHex(s string) (uint32, bool) {
	for i := range len(s) {
		// ParseUint takes signs and underscores.
		if c := s[i] | 0x20; c-'0' > 9 && c-'a' > 5 {
			return 0, false
		}
	}
	n, err := strconv.ParseUint(s, 16, 32)
	return uint32(n), err == nil
}

func cutPrefixFold(s, prefix string) (rest string, ok bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return "", false
	}
	return s[len(prefix):], true
}
