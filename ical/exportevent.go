package ical

import (
	"strconv"
	"strings"

	"github.com/contentconv/contentconv/ical/tree"
	"github.com/contentconv/contentconv/internal/lcid"
	"github.com/contentconv/contentconv/mapi"
)

// event returns the VEVENT of an item ([MS-OXCICAL], section 2.1.3.1.1.20). extra
// writes what says how the event stands to a series.
func (e *exporter) event(it *item, t times, extra func(*tree.Component)) (*tree.Component, error) {
	c := tree.NewComponent("VEVENT")
	c.AddText("UID", e.uid())
	extra(c)
	e.addTimes(c, it, t)
	e.addStamps(c, it)
	e.addTexts(c, it)
	e.addWords(c, it)
	e.addStates(c, it)
	e.addLists(c, it)
	for _, row := range directRows {
		if v, ok := it.of(row.key).Get(row.key); ok {
			if s, ok := row.kind.write(v); ok {
				c.Add(row.name, s)
			}
		}
	}
	if err := e.addPeople(c, it); err != nil {
		return nil, err
	}
	if err := e.addAttachments(c, it); err != nil {
		return nil, err
	}
	e.addAlarm(c, it)
	return c, nil
}

// addStamps writes when the object was made and changed.
func (e *exporter) addStamps(c *tree.Component, it *item) {
	c.Add("DTSTAMP", tree.FormatUTC(e.stamp(it)))
	for _, row := range []struct {
		name string
		tag  property[mapi.Time]
	}{
		{"CREATED", mapi.PidTagCreationTime},
		{"LAST-MODIFIED", mapi.PidTagLastModificationTime},
	} {
		if t, ok := it.time(row.tag); ok {
			c.Add(row.name, tree.FormatUTC(t))
		}
	}
	c.Add("SEQUENCE", strconv.FormatInt(int64(max(propOr(it, mapi.PidLidAppointmentSequence, 0), 0)), 10))
}

// addTexts writes the subject, the place and the body. What a response says is a
// COMMENT, since the DESCRIPTION is the organizer's.
func (e *exporter) addTexts(c *tree.Component, it *item) {
	var language []tree.Param
	if id, ok := propOf(it, mapi.PidTagMessageLocaleId); ok {
		if tag, ok := lcid.ToTag(uint32(id)); ok {
			language = append(language, tree.P("LANGUAGE", tag))
		}
	}
	c.AddText("SUMMARY", subjectOf(it), language...)
	if s := propOr(it, mapi.PidLidLocation, ""); s != "" {
		c.AddText("LOCATION", s, textParam("ALTREP", propOr(it, mapi.PidNameLocationUrl, ""))...)
	}
	b := e.bodyOf(it)
	name := "DESCRIPTION"
	if e.form.answer() {
		name = "COMMENT"
	}
	if b.text != "" {
		c.AddText(name, b.text)
	}
	if b.html != "" && !e.form.answer() {
		c.AddText("X-ALT-DESC", b.html, tree.P("FMTTYPE", "text/html"))
	}
}

// subjectOf returns the subject. That of an exception may be without its parts.
func subjectOf(it *item) string {
	p := it.of(mapi.PidTagSubject.Key())
	if it.series != nil && p == &it.series.Properties && mapi.PidTagNormalizedSubject.Has(&it.m.Properties) {
		p = &it.m.Properties
	}
	return mapi.Subject(p)
}

// addWords writes what iCalendar has words for.
func (e *exporter) addWords(c *tree.Component, it *item) {
	class := wordOf(sensitivities, propOr(it, mapi.PidTagSensitivity, 0))
	if class == "" {
		class = "PUBLIC"
	}
	c.Add("CLASS", class)
	importance, ok := propOf(it, mapi.PidTagImportance)
	priority := wordOf(priorities, importance)
	if !ok || priority == "" {
		importance, priority, ok = 1, "5", false
	}
	c.Add("PRIORITY", priority)
	if ok {
		c.Add("X-MICROSOFT-CDO-IMPORTANCE", strconv.Itoa(int(importance)))
	}
	if busy, ok := propOf(it, mapi.PidLidBusyStatus); ok && wordOf(busyStatuses, busy) != "" {
		c.Add("TRANSP", wordOf(transparencies, busy))
		c.Add("X-MICROSOFT-CDO-BUSYSTATUS", wordOf(busyStatuses, busy))
	}
	if intended, ok := propOf(it, mapi.PidLidIntendedBusyStatus); ok && e.form.method == "REQUEST" {
		if s := wordOf(busyStatuses, intended); s != "" {
			c.Add("X-MICROSOFT-CDO-INTENDEDSTATUS", s)
		}
	}
}

// addStates writes the times of change, beside DTSTAMP, and that a meeting was not
// sent yet.
func (e *exporter) addStates(c *tree.Component, it *item) {
	for _, row := range []struct {
		name string
		tag  mapi.Named[mapi.Time]
	}{
		{"X-MICROSOFT-CDO-OWNER-CRITICAL-CHANGE", mapi.PidLidOwnerCriticalChange},
		{"X-MICROSOFT-CDO-ATTENDEE-CRITICAL-CHANGE", mapi.PidLidAttendeeCriticalChange},
	} {
		if t, ok := it.time(row.tag); ok {
			c.Add(row.name, tree.FormatUTC(t))
		}
	}
	state := propOr(it, mapi.PidLidAppointmentStateFlags, 0)
	invited, known := propOf(it, mapi.PidLidFInvited)
	if e.form.method == "PUBLISH" && state&stateMeeting != 0 && state&stateReceived == 0 && known && !invited {
		c.Add("X-MICROSOFT-ISDRAFT", "TRUE")
	}
}

// addLists writes categories, contacts and resources.
func (e *exporter) addLists(c *tree.Component, it *item) {
	keywords, _ := propOf(it, mapi.PidNameKeywords)
	addTextList(c, "CATEGORIES", keywords)
	contacts, _ := propOf(it, mapi.PidLidContacts)
	for _, s := range contacts {
		if strings.TrimSpace(s) != "" {
			c.AddText("CONTACT", s)
		}
	}
	addTextList(c, "RESOURCES", strings.Split(propOr(it, mapi.PidLidNonSendableBcc, ""), ";"))
}

// addTextList writes texts as one property, if there are any.
func addTextList(c *tree.Component, name string, list []string) {
	var items []string
	for _, s := range list {
		if s = strings.TrimSpace(s); s != "" {
			items = append(items, tree.EscapeText(s))
		}
	}
	if len(items) > 0 {
		c.Add(name, strings.Join(items, ","))
	}
}

// addAlarm writes the reminder ([MS-OXCICAL], section 2.1.3.1.1.20.62). A response
// has none: it would be the attendee's own.
func (e *exporter) addAlarm(c *tree.Component, it *item) {
	if e.form.answer() || !propOr(it, mapi.PidLidReminderSet, false) {
		return
	}
	delta := propOr(it, mapi.PidLidReminderDelta, reminderDefault)
	if delta == reminderDefault {
		delta = reminderDefaultMinutes
	}
	trigger := "-PT" + strconv.Itoa(int(delta)) + "M"
	if delta < 0 {
		trigger = "PT" + strconv.FormatInt(-int64(delta), 10) + "M"
	}
	alarm := tree.NewComponent("VALARM")
	alarm.Add("TRIGGER", trigger)
	alarm.Add("ACTION", "DISPLAY")
	alarm.AddText("DESCRIPTION", "Reminder")
	c.AddComponent(alarm)
}
