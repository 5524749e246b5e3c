package msg

import (
	"io"

	"github.com/contentconv/contentconv/internal/cfb"
	"github.com/contentconv/contentconv/internal/propfile"
	"github.com/contentconv/contentconv/mapi"
)

// names checks the named property mapping ([MS-OXMSG] 2.2.3).
func (c *checker) names(storage *cfb.Entry) error {
	if storage == nil || !storage.Storage {
		c.add(nil, "the storage of the property names is missing")
		return nil
	}
	s := findStreams(storage)
	var data [3][]byte
	for i, tag := range []uint32{guidStream, entryStream, stringStream} {
		e := s.find(tag)
		if e == nil {
			c.add(nil, "%s of the property names is missing", streamName(tag))
			continue
		}
		var err error
		if data[i], err = e.ReadAll(e.Size); err != nil && !damage(err) {
			return err
		}
	}
	c.named = len(data[1]) / 8
	if len(data[1])%8 != 0 || c.named > propfile.LastNamed-propfile.FirstNamed+1 {
		c.add(nil, "the entries of the property names have %d bytes", len(data[1]))
	}
	if len(data[0])%16 != 0 {
		c.add(nil, "the GUIDs of the property names have %d bytes", len(data[0]))
	}
	want := make(map[uint32][]byte)
	for i := range c.named {
		c.name(i, data[1][8*i:8*i+8], data[0], data[2], want)
	}
	return c.buckets(&s, want)
}

// name checks the entry of one name, and notes what its bucket must have.
func (c *checker) name(i int, entry, guids, texts []byte, want map[uint32][]byte) {
	n, err := parseName(entry, guids, texts)
	if err != nil {
		c.add(nil, "name of property 0x%04X: %v", propfile.FirstNamed+i, err)
		return
	}
	kind, index := le.Uint16(entry[4:]), le.Uint16(entry[6:])
	if int(index) != i {
		c.add(nil, "the name of property 0x%04X is at the place of 0x%04X", propfile.FirstNamed+int(index), propfile.FirstNamed+i)
	}
	hash := n.LID
	if n.String != "" {
		at := le.Uint32(entry)
		if at%4 != 0 {
			c.add(nil, "the text of the name of property 0x%04X is at offset %d", propfile.FirstNamed+i, at)
		}
		hash = checksum(texts[at+4:][:le.Uint32(texts[at:])])
	}
	tag := bucketTag(hash, kind)
	want[tag] = appendName(want[tag], hash, kind, propfile.FirstNamed+index)
}

// buckets checks that every name is in its hash bucket, and nothing else.
func (c *checker) buckets(s *streams, want map[uint32][]byte) error {
	for i := range uint32(buckets) {
		tag := (0x1000+i)<<16 | uint32(mapi.PtypBinary)
		var got []byte
		if e := s.find(tag); e != nil {
			var err error
			if got, err = e.ReadAll(e.Size); err != nil && !damage(err) {
				return err
			}
		}
		if !sameRecords(got, want[tag]) {
			c.add(nil, "the hash bucket %s has other names than it should", streamName(tag))
		}
	}
	return nil
}

// sameRecords compares buckets: the order of their records does not matter.
func sameRecords(a, b []byte) bool {
	if len(a) != len(b) || len(a)%8 != 0 {
		return false
	}
	count := make(map[[8]byte]int)
	for i := 0; i < len(a); i += 8 {
		count[[8]byte(a[i:])]++
		count[[8]byte(b[i:])]--
	}
	for _, n := range count {
		if n != 0 {
			return false
		}
	}
	return true
}

// inPlaceSize returns how many bytes of an entry its value takes, or 0 for a
// value that is elsewhere.
func inPlaceSize(t mapi.PropType) int {
	switch t {
	case mapi.PtypGuid:
		return 0
	case mapi.PtypBoolean:
		return 2
	}
	return t.Size()
}

// terminator returns how many bytes of the size of a single value are no part of
// its stream.
func terminator(t mapi.PropType) int64 {
	switch t {
	case mapi.PtypString:
		return 2
	case mapi.PtypString8:
		return 1
	}
	return 0
}

// tail returns the last n bytes of a stream, or fewer.
func tail(e *cfb.Entry, n int) ([]byte, error) {
	s, err := e.Open()
	if err != nil {
		return nil, err
	}
	b := make([]byte, min(int64(n), e.Size))
	if _, err := s.ReadAt(b, e.Size-int64(len(b))); err != nil && err != io.EOF && !damage(err) {
		return nil, err
	}
	return b, nil
}

func allZero(b []byte) bool {
	for _, c := range b {
		if c != 0 {
			return false
		}
	}
	return true
}
