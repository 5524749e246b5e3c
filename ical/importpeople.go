package ical

import (
	"net/url"
	"slices"
	"strings"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/ical/tree"
	"github.com/contentconv/contentconv/internal/address"
	"github.com/contentconv/contentconv/limits"
	"github.com/contentconv/contentconv/mapi"
)

// A person is what an ORGANIZER or ATTENDEE says.
type person struct {
	property *tree.Property
	// address is "" for somebody who has none of the Internet.
	address, name string
}

// people are the organizer and the attendees of an event.
type people struct {
	organizer *person
	attendees []person
	// nowhere are the names of those without an address, by the kind of recipient.
	nowhere [mapi.RecipientBcc + 1][]string
}

// any reports whether the event is a meeting: whether anybody takes part.
func (p *people) any() bool { return p.organizer != nil || len(p.attendees) > 0 }

// readPeople reads ORGANIZER and ATTENDEE ([MS-OXCICAL], sections 2.1.3.1.1.20.2 and
// 2.1.3.1.1.20.16).
func (e *event) readPeople() error {
	if p := e.c.Property("ORGANIZER"); p != nil {
		o := e.person(p)
		e.people.organizer = &o
	}
	if list := e.c.All("ATTENDEE"); len(list) > 0 {
		e.people.attendees = make([]person, len(list))
		for i, p := range list {
			e.people.attendees[i] = e.person(p)
		}
	}
	if err := e.Limits.Recipients().Check(int64(len(e.people.attendees))); err != nil {
		return err
	}
	if o := e.people.organizer; e.method == "REQUEST" && !e.embedded && (o == nil || o.address == "") {
		var p *tree.Property
		if o != nil {
			p = o.property
		}
		return unheld(ConstructOrganizer, e.c, p, "a request of nobody that has an address")
	}
	return nil
}

// person reads a calendar user (RFC 5545, section 3.3.3; RFC 6068).
//
// QUIRK: addresses come without "mailto:", in angle brackets, or in the EMAIL
// parameter beside a URI of the sender's own (RFC 7986, section 6.2).
func (e *event) person(p *tree.Property) person {
	out := person{property: p, name: strings.TrimSpace(oneLine(p.Param("CN")))}
	if strings.EqualFold(strings.TrimSpace(p.Value), noAddress) {
		return out
	}
	for _, s := range []string{p.Value, p.Param("EMAIL")} {
		s = strings.TrimSpace(s)
		if len(s) >= len("mailto:") && strings.EqualFold(s[:len("mailto:")], "mailto:") {
			s, _, _ = strings.Cut(s[len("mailto:"):], "?")
			if decoded, err := url.PathUnescape(s); err == nil {
				s = decoded
			}
		}
		s = strings.Trim(s, "<> \t")
		if address.ValidAddrSpec(s) {
			out.address = s
			break
		}
	}
	limit := e.Limits.RecipientProperty()
	if limit.Exceeded(limits.Length(out.name)) {
		out.name = e.cut(out.name, limit.Max, p)
	}
	switch {
	case out.address == "":
		e.invalid(p, "no address of a mailbox")
	case limit.Exceeded(limits.Length(out.address)):
		e.invalid(p, "the address is too long")
		out.address = ""
	}
	return out
}

// answer returns the PARTSTAT of the one who answers. There is one attendee; of
// several it is the sender of the mail.
func (e *event) answer() (string, error) {
	list := e.people.attendees
	if len(list) > 1 && e.Sender != "" {
		list = nil
		for _, a := range e.people.attendees {
			if strings.EqualFold(a.address, e.Sender) {
				list = append(list, a)
			}
		}
	}
	if len(list) != 1 {
		return "", unheld(ConstructReply, e.c, nil, "METHOD %s with %d attendees", e.method, len(e.people.attendees))
	}
	stats := list[0].property.ParamValues("PARTSTAT")
	if len(stats) != 1 {
		return "", unheld(ConstructReply, e.c, list[0].property, "%d PARTSTAT", len(stats))
	}
	e.people.attendees = list
	return strings.ToUpper(strings.TrimSpace(stats[0])), nil
}

// setPeople makes the recipients, and says whose meeting it is.
func (e *event) setPeople() error {
	p := e.properties()
	rsvp := !e.meeting()
	for _, a := range e.people.attendees {
		if b, _ := parseBoolean(a.property.Param("RSVP")); b {
			rsvp = true
		}
	}
	e.setRecipients()
	mapi.PidTagResponseRequested.Set(p, rsvp)
	mapi.PidTagReplyRequested.Set(p, rsvp)
	e.setOriginators()
	return nil
}

// setRecipients makes the recipients of the organizer and, but for an answer, of the
// attendees.
func (e *event) setRecipients() {
	rows := make(map[string]int)
	if o := e.people.organizer; o != nil {
		if i := e.addRecipient(rows, *o, mapi.RecipientTo); i >= 0 {
			mapi.PidTagRecipientFlags.Set(&e.m.Recipients[i].Properties, recipientSendable|recipientOrganizer)
		}
	}
	if !e.answering() {
		e.m.Recipients = slices.Grow(e.m.Recipients, len(e.people.attendees))
		for _, a := range e.people.attendees {
			e.addAttendee(rows, a)
		}
	}
	for kind, names := range e.people.nowhere {
		if len(names) > 0 {
			appendNames(e.properties(), nonSendable[int32(kind)], names)
		}
	}
}

// addAttendee adds an attendee to the recipients, or to the lists of those who can't
// be sent to.
func (e *event) addAttendee(rows map[string]int, a person) {
	kind := recipientKind(a.property)
	if strings.EqualFold(strings.TrimSpace(a.property.Value), noAddress) {
		if a.name != "" {
			e.people.nowhere[kind] = append(e.people.nowhere[kind], a.name)
		}
		return
	}
	i := e.addRecipient(rows, a, kind)
	if i < 0 {
		return
	}
	p := &e.m.Recipients[i].Properties
	if n, ok := numberOf(trackStatuses, a.property.Param("PARTSTAT")); ok {
		mapi.PidTagRecipientTrackStatus.Set(p, n)
	}
	if s := a.property.Param("X-MS-OLK-RESPTIME"); s != "" {
		if t, ok := parseUTC(s); ok {
			mapi.PidTagRecipientTrackStatusTime.Set(p, t)
		}
	}
}

// nonSendable are the lists of people without an address, by the kind of recipient.
var nonSendable = map[int32]mapi.Named[string]{
	mapi.RecipientTo:  mapi.PidLidNonSendableTo,
	mapi.RecipientCc:  mapi.PidLidNonSendableCc,
	mapi.RecipientBcc: mapi.PidLidNonSendableBcc,
}

// recipientKind returns the type of recipient that an attendee is: needed, optional,
// or a resource, which stands for bcc in a meeting.
func recipientKind(p *tree.Property) int32 {
	role, kind := p.Param("ROLE"), p.Param("CUTYPE")
	switch {
	case strings.EqualFold(kind, "RESOURCE"), strings.EqualFold(kind, "ROOM"):
		return mapi.RecipientBcc
	case strings.EqualFold(role, "OPT-PARTICIPANT"), strings.EqualFold(role, "NON-PARTICIPANT"):
		return mapi.RecipientCc
	}
	return mapi.RecipientTo
}

// addRecipient adds a row for somebody, unless there is one, and returns its number,
// or -1 for somebody without an address. rows are the numbers by address.
func (e *event) addRecipient(rows map[string]int, a person, kind int32) int {
	if a.address == "" {
		return -1
	}
	key := strings.ToLower(a.address)
	if i, ok := rows[key]; ok {
		return i
	}
	i := len(e.m.Recipients)
	rows[key] = i
	e.m.Recipients = append(e.m.Recipients, mapi.Recipient{})
	e.m.Recipients[i].SetInternet(&mapi.InternetAddress{Name: a.name, Address: a.address}, kind, int32(i))
	return i
}

// setOriginators sets who sends the message, and for whom: the organizer, whose own
// answer there is none, or the one who answers. The fields of a mail say more
// ([MS-OXCICAL], section 2.1.3.1.1.20.16).
func (e *event) setOriginators() {
	p := e.properties()
	from := e.people.organizer
	if e.answering() {
		from = &e.people.attendees[0]
	}
	switch {
	case from == nil:
	case from.address != "":
		mapi.SentRepresentingGroup.SetInternet(p, &mapi.InternetAddress{Name: from.name, Address: from.address})
	case from.name != "":
		mapi.PidTagSentRepresentingName.Set(p, from.name)
	}
	if s := e.c.Property("X-MS-OLK-SENDER"); s != nil {
		if sender := e.person(s); sender.address != "" {
			from = &sender
		}
	}
	if from != nil && from.address != "" {
		mapi.SenderGroup.SetInternet(p, &mapi.InternetAddress{Name: from.name, Address: from.address})
	}
}

// attendeeSet returns the addresses of the attendees, to compare.
func (p *people) attendeeSet() map[string]bool {
	out := make(map[string]bool)
	for _, a := range p.attendees {
		out[strings.ToLower(a.address)] = true
	}
	return out
}

// tooMany reports what is beyond the bound of parts.
func (e *event) tooMany(what string, n int) error {
	if limit := e.Limits.BodyParts(); limit.Exceeded(int64(n)) {
		return unheld(ConstructTooLarge, e.c, nil, "%d %s; %s is %d", n, what, limit.Name, limit.Max)
	}
	return nil
}

// noted says that something of the event is held with a difference.
func (e *event) noted(p *tree.Property, detail string) {
	e.rec.Addf(diag.CalendarApproximated, e.Part, "", "line %d: %s: %s", p.Line, p.Name, detail)
}
