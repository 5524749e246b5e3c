package mapi

import "slices"

// Transmittable reports whether a property of a message or an attachment may
// leave the store it is from. Ids and change marks of the store, sizes and
// states that only it keeps, and the accounts and the form code of a client may
// not. It does not judge recipient rows, whose entry ids are addresses, nor
// blind copies and transport headers, which depend on where the message goes.
func Transmittable(p Property) bool {
	if p.Name != nil {
		return !containsName(untransmittableNames[:], *p.Name)
	}
	// The ids from 0x6600 are the message store's own.
	return (p.ID < 0x6600 || p.ID > 0x67FF) && !slices.Contains(untransmittableIDs[:], p.ID)
}

var untransmittableIDs = [...]uint16{
	uint16(PidTagEntryId >> 16), uint16(PidTagStoreEntryId >> 16), uint16(PidTagParentEntryId >> 16),
	uint16(PidTagSourceKey >> 16), uint16(PidTagParentSourceKey >> 16),
	uint16(PidTagChangeKey >> 16), uint16(PidTagPredecessorChangeList >> 16),
	uint16(PidTagInstanceKey >> 16), uint16(PidTagMappingSignature >> 16),
	uint16(PidTagMessageSize >> 16), uint16(PidTagMessageStatus >> 16), uint16(PidTagInternetArticleNumber >> 16),
	uint16(PidTagPrimarySendAccount >> 16), uint16(PidTagNextSendAcct >> 16),
}

var untransmittableNames = [...]Name{
	{Set: PSETID_Common, LID: 0x8520}, // PidLidVerbStream
	{Set: PSETID_Common, LID: 0x8540}, // PidLidPropertyDefinitionStream
	{Set: PSETID_Common, LID: 0x8580}, // PidLidInternetAccountName
	{Set: PSETID_Common, LID: 0x8581}, // PidLidInternetAccountStamp
}

// ActsOnClient reports whether a property makes a client fetch or run something
// when it gets, shows or is reminded of the message: sounds of reminders and
// attachments that name a file or a share, online meetings that start by
// themselves, code of forms. From an untrusted sender none of them may pass.
func ActsOnClient(p Property) bool {
	if p.Name != nil {
		return containsName(actingNames[:], *p.Name)
	}
	return p.ID == PidTagAttachPathname.ID() || p.ID == PidTagAttachLongPathname.ID()
}

var actingNames = [...]Name{
	// A reminder's sound may be on a share of the sender's, which then gets the
	// reader's credentials (CVE-2023-23397).
	{Set: PSETID_Common, LID: 0x851C}, // PidLidReminderOverride
	{Set: PSETID_Common, LID: 0x851E}, // PidLidReminderPlaySound
	{Set: PSETID_Common, LID: 0x851F}, // PidLidReminderFileParameter

	{Set: PSETID_Appointment, LID: 0x8244}, // PidLidAutoStartCheck
	{Set: PSETID_Appointment, LID: 0x8245}, // PidLidAutoStartWhen
	{Set: PSETID_Appointment, LID: 0x8247}, // PidLidCollaborateDoc
	{Set: PSETID_Appointment, LID: 0x8248}, // PidLidNetShowUrl

	// The parts of a form that a message brings along, the script among them;
	// only the fourth has a name in [MS-OXPROPS].
	{Set: PSETID_Common, LID: 0x850F}, // form storage
	{Set: PSETID_Common, LID: 0x8513}, // page directory
	{Set: PSETID_Common, LID: 0x851B}, // form properties
	{Set: PSETID_Common, LID: 0x8540}, // PidLidPropertyDefinitionStream
	{Set: PSETID_Common, LID: 0x8541}, // script
}

func containsName(names []Name, n Name) bool { return slices.ContainsFunc(names, n.Equal) }
