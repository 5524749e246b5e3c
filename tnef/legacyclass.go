package tnef

import (
	"strings"

	"github.com/contentconv/contentconv/mapi"
)

// classes has the classes that have another name in a TNEF attribute ([MS-OXTNEF]
// 2.1.3.3.3).
var classes = [...]struct{ attribute, class string }{
	{"IPM.Microsoft Mail.Note", "IPM.Note"},
	{"IPM.Microsoft Mail.Read Receipt", "Report.IPM.Note.IPNRN"},
	{"IPM.Microsoft Mail.Non-Delivery", "Report.IPM.Note.NDR"},
	{"IPM.Microsoft Schedule.MtgReq", "IPM.Schedule.Meeting.Request"},
	{"IPM.Microsoft Schedule.MtgRespP", "IPM.Schedule.Meeting.Resp.Pos"},
	{"IPM.Microsoft Schedule.MtgRespN", "IPM.Schedule.Meeting.Resp.Neg"},
	{"IPM.Microsoft Schedule.MtgRespA", "IPM.Schedule.Meeting.Resp.Tent"},
	{"IPM.Microsoft Schedule.MtgCncl", "IPM.Schedule.Meeting.Canceled"},
}

// A classCodec is the class of a message. A class that only begins as one of the
// table does keeps its name.
type classCodec mapi.Tag[string]

func (c classCodec) read(x *legacyReader, data []byte) {
	tag := mapi.Tag[string](c)
	if tag.Has(x.p) {
		return
	}
	s := x.text8(data)
	for _, e := range classes {
		if strings.EqualFold(s, e.attribute) {
			s = e.class
		}
	}
	if s != "" {
		tag.Set(x.p, s)
	}
}

func (c classCodec) write(x *legacyWriter) ([]byte, bool) {
	s, ok := mapi.Tag[string](c).Get(x.p)
	for _, e := range classes {
		if strings.EqualFold(s, e.class) {
			s = e.attribute
			break
		}
	}
	return bytes8(s, x.page), ok
}

// meetingGroup returns the group of properties that attOwner stands for in a
// message of that class, or nil: the organizer of a meeting, who sends requests
// and is sent responses.
func meetingGroup(class string) *mapi.AddressGroup {
	class = strings.ToLower(class)
	switch {
	case hasClass(class, "ipm.schedule.meeting.request"), hasClass(class, "ipm.schedule.meeting.canceled"):
		return &mapi.SentRepresentingGroup
	case hasClass(class, "ipm.schedule.meeting.resp"):
		return &mapi.ReceivedRepresentingGroup
	}
	return nil
}

// hasClass reports whether class is base or one below it.
func hasClass(class, base string) bool {
	rest, ok := strings.CutPrefix(class, base)
	return ok && (rest == "" || rest[0] == '.')
}
