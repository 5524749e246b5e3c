package tnef

import (
	"fmt"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/charset"
	"github.com/contentconv/contentconv/mapi"
)

// attachments reads the attachments of a message. Each begins with
// attAttachRendData, and the attributes of the message may stand between those of
// an attachment.
//
// QUIRK: some streams have no attAttachRendData ([MS-OXTNEF] 2.1.3.3.15 wants it
// first). There a second set of data or a second title begins an attachment.
func (d *reader) attachments(attrs []attribute, j *job, page *charset.Charset) error {
	var group []*attribute
	for i := range attrs {
		a := &attrs[i]
		if a.info == nil || a.info.level != levelAttachment {
			continue
		}
		if begins(a, group) {
			if err := d.attachment(group, j, page); err != nil {
				return err
			}
			group = group[:0]
		}
		group = append(group, a)
	}
	return d.attachment(group, j, page)
}

// begins reports whether an attribute is the first of another attachment than the
// one in group.
func begins(a *attribute, group []*attribute) bool {
	switch {
	case len(group) == 0:
		return false
	case a.info.id == attAttachRendData:
		return true
	case a.info.id != attAttachData && (a.info.id != attAttachTitle || group[0].info.id == attAttachRendData):
		return false
	}
	for _, b := range group {
		if b.info == a.info {
			return true
		}
	}
	return false
}

// attachment reads the attachment whose attributes are in group.
func (d *reader) attachment(group []*attribute, j *job, page *charset.Charset) error {
	if len(group) == 0 {
		return nil
	}
	at := j.place.Child("attachment", uint32(len(j.into.Attachments)))
	if err := d.row(at); err != nil {
		return err
	}
	out := new(mapi.Attachment)
	j.into.Attachments = append(j.into.Attachments, out)
	o := &object{reader: d, p: &out.Properties, page: page, place: at, data: new(attachmentData)}
	var old legacySet
	for _, a := range group {
		switch {
		case a.info.id == attAttachData:
			o.data.raw = &a.data
		case a.info.id == attAttachment:
			if err := o.attrList(a); err != nil {
				return err
			}
		case a.info.codec != nil:
			old.add(o, a)
		}
	}
	if err := old.read(o); err != nil {
		return err
	}
	return o.contents(out, j.depth, page)
}

// attachmentData is where the data of an attachment was found.
type attachmentData struct {
	raw    *span // attAttachData
	binary *span // PidTagAttachDataBinary
	object *span // PidTagAttachDataObject, without the interface id
	iid    mapi.GUID
}

// add notes a property that is the attachment's data.
func (a *attachmentData) add(o *object, t mapi.PropType, s span) error {
	if t == mapi.PtypBinary {
		a.binary = &s
		return nil
	}
	head, err := o.src.bytes(s.off, int(min(s.size, int64(len(a.iid)))))
	if err != nil {
		return err
	}
	a.iid = mapi.GUID{}
	switch {
	case len(head) == len(a.iid) && isInterface(mapi.GUID(head)):
		a.iid = mapi.GUID(head)
		s = span{s.off + int64(len(head)), s.size - int64(len(head))}
	case HasSignature(head):
		// QUIRK: the interface id, which [MS-OXTNEF] 2.1.3.4 puts first, is missing
		// in streams of some programs.
		a.iid = iidMessage
	default:
		o.report("attAttachment: an object of an unknown interface")
	}
	a.object = &s
	return nil
}

func isInterface(g mapi.GUID) bool { return g == iidMessage || g == iidStorage || g == iidStream }

// contents gives an attachment its content or its message. Where there are several
// of them PidTagAttachMethod decides.
func (o *object) contents(a *mapi.Attachment, depth int64, page *charset.Charset) error {
	method, known := mapi.PidTagAttachMethod.Get(o.p)
	raw := o.data.raw
	if raw == nil {
		raw = o.data.binary
	} else if o.data.binary != nil {
		o.unused("PidTagAttachDataBinary")
	}
	object := o.data.object
	if object != nil && raw != nil {
		switch {
		case method == mapi.AttachEmbeddedMessage:
			raw = nil // what Exchange writes for readers that know no messages
		case method == mapi.AttachOLE || !known:
			o.unused("attAttachData")
			raw = nil
		default:
			o.unused("PidTagAttachDataObject")
			object = nil
		}
	}
	switch {
	case object != nil && o.data.iid == iidMessage:
		return o.embedded(a, *object, depth+1, page)
	case object != nil:
		raw = object
	}
	if raw != nil {
		a.Content = rangeContent{o.src.r, *raw}
	}
	return nil
}

// unused reports data that an attachment has besides what counts.
func (o *object) unused(what string) {
	o.rec.Add(diag.PropertyUnreadable, "", "", o.place.Detail(what+": the attachment has its data elsewhere as well"))
}

// embedded puts an embedded message in the queue. What is no stream stays a file.
func (o *object) embedded(a *mapi.Attachment, s span, depth int64, page *charset.Charset) error {
	ok, err := o.isStream(s)
	if err != nil {
		return err
	}
	if !ok {
		o.rec.Add(diag.EmbeddedUnreadable, "", "", o.place.Detail(fmt.Sprintf("%d bytes", s.size)))
		a.Content = rangeContent{o.src.r, s}
		return nil
	}
	if err := o.depth.Check(depth); err != nil {
		return &Error{o.place.String(), err}
	}
	a.Message = new(mapi.Message)
	o.queue = append(o.queue, job{span: s, into: a.Message, depth: depth, page: page, place: o.place})
	return nil
}
