package mapi

import (
	"iter"
	"slices"
)

// A Property is one property of a bag.
type Property struct {
	ID    uint16 // zero for a named property
	Name  *Name  // nil for a tagged one; not to be changed
	Value Value
}

// Key returns the property's identity.
func (p Property) Key() Key {
	if p.Name != nil {
		return Key{Name: *p.Name}
	}
	return Key{ID: p.ID}
}

// Tag returns the property tag; for a named property the id is zero.
func (p Property) Tag() uint32 { return uint32(p.ID)<<16 | uint32(p.Value.typ) }

// indexFrom is the number of properties from which a bag keeps an index.
const indexFrom = 128

// Properties is a bag of properties: one value per identity, in the order in
// which they were first set. The zero value is empty and ready. Any number of
// goroutines may read it while none writes.
type Properties struct {
	row   internetRow // properties before those of the list
	list  []Property
	index map[Key]int // places in list; nil while the bag is small
}

// Len returns the number of properties.
func (p *Properties) Len() int { return p.row.len() + len(p.list) }

// All returns the properties in order. The bag must not change meanwhile.
func (p *Properties) All() iter.Seq[Property] {
	return func(yield func(Property) bool) {
		for i := range p.row.len() {
			if !yield(p.row.property(i)) {
				return
			}
		}
		for _, e := range p.list {
			if !yield(e) {
				return
			}
		}
	}
}

// Get returns the value of the property with that key.
func (p *Properties) Get(k Key) (Value, bool) {
	if i := p.find(k); i >= 0 {
		return p.list[i].Value, true
	}
	if i := p.row.find(k.ID); i >= 0 {
		return internetRowProperties[i].value(&p.row), true
	}
	return Value{}, false
}

// Set gives the property a value: in its place when the bag has it, else at the
// end. The zero Value deletes it.
func (p *Properties) Set(k Key, v Value) {
	if p.replace(k, v) {
		return
	}
	e := Property{ID: k.ID, Value: v}
	if k.Named() {
		e.Name = share(&k.Name)
	}
	p.add(k, e)
}

// PutAll sets every property of another bag, with which it then shares the names.
func (p *Properties) PutAll(q *Properties) {
	const few = 8
	p.expand()
	n := len(p.list)
	for e := range q.All() {
		k := e.Key()
		if n > few {
			if !p.replace(k, e.Value) {
				p.add(k, e)
			}
			continue
		}
		// No two properties of q have one key, so those that p had are all to look at.
		if i := findIn(p.list[:n], k); i >= 0 {
			p.list[i].Value = e.Value
		} else {
			p.add(k, e)
		}
	}
}

// replace does what Set does where it adds no property.
func (p *Properties) replace(k Key, v Value) bool {
	if v.IsZero() {
		p.Delete(k)
		return true
	}
	p.expandFor(k)
	i := p.find(k)
	if i >= 0 {
		p.list[i].Value = v
	}
	return i >= 0
}

func (p *Properties) add(k Key, e Property) {
	p.list = append(p.list, e)
	switch {
	case p.index != nil:
		p.index[indexKey(k)] = len(p.list) - 1
	case len(p.list) >= indexFrom:
		p.reindex()
	}
}

// setRow gives an empty bag the properties of a row; another gets each.
func (p *Properties) setRow(r internetRow) {
	if p.Len() == 0 {
		p.row = r
		return
	}
	other := Properties{row: r}
	for e := range other.All() {
		p.Set(e.Key(), e.Value)
	}
}

// expandFor makes the properties of the row ones of the list, if k is among them and
// so may be changed.
func (p *Properties) expandFor(k Key) {
	if p.row.find(k.ID) >= 0 {
		p.expand()
	}
}

func (p *Properties) expand() {
	n := p.row.len()
	if n == 0 {
		return
	}
	list := make([]Property, 0, n+len(p.list)+2)
	for i := range n {
		list = append(list, p.row.property(i))
	}
	p.row, p.list = internetRow{}, append(list, p.list...)
	if p.index != nil || len(p.list) >= indexFrom {
		p.reindex()
	}
}

// Delete removes the property with that key and reports whether there was one.
// To remove many, use DeleteFunc, which takes one pass.
func (p *Properties) Delete(k Key) bool {
	p.expandFor(k)
	i := p.find(k)
	if i < 0 {
		return false
	}
	p.list = slices.Delete(p.list, i, i+1)
	if p.index != nil {
		p.reindex()
	}
	return true
}

// DeleteFunc removes the properties for which del returns true.
func (p *Properties) DeleteFunc(del func(Property) bool) {
	p.expand()
	p.list = slices.DeleteFunc(p.list, del)
	if p.index != nil {
		p.reindex()
	}
}

// Grow makes room for n more properties.
func (p *Properties) Grow(n int) {
	if cap(p.list)-len(p.list) < n {
		p.list = append(make([]Property, 0, len(p.list)+n), p.list...)
	}
}

// Clone returns a bag of its own with the same values.
func (p *Properties) Clone() Properties {
	c := Properties{row: p.row, list: slices.Clone(p.list)}
	if p.index != nil {
		c.reindex()
	}
	return c
}

// Equal reports whether both bags hold the same properties, in any order.
func (p Properties) Equal(q Properties) bool {
	if p.Len() != q.Len() {
		return false
	}
	for e := range p.All() {
		v, ok := q.Get(e.Key())
		if !ok || !v.Equal(e.Value) {
			return false
		}
	}
	return true
}

func (p *Properties) find(k Key) int {
	if p.index != nil {
		if i, ok := p.index[indexKey(k)]; ok {
			return i
		}
		return -1
	}
	return findIn(p.list, k)
}

func findIn(list []Property, k Key) int {
	if k.ID != 0 {
		for i := range list {
			if list[i].ID == k.ID {
				return i
			}
		}
		return -1
	}
	for i := range list {
		n := list[i].Name
		// Most names differ in what is quick to compare.
		if n == nil || len(n.String) != len(k.Name.String) || n.String == "" && n.LID != k.Name.LID {
			continue
		}
		if n.Equal(k.Name) {
			return i
		}
	}
	return -1
}

func (p *Properties) reindex() {
	p.index = make(map[Key]int, 2*len(p.list))
	for i, e := range p.list {
		p.index[indexKey(e.Key())] = i
	}
}

func indexKey(k Key) Key {
	if k.ID != 0 {
		return Key{ID: k.ID}
	}
	return Key{Name: k.Name.canonical()}
}
