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

func containsName(names []Name, n Name) bool { return slices.ContainsFunc(names, n.Equal) }
