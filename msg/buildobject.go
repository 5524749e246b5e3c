package msg

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"slices"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/cfb"
	"github.com/contentconv/contentconv/internal/propfile"
	"github.com/contentconv/contentconv/mapi"
)

// The flags of an entry of a property stream: readable and writable.
const entryFlags = 2 | 4

// The field of an entry that has no meaning but for objects ([MS-OXMSG] 2.4.2.2).
const (
	reservedMessage = 1
	reservedOLE     = 4
)

// An objectNode is the storage of a message, a recipient or an attachment while
// it is built.
type objectNode struct {
	*builder
	node    *cfb.Node
	message *messageNode // the object, or the message it is in
	place   *propfile.Place
	row     bool // a recipient
	entries []nodeEntry
}

// A nodeEntry is an entry of a property stream to be.
type nodeEntry struct {
	tag   uint32
	value uint64
}

// bag adds the properties of p.
func (o *objectNode) bag(p *mapi.Properties) error {
	o.entries = slices.Grow(o.entries, p.Len()+1)
	for q := range p.All() {
		if !o.row && q.Name == nil && !mapi.Transmittable(q) {
			o.rec.AddDiagnostic(diag.Diagnostic{Severity: diag.Info, Code: diag.PropertyDropped, Detail: o.place.Detail(propfile.TagText(q.Tag()))})
			continue
		}
		if err := o.property(q); err != nil {
			return err
		}
	}
	return nil
}

// property adds one property, or says why it cannot be written.
func (o *objectNode) property(q mapi.Property) error {
	t := q.Value.Type().Stored()
	switch t {
	case mapi.PtypString8, mapi.PtypMultipleString8:
		t++ // the Unicode type
	case mapi.PtypObject:
		return nil // it stands for what the object's fields hold
	case mapi.PtypUnspecified, mapi.PtypNull:
		return o.unwritable(q, "its type has no values")
	}
	if s, ok := q.Value.Text(); ok && propfile.TrimNUL(s) == "" {
		return nil
	}
	id := q.ID
	if q.Name == nil && id >= propfile.FirstNamed {
		return o.unwritable(q, "it has no name")
	}
	if q.Name != nil {
		var reason string
		if id, reason = o.names.id(*q.Name); reason != "" {
			return o.unwritable(q, reason)
		}
	}
	return o.value(uint32(id)<<16|uint32(t), q.Value)
}

// unwritable leaves a property out, or refuses the message.
func (o *objectNode) unwritable(q mapi.Property, reason string) error {
	what := propfile.TagText(q.Tag())
	if q.Name != nil {
		what = diag.Quote(fmt.Sprintf("%#v", *q.Name))
	}
	if o.opt.Strict {
		return &Error{o.place.String(), fmt.Errorf("%w: %s: %s", ErrStrict, what, reason)}
	}
	o.rec.Add(diag.PropertyUnwritable, "", "", o.place.Detail(what+": "+reason))
	return nil
}

// stream adds a stream to the storage.
func (o *objectNode) stream(name string, c cfb.Content) error {
	o.node.Children = append(o.node.Children, &cfb.Node{Name: name, Content: c})
	o.message.bytes += c.Size()
	return o.count(1, o.place)
}

// streamName is streamName with a memory: rows have streams of the same names.
func (o *objectNode) streamName(tag uint32) string {
	name, ok := o.streamNames[tag]
	if !ok {
		name = streamName(tag)
		o.streamNames[tag] = name
	}
	return name
}

// finish adds the property stream ([MS-OXMSG] 2.4), sorted by tag.
func (o *objectNode) finish(header []byte) error {
	slices.SortFunc(o.entries, func(a, b nodeEntry) int { return cmp.Compare(a.tag, b.tag) })
	b := slices.Grow(header, len(o.entries)*entrySize)
	for _, e := range o.entries {
		b = binary.LittleEndian.AppendUint32(b, e.tag)
		b = binary.LittleEndian.AppendUint32(b, entryFlags)
		b = binary.LittleEndian.AppendUint64(b, e.value)
	}
	return o.stream(propertiesName, cfb.Bytes(b))
}
