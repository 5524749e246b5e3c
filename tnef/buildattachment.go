package tnef

import (
	"bytes"
	"context"
	"fmt"
	"io"

	"github.com/contentconv/contentconv/internal/filename"
	"github.com/contentconv/contentconv/internal/propfile"
	"github.com/contentconv/contentconv/mapi"
)

// attachment lays out attachment i of a message, up to the middle of it where it
// holds a message: attAttachRendData first, attAttachment last.
func (b *builder) attachment(f *messageFrame, i int) error {
	at := f.place.Child("attachment", uint32(i))
	if err := b.count(at); err != nil {
		return err
	}
	a := withContent(f.m.Attachments[i])
	bag := a.Properties.Clone()
	o := &objectBuilder{builder: b, of: ofAttachment, place: at}
	d, err := o.choose(a, &bag)
	if err == nil {
		err = o.prune(&bag)
	}
	if err != nil {
		return failed(at.String(), err)
	}
	describeAttachment(&bag, a.Method())
	if o.written, err = b.legacy(levelAttachment, true, &legacyWriter{p: &bag, page: f.page, method: a.Method()}); err != nil {
		return failed(at.String(), err)
	}
	if d.raw != nil {
		b.beginAttribute(infoOf(attAttachData))
		b.source(d.raw, false)
		if err := b.endAttribute(); err != nil {
			return failed(at.String(), err)
		}
	}
	b.beginAttribute(infoOf(attAttachment))
	if err := o.list(&bag, d.message != nil || d.object != nil); err != nil {
		return failed(at.String(), err)
	}
	switch {
	case d.message != nil:
		b.beginObject(iidMessage)
		return b.push(d.message, at)
	case d.object != nil:
		b.beginObject(d.iid)
		b.source(d.object, false)
		return failedIf(at, b.endObject())
	}
	return failedIf(at, b.endAttribute())
}

// withContent returns an attachment whose data is no property.
func withContent(a *mapi.Attachment) *mapi.Attachment {
	if a == nil {
		return new(mapi.Attachment)
	}
	if b, ok := mapi.PidTagAttachDataBinary.Get(&a.Properties); ok && a.Content == nil && a.Message == nil {
		return &mapi.Attachment{Properties: a.Properties, Content: mapi.Bytes(b)}
	}
	return a
}

// beginObject opens the value of PidTagAttachDataObject. Its length counts the
// interface id.
func (b *builder) beginObject(iid mapi.GUID) {
	b.u32(dataObject)
	b.u32(1)
	b.begin("PidTagAttachDataObject")
	b.bytes(iid[:]...)
}

// endObject closes it, and the attachment.
func (b *builder) endObject() error {
	n, err := b.end()
	if err != nil {
		return err
	}
	b.pad(n)
	return b.endAttribute()
}

// describeAttachment adds to the properties of an attachment what readers need.
func describeAttachment(p *mapi.Properties, method int32) {
	setMissing(p, mapi.PidTagAttachMethod, method)
	if method == mapi.AttachOLE {
		setMissing(p, mapi.PidTagAttachTag, tagOLE)
	}
	setMissing(p, mapi.PidTagRenderingPosition, -1)
	long, short := mapi.PidTagAttachLongFilename.Or(p, ""), mapi.PidTagAttachFilename.Or(p, "")
	switch {
	case short == "" && long != "":
		mapi.PidTagAttachFilename.Set(p, filename.Short83(long))
	case long == "" && len(short) > shortName:
		mapi.PidTagAttachLongFilename.Set(p, short)
	}
}

// A dataToWrite is what an attachment holds: one of its fields, or nothing.
type dataToWrite struct {
	raw     supplier // attAttachData
	message *mapi.Message
	object  supplier // of the interface iid
	iid     mapi.GUID
}

// choose decides what is written of an attachment; of a message and a content the
// method decides. The bag's own property 0x3701 gives way to it.
func (o *objectBuilder) choose(a *mapi.Attachment, bag *mapi.Properties) (d dataToWrite, err error) {
	content, message := a.Content, a.Message
	data, has := bag.Get(mapi.PidTagAttachDataBinary.Key())
	lost := ""
	switch {
	case content != nil && message != nil && a.Method() == mapi.AttachEmbeddedMessage:
		content, lost = nil, "the content of an embedded message"
	case content != nil && message != nil:
		message, lost = nil, "the message of an attachment with a content"
	case has && data.Type() != mapi.PtypObject && (message != nil || !isContent(data, content)):
		lost = "the content has its place"
	}
	if lost != "" {
		q := mapi.Property{ID: dataID, Value: mapi.Binary(nil)}
		if err := o.unwritable(q, lost); err != nil {
			return d, err
		}
	}
	bag.Delete(mapi.PidTagAttachDataBinary.Key())
	d.message = message
	if content == nil {
		return d, nil
	}
	size, err := content.Size(o.ctx)
	if err != nil {
		return d, err
	}
	if size < 0 || size > maxValue-int64(len(iidStream)) {
		return d, fmt.Errorf("%w: the content has %d bytes", ErrTooLarge, size)
	}
	s := &attachmentStream{o.ctx, content, size, o.place}
	if a.Method() != mapi.AttachOLE {
		d.raw = s
		return d, nil
	}
	d.object = s
	d.iid, err = interfaceOf(o.ctx, content)
	return d, err
}

// isContent reports whether a content is the bytes of a value.
func isContent(v mapi.Value, c mapi.Content) bool {
	b, ok := v.Bytes()
	own, is := c.(mapi.Bytes)
	return ok && is && bytes.Equal(b, own)
}

// interfaceOf returns the interface of an OLE object: that of a storage where it
// is a compound file.
func interfaceOf(ctx context.Context, c mapi.Content) (mapi.GUID, error) {
	r, err := c.Open(ctx)
	if err != nil {
		return mapi.GUID{}, err
	}
	defer r.Close()
	head := make([]byte, len(storageSignature))
	switch _, err := io.ReadFull(r, head); {
	case err == io.EOF || err == io.ErrUnexpectedEOF || err == nil && string(head) != storageSignature:
		return iidStream, nil
	case err != nil:
		return mapi.GUID{}, err
	}
	return iidStorage, nil
}

// An attachmentStream is the content of an attachment on its way to the stream.
type attachmentStream struct {
	ctx   context.Context // of the whole write
	c     mapi.Content
	size  int64
	place *propfile.Place
}

func (a *attachmentStream) Size() int64 { return a.size }

func (a *attachmentStream) WriteTo(w io.Writer) (int64, error) {
	n, err := propfile.CopyContent(a.ctx, w, a.c, a.size)
	if err != nil && !propfile.ContextError(a.ctx, err) {
		err = &Error{a.place.String(), err}
	}
	return n, err
}
