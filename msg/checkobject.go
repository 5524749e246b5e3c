package msg

import (
	"github.com/contentconv/contentconv/internal/cfb"
	"github.com/contentconv/contentconv/internal/propfile"
	"github.com/contentconv/contentconv/mapi"
)

// A checkedObject is a storage with a property stream.
type checkedObject struct {
	*checker
	storage *cfb.Entry
	place   *propfile.Place
	header  int
	unicode bool
	data    []byte // of the property stream
	streams streams
}

// load reads the property stream.
func (o *checkedObject) load() error {
	o.streams = findStreams(o.storage)
	e := o.storage.Child(propertiesName)
	if e == nil || e.Storage {
		o.add(o.place, "the property stream is missing")
		return nil
	}
	b, err := e.ReadAll(int64(o.header) + maxEntries*entrySize)
	if err != nil && !damage(err) {
		return err
	}
	if len(b) < o.header || (len(b)-o.header)%entrySize != 0 {
		o.add(o.place, "the property stream has %d bytes, not %d and a multiple of %d", len(b), o.header, entrySize)
	}
	o.data = b
	return nil
}

// each calls f for every entry: its tag and the 8 bytes of its value.
func (o *checkedObject) each(f func(tag uint32, value []byte)) {
	for i := o.header; i+entrySize <= len(o.data); i += entrySize {
		f(le.Uint32(o.data[i:]), o.data[i+8:i+entrySize])
	}
}

func (o *checkedObject) has(id uint16) (found bool) {
	o.each(func(tag uint32, _ []byte) { found = found || uint16(tag>>16) == id })
	return found
}

// number returns the value of a property of type PtypInteger32.
func (o *checkedObject) number(want uint32) (n uint32, found bool) {
	o.each(func(tag uint32, value []byte) {
		if tag == want && !found {
			n, found = le.Uint32(value), true
		}
	})
	return n, found
}

// values checks every entry, and that every stream has one.
func (o *checkedObject) values() error {
	var err error
	seen := make(map[uint16]bool)
	tags := make(map[uint32]bool)
	o.each(func(tag uint32, value []byte) {
		id := uint16(tag >> 16)
		if seen[id] {
			o.add(o.place, "property 0x%04X is there twice", id)
		}
		seen[id], tags[tag] = true, true
		if id >= propfile.FirstNamed && int(id)-propfile.FirstNamed >= o.named {
			o.add(o.place, "property 0x%04X has no name", id)
		}
		if e := o.value(tag, value); err == nil {
			err = e
		}
	})
	for _, list := range [][]valueStream{o.streams.single, o.streams.elements} {
		for _, s := range list {
			if !tags[s.tag] {
				o.add(o.place, "the stream %s belongs to no property", s.entry.Name)
			}
		}
	}
	return err
}

// value checks one entry against its stream.
func (o *checkedObject) value(tag uint32, value []byte) error {
	t := mapi.PropType(tag)
	what, size := propfile.TagText(tag), le.Uint32(value)
	if !t.Known() || t == mapi.PtypUnspecified || t == mapi.PtypNull {
		o.add(o.place, "%s has the type 0x%04X", what, uint16(t))
		return nil
	}
	if n := inPlaceSize(t); n > 0 {
		for _, c := range value[n:] {
			if c != 0 {
				o.add(o.place, "%s has bytes other than zero behind its value", what)
				break
			}
		}
		return nil
	}
	if t == mapi.PtypObject {
		if e := o.storage.Child(streamName(tag)); e == nil || !e.Storage {
			o.add(o.place, "the storage of %s is missing", what)
		}
		if size != noSize {
			o.add(o.place, "the size of %s is %d, not 0xFFFFFFFF", what, size)
		}
		return nil
	}
	if b := t.Base(); b == mapi.PtypString8 && o.unicode {
		o.add(o.place, "%s is an 8-bit string in a Unicode file", what)
	}
	s := o.streams.find(tag)
	if s == nil {
		o.add(o.place, "the stream of %s is missing", what)
		return nil
	}
	if want := s.Size + terminator(t); int64(size) != want {
		o.add(o.place, "the size of %s is %d, not %d", what, size, want)
	}
	switch t {
	case mapi.PtypString, mapi.PtypString8:
		return o.checkText(s, what, int(terminator(t)))
	case mapi.PtypMultipleString, mapi.PtypMultipleString8, mapi.PtypMultipleBinary:
		return o.checkElements(s, tag, what)
	}
	return nil
}

// checkText checks a single string, which has no NUL at its end.
func (o *checkedObject) checkText(s *cfb.Entry, what string, unit int) error {
	switch {
	case s.Size == 0:
		o.add(o.place, "%s is an empty string", what)
		return nil
	case s.Size%int64(unit) != 0:
		o.add(o.place, "%s has %d bytes", what, s.Size)
		return nil
	}
	last, err := tail(s, unit)
	if err == nil && allZero(last) {
		o.add(o.place, "%s ends in NUL", what)
	}
	return err
}

// checkElements checks the lengths of several values against their streams.
func (o *checkedObject) checkElements(lengths *cfb.Entry, tag uint32, what string) error {
	width, unit := 4, int(terminator(mapi.PropType(tag).Base()))
	if unit == 0 {
		width = 8
	}
	b, err := lengths.ReadAll(lengths.Size)
	if err != nil && !damage(err) {
		return err
	}
	found := o.streams.elementsOf(tag)
	if len(b) != width*len(found) {
		o.add(o.place, "%s has %d values, but %d bytes of lengths", what, len(found), len(b))
		return nil
	}
	for i, s := range found {
		if s.index != int64(i) {
			o.add(o.place, "value %d of %s is missing", i, what)
			return nil
		}
		if n := le.Uint32(b[width*i:]); int64(n) != s.entry.Size {
			o.add(o.place, "the length of value %d of %s is %d, not %d", i, what, n, s.entry.Size)
		}
		if unit == 0 {
			continue
		}
		last, err := tail(s.entry, unit)
		if err != nil {
			return err
		}
		if len(last) == 0 || !allZero(last) {
			o.add(o.place, "value %d of %s does not end in NUL", i, what)
		}
	}
	return nil
}
