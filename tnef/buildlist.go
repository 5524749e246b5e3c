package tnef

import (
	"encoding/binary"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/propfile"
	"github.com/contentconv/contentconv/limits"
	"github.com/contentconv/contentconv/mapi"
)

// An objectBuilder lays out the list of properties of one object.
type objectBuilder struct {
	*builder
	of      objects // what it is
	place   *propfile.Place
	written map[attrID]bool // the old attributes that the object has
	named   int             // names so far
}

// list adds the number of properties and the properties ([MS-OXTNEF] 2.1.3.4).
// With an object the number counts one more, which is to follow.
func (o *objectBuilder) list(p *mapi.Properties, object bool) error {
	countAt, count := len(o.buf), uint32(0)
	o.u32(0)
	for q := range p.All() {
		ok, err := o.property(q)
		if err != nil {
			return err
		}
		if ok {
			count++
		}
	}
	if object {
		count++
	}
	le.PutUint32(o.buf[countAt:], count)
	return nil
}

// property adds one property of those that [objectBuilder.prune] has left.
func (o *objectBuilder) property(q mapi.Property) (written bool, err error) {
	if o.excluded(q) {
		return false, nil
	}
	t := listType(q)
	id := q.ID
	if q.Name != nil {
		if o.named > propfile.LastNamed-propfile.FirstNamed {
			return false, o.unwritable(q, fmt.Sprintf("a list has at most %d names", o.named))
		}
		id = propfile.FirstNamed + uint16(o.named)
		o.named++
	}
	o.u32(uint32(id)<<16 | uint32(t))
	if q.Name != nil {
		o.name(*q.Name)
	}
	return true, o.value(t, q)
}

// listType returns the type that a property has in a list.
func listType(q mapi.Property) mapi.PropType {
	t := q.Value.Type().Stored()
	if t.Base() == mapi.PtypString8 {
		t++ // the Unicode type
	}
	return t
}

// prune removes what is not to be written, in a list or as an old attribute: what
// the caller excludes, what no list can hold, what stands for an object, and in
// strings the NULs at their end and what is no UTF-8.
func (o *objectBuilder) prune(p *mapi.Properties) (err error) {
	var trimmed []mapi.Property
	p.DeleteFunc(func(q mapi.Property) bool {
		if q.Value.Type().Stored() == mapi.PtypObject || o.opt.Exclude != nil && o.opt.Exclude(q) {
			return true
		}
		why := unwritable(q, listType(q))
		if why != "" && err == nil {
			err = o.unwritable(q, why)
		}
		if s, ok := q.Value.Text(); ok && (strings.HasSuffix(s, "\x00") || !utf8.ValidString(s)) {
			// Conversion to runes makes U+FFFD of what is no UTF-8, as the list does.
			s = string([]rune(propfile.TrimNUL(s)))
			trimmed = append(trimmed, mapi.Property{ID: q.ID, Name: q.Name, Value: mapi.String(s)})
		}
		return why != ""
	})
	for _, q := range trimmed {
		if _, has := p.Get(q.Key()); has {
			p.Set(q.Key(), q.Value)
		}
	}
	return err
}

// unwritable returns why a list cannot hold a property, or "".
func unwritable(q mapi.Property, t mapi.PropType) string {
	switch {
	case t.Size() == 0 && t.Base().Size() == 0 && t.Base() != mapi.PtypString && t.Base() != mapi.PtypBinary:
		return "no stream can hold its type"
	case t.Multiple() && !t.Known():
		return "no stream can hold its type"
	case q.Name == nil && (q.ID == 0 || q.ID >= propfile.FirstNamed):
		return "it has no name"
	case q.Name == nil:
		return ""
	case q.Name.IsZero():
		return "its name is empty"
	case 2*limits.Length(q.Name.String)+2 > propfile.MaxNameSize:
		return fmt.Sprintf("its name has more than %d characters", propfile.MaxNameSize/2-1)
	case propfile.TrimNUL(q.Name.String) != q.Name.String:
		return "its name ends in NUL"
	}
	return ""
}

// unwritable leaves a property out, or refuses the message.
func (o *objectBuilder) unwritable(q mapi.Property, reason string) error {
	what := keyText(q.Key(), q.Tag())
	if o.opt.Strict {
		return &Error{o.place.String(), fmt.Errorf("%w: %s: %s", ErrStrict, what, reason)}
	}
	o.rec.Add(diag.PropertyUnwritable, "", "", o.place.Detail(what+": "+reason))
	return nil
}

// name adds the name of a named property.
func (o *objectBuilder) name(n mapi.Name) {
	o.bytes(n.Set[:]...)
	if n.String == "" {
		o.u32(kindLID)
		o.u32(n.LID)
		return
	}
	o.u32(kindString)
	o.element(propfile.NewText(n.String, true))
}

// value adds the value of a property.
func (o *objectBuilder) value(t mapi.PropType, q mapi.Property) error {
	v := q.Value
	if raw, ok := propfile.ToRaw(v); ok {
		var b [8]byte
		le.PutUint64(b[:], raw)
		o.bytes(b[:max(4, t.Size())]...)
		return nil
	}
	if s, ok := v.Text(); ok {
		return o.single(propfile.NewText(s, true))
	}
	if b, ok := v.Bytes(); ok {
		return o.single(binaryValue{v, int64(len(b))})
	}
	if g, ok := v.GUID(); ok {
		o.bytes(g[:]...)
		return nil
	}
	switch list := v.Elements().(type) {
	case []string:
		return elements(o, list, func(s string) supplier { return propfile.NewText(s, true) })
	case [][]byte:
		return elements(o, list, func(b []byte) supplier { return binaryValue{mapi.Binary(b), int64(len(b))} })
	case []int16:
		o.u32(uint32(len(list)))
		for _, n := range list {
			o.u32(uint32(uint16(n)))
		}
		return nil
	}
	b, err := binary.Append(nil, le, v.Elements())
	if err != nil {
		return fmt.Errorf("%s: %w", keyText(q.Key(), q.Tag()), err)
	}
	o.u32(uint32(len(b) / t.Base().Size()))
	o.bytes(b...)
	return nil
}

// single adds a string or bytes, which count as one of several values.
func (o *objectBuilder) single(s supplier) error {
	o.u32(1)
	return o.element(s)
}

// elements adds several strings or bytes.
func elements[T any](o *objectBuilder, list []T, source func(T) supplier) error {
	o.u32(uint32(len(list)))
	for _, v := range list {
		if err := o.element(source(v)); err != nil {
			return err
		}
	}
	return nil
}

// element adds bytes behind their length, and fills them up.
func (o *objectBuilder) element(s supplier) error {
	if s.Size() > maxValue {
		return fmt.Errorf("%w: a value has %d bytes", ErrTooLarge, s.Size())
	}
	o.u32(uint32(s.Size()))
	o.source(s, true)
	o.pad(s.Size())
	return nil
}

// maxValue is the size of the largest value: a length has 32 bits.
const maxValue = 1<<32 - 1

// A binaryValue is a binary value, which may be made or read when it is written.
type binaryValue struct {
	v    mapi.Value
	size int64
}

func (b binaryValue) Size() int64 { return b.size }

func (b binaryValue) WriteTo(w io.Writer) (int64, error) {
	data, _ := b.v.Bytes()
	if int64(len(data)) != b.size {
		return 0, fmt.Errorf("%w: a value of %d bytes has %d when it is read again", ErrSize, b.size, len(data))
	}
	n, err := w.Write(data)
	return int64(n), err
}
