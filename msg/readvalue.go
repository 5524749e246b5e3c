package msg

import (
	"fmt"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/cfb"
	"github.com/contentconv/contentconv/internal/propfile"
	"github.com/contentconv/contentconv/mapi"
)

// value returns the value of an entry. An error that is unreadable concerns this
// value alone.
func (o *object) value(e entry) (mapi.Value, error) {
	t := e.typ()
	if v, ok := propfile.FromRaw(t, e.value); ok {
		return v, nil
	}
	switch t {
	case mapi.PtypUnspecified, mapi.PtypNull:
		return mapi.Value{}, unreadable("its type has no values")
	case mapi.PtypMultipleString, mapi.PtypMultipleString8, mapi.PtypMultipleBinary:
		return o.elements(e)
	}
	s := o.stream(e)
	if s == nil {
		return mapi.Value{}, unreadable("the stream of its value is missing")
	}
	if t == mapi.PtypBinary && s.Size >= propfile.LazyFrom {
		if s.Truncated() {
			o.truncated(s, propfile.TagText(e.tag), o.place)
		}
		return mapi.LazyBinary(&lazyStream{s, o.late}), nil
	}
	if t == mapi.PtypString || t == mapi.PtypString8 {
		b, err := o.loadText(s, e.tag)
		if err != nil {
			return mapi.Value{}, err
		}
		return mapi.Tag[string](t).Value(o.text(b, e.tag)), nil
	}
	b, err := o.load(s, e.tag)
	if err != nil {
		return mapi.Value{}, err
	}
	switch {
	case t == mapi.PtypGuid && len(b) < len(mapi.GUID{}):
		return mapi.Value{}, unreadable("its value is too short for a GUID")
	case t == mapi.PtypGuid:
		return mapi.GUIDValue(mapi.GUID(b[:16])), nil
	}
	if v, ok := propfile.Unpack(t, b); ok {
		return v, nil
	}
	return mapi.Opaque(t, b), nil
}

// stream returns the stream of an entry's value, or nil.
func (o *object) stream(e entry) *cfb.Entry {
	if s := o.streams.find(e.tag); s != nil {
		return s
	}
	return o.streams.find(e.tag&0xFFFF0000 | uint32(e.typ()))
}

// elements reads a value of several strings or binaries ([MS-OXMSG] 2.1.4.2): a
// stream with their lengths, which the streams themselves tell better, and one
// stream for each.
func (o *object) elements(e entry) (mapi.Value, error) {
	t, found := e.typ(), o.streams.elementsOf(e.tag)
	lengths := o.stream(e)
	if lengths == nil && len(found) == 0 {
		return mapi.Value{}, unreadable("the streams of its values are missing")
	}
	if announced := announced(lengths, t); announced >= 0 && announced != int64(len(found)) {
		o.rec.Add(diag.PropertyUnreadable, "", "", o.place.Detail(fmt.Sprintf("%s: %d of its %d values exist", propfile.TagText(e.tag), len(found), announced)))
	}
	texts, blobs := make([]string, 0, len(found)), make([][]byte, 0, len(found))
	for _, s := range found {
		if t == mapi.PtypMultipleBinary {
			b, err := o.load(s.entry, e.tag)
			if err != nil {
				return mapi.Value{}, err
			}
			blobs = append(blobs, b)
			continue
		}
		b, err := o.loadText(s.entry, e.tag)
		if err != nil {
			return mapi.Value{}, err
		}
		texts = append(texts, o.text(b, e.tag))
	}
	if t == mapi.PtypMultipleBinary {
		return mapi.List(blobs), nil
	}
	return mapi.Tag[[]string](t).Value(texts), nil
}

// announced returns how many elements a stream of lengths is for, or -1.
func announced(lengths *cfb.Entry, t mapi.PropType) int64 {
	switch {
	case lengths == nil:
		return -1
	case t == mapi.PtypMultipleBinary:
		return lengths.Size / 8
	}
	return lengths.Size / 4
}
