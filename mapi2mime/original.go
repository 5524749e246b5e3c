package mapi2mime

import (
	"slices"
	"strings"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/headerprop"
	"github.com/contentconv/contentconv/mapi"
)

// A message that was received has its header block in PidTagTransportMessageHeaders.
// Where it is given to its reader that block is the frame: what says the same as
// the properties stays as it was written, byte for byte and in its place, and what
// no property holds stays too, such as Received fields ([MS-OXCMAIL] 2.1.3.2.27)
// and signatures. What the properties say otherwise takes the place of the old, and
// what they say beside it stands at the end. Who sent a message, to whom and when is
// never taken from the block alone.

// A family is the fields that mean the same property, as they were and as they are
// written.
type family struct {
	was  []transportField
	now  []field
	kept bool // they stay as they were
	done int  // of the old or of the new ones that are written
}

// arrange returns the fields of a message in the order in which they are written.
func (m *message) arrange(fields []field) []field {
	if m.o.NoHeaders && m.into == nil {
		return slices.DeleteFunc(fields, func(f field) bool { return !structural[strings.ToLower(f.name)] })
	}
	return m.keepOriginal(fields)
}

// structural are the fields that describe the body of an entity (RFC 2045).
var structural = map[string]bool{
	"mime-version": true, "content-type": true, "content-transfer-encoding": true, "content-disposition": true,
	"content-description": true, "content-id": true, "content-md5": true, "content-location": true, "content-base": true,
}

// keepOriginal puts the fields of a message into the header block that it was
// received with. Of a block that is not, or not surely, this very message's only
// the trace fields count, which nothing else can hold.
func (m *message) keepOriginal(fields []field) []field {
	if m.o.Purpose != Retrieval {
		return fields
	}
	all := m.headersOf() == ours
	var old []transportField
	for f := range transportFields(mapi.PidTagTransportMessageHeaders.Or(&m.m.Properties, "")) {
		if all || isTrace(f.name) {
			old = append(old, f)
		}
	}
	a := m.arrangement(old, fields)
	out := new(part)
	for _, f := range old {
		m.placeFamily(out, a.of(f.name), f)
	}
	for _, f := range fields {
		if fam := a.of(f.name); !fam.kept && fam.done == 0 {
			out.header = append(out.header, f)
		}
	}
	return out.header
}

// traceFields are what servers added on the way.
var traceFields = []string{"Return-Path", "Received", "Resent-From", "Resent-Sender", "Resent-Date", "Resent-Message-ID"}

func isTrace(name string) bool {
	for _, s := range traceFields {
		if strings.EqualFold(s, name) {
			return true
		}
	}
	return false
}

// placeFamily writes what stands in the place of an old field.
func (m *message) placeFamily(out *part, f *family, old transportField) {
	switch {
	case f.kept && f.done < len(f.was):
		m.addVerbatim(out, old.name, old)
		f.done++
	case !f.kept && f.done == 0:
		out.header = append(out.header, f.now...)
		f.done = len(f.now)
	}
}

// An arrangement is the families of a header block.
type arrangement struct {
	families map[string]*family
	names    []string        // of the families, in the order in which they were met
	present  map[string]bool // names of old fields in lower case
}

// arrangement says of every field whether it stays.
func (m *message) arrangement(old []transportField, fields []field) *arrangement {
	a := &arrangement{families: make(map[string]*family), present: make(map[string]bool)}
	for _, f := range old {
		a.present[strings.ToLower(f.name)] = true
	}
	for _, f := range old {
		fam := a.of(f.name)
		fam.was = append(fam.was, f)
	}
	for _, f := range fields {
		fam := a.of(f.name)
		fam.now = append(fam.now, f)
	}
	for _, name := range a.names {
		f := a.families[name]
		f.kept = m.keeps(name, f)
	}
	m.keepAddressees(a)
	return a
}

func (a *arrangement) of(name string) *family {
	name = a.familyName(name)
	if a.families[name] == nil {
		a.families[name] = new(family)
		a.names = append(a.names, name)
	}
	return a.families[name]
}

// familyName returns the name that stands for all fields of a meaning. A field that
// means nothing because there is one of the proper name is a family of its own.
func (a *arrangement) familyName(name string) string {
	if headerprop.IsImportance(name) {
		return "importance"
	}
	name = strings.ToLower(name)
	if row, rank := headerprop.Find(headerprop.OnMessage, name); row != nil {
		if proper := strings.ToLower(row.Header); rank == 0 || !a.present[proper] {
			return proper
		}
	}
	return name
}

// lostFields are fields that say what is no longer true of the message, or what is
// nobody's business but that of the server which wrote them.
var lostFields = map[string]bool{
	"content-length": true, "lines": true, "bytes": true, "x-ms-tnef-correlator": true, "x-ms-has-attach": true, "x-unsent": true,
	"content-class": true, "x-message-flag": true, "resent-bcc": true, "bcc": true,
	"subject": true, "from": true, "sender": true, "reply-to": true, "to": true, "cc": true,
	"disposition-notification-to": true, "return-receipt-to": true,
	"x-microsoft-classified": true, "x-microsoft-classification": true, "x-microsoft-classdesc": true,
	"x-microsoft-classid": true, "x-microsoft-classkeep": true,
	"x-payload-class": true, "x-payload-provider-guid": true,
}

// keeps reports whether the fields of a family stay as they were.
func (m *message) keeps(name string, f *family) bool {
	if len(f.was) == 0 {
		return false
	}
	row, rank := headerprop.Find(headerprop.OnMessage, name)
	switch {
	case headerprop.Reserved(name) && !m.trusted():
		m.report(diag.ReservedHeaderDropped, f.was[0].name, "")
		return false
	case name == "importance":
		return m.sameImportance(f)
	case name == "mime-version":
		return strings.HasPrefix(f.was[0].unfolded(), "1.0")
	case name == "sender" && len(f.now) == 0:
		return m.sameSender(f)
	case rank > 0:
		return true
	case row != nil && len(f.now) == 0:
		return m.means(row, f)
	case len(f.now) == 0 && (name == "to" || name == "cc"):
		return f.nobody()
	case len(f.now) == 0:
		return !lostFields[name] && !structural[name]
	}
	return f.same(name, row)
}
