package ical

import (
	"fmt"
	"strings"

	"github.com/contentconv/contentconv/ical/tree"
	"github.com/contentconv/contentconv/mapi"
)

// addPeople writes the organizer, the sender and the attendees ([MS-OXCICAL],
// sections 2.1.3.1.1.20.2 and .16). Only a meeting has them.
//
// A request or a cancellation is of a meeting even if no state says so. A response
// names the organizer in any case: RFC 5546, section 3.2.3, requires it, and other
// software than Outlook finds the meeting by it; [MS-OXCICAL] leaves it out.
func (e *exporter) addPeople(c *tree.Component, it *item) error {
	state, known := propOf(it, mapi.PidLidAppointmentStateFlags)
	meeting := state&stateMeeting != 0 || !known && e.form.method != "PUBLISH"
	if !meeting && !e.form.answer() {
		return nil
	}
	organizer, ok := e.organizer(it)
	if ok {
		if err := e.addPerson(c, "ORGANIZER", organizer); err != nil {
			return err
		}
	}
	if meeting {
		if err := e.addSender(c, organizer); err != nil {
			return err
		}
	}
	if e.form.answer() {
		return e.addPerson(c, "ATTENDEE", e.representing(), tree.P("PARTSTAT", e.form.partStat))
	}
	return e.addAttendees(c, it)
}

// An exportPerson is a person of a message object, and where the object says so.
type exportPerson struct {
	mapi.Address
	group *mapi.AddressGroup
	props *mapi.Properties
}

func personIn(g *mapi.AddressGroup, p *mapi.Properties) exportPerson {
	return exportPerson{g.Get(p), g, p}
}

func personOfRow(r *mapi.Recipient) exportPerson {
	return exportPerson{r.Address(), &mapi.RecipientGroup, &r.Properties}
}

// representing returns on whose behalf the message was sent.
func (e *exporter) representing() exportPerson {
	who := personIn(&mapi.SentRepresentingGroup, &e.m.Properties)
	if who.unknown() {
		who = personIn(&mapi.SenderGroup, &e.m.Properties)
	}
	return who
}

func (p *exportPerson) unknown() bool { return p.Address == (mapi.Address{}) }

// organizer returns who organizes the meeting: the row that is marked so, else who
// sent it; of a response whom it goes to.
func (e *exporter) organizer(it *item) (exportPerson, bool) {
	for _, m := range []*mapi.Message{it.m, it.series} {
		if m == nil {
			continue
		}
		for i := range m.Recipients {
			r := &m.Recipients[i]
			if mapi.PidTagRecipientFlags.Or(&r.Properties, 0)&recipientOrganizer != 0 {
				return personOfRow(r), true
			}
		}
	}
	if !e.form.answer() {
		who := e.representing()
		return who, !who.unknown()
	}
	var to []exportPerson
	for i := range e.m.Recipients {
		if r := &e.m.Recipients[i]; r.Kind() == mapi.RecipientTo {
			to = append(to, personOfRow(r))
		}
	}
	if len(to) != 1 {
		return exportPerson{}, false
	}
	return to[0], true
}

// addSender writes who sent the message for the organizer, if that is another one.
func (e *exporter) addSender(c *tree.Component, organizer exportPerson) error {
	sender := personIn(&mapi.SenderGroup, &e.m.Properties)
	if sender.unknown() || e.form.answer() {
		return nil
	}
	uri, err := e.uri(sender)
	if err != nil {
		return err
	}
	of, err := e.uri(organizer)
	if err != nil || strings.EqualFold(uri, of) {
		return err
	}
	return e.addPerson(c, "X-MS-OLK-SENDER", sender)
}

// addAttendees writes the recipients but the organizer, and those that are not sent
// the message.
func (e *exporter) addAttendees(c *tree.Component, it *item) error {
	rsvp := propOr(it, mapi.PidTagResponseRequested, false)
	rows := it.recipients()
	for i := range rows {
		if err := e.addAttendee(c, &rows[i], rsvp); err != nil {
			return err
		}
	}
	for _, list := range []struct {
		tag    mapi.Named[string]
		params []tree.Param
	}{
		{mapi.PidLidNonSendableTo, nil},
		{mapi.PidLidNonSendableCc, []tree.Param{tree.P("ROLE", "OPT-PARTICIPANT")}},
	} {
		for name := range strings.SplitSeq(propOr(it, list.tag, ""), ";") {
			if name = strings.TrimSpace(name); name != "" {
				c.Add("ATTENDEE", noAddress, append(textParam("CN", name), list.params...)...)
			}
		}
	}
	return nil
}

// roles are the parameters by PidTagRecipientType.
var roles = map[int32][]tree.Param{
	mapi.RecipientCc:  {tree.P("ROLE", "OPT-PARTICIPANT")},
	mapi.RecipientBcc: {tree.P("CUTYPE", "RESOURCE"), tree.P("ROLE", "NON-PARTICIPANT")},
}

// addAttendee writes one recipient. PARTSTAT stands in requests too, though
// [MS-OXCICAL] has it in published meetings alone: what others have answered is worth
// knowing, and without an answer there is none.
func (e *exporter) addAttendee(c *tree.Component, r *mapi.Recipient, rsvp bool) error {
	p := &r.Properties
	if r.Kind() == mapi.RecipientOriginator || mapi.PidTagRecipientFlags.Or(p, 0)&(recipientOrganizer|recipientDeleted) != 0 {
		return nil
	}
	var params []tree.Param
	params = append(params, roles[r.Kind()]...)
	if s := wordOf(trackStatuses, mapi.PidTagRecipientTrackStatus.Or(p, 0)); s != "" {
		params = append(params, tree.P("PARTSTAT", s))
	}
	if rsvp {
		params = append(params, tree.P("RSVP", "TRUE"))
	}
	if t, ok := calendarTime(mapi.PidTagRecipientTrackStatusTime.Or(p, 0)); ok && e.form.method == "PUBLISH" {
		params = append(params, tree.P("X-MS-OLK-RESPTIME", tree.FormatUTC(t)))
	}
	return e.addPerson(c, "ATTENDEE", personOfRow(r), params...)
}

// addPerson writes a person: the address, and the name as CN.
func (e *exporter) addPerson(c *tree.Component, name string, who exportPerson, params ...tree.Param) error {
	uri, err := e.uri(who)
	if err != nil {
		return err
	}
	cn := strings.TrimSpace(who.Name)
	if cn == "" && uri == noAddress {
		cn = strings.TrimSpace(who.Email)
	}
	c.Add(name, uri, append(textParam("CN", cn), params...)...)
	return nil
}

// textParam returns a parameter with a text from a property, or none for no text.
func textParam(name, value string) []tree.Param {
	if value = strings.TrimSpace(value); value == "" {
		return nil
	}
	return []tree.Param{tree.P(name, value)}
}

// uri returns a person's address as a mailto URI, or what stands for none.
func (e *exporter) uri(who exportPerson) (string, error) {
	smtp := who.SMTP
	if e.o.Address != nil && !who.unknown() {
		var err error
		if smtp, err = e.o.Address(who.group, who.props); err != nil {
			return "", err
		}
	}
	if smtp = strings.TrimSpace(smtp); smtp == "" || !strings.Contains(smtp, "@") {
		return noAddress, nil
	}
	return "mailto:" + escapeMailto(smtp), nil
}

// escapeMailto escapes what an address in a URI may not have (RFC 6068, section 2).
// Characters beyond ASCII stay, since few readers of calendars decode them.
func escapeMailto(s string) string {
	if !strings.ContainsFunc(s, notInMailto) {
		return s
	}
	var b strings.Builder
	for i := range len(s) {
		if notInMailto(rune(s[i])) {
			fmt.Fprintf(&b, "%%%02X", s[i])
		} else {
			b.WriteByte(s[i])
		}
	}
	return b.String()
}

func notInMailto(r rune) bool {
	return r <= ' ' || r == 0x7F || r < 0x80 && strings.ContainsRune("%?#\"<>\\^`{|}[]", r)
}
