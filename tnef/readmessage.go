package tnef

import (
	"fmt"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/charset"
	"github.com/contentconv/contentconv/mapi"
)

// message reads a stream: its attributes, and the properties, recipients and
// attachments in them.
func (d *reader) message(j *job) error {
	if err := d.row(j.place); err != nil {
		return err
	}
	attrs, err := d.scan(j.span, j.place)
	if err != nil {
		return err
	}
	page, err := d.codePage(attrs, j)
	if err != nil {
		return err
	}
	if j.place == nil {
		if err := d.outermost(j.span, page); err != nil {
			return err
		}
	}
	o := &object{reader: d, p: &j.into.Properties, page: page, place: j.place}
	if err := o.messageLevel(attrs, j.into); err != nil {
		return err
	}
	return d.attachments(attrs, j, page)
}

// outermost notes what the result has of the outermost stream.
func (d *reader) outermost(s span, page *charset.Charset) error {
	d.res.CodePage = page.CodePage()
	if s.size < headerSize {
		return nil
	}
	b, err := d.src.bytes(s.off, headerSize)
	if err == nil {
		d.res.Key = le.Uint16(b[len(Signature):])
	}
	return err
}

// codePage returns the charset of a message's 8-bit strings: that of its
// attOemCodepage, or else of the message that it is in.
func (d *reader) codePage(attrs []attribute, j *job) (*charset.Charset, error) {
	if d.forced != nil {
		return d.forced, nil
	}
	page := j.page
	for _, a := range attrs {
		if a.info == nil || a.info.id != attOemCodepage || a.data.size < 4 {
			continue
		}
		b, err := d.src.bytes(a.data.off, 4)
		if err != nil {
			return nil, err
		}
		id := int(int32(le.Uint32(b)))
		if c := charset.ByCodePage(id); c != nil {
			page = c
		} else if id != 0 {
			d.rec.Add(diag.CharsetUnknown, "", "", j.place.Detail(fmt.Sprintf("code page %d", id)))
		}
	}
	return page, nil
}

// messageLevel reads the attributes of the message itself. Properties come before
// the old attributes, whatever their order in the stream.
func (o *object) messageLevel(attrs []attribute, into *mapi.Message) error {
	var old legacySet
	for i := range attrs {
		a := &attrs[i]
		if a.info == nil || a.info.level != levelMessage {
			continue
		}
		var err error
		switch {
		case a.info.id == attMsgProps:
			err = o.attrList(a)
		case a.info.id == attRecipTable:
			err = o.recipients(a, into)
		case a.info.codec != nil:
			old.add(o, a)
		}
		if err != nil {
			return err
		}
	}
	if err := old.read(o); err != nil {
		return err
	}
	setSubject(o.p)
	return nil
}

// setSubject sets the subject of a message that has it in another form.
//
// QUIRK: Exchange leaves the subject to the header of the Internet message
// ([MS-OXCMAIL] 2.1.3.2.6). What such a stream has on its own is the topic of the
// conversation: the subject without "RE:".
func setSubject(p *mapi.Properties) {
	if mapi.PidTagSubject.Has(p) {
		return
	}
	s := mapi.Subject(p)
	if s == "" {
		s = mapi.PidTagConversationTopic.Or(p, "")
	}
	if s != "" {
		mapi.PidTagSubject.Set(p, s)
	}
}

// A legacySet is the old attributes of an object that have a codec.
type legacySet [len(attributes)]*attribute

// add notes an attribute. Of several of one kind the last counts.
func (l *legacySet) add(o *object, a *attribute) {
	for i := range attributes {
		if a.info != &attributes[i] {
			continue
		}
		if l[i] != nil {
			o.rec.Add(diag.TnefAttributeRepeated, "", "", o.place.Detail(a.name()))
		}
		l[i] = a
	}
}

// read sets the properties that the attributes stand for and the object lacks.
func (l *legacySet) read(o *object) error {
	x := &legacyReader{d: o.reader, p: o.p, page: o.page, place: o.place}
	for _, a := range l {
		if a == nil {
			continue
		}
		data, err := o.load(a.data)
		if err != nil {
			return err
		}
		x.name = a.name()
		a.info.codec.read(x, data)
	}
	return nil
}

// recipients reads the recipient table: rows of properties ([MS-OXTNEF] 2.1.3.4).
// A later table replaces an earlier one.
func (o *object) recipients(a *attribute, into *mapi.Message) error {
	if into.Recipients != nil {
		o.rec.Add(diag.TnefAttributeRepeated, "", "", o.place.Detail(a.name()))
	}
	into.Recipients = nil
	c := a.cursor(o.reader, o.place)
	rows, err := c.u32()
	if err != nil {
		return o.tableEnds(err, 0)
	}
	for i := range rows {
		at := o.place.Child("recipient", i)
		if err := o.row(at); err != nil {
			return err
		}
		if c.left() < 4 {
			return o.tableEnds(tooShort, rows-i)
		}
		into.Recipients = append(into.Recipients, mapi.Recipient{})
		r := &object{reader: o.reader, p: &into.Recipients[i].Properties, page: o.page, place: at}
		whole, err := r.list(c)
		if err != nil {
			return err
		}
		r.p.DeleteFunc(storeLocal)
		if !whole {
			return o.tableEnds(tooShort, rows-i-1)
		}
	}
	return nil
}

// tableEnds reports that the recipient table is cut short.
func (o *object) tableEnds(err error, rows uint32) error {
	why, ok := err.(stop)
	if !ok {
		return err
	}
	o.report(fmt.Sprintf("attRecipTable: %s, with %d rows to come", why, rows))
	return nil
}

// storeLocal reports whether a property of a recipient is an entry id that means
// something in one store alone.
func storeLocal(p mapi.Property) bool {
	switch p.ID {
	case mapi.PidTagEntryId.ID(), mapi.PidTagRecipientEntryId.ID(), mapi.PidTagRecordKey.ID():
	default:
		return false
	}
	b, ok := p.Value.Bytes()
	if !ok {
		return false
	}
	switch mapi.ParseEntryID(b, nil).(type) {
	case *mapi.OneOff, *mapi.AddressBookEntryID:
		return false
	}
	return true
}
