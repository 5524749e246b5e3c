package tnef

import (
	"fmt"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/charset"
	"github.com/contentconv/contentconv/internal/propfile"
	"github.com/contentconv/contentconv/mapi"
)

// An object is a message, a recipient or an attachment whose properties are read.
type object struct {
	*reader
	p     *mapi.Properties
	page  *charset.Charset
	place *propfile.Place
	data  *attachmentData // of an attachment, else nil
}

// A cursor goes through the data of an attribute.
type cursor struct {
	*reader
	off, end int64
	cut      bool // the stream ends within the attribute
	place    *propfile.Place
}

func (a *attribute) cursor(d *reader, at *propfile.Place) *cursor {
	return &cursor{d, a.data.off, a.data.end(), a.cut, at}
}

func (c *cursor) left() int64 { return c.end - c.off }

// stop is why the rest of a list cannot be read. The message survives it.
type stop string

func (s stop) Error() string { return string(s) }

// unreadable is why a value cannot be read. The list continues behind it.
type unreadable string

func (u unreadable) Error() string { return string(u) }

const tooShort = stop("it ends too early")

// u32 reads a number.
func (c *cursor) u32() (uint32, error) {
	if c.left() < 4 {
		return 0, tooShort
	}
	b, err := c.src.bytes(c.off, 4)
	if err != nil {
		return 0, err
	}
	c.off += 4
	return le.Uint32(b), nil
}

// bytes reads n bytes, which count against the bound on memory, and what fills
// them up to a multiple of four.
func (c *cursor) bytes(n int64) ([]byte, error) {
	if n > c.left() {
		return nil, tooShort
	}
	if err := c.take(n, c.place); err != nil {
		return nil, err
	}
	b := make([]byte, n)
	if err := c.src.read(b, c.off); err != nil {
		return nil, err
	}
	c.skip(n)
	return b, nil
}

// skip passes n bytes and what fills them up.
//
// QUIRK: the last value of a list can lack its padding ([MS-OXTNEF] 2.1.3.4).
func (c *cursor) skip(n int64) { c.off = min(c.off+n+padding(n), c.end) }

// list reads a list of properties into an object ([MS-OXTNEF] 2.1.3.4). It reports
// whether the list was whole.
func (o *object) list(c *cursor) (whole bool, err error) {
	count, err := c.u32()
	for ; err == nil && count > 0; count-- {
		err = o.property(c)
	}
	if why, ok := err.(stop); ok {
		o.report(fmt.Sprintf("a list of properties: %s, with %d of them to come", why, count))
		return false, nil
	}
	return true, err
}

// attrList reads the list that is all of an attribute's data.
func (o *object) attrList(a *attribute) error {
	c := a.cursor(o.reader, o.place)
	whole, err := o.list(c)
	if err == nil && whole && c.left() > 0 {
		o.report(fmt.Sprintf("%s: %d bytes behind its list of properties", a.name(), c.left()))
	}
	return err
}

func (o *object) report(detail string) {
	o.rec.Add(diag.TnefAttributeInvalid, "", "", o.place.Detail(detail))
}

// property reads one property of a list.
func (o *object) property(c *cursor) error {
	tag, err := c.u32()
	if err != nil {
		return err
	}
	// A property in memory is at least this large.
	if err := o.take(48, o.place); err != nil {
		return err
	}
	key := mapi.Key{ID: uint16(tag >> 16)}
	if key.ID >= propfile.FirstNamed {
		if key, err = c.name(); err != nil {
			return err
		}
	}
	v, err := o.value(c, tag)
	if why, ok := err.(unreadable); ok {
		o.rec.Add(diag.PropertyUnreadable, "", "", o.place.Detail(keyText(key, tag)+": "+string(why)))
		return nil
	}
	if err != nil || v.IsZero() {
		return err
	}
	if key == (mapi.Key{}) {
		o.rec.Add(diag.PropertyUnreadable, "", "", o.place.Detail(fmt.Sprintf("%s: it has no name", propfile.TagText(tag))))
		return nil
	}
	o.set(key, v)
	return nil
}

// set gives the object a property. Of several values of one property the last
// counts, but for a Unicode string.
func (o *object) set(key mapi.Key, v mapi.Value) {
	p := mapi.Property{ID: key.ID, Value: v}
	if key.Named() {
		p.Name = &key.Name
	}
	if !o.opt.Trusted && mapi.ActsOnClient(p) {
		o.rec.Add(diag.PropertyDropped, "", "", o.place.Detail(keyText(key, p.Tag())))
		return
	}
	if old, has := o.p.Get(key); has && old.Type()&^1 == v.Type()&^1 && isUnicode(old.Type()) && !isUnicode(v.Type()) {
		return
	}
	o.p.Set(key, v)
}

// isUnicode reports whether a type is that of Unicode strings; its 8-bit twin
// differs in the lowest bit.
func isUnicode(t mapi.PropType) bool { return t.Base() == mapi.PtypString }

// keyText names a property in a diagnostic.
func keyText(key mapi.Key, tag uint32) string {
	if !key.Named() {
		return propfile.TagText(tag)
	}
	if name, _, ok := mapi.NameOf(key.Name); ok {
		return name
	}
	return diag.Quote(fmt.Sprintf("%#v", key.Name))
}

// name reads the name of a named property. The ids of a list are its own, so only
// the name counts.
func (c *cursor) name() (key mapi.Key, err error) {
	set, err := c.bytes(int64(len(mapi.GUID{})))
	if err != nil {
		return key, err
	}
	key.Name.Set = mapi.GUID(set)
	kind, err := c.u32()
	if err != nil {
		return key, err
	}
	number, err := c.u32()
	if err != nil {
		return key, err
	}
	switch kind {
	case kindLID:
		key.Name.LID = number
		return key, nil
	case kindString:
		if int64(number) > c.left() {
			return key, tooShort
		}
		if number > propfile.MaxNameSize {
			c.skip(int64(number))
			return mapi.Key{}, nil
		}
		text, err := c.bytes(int64(number))
		if err != nil {
			return key, err
		}
		if key.Name.String, _ = propfile.Decode16(text); key.Name.String == "" {
			return mapi.Key{}, nil
		}
		return key, nil
	}
	return key, stop("a name is neither a number nor a string")
}
