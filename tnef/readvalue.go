package tnef

import (
	"bytes"
	"fmt"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/propfile"
	"github.com/contentconv/contentconv/mapi"
)

// value reads the value of a property, or skips it. The zero Value stands for what
// is kept elsewhere. An error that is unreadable concerns this value alone; one
// that is a stop, all that follows.
func (o *object) value(c *cursor, tag uint32) (v mapi.Value, err error) {
	t := mapi.PropType(tag).Stored()
	switch t {
	case mapi.PtypUnspecified, mapi.PtypNull:
		return v, unreadable("its type has no values")
	case mapi.PtypString, mapi.PtypString8, mapi.PtypBinary, mapi.PtypObject:
		return o.variable(c, tag)
	case mapi.PtypGuid:
		b, err := c.bytes(int64(len(mapi.GUID{})))
		if err != nil {
			return v, err
		}
		return mapi.GUIDValue(mapi.GUID(b)), nil
	case mapi.PtypMultipleString, mapi.PtypMultipleString8, mapi.PtypMultipleBinary:
		return o.elements(c, tag)
	}
	if size := t.Size(); size > 0 && !t.Multiple() {
		return c.fixed(t, int64(size))
	}
	if size := t.Base().Size(); size > 0 {
		return c.fixedElements(t, int64(size))
	}
	return v, stop(fmt.Sprintf("%s has an unknown type", propfile.TagText(tag)))
}

// fixed reads a value of at most 8 bytes.
func (c *cursor) fixed(t mapi.PropType, size int64) (v mapi.Value, err error) {
	size += padding(size)
	if c.left() < size {
		return v, tooShort
	}
	b, err := c.src.bytes(c.off, int(size))
	if err != nil {
		return v, err
	}
	var raw [8]byte
	copy(raw[:], b)
	c.off += size
	v, _ = propfile.FromRaw(t, le.Uint64(raw[:]))
	return v, nil
}

// fixedElements reads a value of several elements of that size, each of which is
// padded.
func (c *cursor) fixedElements(t mapi.PropType, size int64) (v mapi.Value, err error) {
	n, err := c.u32()
	if err != nil {
		return v, err
	}
	stride := size + padding(size)
	if int64(n) > c.left()/stride {
		return v, tooShort
	}
	b, err := c.bytes(int64(n) * stride)
	if err != nil {
		return v, err
	}
	if stride > size {
		packed := b[:0]
		for ; len(b) > 0; b = b[stride:] {
			packed = append(packed, b[:size]...)
		}
		b = packed
	}
	v, ok := propfile.Unpack(t, b)
	if !ok {
		return v, unreadable("its type has no lists of values")
	}
	return v, nil
}

// variable reads the first of the values of a string, bytes or an object, which
// has a number of them all the same.
func (o *object) variable(c *cursor, tag uint32) (v mapi.Value, err error) {
	n, err := c.u32()
	if err != nil {
		return v, err
	}
	if n == 0 {
		return v, unreadable("it has no value")
	}
	s, err := o.element(c, o.isData(tag))
	if err != nil {
		return v, err
	}
	for i := uint32(1); i < n; i++ {
		if _, err := o.element(c, false); err != nil {
			return v, err
		}
	}
	return o.single(tag, s)
}

// isData reports whether a property is the data of the attachment.
func (o *object) isData(tag uint32) bool {
	t := mapi.PropType(tag).Stored()
	return o.data != nil && uint16(tag>>16) == dataID && (t == mapi.PtypBinary || t == mapi.PtypObject)
}

// element returns the range of a value behind its length, and passes it. Of a value
// that is cut off with the stream there is what exists; data of an attachment is
// kept in any case.
func (o *object) element(c *cursor, data bool) (s span, err error) {
	size, err := c.u32()
	if err != nil {
		return s, err
	}
	s = span{c.off, int64(size)}
	if s.size > c.left() {
		if !data && !c.cut {
			return s, tooShort
		}
		o.report(fmt.Sprintf("a value has %d of %d bytes", c.left(), s.size))
		s.size = c.left()
	}
	c.skip(s.size)
	return s, nil
}

// single makes a value of a range.
func (o *object) single(tag uint32, s span) (v mapi.Value, err error) {
	t := mapi.PropType(tag).Stored()
	html := uint16(tag>>16) == mapi.PidTagHtml.ID() && t == mapi.PtypBinary
	switch {
	case o.isData(tag):
		return v, o.data.add(o, t, s)
	case t == mapi.PtypObject:
		return v, unreadable("an object that is no attachment's data has no place")
	case t == mapi.PtypBinary && s.size >= propfile.LazyFrom:
		return mapi.LazyBinary(&lazyValue{o.src.r, s, html, &o.res.late}), nil
	}
	b, err := o.load(s)
	switch {
	case err != nil:
		return v, err
	case html:
		return mapi.Binary(trimHTML(b)), nil
	case t == mapi.PtypBinary:
		return mapi.Binary(b), nil
	}
	return mapi.Tag[string](t).Value(o.text(b, tag)), nil
}

// load reads a range into memory.
func (o *object) load(s span) ([]byte, error) {
	if err := o.take(s.size, o.place); err != nil {
		return nil, err
	}
	b := make([]byte, s.size)
	return b, o.src.read(b, s.off)
}

// elements reads a value of several strings or several bytes.
func (o *object) elements(c *cursor, tag uint32) (v mapi.Value, err error) {
	n, err := c.u32()
	if err != nil {
		return v, err
	}
	if int64(n) > c.left()/4 && !c.cut {
		return v, tooShort
	}
	var texts []string
	var blobs [][]byte
	binary := mapi.PropType(tag).Stored() == mapi.PtypMultipleBinary
	for ; n > 0 && c.left() >= 4; n-- {
		s, err := o.element(c, false)
		if err != nil {
			return v, err
		}
		// An element in memory is larger than its length is here.
		if err := o.take(24, o.place); err != nil {
			return v, err
		}
		b, err := o.load(s)
		if err != nil {
			return v, err
		}
		if binary {
			blobs = append(blobs, b)
		} else {
			texts = append(texts, o.text(b, tag))
		}
	}
	if binary {
		return mapi.List(blobs), nil
	}
	return mapi.Tag[[]string](mapi.PropType(tag).Stored()).Value(texts), nil
}

// text decodes a string of the type that tag says, without the NULs at its end.
//
// QUIRK: [MS-OXTNEF] 2.1.3.4 has a NUL at the end of each string, which some
// writers leave out.
func (o *object) text(b []byte, tag uint32) string {
	if isUnicode(mapi.PropType(tag).Stored()) {
		s, bad := propfile.Decode16(b)
		if bad > 0 {
			o.rec.Add(diag.LoneSurrogate, "", "", o.place.Detail(fmt.Sprintf("%s: %d of them", propfile.TagText(tag), bad)))
		}
		return s
	}
	s, bad := propfile.Decode8(bytes.TrimRight(b, "\x00"), o.page)
	if bad > 0 {
		o.rec.Add(diag.TextUndecodable, "", "", o.place.Detail(fmt.Sprintf("%s: %d places in charset %s", propfile.TagText(tag), bad, o.page)))
	}
	return s
}
