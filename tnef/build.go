package tnef

import (
	"fmt"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/charset"
	"github.com/contentconv/contentconv/internal/propfile"
	"github.com/contentconv/contentconv/mapi"
)

// A builder lays out the stream of a message.
type builder struct {
	layout
	opt   *WriteOptions
	stack []*messageFrame
	rows  int
}

// A messageFrame is a message whose stream is being laid out.
type messageFrame struct {
	m     *mapi.Message
	page  *charset.Charset
	place *propfile.Place
	next  int // attachment
}

// maxDepth is how deep messages can be nested in a stream that is written. No
// client makes or reads as many.
const maxDepth = 256

// stream lays out m and the messages within it. A message within stands in the
// middle of the attachment that holds it, which is finished after it.
func (b *builder) stream(m *mapi.Message) error {
	if err := b.push(m, nil); err != nil {
		return err
	}
	for {
		f := b.stack[len(b.stack)-1]
		if f.next < len(f.m.Attachments) {
			f.next++
			if err := b.attachment(f, f.next-1); err != nil {
				return err
			}
			continue
		}
		b.stack = b.stack[:len(b.stack)-1]
		if len(b.stack) == 0 {
			return nil
		}
		if err := b.endObject(); err != nil {
			return failed(f.place.String(), err)
		}
	}
}

// push begins the stream of a message and makes it the one whose attachments
// follow.
func (b *builder) push(m *mapi.Message, at *propfile.Place) error {
	for _, outer := range b.stack {
		if outer.m == m {
			return &Error{at.String(), fmt.Errorf("%w: a message holds itself", ErrTooLarge)}
		}
	}
	if len(b.stack) > maxDepth {
		return &Error{at.String(), fmt.Errorf("%w: messages are nested more than %d deep", ErrTooLarge, maxDepth)}
	}
	page, err := b.codePage(m)
	if err != nil {
		return err
	}
	f := &messageFrame{m: m, page: page, place: at}
	b.stack = append(b.stack, f)
	return failedIf(at, b.message(f))
}

func failedIf(at *propfile.Place, err error) error {
	if err == nil {
		return nil
	}
	return failed(at.String(), err)
}

// count counts the messages, recipients and attachments, so that a message that
// holds others many times over fills no memory.
func (b *builder) count(at *propfile.Place) error {
	if err := b.ctx.Err(); err != nil {
		return err
	}
	if b.rows++; b.rows > propfile.MaxRows {
		return &Error{at.String(), fmt.Errorf("%w: more than %d recipients, attachments and messages", ErrTooLarge, propfile.MaxRows)}
	}
	return nil
}

// message lays out a stream up to its attachments: version, code page, the old
// attributes, then the properties.
func (b *builder) message(f *messageFrame) error {
	if err := b.count(f.place); err != nil {
		return err
	}
	if err := b.head(f.page); err != nil {
		return err
	}
	complete := f.place != nil || b.opt.Standalone
	o := &objectBuilder{builder: b, of: ofMessage, place: f.place}
	if !complete {
		o.of = ofOutermost
	}
	bag, err := o.messageProperties(f.m)
	if err != nil {
		return err
	}
	if o.written, err = b.legacy(levelMessage, complete, &legacyWriter{p: &bag, page: f.page}); err != nil {
		return err
	}
	if complete {
		if err := b.recipients(f); err != nil {
			return err
		}
	}
	b.beginAttribute(infoOf(attMsgProps))
	if err := o.list(&bag, false); err != nil {
		return err
	}
	return b.endAttribute()
}

// head adds what every stream begins with.
func (b *builder) head(page *charset.Charset) error {
	b.Write([]byte(Signature))
	b.u16(max(b.opt.Key, 1))
	if err := b.attribute(infoOf(attTnefVersion), le.AppendUint32(nil, streamVersion)); err != nil {
		return err
	}
	primary := le.AppendUint32(nil, uint32(page.CodePage()))
	return b.attribute(infoOf(attOemCodepage), append(primary, 0, 0, 0, 0))
}

// legacy adds the old attributes of an object, and returns which.
func (b *builder) legacy(level byte, whole bool, x *legacyWriter) (written map[attrID]bool, err error) {
	written = make(map[attrID]bool)
	for i := range attributes {
		a := &attributes[i]
		if a.level != level || a.codec == nil || a.write == never || a.write == complete && !whole {
			continue
		}
		data, ok := a.codec.write(x)
		if !ok {
			continue
		}
		if err := b.attribute(a, data); err != nil {
			return nil, err
		}
		written[a.id] = true
	}
	return written, nil
}

func infoOf(id attrID) *attrInfo { return findAttribute(id, -1) }

// recipients adds the recipient table, without blind copies.
func (b *builder) recipients(f *messageFrame) error {
	rows := make([]*mapi.Recipient, 0, len(f.m.Recipients))
	for i := range f.m.Recipients {
		if r := &f.m.Recipients[i]; r.Kind() != mapi.RecipientBcc {
			rows = append(rows, r)
		}
	}
	if n := len(f.m.Recipients) - len(rows); n > 0 {
		b.rec.Add(diag.BccOmitted, "", "", f.place.Detail(fmt.Sprintf("%d of them", n)))
	}
	if len(rows) == 0 {
		return nil
	}
	b.beginAttribute(infoOf(attRecipTable))
	b.u32(uint32(len(rows)))
	for i, r := range rows {
		at := f.place.Child("recipient", uint32(i))
		if err := b.count(at); err != nil {
			return err
		}
		bag := r.Properties.Clone()
		o := &objectBuilder{builder: b, of: ofRecipient, place: at}
		if err := o.prune(&bag); err != nil {
			return err
		}
		setMissing(&bag, mapi.PidTagRecipientType, mapi.RecipientTo)
		if err := o.list(&bag, false); err != nil {
			return failed(at.String(), err)
		}
	}
	return b.endAttribute()
}

// messageProperties returns the properties of m that are written, with those that
// readers need.
func (o *objectBuilder) messageProperties(m *mapi.Message) (mapi.Properties, error) {
	p := m.Properties.Clone()
	if err := o.prune(&p); err != nil {
		return p, err
	}
	setMissing(&p, mapi.PidTagMessageClass, "IPM.Note")
	setSubject(&p)
	setMissing(&p, mapi.PidTagImportance, 1)
	propfile.DeclareHTML(&p)
	if key := o.correlationKey(m); o.place == nil && key != "" {
		mapi.PidTagTnefCorrelationKey.Set(&p, append([]byte(key), 0))
	}
	return p, nil
}

// correlationKey returns what ties the stream to its Internet message.
func (b *builder) correlationKey(m *mapi.Message) string {
	switch key := CorrelationKey(m); {
	case b.opt.CorrelationKey != "":
		return b.opt.CorrelationKey
	case key != "" || b.opt.Standalone:
		return key
	}
	return mapi.PidTagInternetMessageId.Or(&m.Properties, "")
}
