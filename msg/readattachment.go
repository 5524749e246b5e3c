package msg

import (
	"errors"
	"fmt"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/cfb"
	"github.com/contentconv/contentconv/internal/propfile"
	"github.com/contentconv/contentconv/mapi"
)

// attachmentData gives an attachment its content or its message ([MS-OXMSG]
// 2.2.2): PidTagAttachMethod decides where a file has both.
//
// QUIRK: files by value whose data is a storage occur, and OLE objects whose
// data is a stream; each is taken for what it is.
func (d *reader) attachmentData(o *object, a *mapi.Attachment, storage *cfb.Entry, depth int64) error {
	method, known := mapi.PidTagAttachMethod.Get(&a.Properties)
	binary := o.streams.find(dataBinary)
	object := storage.Child(objectName)
	if object == nil || !object.Storage {
		if binary == nil {
			binary = object
		}
		object = nil
	}
	wantsObject := method == mapi.AttachEmbeddedMessage || method == mapi.AttachOLE || !known
	if object != nil && binary != nil {
		unused := dataObject
		if wantsObject {
			unused = dataBinary
		}
		d.rec.Add(diag.PropertyUnreadable, "", "", o.place.Detail(propfile.TagText(unused)+": the attachment has data of another kind as well"))
	}
	switch {
	case object == nil && binary == nil:
	case object == nil || binary != nil && !wantsObject:
		a.Content = o.content(binary, dataBinary)
	case method != mapi.AttachOLE && object.Child(propertiesName) != nil:
		return d.embedded(o, a, object, depth+1)
	default:
		return d.oleObject(o, a, object)
	}
	return nil
}

// embedded puts an embedded message in the queue.
func (d *reader) embedded(o *object, a *mapi.Attachment, storage *cfb.Entry, depth int64) error {
	if err := d.depth.Check(depth); err != nil {
		return &Error{o.place.String(), err}
	}
	a.Message = new(mapi.Message)
	d.queue = append(d.queue, job{
		storage: storage, into: a.Message, header: headerEmbedded,
		depth: depth, pages: o.pages, place: o.place,
	})
	return nil
}

// oleObject makes a compound file of an OLE object's storage.
//
// QUIRK: storages hold names that no compound file may have, or two of the same,
// in damaged files ([MS-CFB] 2.6.1); they get others, so that nothing is lost.
func (d *reader) oleObject(o *object, a *mapi.Attachment, storage *cfb.Entry) error {
	node := storage.Node()
	plan, err := cfb.Prepare(node, nil)
	if errors.Is(err, cfb.ErrTree) {
		legalNames(node)
		d.rec.Add(diag.StorageRepaired, "", "", o.place.Detail(""))
		plan, err = cfb.Prepare(node, nil)
	}
	if err != nil {
		return failed(o.place.String(), err)
	}
	d.truncatedBelow(storage, o.place)
	a.Content = &storageContent{node, plan}
	return nil
}

// truncatedBelow reports the streams in a storage that are cut short.
func (d *reader) truncatedBelow(storage *cfb.Entry, at *propfile.Place) {
	for todo := []*cfb.Entry{storage}; len(todo) > 0; {
		e := todo[len(todo)-1]
		todo = append(todo[:len(todo)-1], e.Children()...)
		if e.Truncated() {
			d.truncated(e, diag.Quote(e.Name), at)
		}
	}
}

func (d *reader) truncated(e *cfb.Entry, what string, at *propfile.Place) {
	d.rec.Add(diag.StreamTruncated, "", "",
		at.Detail(fmt.Sprintf("%s: %d of %d bytes exist", what, e.Size, e.Declared())))
}
