package msg

import (
	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/cfb"
	"github.com/contentconv/contentconv/internal/propfile"
	"github.com/contentconv/contentconv/mapi"
)

// loadNames reads the names of the file's named properties ([MS-OXMSG] 2.2.3).
// They hold for all objects of the file, and come from the entry stream alone:
// new versions of Outlook write no hash buckets.
func (d *reader) loadNames(storage *cfb.Entry) error {
	if storage == nil || !storage.Storage {
		return nil
	}
	streams := findStreams(storage)
	var data [3][]byte
	for i, tag := range []uint32{guidStream, entryStream, stringStream} {
		s := streams.find(tag)
		if s == nil {
			continue
		}
		var err error
		if data[i], err = d.appendStream(nil, s, "named properties", nil); err != nil {
			return err
		}
	}
	return d.parseNames(data[0], data[1], data[2])
}

// parseNames decodes the entries.
func (d *reader) parseNames(guids, entries, texts []byte) error {
	for ; len(entries) >= 8; entries = entries[8:] {
		// QUIRK: the property index equals the position ([MS-OXMSG] 2.2.3.1.2)
		// in all but damaged files; there it is what the properties refer to.
		index := int(le.Uint16(entries[6:]))
		if index > propfile.LastNamed-propfile.FirstNamed {
			continue
		}
		if index < len(d.names) && d.names[index] != nil {
			continue
		}
		n, err := parseName(entries, guids, texts)
		if err != nil {
			d.rec.Addf(diag.PropertyUnreadable, "", "", "name of id 0x%04X: %v", propfile.FirstNamed+index, err)
			continue
		}
		if err := d.take(64+int64(len(n.String)), nil); err != nil {
			return err
		}
		for len(d.names) <= index {
			d.names = append(d.names, nil)
		}
		d.names[index] = &n
	}
	return nil
}

// parseName reads the record at the beginning of entries.
func parseName(entry, guids, texts []byte) (n mapi.Name, err error) {
	kind := le.Uint16(entry[4:])
	switch i := int(kind >> 1); {
	case i == 1:
		n.Set = mapi.PS_MAPI
	case i == 2:
		n.Set = mapi.PS_PUBLIC_STRINGS
	case i >= 3 && 16*(i-2) <= len(guids):
		n.Set = mapi.GUID(guids[16*(i-3) : 16*(i-2)])
	default:
		return n, unreadable("its property set is missing")
	}
	n.LID = le.Uint32(entry)
	if kind&1 == 0 {
		return n, nil
	}
	at := int64(n.LID)
	n.LID = 0
	if at+4 > int64(len(texts)) {
		return n, unreadable("its text is missing")
	}
	size := int64(le.Uint32(texts[at:]))
	switch {
	case at+4+size > int64(len(texts)):
		return n, unreadable("its text is cut short")
	case size > propfile.MaxNameSize:
		return n, unreadable("its text is too long")
	}
	if n.String, _ = propfile.Decode16(texts[at+4 : at+4+size]); n.String == "" {
		return n, unreadable("its text is empty")
	}
	return n, nil
}
