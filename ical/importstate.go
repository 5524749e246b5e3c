package ical

import (
	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/ical/tree"
	"github.com/contentconv/contentconv/limits"
	"github.com/contentconv/contentconv/mapi"
)

// setBusy sets how the time is shown ([MS-OXCICAL], sections 2.1.3.1.1.20.22,
// 2.1.3.1.1.20.25, 2.1.3.1.1.20.31 and 2.1.3.1.1.20.34). A request is tentative until
// it is answered; what the organizer meant is kept beside that.
func (e *event) setBusy() {
	p := e.properties()
	busy, ok := firstNumber(e.c, busyStatuses, "X-MICROSOFT-CDO-BUSYSTATUS", "X-MICROSOFT-MSNCALENDAR-BUSYSTATUS")
	if !ok {
		busy, ok = firstNumber(e.c, transparencies, "TRANSP")
	}
	if !ok {
		busy, ok = firstNumber(e.c, eventStatuses, "STATUS")
	}
	intended, hasIntended := firstNumber(e.c, busyStatuses, "X-MICROSOFT-CDO-INTENDEDSTATUS", "X-MICROSOFT-MSNCALENDAR-INTENDEDSTATUS")
	if e.method == "REQUEST" {
		if !hasIntended {
			intended, hasIntended = 2, true
			if ok {
				intended = busy
			}
		}
		busy, ok = 1, true
	}
	if hasIntended {
		mapi.PidLidIntendedBusyStatus.Set(p, intended)
	}
	if ok {
		mapi.PidLidBusyStatus.Set(p, busy)
	}
}

// A state is what a message has by its METHOD and class alone ([MS-OXOCAL], sections
// 2.2.1.10, 2.2.1.11 and 2.2.6.5; the icons are those of Outlook). A response of -1
// and a kind of -1 are not set.
type state struct {
	class                                string
	flags, response, kind, icon, effects int32
}

const (
	responseNotResponded int32 = 5
	sideEffectsMeeting   int32 = 0x1C61
	sideEffectsEvent     int32 = 0x171
	unset                int32 = -1
)

var states = []state{
	{classRequest, stateMeeting | stateReceived, responseNotResponded, 1, 0x404, sideEffectsMeeting},
	{classCanceled, stateMeeting | stateReceived | stateCanceled, responseNotResponded, 0, 0x408, sideEffectsMeeting},
	{classAccepted, 0, 0, unset, 0x405, sideEffectsMeeting},
	{classDeclined, 0, 0, unset, 0x406, sideEffectsMeeting},
	{classTentative, 0, 0, unset, 0x407, sideEffectsMeeting},
	{classAppointment, 0, 0, unset, 0x400, sideEffectsEvent},
}

// setState sets what no property of the event says.
func (e *event) setState() {
	p := e.properties()
	class := mapi.PidTagMessageClass.Or(p, "")
	for _, s := range states {
		if s.class != class {
			continue
		}
		if class == classAppointment && e.people.any() {
			s.flags, s.icon = stateMeeting, 0x402
		}
		if class == classAppointment && rulesOf(e.c) != nil {
			s.icon++
		}
		mapi.PidLidAppointmentStateFlags.Set(p, s.flags)
		mapi.PidLidResponseStatus.Set(p, s.response)
		mapi.PidLidSideEffects.Set(p, s.effects)
		mapi.PidTagIconIndex.Set(p, s.icon)
		if s.kind != unset {
			mapi.PidLidMeetingType.Set(p, s.kind)
		}
	}
	mapi.PidLidFInvited.Set(p, e.invited())
}

// invited reports whether invitations were sent ([MS-OXCICAL], section 2.1.3.1.1.20.36).
func (e *event) invited() bool {
	draft, _ := parseBoolean(e.c.Value("X-MICROSOFT-ISDRAFT"))
	return e.meeting() || e.people.any() && !draft
}

// cut returns a text, cut where it has more than max characters.
func (im *importer) cut(s string, max int64, p *tree.Property) string {
	if limits.Length(s) <= max {
		return s
	}
	im.rec.Addf(diag.TextShortened, im.Part, "", "line %d: %s is cut at %d characters", p.Line, p.Name, max)
	return limits.Shorten(s, max)
}
