package msg

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/cfb"
	"github.com/contentconv/contentconv/internal/propfile"
	"github.com/contentconv/contentconv/mapi"
)

// message reads the properties, the recipients and the attachments in a storage.
func (d *reader) message(j *job) error {
	streams := findStreams(j.storage)
	entries, err := d.entries(j.storage, j.header, j.place)
	if err != nil {
		return err
	}
	pages := d.forced
	if pages == nil {
		pages = d.codePages(entries, j.pages, j.place)
	}
	o := &object{reader: d, streams: streams, pages: pages, place: j.place}
	if err := o.properties(&j.into.Properties, entries); err != nil {
		return err
	}
	if err := d.recipients(j, pages); err != nil {
		return err
	}
	return d.attachments(j, pages)
}

func (d *reader) recipients(j *job, pages *codePages) error {
	rows := findRows(j.storage, recipientPrefix)
	if len(rows) == 0 {
		return nil
	}
	j.into.Recipients = make([]mapi.Recipient, len(rows))
	for i, row := range rows {
		at := j.place.Child("recipient", row.number)
		if err := d.row(row.storage, at); err != nil {
			return err
		}
		entries, err := d.entries(row.storage, headerOther, at)
		if err != nil {
			return err
		}
		o := &object{reader: d, streams: findStreams(row.storage), pages: pages, place: at}
		if err := o.properties(&j.into.Recipients[i].Properties, entries); err != nil {
			return err
		}
	}
	return nil
}

func (d *reader) attachments(j *job, pages *codePages) error {
	for _, row := range findRows(j.storage, attachmentPrefix) {
		at := j.place.Child("attachment", row.number)
		if err := d.row(row.storage, at); err != nil {
			return err
		}
		entries, err := d.entries(row.storage, headerOther, at)
		if err != nil {
			return err
		}
		a := new(mapi.Attachment)
		o := &object{reader: d, streams: findStreams(row.storage), pages: pages, place: at, attachment: true}
		if err := o.properties(&a.Properties, entries); err != nil {
			return err
		}
		j.into.Attachments = append(j.into.Attachments, a)
		if err := d.attachmentData(o, a, row.storage, j.depth); err != nil {
			return err
		}
	}
	return nil
}

// row counts a recipient, an attachment or a message. Storages without a
// property stream are empty objects.
func (d *reader) row(storage *cfb.Entry, at *propfile.Place) error {
	if err := d.ctx.Err(); err != nil {
		return err
	}
	if d.rows++; d.rows > propfile.MaxRows {
		return &Error{at.String(), fmt.Errorf("%w: more than %d recipients, attachments and messages", ErrTooLarge, propfile.MaxRows)}
	}
	if e := storage.Child(propertiesName); e == nil || e.Storage {
		d.rec.Add(diag.PropertyUnreadable, "", "", at.Detail("the stream of its properties is missing"))
	}
	return nil
}

// A numbered is the storage of a recipient or an attachment.
type numbered struct {
	storage *cfb.Entry
	number  uint32
}

// findRows returns the storages of that prefix in the order of their numbers.
//
// QUIRK: the numbers have gaps in messages that were edited, and the counts in
// the property stream's header can be wrong ([MS-OXMSG] 2.4.1.1), so the storages
// themselves are what counts.
func findRows(parent *cfb.Entry, prefix string) []numbered {
	var rows []numbered
	for _, e := range parent.Children() {
		if !e.Storage {
			continue
		}
		digits, ok := cutPrefixFold(e.Name, prefix)
		if !ok {
			continue
		}
		if n, ok := parseHex(digits); ok {
			rows = append(rows, numbered{e, n})
		}
	}
	slices.SortStableFunc(rows, func(a, b numbered) int { return cmp.Compare(a.number, b.number) })
	return rows
}
