package ical

import (
	"strconv"
	"strings"
	"time"

	"github.com/contentconv/contentconv/ical/tree"
	"github.com/contentconv/contentconv/mapi"
)

// A method relates a METHOD, with the PARTSTAT of the one attendee where that
// counts, to a message class ([MS-OXCICAL], section 2.1.3.1.1.1). Both directions
// use the table: the first row that fits wins.
type method struct {
	name, partStat string
	counter        bool // PidLidAppointmentCounterProposal
	class          string
}

// The message classes of calendar objects.
const (
	classAppointment = "IPM.Appointment"
	classRequest     = "IPM.Schedule.Meeting.Request"
	classCanceled    = "IPM.Schedule.Meeting.Canceled"
	classAccepted    = "IPM.Schedule.Meeting.Resp.Pos"
	classTentative   = "IPM.Schedule.Meeting.Resp.Tent"
	classDeclined    = "IPM.Schedule.Meeting.Resp.Neg"
	// classException is that of the message in an exception attachment.
	classException = "IPM.OLE.CLASS.{00061055-0000-0000-C000-000000000046}"
	classTask      = "IPM.Task"
)

var methods = []method{
	{"PUBLISH", "", false, classAppointment},
	{"REQUEST", "", false, classRequest},
	{"CANCEL", "", false, classCanceled},
	{"REPLY", "ACCEPTED", false, classAccepted},
	{"REPLY", "TENTATIVE", false, classTentative},
	{"REPLY", "DECLINED", false, classDeclined},
	{"COUNTER", "TENTATIVE", true, classTentative},
}

// A direct row is a property of a VEVENT that is one property of a message object,
// and back, without a rule of its own ([MS-OXCICAL], section 2.1.3.1.1.20).
type direct struct {
	name string
	key  mapi.Key
	kind valueKind
}

// A valueKind is the form of a value, on both sides.
type valueKind uint8

const (
	textValue    valueKind = iota // TEXT, PtypString
	booleanValue                  // TRUE or FALSE, PtypBoolean
	integerValue                  // a signed number of 32 bits, PtypInteger32
	timeValue                     // a DATE-TIME in UTC, PtypTime
)

var directRows = []direct{
	{"X-MICROSOFT-CDO-OWNERAPPTID", mapi.PidTagOwnerAppointmentId.Key(), integerValue},
	{"X-MICROSOFT-CDO-REPLYTIME", mapi.PidLidAppointmentReplyTime.Key(), timeValue},
	{"X-MICROSOFT-DISALLOW-COUNTER", mapi.PidLidAppointmentNotAllowPropose.Key(), booleanValue},
	{"X-MS-OLK-ALLOWEXTERNCHECK", mapi.PidLidAllowExternalCheck.Key(), booleanValue},
	{"X-MS-OLK-APPTLASTSEQUENCE", mapi.PidLidAppointmentLastSequence.Key(), integerValue},
	{"X-MS-OLK-APPTSEQTIME", mapi.PidLidAppointmentSequenceTime.Key(), timeValue},
	{"X-MS-OLK-AUTOFILLLOCATION", mapi.PidLidAutoFillLocation.Key(), booleanValue},
	{"X-MS-OLK-AUTOSTARTCHECK", mapi.PidLidAutoStartCheck.Key(), booleanValue},
	{"X-MS-OLK-COLLABORATEDOC", mapi.PidLidCollaborateDoc.Key(), textValue},
	{"X-MS-OLK-CONFCHECK", mapi.PidLidConferencingCheck.Key(), booleanValue},
	{"X-MS-OLK-CONFTYPE", mapi.PidLidConferencingType.Key(), integerValue},
	{"X-MS-OLK-DIRECTORY", mapi.PidLidDirectory.Key(), textValue},
	{"X-MS-OLK-MWSURL", mapi.PidLidMeetingWorkspaceUrl.Key(), textValue},
	{"X-MS-OLK-NETSHOWURL", mapi.PidLidNetShowUrl.Key(), textValue},
	{"X-MS-OLK-ONLINEPASSWORD", mapi.PidLidOnlinePassword.Key(), textValue},
	{"X-MS-OLK-ORGALIAS", mapi.PidLidOrganizerAlias.Key(), textValue},
}

// read returns the value of a property as the message object has it. It reports
// false for what is no value of the kind.
func (k valueKind) read(p *tree.Property) (mapi.Value, bool) {
	s := strings.TrimSpace(p.Value)
	switch k {
	case booleanValue:
		b, ok := parseBoolean(s)
		return mapi.Bool(b), ok
	case integerValue:
		n, err := strconv.ParseInt(s, 10, 32)
		return mapi.Int32(int32(n)), err == nil
	case timeValue:
		t, ok := parseUTC(s)
		return mapi.TimeValue(t), ok
	}
	return mapi.String(p.Text()), true
}

// write returns a value as it stands in a content line. It reports false for a
// value of another type.
func (k valueKind) write(v mapi.Value) (string, bool) {
	switch k {
	case booleanValue:
		b, ok := v.Bool()
		return formatBoolean(b), ok
	case integerValue:
		n, ok := v.Int()
		return strconv.FormatInt(n, 10), ok && v.Type() == mapi.PtypInteger32
	case timeValue:
		t, ok := v.Time()
		s, ok2 := formatUTC(t)
		return s, ok && ok2
	}
	s, ok := v.Text()
	return tree.EscapeText(s), ok
}

func parseBoolean(s string) (b, ok bool) {
	switch {
	case strings.EqualFold(s, "TRUE"):
		return true, true
	case strings.EqualFold(s, "FALSE"):
		return false, true
	}
	return false, false
}

func formatBoolean(b bool) string {
	if b {
		return "TRUE"
	}
	return "FALSE"
}

// parseUTC reads a DATE-TIME of a property that is always in UTC.
//
// QUIRK: such properties come without the "Z" (RFC 5545, 3.8.7, requires it).
func parseUTC(s string) (mapi.Time, bool) {
	t, err := tree.ParseDateTime(s)
	if err != nil {
		return 0, false
	}
	return timeOf(t.Wall)
}

func formatUTC(t mapi.Time) (string, bool) {
	u, ok := t.Time()
	if !ok {
		return "", false
	}
	return tree.FormatUTC(u), true
}

// timeOf returns a time of the years that calendar objects have, 1601 to 4500.
func timeOf(t time.Time) (mapi.Time, bool) {
	if y := t.Year(); y < 1601 || y > 4500 {
		return 0, false
	}
	return mapi.TimeOf(t)
}

// A word is a number and what iCalendar calls it. Where several words have one
// number, the first is written.
type word struct {
	text   string
	number int32
}

// The values of PidTagSensitivity by CLASS ([MS-OXCICAL], section 2.1.3.1.1.20.4).
var sensitivities = []word{
	{"PUBLIC", 0}, {"PERSONAL", 1}, {"X-PERSONAL", 1}, {"PRIVATE", 2}, {"CONFIDENTIAL", 3},
}

// The values of PidTagImportance by PRIORITY ([MS-OXCICAL], section
// 2.1.3.1.1.20.17): one to four are high, six to nine low.
var priorities = []word{
	{"1", 2}, {"2", 2}, {"3", 2}, {"4", 2}, {"5", 1}, {"9", 0}, {"6", 0}, {"7", 0}, {"8", 0},
}

// The values of PidLidBusyStatus and PidLidIntendedBusyStatus by
// X-MICROSOFT-CDO-BUSYSTATUS and its kin ([MS-OXCICAL], section 2.1.3.1.1.20.31).
var busyStatuses = []word{
	{"FREE", 0}, {"TENTATIVE", 1}, {"BUSY", 2}, {"OOF", 3}, {"WORKINGELSEWHERE", 4},
}

// The values of PidLidBusyStatus by TRANSP and by STATUS, which say less.
var (
	transparencies = []word{{"TRANSPARENT", 0}, {"OPAQUE", 2}, {"OPAQUE", 1}, {"OPAQUE", 3}, {"TRANSPARENT", 4}}
	eventStatuses  = []word{{"TENTATIVE", 1}, {"CONFIRMED", 2}, {"CANCELLED", 0}}
)

// The values of PidTagRecipientTrackStatus by PARTSTAT ([MS-OXOCAL], section
// 2.2.4.10.2).
var trackStatuses = []word{{"TENTATIVE", 2}, {"ACCEPTED", 3}, {"DECLINED", 4}}

// The values of PidLidTaskStatus by STATUS ([MS-OXOTASK], section 2.2.2.2.2). That a
// task waits for someone, 3, has no word.
var taskStatuses = []word{
	{"NEEDS-ACTION", 0}, {"IN-PROCESS", 1}, {"COMPLETED", 2}, {"NEEDS-ACTION", 3}, {"CANCELLED", 4},
}

// numberOf returns the number of a word, whatever its case.
func numberOf(list []word, text string) (int32, bool) {
	text = strings.TrimSpace(text)
	for _, w := range list {
		if strings.EqualFold(w.text, text) {
			return w.number, true
		}
	}
	return 0, false
}

// wordOf returns the word for a number, or "".
func wordOf(list []word, number int32) string {
	for _, w := range list {
		if w.number == number {
			return w.text
		}
	}
	return ""
}

// The flags of PidLidAppointmentStateFlags ([MS-OXOCAL], section 2.2.1.10).
const (
	stateMeeting  int32 = 1
	stateReceived int32 = 2
	stateCanceled int32 = 4
)

// The flags of PidTagRecipientFlags ([MS-OXOCAL], section 2.2.4.10.1).
const (
	recipientSendable  int32 = 0x01
	recipientOrganizer int32 = 0x02
	recipientDeleted   int32 = 0x20 // from this occurrence
)

// The value of PidTagAttachmentFlags of an exception attachment ([MS-OXOCAL],
// section 2.2.10.1.2).
const attachmentException int32 = 2

// The values of PidLidReminderDelta that stand for a default, and for the minutes
// that it means ([MS-OXORMDR], section 2.2.1.3).
const (
	reminderDefault        int32 = 0x5AE980E1
	reminderDefaultMinutes int32 = 15
)

// noAddress is the value of an ORGANIZER or ATTENDEE that has no address of the
// Internet ([MS-OXCICAL], section 2.1.3.1.1.20.2).
const noAddress = "invalid:nomail"
