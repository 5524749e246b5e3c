package recurrence

// An AppointmentPattern is an AppointmentRecurrencePattern ([MS-OXOCAL], section
// 2.2.1.44.5): a pattern, the time of day, and what is different in the changed
// occurrences.
type AppointmentPattern struct {
	Pattern
	ReaderVersion2 uint32
	// WriterVersion2 is 0 for a bare RecurrencePattern, as tasks have it; then
	// nothing below is used.
	WriterVersion2 uint32
	// StartTimeOffset and EndTimeOffset are the minutes from the midnight of an
	// occurrence to its start and its end; the end may be more than a day away.
	StartTimeOffset, EndTimeOffset uint32
	// Exceptions are the changed occurrences, by the time of their start.
	Exceptions     []Exception
	ReservedBlock1 []byte
	ReservedBlock2 []byte
	// Approximate says that the pattern was made of a rule that it can't hold quite
	// exactly, see the package comment. It has no place in the binary form.
	Approximate bool
}

// OverrideFlags says what of an occurrence is different from the series.
type OverrideFlags uint16

// The flags, which decide which fields of an Exception count.
const (
	OverrideSubject       OverrideFlags = 0x0001
	OverrideMeetingType   OverrideFlags = 0x0002
	OverrideReminderDelta OverrideFlags = 0x0004
	OverrideReminder      OverrideFlags = 0x0008
	OverrideLocation      OverrideFlags = 0x0010
	OverrideBusyStatus    OverrideFlags = 0x0020
	OverrideAttachment    OverrideFlags = 0x0040
	OverrideSubType       OverrideFlags = 0x0080
	OverrideApptColor     OverrideFlags = 0x0100
	OverrideBody          OverrideFlags = 0x0200

	overrideText = OverrideSubject | OverrideLocation
)

// An Exception is a changed occurrence: an ExceptionInfo with its ExtendedException
// ([MS-OXOCAL], sections 2.2.1.44.2 and 2.2.1.44.4).
type Exception struct {
	Start, End Minutes
	// Original is when the occurrence would have started.
	Original Minutes
	Flags    OverrideFlags
	// Subject and Location count with their flags. The binary form holds them
	// twice: as Unicode, and in a code page.
	Subject, Location string
	// SubjectBytes and LocationBytes are the texts in the code page; nil makes
	// Encode convert the texts.
	SubjectBytes, LocationBytes []byte

	MeetingType   uint32 // PidLidAppointmentStateFlags
	ReminderDelta uint32
	ReminderSet   uint32
	BusyStatus    uint32
	Attachment    uint32 // 1 if the occurrence has attachments
	SubType       uint32 // 1 for an all-day event
	ApptColor     uint32

	// ChangeHighlight is the block of that name without its size; nil is written
	// as one without highlights.
	ChangeHighlight                    []byte
	ReservedBlockEE1, ReservedBlockEE2 []byte
}

// field returns the place of a four-byte field that a flag adds, in the order of
// the binary form; nil for flags without one.
func (e *Exception) field(f OverrideFlags) *uint32 {
	switch f {
	case OverrideMeetingType:
		return &e.MeetingType
	case OverrideReminderDelta:
		return &e.ReminderDelta
	case OverrideReminder:
		return &e.ReminderSet
	case OverrideBusyStatus:
		return &e.BusyStatus
	case OverrideAttachment:
		return &e.Attachment
	case OverrideSubType:
		return &e.SubType
	case OverrideApptColor:
		return &e.ApptColor
	}
	return nil
}

// The versions that this package writes, and the one from which on writers put a
// ChangeHighlight into an exception.
const (
	version           = 0x3004
	readerVersion2    = 0x3006
	writerVersion2    = 0x3009
	highlightsVersion = 0x3009
)
