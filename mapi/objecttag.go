package mapi

// An ObjectTag is the tag of a property of type PtypObject. Such a property has
// no value in a bag: what it stands for is held by [Attachment] and [Message].
type ObjectTag uint32

// ID returns the property id.
func (t ObjectTag) ID() uint16 { return uint16(t >> 16) }

// Type returns [PtypObject].
func (t ObjectTag) Type() PropType { return PropType(t & 0xFFFF) }

// Key returns the property's identity.
func (t ObjectTag) Key() Key { return Key{ID: t.ID()} }

// Has reports whether p has the property, whatever its type.
func (t ObjectTag) Has(p *Properties) bool {
	_, ok := p.Get(t.Key())
	return ok
}

// Delete removes the property.
func (t ObjectTag) Delete(p *Properties) { p.Delete(t.Key()) }
