package mime2mapi

import (
	"cmp"
	"strings"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/filename"
	"github.com/contentconv/contentconv/internal/mimeparam"
	"github.com/contentconv/contentconv/internal/mimescan"
	"github.com/contentconv/contentconv/internal/transfer"
	"github.com/contentconv/contentconv/mapi"
)

// uuHead is how much of an uuencoded part is read to find its begin line.
const uuHead = 4096

// fileName returns the name that the headers give a file, as sent, in the order
// of [MS-OXCMAIL] 2.2.3.4.1.1: disposition, type, the uuencode begin line,
// description.
//
// QUIRK: programs mix up the names of the two parameters (RFC 2183 2.3, RFC 2045
// 5.1): "filename" in Content-Type, "name" in Content-Disposition.
func (m *message) fileName(e *mimescan.Entity, d mimeparam.Value, description string) string {
	if name := d.Get("filename"); name != "" {
		return name
	}
	if name := m.typeParam(e, "name"); name != "" {
		return name
	}
	if name := cmp.Or(m.typeParam(e, "filename"), d.Get("name")); name != "" {
		return name
	}
	if e.Encoding == transfer.UUEncode {
		if name := m.beginName(e); name != "" {
			return name
		}
	}
	if description == "" && e.ContentType.Full == calendarType && e.Size() > 0 {
		return calendarName
	}
	return description
}

// beginName returns the name on the begin line of an uuencoded part.
func (m *message) beginName(e *mimescan.Entity) string {
	head, err := readRange(m.job.src, e.Body, e.End, uuHead)
	if err != nil {
		return "" // whoever reads the content meets the error again
	}
	for line := range strings.FieldsFuncSeq(string(head), func(r rune) bool { return r == '\r' || r == '\n' }) {
		if _, name, ok := transfer.ParseBegin(line); ok {
			return name
		}
	}
	return ""
}

// setFileName sets the name in its forms, cleaned of what no file name may hold,
// and the display name.
func (m *message) setFileName(p *mapi.Properties, e *mimescan.Entity, name, description string) {
	clean, changed := filename.Sanitize(name)
	if changed && clean != "" {
		m.rec.Add(diag.NameSanitized, e.Section(), "", diag.Quote(name))
	}
	if clean == "" {
		m.files++
		clean = filename.Generated(m.files, e.ContentType.Full)
	}
	mapi.PidTagAttachLongFilename.Set(p, clean)
	mapi.PidTagAttachFilename.Set(p, filename.Short83(clean))
	if ext := filename.Extension(clean); ext != "" {
		mapi.PidTagAttachExtension.Set(p, ext)
	}
	display, _ := filename.Sanitize(description)
	if display == "" {
		display = clean
	}
	mapi.PidTagDisplayName.Set(p, display)
	mapi.PidTagRenderingPosition.Set(p, -1)
}
