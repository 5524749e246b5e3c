package mapi

import (
	"slices"
	"strings"
)

// ActsOnClient reports whether a property makes a client or a store act when it
// gets, shows or is reminded of the message: fetch or run something, such as the
// sound of a reminder, a file or a share that an attachment names, an online
// meeting that starts by itself, the code of a form; or take the message for one of
// its rules. From an untrusted sender none of them may pass. An address of a page
// is judged by what it says: one on a share or in a file acts, one of the web does
// not.
func ActsOnClient(p Property) bool {
	if p.Name == nil {
		return slices.Contains(actingIDs[:], p.ID)
	}
	if containsName(actingNames[:], *p.Name) {
		return true
	}
	if !containsName(pageNames[:], *p.Name) {
		return false
	}
	s, _ := p.Value.Text()
	return namesFile(s)
}

// actingIDs and actingNames are the properties that act whatever they say.
var actingIDs = [...]uint16{
	uint16(PidTagAttachPathname >> 16), uint16(PidTagAttachLongPathname >> 16),

	// What makes a message a rule of its folder ([MS-OXORULE] 2.2.4, 2.2.6): one
	// can forward mail, or start a program.
	uint16(PidTagAssociated >> 16), uint16(PidTagClientActions >> 16), uint16(PidTagHasDeferredActionMessages >> 16),
	uint16(PidTagExtendedRuleMessageActions >> 16), uint16(PidTagExtendedRuleMessageCondition >> 16),
	uint16(PidTagRuleMessageName >> 16), uint16(PidTagRuleMessageProvider >> 16), uint16(PidTagRuleMessageProviderData >> 16),
	uint16(PidTagRuleMessageState >> 16), uint16(PidTagRuleMessageUserFlags >> 16), uint16(PidTagRuleMessageLevel >> 16),
	uint16(PidTagRuleMessageSequence >> 16),
}

var actingNames = [...]Name{
	// A reminder's sound may be on a share of the sender's, which then gets the
	// reader's credentials (CVE-2023-23397).
	{Set: PSETID_Common, LID: 0x851C}, // PidLidReminderOverride
	{Set: PSETID_Common, LID: 0x851D}, // PidLidReminderType
	{Set: PSETID_Common, LID: 0x851E}, // PidLidReminderPlaySound
	{Set: PSETID_Common, LID: 0x851F}, // PidLidReminderFileParameter

	{Set: PSETID_Appointment, LID: 0x8242}, // PidLidDirectory
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

// pageNames are the properties that hold the address of a page, which a client
// opens by itself or at one click. It has business on the web alone: the address
// of a share gives the reader's credentials away there too (CVE-2023-35636).
var pageNames = [...]Name{
	{Set: PSETID_Address, LID: 0x80D8},     // PidLidFreeBusyLocation
	{Set: PSETID_Appointment, LID: 0x8209}, // PidLidMeetingWorkspaceUrl
	{Set: PSETID_Sharing, LID: 0x8A03},     // PidLidSharingProviderUrl
	{Set: PSETID_Sharing, LID: 0x8A04},     // PidLidSharingRemotePath
	{Set: PSETID_Sharing, LID: 0x8A0E},     // PidLidSharingLocalPath
	{Set: PSETID_Sharing, LID: 0x8A24},     // PidLidSharingConfigurationUrl
	{Set: PSETID_Sharing, LID: 0x8A51},     // PidLidSharingBrowseUrl

	{Set: PS_INTERNET_HEADERS, String: "X-Sharing-Browse-Url"},
	{Set: PS_INTERNET_HEADERS, String: "X-Sharing-Config-Url"},
	{Set: PS_INTERNET_HEADERS, String: "X-Sharing-Provider-Url"},
	{Set: PS_INTERNET_HEADERS, String: "X-Sharing-Remote-Path"},
}

// webSchemes are the schemes of addresses that name no file.
var webSchemes = [...]string{"http", "https", "webcal", "webcals", "holidays", "mailto"}

// namesFile reports whether an address can be one of a file or of a share: of
// what has no scheme of the web only a plain name passes.
func namesFile(s string) bool {
	s = strings.TrimSpace(strings.Trim(s, "\"'<> \x00"))
	scheme, _, ok := strings.Cut(s, ":")
	if ok && slices.ContainsFunc(webSchemes[:], func(w string) bool { return strings.EqualFold(w, scheme) }) {
		return false
	}
	return ok || strings.ContainsAny(s, `\/`)
}
