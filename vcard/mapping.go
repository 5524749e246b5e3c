package vcard

import "github.com/contentconv/contentconv/mapi"

// A textTag is a constant of package mapi whose values are text.
type textTag interface {
	Get(*mapi.Properties) (string, bool)
	Set(*mapi.Properties, string)
	Has(*mapi.Properties) bool
}

// UID is where a contact keeps the UID of the card that it was made of.
var UID = mapi.Named[string]{Name: mapi.Name{Set: mapi.PS_PUBLIC_STRINGS, String: "vcard:uid"}, Type: mapi.PtypString}

// textRows are the properties whose value is one text of the contact. Those with a
// person's name say so by a parameter N ([MS-OXVCARD], section 2.1.3.9).
var textRows = []struct {
	name   string
	tag    textTag
	person bool
	also   []string // other names that are read
}{
	{"NICKNAME", mapi.PidTagNickname, false, nil},
	{"TITLE", mapi.PidTagTitle, false, nil},
	{"ROLE", mapi.PidTagProfession, false, nil},
	{"NOTE", mapi.PidTagBody, false, nil},
	{"UID", UID, false, nil},
	{"X-MS-IMADDRESS", mapi.PidLidInstantMessagingAddress, false, []string{"X-MS-RM-IMACCOUNT", "IMPP"}},
	{"X-MS-SPOUSE", mapi.PidTagSpouseName, true, nil},
	{"X-MS-MANAGER", mapi.PidTagManagerName, true, nil},
	{"X-MS-ASSISTANT", mapi.PidTagAssistant, true, nil},
	{"FBURL", mapi.PidLidFreeBusyLocation, false, nil},
}

// nameParts are the parts of N.
var nameParts = []mapi.Tag[string]{
	mapi.PidTagSurname, mapi.PidTagGivenName, mapi.PidTagMiddleName, mapi.PidTagDisplayNamePrefix, mapi.PidTagGeneration,
}

// A phone row says which numbers have a set of TYPE words. The rows stand in the order
// in which they are written; when one is read, the row with the lowest rank of those
// whose words are all there counts.
type phoneRow struct {
	words []string
	rank  int
	tags  []mapi.Tag[string]
}

var phoneRows = []phoneRow{
	{[]string{"home"}, 2, []mapi.Tag[string]{mapi.PidTagHomeTelephoneNumber, mapi.PidTagHome2TelephoneNumber}},
	{[]string{"work"}, 2, []mapi.Tag[string]{mapi.PidTagBusinessTelephoneNumber, mapi.PidTagBusiness2TelephoneNumber}},
	{[]string{"voice"}, 3, []mapi.Tag[string]{mapi.PidTagOtherTelephoneNumber}},
	{[]string{"cell"}, 1, []mapi.Tag[string]{mapi.PidTagMobileTelephoneNumber}},
	{[]string{"pager"}, 1, []mapi.Tag[string]{mapi.PidTagPagerTelephoneNumber}},
	{[]string{"home", "fax"}, 0, []mapi.Tag[string]{mapi.PidTagHomeFaxNumber}},
	{[]string{"work", "fax"}, 0, []mapi.Tag[string]{mapi.PidTagBusinessFaxNumber}},
	{[]string{"fax"}, 1, []mapi.Tag[string]{mapi.PidTagPrimaryFaxNumber}},
	{[]string{"car"}, 1, []mapi.Tag[string]{mapi.PidTagCarTelephoneNumber}},
	{[]string{"isdn"}, 1, []mapi.Tag[string]{mapi.PidTagIsdnNumber}},
	{[]string{"pref"}, 4, []mapi.Tag[string]{mapi.PidTagPrimaryTelephoneNumber}},
}

// voiceWords are other words that say no more than "voice"; "pcs" is another one for
// "cell".
var voiceWords = map[string]string{"msg": "voice", "video": "voice", "bbs": "voice", "modem": "voice", "pcs": "cell"}

// microsoftPhones are the values of TYPE of X-MS-TEL ([MS-OXVCARD], section
// 2.1.3.9.5).
var microsoftPhones = []struct {
	word string
	tag  mapi.Tag[string]
}{
	{"ASSISTANT", mapi.PidTagAssistantTelephoneNumber},
	{"CALLBACK", mapi.PidTagCallbackTelephoneNumber},
	{"COMPANY", mapi.PidTagCompanyMainTelephoneNumber},
	{"RADIO", mapi.PidTagRadioTelephoneNumber},
	{"TTYTDD", mapi.PidTagTelecommunicationsDeviceForDeafTelephoneNumber},
}

// An address is one of the three of a contact. The parts are post office box, street,
// city, region, code and country.
type address struct {
	word  string // of TYPE
	id    int32  // of PidLidPostalAddressId
	parts [6]textTag
	label mapi.Named[string]
}

var addresses = []address{
	{"work", 2, [6]textTag{mapi.PidLidWorkAddressPostOfficeBox, mapi.PidLidWorkAddressStreet, mapi.PidLidWorkAddressCity,
		mapi.PidLidWorkAddressState, mapi.PidLidWorkAddressPostalCode, mapi.PidLidWorkAddressCountry}, mapi.PidLidWorkAddress},
	{"home", 1, [6]textTag{mapi.PidTagHomeAddressPostOfficeBox, mapi.PidTagHomeAddressStreet, mapi.PidTagHomeAddressCity,
		mapi.PidTagHomeAddressStateOrProvince, mapi.PidTagHomeAddressPostalCode, mapi.PidTagHomeAddressCountry}, mapi.PidLidHomeAddress},
	{"postal", 3, [6]textTag{mapi.PidTagOtherAddressPostOfficeBox, mapi.PidTagOtherAddressStreet, mapi.PidTagOtherAddressCity,
		mapi.PidTagOtherAddressStateOrProvince, mapi.PidTagOtherAddressPostalCode, mapi.PidTagOtherAddressCountry}, mapi.PidLidOtherAddress},
}

// mailing are the parts of the address that letters go to: a copy of one of the three.
var mailing = [6]textTag{mapi.PidTagPostOfficeBox, mapi.PidTagStreetAddress, mapi.PidTagLocality,
	mapi.PidTagStateOrProvince, mapi.PidTagPostalCode, mapi.PidTagCountry}

// An email is one of the three slots for an e-mail address.
type email struct {
	address, addressType, display, original mapi.Named[string]
	entryID                                 mapi.Named[[]byte]
}

var emails = []email{
	{mapi.PidLidEmail1EmailAddress, mapi.PidLidEmail1AddressType, mapi.PidLidEmail1DisplayName, mapi.PidLidEmail1OriginalDisplayName, mapi.PidLidEmail1OriginalEntryId},
	{mapi.PidLidEmail2EmailAddress, mapi.PidLidEmail2AddressType, mapi.PidLidEmail2DisplayName, mapi.PidLidEmail2OriginalDisplayName, mapi.PidLidEmail2OriginalEntryId},
	{mapi.PidLidEmail3EmailAddress, mapi.PidLidEmail3AddressType, mapi.PidLidEmail3DisplayName, mapi.PidLidEmail3OriginalDisplayName, mapi.PidLidEmail3OriginalEntryId},
}

var pages = []struct {
	word string
	tag  mapi.Tag[string]
}{{"home", mapi.PidTagPersonalHomePage}, {"work", mapi.PidTagBusinessHomePage}}

// userFields are what X-MS-TEXT fills, in order.
var userFields = []mapi.Named[string]{
	mapi.PidLidContactUserField1, mapi.PidLidContactUserField2, mapi.PidLidContactUserField3, mapi.PidLidContactUserField4,
}

var dates = []struct {
	name string
	tag  mapi.Tag[mapi.Time]
	also []string
}{
	{"BDAY", mapi.PidTagBirthday, nil},
	{"X-MS-ANNIVERSARY", mapi.PidTagWeddingAnniversary, []string{"ANNIVERSARY", "X-ANNIVERSARY"}},
}

// classes are the values of PidTagSensitivity by CLASS; the first of a number is
// written.
var classes = []struct {
	word   string
	number int32
}{{"PUBLIC", 0}, {"PRIVATE", 2}, {"PRIVATE", 1}, {"CONFIDENTIAL", 3}}

// imageTypes are the kinds of pictures that a contact can have.
var imageTypes = map[string]struct{ extension, mime string }{
	"JPEG": {".jpg", "image/jpeg"}, "JPG": {".jpg", "image/jpeg"}, "PNG": {".png", "image/png"},
	"GIF": {".gif", "image/gif"}, "BMP": {".bmp", "image/bmp"},
}
