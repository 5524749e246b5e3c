package mapi2mime

import (
	"strings"

	"github.com/contentconv/contentconv/internal/address"
	"github.com/contentconv/contentconv/internal/maildate"
	"github.com/contentconv/contentconv/internal/rfc2047"
	"github.com/contentconv/contentconv/mapi"
)

// An ownership says whose PidTagTransportMessageHeaders are.
type ownership uint8

const (
	unread  ownership = iota
	unclear           // nothing tells
	ours              // this very message's
	foreign           // another message's
)

// headersOf says whose the transport headers are. The Message-ID decides where both
// sides have one; otherwise a subject, a date or a sender that agrees will do, or that
// neither side has any of these.
//
// QUIRK: clients copy the property when they copy a message to answer or to forward
// it, and the copy goes to other people under another subject.
func (m *message) headersOf() ownership {
	if m.owner == unread {
		m.owner = m.readOwner()
	}
	return m.owner
}

func (m *message) readOwner() ownership {
	p := &m.m.Properties
	owner, id := unclear, mapi.PidTagInternetMessageId.Or(p, "")
	told := false // there is a field that could tell
	for f := range transportFields(mapi.PidTagTransportMessageHeaders.Or(p, "")) {
		if f.is("Message-ID") && id != "" && f.unfolded() != "" {
			if strings.Trim(f.unfolded(), "<>") == strings.Trim(strings.TrimSpace(id), "<>") {
				return ours
			}
			return foreign
		}
		if owner == unclear && agrees(p, f) {
			owner = ours
		}
		told = told || f.is("Message-ID") || f.is("Subject") || f.is("Date") || f.is("From")
	}
	if !told && id == "" && mapi.Subject(p) == "" && !mapi.PidTagClientSubmitTime.Has(p) && !mapi.PidTagSentRepresentingName.Has(p) {
		return ours // neither side has any of them
	}
	return owner
}

// agrees reports whether a field that tells messages apart says what the properties
// say.
func agrees(p *mapi.Properties, f transportField) bool {
	switch {
	case f.is("Subject"):
		s, _ := rfc2047.Decode(f.unfolded(), nil)
		return oneSpaced(s) != "" && oneSpaced(s) == oneSpaced(mapi.Subject(p))
	case f.is("Date"):
		sent, ok, _ := maildate.Parse(f.unfolded())
		t, set := mapi.PidTagClientSubmitTime.Or(p, 0).Time()
		return ok && set && sent.Unix() == t.Unix()
	case f.is("From"):
		from := address.ParseMax(f.unfolded(), nil, 1).Mailboxes
		return len(from) == 1 && strings.EqualFold(from[0].Addr, mapi.SentRepresentingGroup.Get(p).SMTP)
	}
	return false
}
