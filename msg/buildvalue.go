package msg

import (
	"encoding/binary"
	"fmt"
	"math"

	"github.com/contentconv/contentconv/internal/cfb"
	"github.com/contentconv/contentconv/internal/propfile"
	"github.com/contentconv/contentconv/mapi"
)

// noSize is the size field of an object.
const noSize = math.MaxUint32

// value adds an entry, and the streams that hold what it has no room for.
func (o *objectNode) value(tag uint32, v mapi.Value) error {
	if raw, ok := propfile.ToRaw(v); ok {
		o.entries = append(o.entries, nodeEntry{tag, raw})
		return nil
	}
	if s, ok := v.Text(); ok {
		// The size counts a terminating NUL that the stream does not have.
		return o.single(tag, propfile.NewText(s, false), 2)
	}
	if b, ok := v.Bytes(); ok {
		return o.single(tag, binaryValue{v, int64(len(b))}, 0)
	}
	if g, ok := v.GUID(); ok {
		return o.single(tag, cfb.Bytes(g[:]), 0)
	}
	switch list := v.Elements().(type) {
	case []string:
		return elements(o, tag, list, 4, func(s string) cfb.Content { return propfile.NewText(s, true) })
	case [][]byte:
		return elements(o, tag, list, 8, func(b []byte) cfb.Content { return cfb.Bytes(b) })
	}
	b, err := binary.Append(nil, binary.LittleEndian, v.Elements())
	if err != nil {
		return &Error{o.place.String(), fmt.Errorf("property 0x%08X: %w", tag, err)}
	}
	return o.single(tag, cfb.Bytes(b), 0)
}

// single adds a value that is in one stream.
func (o *objectNode) single(tag uint32, c cfb.Content, extra int64) error {
	if c.Size()+extra >= noSize {
		return &Error{o.place.String(), fmt.Errorf("%w: %s has %d bytes", ErrTooLarge, propfile.TagText(tag), c.Size())}
	}
	o.entries = append(o.entries, nodeEntry{tag, uint64(c.Size() + extra)})
	return o.stream(o.streamName(tag), c)
}

// elements adds a value of several strings or binaries ([MS-OXMSG] 2.1.4.2): a
// stream with the size of each, in entries of that width, and one stream for each.
func elements[T any](o *objectNode, tag uint32, list []T, width int, content func(T) cfb.Content) error {
	lengths := make([]byte, width*len(list))
	for i, v := range list {
		c := content(v)
		if c.Size() >= noSize {
			return &Error{o.place.String(), fmt.Errorf("%w: %s has a value of %d bytes", ErrTooLarge, propfile.TagText(tag), c.Size())}
		}
		binary.LittleEndian.PutUint32(lengths[width*i:], uint32(c.Size()))
		if err := o.stream(elementName(tag, i), c); err != nil {
			return err
		}
	}
	return o.single(tag, cfb.Bytes(lengths), 0)
}
