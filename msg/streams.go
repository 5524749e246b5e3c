package msg

import (
	"cmp"
	"slices"

	"github.com/contentconv/contentconv/internal/cfb"
)

// streams are the value streams of one storage, sorted by tag and index.
type streams struct {
	single   []valueStream
	elements []valueStream // of values with several elements of variable size
}

// A valueStream is a stream named after a property tag ([MS-OXMSG] 2.1.3).
type valueStream struct {
	tag   uint32
	index int64
	entry *cfb.Entry
}

// findStreams lists the value streams in a storage; other streams mean nothing.
func findStreams(storage *cfb.Entry) streams {
	var s streams
	kids := storage.Children()
	for _, e := range kids {
		if e.Storage {
			continue
		}
		tag, index, ok := parseStreamName(e.Name)
		switch {
		case !ok:
		case index < 0:
			if s.single == nil {
				s.single = make([]valueStream, 0, len(kids))
			}
			s.single = append(s.single, valueStream{tag, index, e})
		default:
			s.elements = append(s.elements, valueStream{tag, index, e})
		}
	}
	// Children come in the order of their names, which is that of the tags.
	return s
}

// find returns the stream of a tag, or nil.
func (s *streams) find(tag uint32) *cfb.Entry {
	i, found := slices.BinarySearchFunc(s.single, tag, compareTag)
	if !found {
		return nil
	}
	return s.single[i].entry
}

// elementsOf returns the streams of a tag's elements in their order.
func (s *streams) elementsOf(tag uint32) []valueStream {
	from, _ := slices.BinarySearchFunc(s.elements, tag, compareTag)
	to := from
	for to < len(s.elements) && s.elements[to].tag == tag {
		to++
	}
	return s.elements[from:to]
}

func compareTag(s valueStream, tag uint32) int { return cmp.Compare(s.tag, tag) }
