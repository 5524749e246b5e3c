package msg

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/cfb"
	"github.com/contentconv/contentconv/internal/propfile"
	"github.com/contentconv/contentconv/mapi"
)

// An entry is one of a property stream ([MS-OXMSG] 2.4.2): a tag, and the value
// of a type that fits in 8 bytes. What it says of other values is ignored.
type entry struct {
	tag   uint32
	value uint64
}

func (e entry) typ() mapi.PropType { return mapi.PropType(e.tag).Stored() }

// maxEntries bounds the entries of a property stream: twice as many as there are
// ids. No id occurs more often but by damage.
const maxEntries = 2 << 16

// entries reads the property stream of a storage, whose header is ignored. The list
// is valid until the next call.
//
// QUIRK: bytes after the last whole entry occur ([MS-OXMSG] 2.4), and say nothing.
func (d *reader) entries(storage *cfb.Entry, header int, at *propfile.Place) ([]entry, error) {
	e := storage.Child(propertiesName)
	if e == nil || e.Storage {
		return nil, nil
	}
	size := min(e.Size-int64(header), maxEntries*entrySize)
	switch {
	case e.Truncated():
		d.truncated(e, "the stream of properties", at)
	case size < 0:
		d.rec.Add(diag.PropertyUnreadable, "", "", at.Detail("the stream of its properties has no header"))
	case size < e.Size-int64(header):
		d.rec.Add(diag.PropertyUnreadable, "", "", at.Detail("the stream of its properties is longer than any can be"))
	}
	if size < entrySize {
		return nil, nil
	}
	size -= size % entrySize
	b := slices.Grow(d.scratch[:0], int(size))[:size]
	d.reuse(b)
	s, err := e.Open()
	if err != nil {
		return nil, failed(at.String(), err)
	}
	if _, err := s.ReadAt(b, int64(header)); err != nil && !damage(err) {
		return nil, failed(at.String(), err)
	}
	// A property in memory is about eight times the size of its entry.
	if err := d.take(8*size, at); err != nil {
		return nil, err
	}
	d.list = slices.Grow(d.list[:0], len(b)/entrySize)
	for ; len(b) > 0; b = b[entrySize:] {
		d.list = append(d.list, entry{binary.LittleEndian.Uint32(b), binary.LittleEndian.Uint64(b[8:])})
	}
	return d.list, nil
}

// take counts n bytes against the bound on memory.
func (d *reader) take(n int64, at *propfile.Place) error {
	if d.left -= n; d.left < 0 {
		return &Error{at.String(), fmt.Errorf("%w: the properties of all objects need more than the %d bytes that are allowed", ErrTooLarge, d.memory)}
	}
	return nil
}

// An object is a message, a recipient or an attachment whose properties are read.
type object struct {
	*reader
	streams    streams
	pages      *codePages
	place      *propfile.Place
	attachment bool
}

// properties puts the values of the entries into p. Of entries for the same
// property the first one counts, but a Unicode string replaces an 8-bit one.
func (o *object) properties(p *mapi.Properties, entries []entry) error {
	p.Grow(len(entries))
	for _, e := range entries {
		if o.elsewhere(e) {
			continue
		}
		key, ok := o.key(e)
		if !ok {
			continue
		}
		if old, has := p.Get(key); has && !supersedes(e.typ(), old.Type()) {
			continue
		}
		v, err := o.value(e)
		switch {
		case err == nil:
			p.Set(key, v)
		case errors.As(err, new(unreadable)):
			o.rec.Add(diag.PropertyUnreadable, "", "", o.place.Detail(propfile.TagText(e.tag)+": "+err.Error()))
		default:
			return failed(o.place.String(), err)
		}
	}
	return nil
}

// elsewhere reports whether an entry stands for something that is no value of
// the bag: an object, or the data of an attachment.
func (o *object) elsewhere(e entry) bool {
	return e.typ() == mapi.PtypObject || o.attachment && e.tag == dataBinary
}

// key returns the identity of an entry's property.
func (o *object) key(e entry) (mapi.Key, bool) {
	id := uint16(e.tag >> 16)
	if id != 0 && id < propfile.FirstNamed {
		return mapi.Key{ID: id}, true
	}
	if i := int(id) - propfile.FirstNamed; i >= 0 && i < len(o.names) && o.names[i] != nil {
		return mapi.Key{Name: *o.names[i]}, true
	}
	o.rec.Add(diag.PropertyUnreadable, "", "", o.place.Detail(propfile.TagText(e.tag)+": the file has no name for the id"))
	return mapi.Key{}, false
}

func supersedes(t, old mapi.PropType) bool {
	return t == mapi.PtypString && old == mapi.PtypString8 ||
		t == mapi.PtypMultipleString && old == mapi.PtypMultipleString8
}

// unreadable is why a value cannot be read. The message survives it.
type unreadable string

func (u unreadable) Error() string { return string(u) }

// reuse keeps memory for what is read next and decoded at once, if it is little.
func (d *reader) reuse(b []byte) {
	const most = 64 << 10
	if cap(b) <= most {
		d.scratch = b
	}
}

// loadText reads a stream that is turned into a string, before anything else is
// read.
func (o *object) loadText(e *cfb.Entry, tag uint32) ([]byte, error) {
	b, err := o.loadTo(o.scratch[:0], e, tag)
	o.reuse(b)
	return b, err
}

// load reads a stream whole. A stream that is cut short yields what there is.
func (o *object) load(e *cfb.Entry, tag uint32) ([]byte, error) { return o.loadTo(nil, e, tag) }

func (o *object) loadTo(b []byte, e *cfb.Entry, tag uint32) ([]byte, error) {
	if e.Truncated() {
		return o.appendStream(b, e, propfile.TagText(tag), o.place)
	}
	return o.appendStream(b, e, "", o.place)
}

// appendStream appends a stream to b. what names one that is cut short.
func (d *reader) appendStream(b []byte, e *cfb.Entry, what string, at *propfile.Place) ([]byte, error) {
	if err := d.take(e.Size, at); err != nil {
		return nil, err
	}
	if e.Truncated() {
		d.truncated(e, what, at)
	}
	b, err := e.AppendTo(b, e.Size)
	if err != nil && !damage(err) {
		return nil, err
	}
	return b, nil
}

// content returns a stream as the content of an attachment.
func (o *object) content(e *cfb.Entry, tag uint32) mapi.Content {
	if e.Truncated() {
		o.truncated(e, propfile.TagText(tag), o.place)
	}
	return streamContent{e}
}
