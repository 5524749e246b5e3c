package msg

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"strings"

	"github.com/contentconv/contentconv/internal/cfb"
	"github.com/contentconv/contentconv/internal/propfile"
	"github.com/contentconv/contentconv/limits"
	"github.com/contentconv/contentconv/mapi"
)

// buckets is the number of hash buckets of the named property mapping.
const buckets = 31

// A nameTable gives the named properties of a file their ids, in the order of
// first use ([MS-OXMSG] 2.2.3).
type nameTable struct {
	ids     map[mapi.Name]uint16
	sets    map[mapi.GUID]uint16 // GUID indexes
	guids   []byte
	entries []byte
	texts   []byte
	buckets map[uint32][]byte // by tag
}

func newNameTable() *nameTable {
	return &nameTable{
		ids:     make(map[mapi.Name]uint16),
		buckets: make(map[uint32][]byte),
		sets:    map[mapi.GUID]uint16{mapi.PS_MAPI: 1, mapi.PS_PUBLIC_STRINGS: 2},
	}
}

// id returns the id of a name, or why it gets none.
func (t *nameTable) id(n mapi.Name) (id uint16, reason string) {
	if n.String != "" {
		n.LID = 0
		if n.Set == mapi.PS_INTERNET_HEADERS {
			n.String = strings.ToLower(n.String)
		}
	}
	if id, ok := t.ids[n]; ok {
		return id, ""
	}
	switch {
	case len(t.ids) > propfile.LastNamed-propfile.FirstNamed:
		return 0, fmt.Sprintf("a file has at most %d names", propfile.LastNamed-propfile.FirstNamed+1)
	case 2*limits.Length(n.String) > propfile.MaxNameSize:
		return 0, fmt.Sprintf("its name has more than %d characters", propfile.MaxNameSize/2)
	case n.String != "" && propfile.TrimNUL(n.String) != n.String:
		return 0, "its name ends in NUL"
	}
	id = propfile.FirstNamed + uint16(len(t.ids))
	t.ids[n] = id
	t.add(n, id)
	return id, ""
}

// add appends a name to the streams.
func (t *nameTable) add(n mapi.Name, id uint16) {
	set, ok := t.sets[n.Set]
	if !ok {
		set = uint16(3 + len(t.guids)/16)
		t.sets[n.Set] = set
		t.guids = append(t.guids, n.Set[:]...)
	}
	kind, number, hash := set<<1, n.LID, n.LID
	if n.String != "" {
		kind |= 1
		number = uint32(len(t.texts))
		hash = t.addText(n.String)
	}
	t.entries = appendName(t.entries, number, kind, id)
	bucket := bucketTag(hash, kind)
	t.buckets[bucket] = appendName(t.buckets[bucket], hash, kind, id)
}

// bucketTag returns the tag of the stream that is the hash bucket of a name: of
// its number or the checksum of its text, and of its GUID index with the bit that
// says which.
func bucketTag(hash uint32, kind uint16) uint32 {
	return (0x1000+(hash^uint32(kind))%buckets)<<16 | uint32(mapi.PtypBinary)
}

// appendName appends a record of the entry stream or of a bucket.
func appendName(b []byte, number uint32, kind, id uint16) []byte {
	b = binary.LittleEndian.AppendUint32(b, number)
	b = binary.LittleEndian.AppendUint16(b, kind)
	return binary.LittleEndian.AppendUint16(b, id-propfile.FirstNamed)
}

// addText appends a name to the string stream and returns its checksum.
func (t *nameTable) addText(s string) uint32 {
	var b strings.Builder
	propfile.NewText(s, false).WriteTo(&b)
	t.texts = binary.LittleEndian.AppendUint32(t.texts, uint32(b.Len()))
	t.texts = append(t.texts, b.String()...)
	for len(t.texts)%4 != 0 {
		t.texts = append(t.texts, 0)
	}
	return checksum([]byte(b.String()))
}

// checksum is the CRC-32 of names: without the inversions before and after.
func checksum(b []byte) uint32 { return ^crc32.Update(0xFFFFFFFF, crc32.IEEETable, b) }

// storage returns the storage of the mapping. It has the three main streams in
// any case, and the buckets that are not empty; the container sorts them.
func (t *nameTable) storage() *cfb.Node {
	n := &cfb.Node{Name: namesName}
	add := func(tag uint32, b []byte) {
		n.Children = append(n.Children, &cfb.Node{Name: streamName(tag), Content: cfb.Bytes(b)})
	}
	add(guidStream, t.guids)
	add(entryStream, t.entries)
	add(stringStream, t.texts)
	for tag, b := range t.buckets {
		add(tag, b)
	}
	return n
}
