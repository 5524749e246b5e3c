package mime2mapi

import (
	"slices"
	"strings"

	"github.com/contentconv/contentconv/internal/headerprop"
	"github.com/contentconv/contentconv/internal/mimescan"
	"github.com/contentconv/contentconv/mapi"
)

// startFromCalendar gives the message the properties of its calendar. Those that the
// header fields give are set later, and win ([MS-OXCMAIL] 2.2.3, [MS-OXCICAL],
// section 2.1.3.3).
func (m *message) startFromCalendar() {
	c := m.calendar
	if c == nil {
		return
	}
	to := m.properties()
	to.Grow(baseProperties + len(m.fields.generic) + c.message.Properties.Len())
	to.PutAll(&c.message.Properties)
	mapi.PidLidSmartNoAttach.Delete(to) // the mail may have other files
	mapi.PidLidInboundICalStream.Set(to, c.stream)
	if c.part == m.job.root {
		mapi.PidLidSingleBodyICal.Set(to, true)
	}
	m.into.Attachments = append(m.into.Attachments, c.message.Attachments...)
}

// originatorsFromCalendar says for whom a meeting message is sent: the organizer,
// whoever the mail comes from. An answer is the sender's own ([MS-OXCICAL], section
// 2.1.3.1.1.20.16).
func (m *message) originatorsFromCalendar() error {
	if m.calendar == nil || m.calendar.method == "REPLY" || m.calendar.method == "COUNTER" {
		return nil
	}
	a := mapi.SentRepresentingGroup.Get(&m.calendar.message.Properties)
	if a.SMTP == "" {
		return nil
	}
	return m.setGroup(&mapi.SentRepresentingGroup, &mapi.InternetAddress{Name: a.Name, Address: a.SMTP})
}

// fromAttendee are the properties of a recipient that the calendar alone knows.
var fromAttendee = []mapi.Key{
	mapi.PidTagRecipientFlags.Key(), mapi.PidTagRecipientTrackStatus.Key(), mapi.PidTagRecipientTrackStatusTime.Key(),
}

// recipientsFromCalendar adds to the recipients what the calendar knows of them, and
// those that it alone has. The order and the type of the fields' recipients stay.
func (m *message) recipientsFromCalendar() error {
	if m.calendar == nil {
		return nil
	}
	var shown displayedNames
	m.into.Recipients = slices.Grow(m.into.Recipients, len(m.calendar.message.Recipients))
	at := make(map[string]int, len(m.into.Recipients))
	for i := range m.into.Recipients {
		key := strings.ToLower(m.into.Recipients[i].Address().SMTP)
		if _, twice := at[key]; !twice {
			at[key] = i
		}
	}
	for i := range m.calendar.message.Recipients {
		r := &m.calendar.message.Recipients[i]
		a := r.Address()
		row, known := at[strings.ToLower(a.SMTP)]
		if !known {
			row = len(m.into.Recipients)
			m.into.Recipients = append(m.into.Recipients, mapi.Recipient{})
			if err := m.setRecipient(row, &mapi.InternetAddress{Name: a.Name, Address: a.SMTP}, r.Kind()); err != nil {
				return err
			}
			shown.add(r, a.Name, len(m.calendar.message.Recipients)-i)
		}
		to := &m.into.Recipients[row].Properties
		for _, key := range fromAttendee {
			v, ok := r.Properties.Get(key)
			if had, _ := to.Get(key); ok && !had.Equal(v) {
				to.Set(key, v) // which costs memory for all that a recipient has
			}
		}
	}
	shown.addTo(m.properties())
	return m.checkPeople()
}

// organizerFlag is the bit of PidTagRecipientFlags that marks the organizer
// ([MS-OXOCAL] 2.2.4.10.1).
const organizerFlag = 0x2

// displayedNames are names that the message shows, by the kind of recipient.
type displayedNames []struct {
	kind  int32
	names []string
}

// displayTags are the properties with the names of each kind of recipient.
var displayTags = map[int32]mapi.Tag[string]{
	mapi.RecipientTo: mapi.PidTagDisplayTo, mapi.RecipientCc: mapi.PidTagDisplayCc, mapi.RecipientBcc: mapi.PidTagDisplayBcc,
}

// add adds somebody, whom so many others may follow. The organizer sends the message, and
// is no addressee.
func (d *displayedNames) add(r *mapi.Recipient, name string, room int) {
	kind := r.Kind()
	if mapi.PidTagRecipientFlags.Or(&r.Properties, 0)&organizerFlag != 0 {
		return
	}
	for i := range *d {
		if (*d)[i].kind == kind {
			(*d)[i].names = append((*d)[i].names, name)
			return
		}
	}
	names := append(make([]string, 0, room), name)
	*d = append(*d, struct {
		kind  int32
		names []string
	}{kind, names})
}

// addTo adds the names to those that the message shows already.
func (d displayedNames) addTo(p *mapi.Properties) {
	for _, list := range d {
		tag, ok := displayTags[list.kind]
		if !ok {
			continue
		}
		var b strings.Builder
		b.WriteString(tag.Or(p, ""))
		for _, name := range list.names {
			if b.Len() > 0 {
				b.WriteString("; ")
			}
			b.WriteString(name)
		}
		tag.Set(p, b.String())
	}
}

// bodyProperties are those that a body of the mail takes from the calendar.
var bodyProperties = []mapi.Key{
	mapi.PidTagBody.Key(), mapi.PidTagHtml.Key(), mapi.PidTagNativeBody.Key(), mapi.PidTagInternetCodepage.Key(),
}

// calendarConsumed notes that the calendar is no file, and makes room for the texts of
// the mail, which are worth more than those of the event.
func (m *message) calendarConsumed() {
	c := m.calendar
	if c == nil {
		return
	}
	m.use(c.part, ToProperty)
	if m.body.texts.none() && m.body.aggregate == nil {
		m.calendarBody()
		return
	}
	for _, key := range bodyProperties {
		m.properties().Delete(key)
	}
}

// calendarBody gives a message without a text of its own that of the event.
func (m *message) calendarBody() {
	p := m.properties()
	if m.calendar == nil || mapi.PidTagBody.Has(p) && !mapi.PidTagBody.Has(&m.calendar.message.Properties) {
		return
	}
	for _, key := range bodyProperties {
		if v, ok := m.calendar.message.Properties.Get(key); ok {
			p.Set(key, v)
		}
	}
	if mapi.PidTagBody.Has(p) {
		mapi.PidTagInternetCodepage.Set(p, codePageUTF8)
	}
}

// calendarName is what a calendar without a name is called.
const calendarName = "invite.ics"

// keepCalendarType keeps the parameters of a calendar that stays a file: they say
// what it is for.
func (m *message) keepCalendarType(p *mapi.Properties, e *mimescan.Entity) {
	if e.ContentType.Full != calendarType {
		return
	}
	if f, ok := e.Header.Get("Content-Type"); ok && e.ContentType.Get("method") != "" {
		mapi.PidNameContentType.Set(p, m.text(&f, headerprop.Raw, e.Path))
	}
}
