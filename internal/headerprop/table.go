// Package headerprop is the table that says which header field is which
// property ([MS-OXCMAIL] 2.1.3.2 and 2.2.3.2). It serves both directions: a
// field that maps to one property and back is a row here, with the codec that
// turns its text into the value. Fields with rules of their own (addresses, the
// subject, importance, Content-Class, flags, classification) are not.
package headerprop

import (
	"strings"
	"sync"

	"github.com/contentconv/contentconv/mapi"
)

// Reading says how a field's body becomes text.
type Reading uint8

const (
	Words Reading = iota // unstructured: encoded words are decoded
	Raw                  // ids, URLs, tokens: copied
)

// Excess says what happens to text over MaxMimeTextHeaderLength.
type Excess uint8

const (
	Fails  Excess = iota // the conversion fails, or the text is shortened by option
	Items                // whole items are dropped from the end, with a diagnostic
	Exempt               // the value is no text
)

// Place says which header block a field belongs to.
type Place uint8

const (
	OnMessage    Place = iota // the header block of a message
	OnBody                    // the entity that is the body
	OnAttachment              // the entity that is an attachment
)

// A Mapping is one row of the table.
type Mapping struct {
	Header  string   // the field's name, as it is written
	Also    []string // names that are read too, when Header is absent
	Key     mapi.Key
	Place   Place
	Reading Reading
	Excess  Excess
	// Merge is true where several fields of the name are read as one list;
	// elsewhere the first counts.
	Merge bool
	// Trusted is true for the organisation's own fields, which cross the border
	// of the organisation in neither direction.
	Trusted bool
	Codec   *Codec
}

var table = []Mapping{
	{Header: "Message-ID", Key: mapi.PidTagInternetMessageId.Key(), Reading: Raw, Codec: textCodec},
	{Header: "Date", Key: mapi.PidTagClientSubmitTime.Key(), Reading: Raw, Excess: Exempt, Codec: dateCodec},
	{Header: "References", Key: mapi.PidTagInternetReferences.Key(), Reading: Raw, Excess: Items, Codec: textCodec},
	{Header: "In-Reply-To", Key: mapi.PidTagInReplyToId.Key(), Reading: Raw, Excess: Items, Codec: textCodec},
	{Header: "Sensitivity", Key: mapi.PidTagSensitivity.Key(), Reading: Raw, Excess: Exempt, Codec: sensitivityCodec},
	{Header: "Thread-Topic", Key: mapi.PidTagConversationTopic.Key(), Codec: textCodec},
	{Header: "Thread-Index", Key: mapi.PidTagConversationIndex.Key(), Reading: Raw, Excess: Exempt, Codec: threadIndexCodec},
	{Header: "Reply-By", Key: mapi.PidTagReplyTime.Key(), Reading: Raw, Excess: Exempt, Codec: dateCodec},
	{Header: "Content-Language", Key: mapi.PidTagMessageLocaleId.Key(), Reading: Raw, Excess: Exempt, Codec: languageCodec},
	{Header: "Accept-Language", Also: []string{"X-Accept-Language"}, Key: mapi.PidNameAcceptLanguage.Key(), Reading: Raw, Codec: textCodec},
	{Header: "Keywords", Key: mapi.PidNameKeywords.Key(), Excess: Items, Merge: true, Codec: keywordsCodec},
	{Header: "Expires", Also: []string{"Expiry-Date"}, Key: mapi.PidTagExpiryTime.Key(), Reading: Raw, Excess: Exempt, Codec: dateCodec},
	{Header: "X-Auto-Response-Suppress", Key: mapi.PidTagAutoResponseSuppress.Key(), Reading: Raw, Excess: Exempt, Codec: suppressCodec},
	{Header: "List-Help", Also: []string{"X-List-Help"}, Key: mapi.PidTagListHelp.Key(), Reading: Raw, Excess: Items, Merge: true, Codec: textCodec},
	{Header: "List-Subscribe", Also: []string{"X-List-Subscribe"}, Key: mapi.PidTagListSubscribe.Key(), Reading: Raw, Excess: Items, Merge: true, Codec: textCodec},
	{Header: "List-Unsubscribe", Also: []string{"X-List-Unsubscribe"}, Key: mapi.PidTagListUnsubscribe.Key(), Reading: Raw, Excess: Items, Merge: true, Codec: textCodec},
	{Header: "Precedence", Key: mapi.PidTagInternetPrecedence.Key(), Reading: Raw, Codec: textCodec},
	{Header: "Xref", Key: mapi.PidNameCrossReference.Key(), Reading: Raw, Codec: textCodec},

	{Header: "X-CallingTelephoneNumber", Key: mapi.PidTagSenderTelephoneNumber.Key(), Codec: textCodec},
	{Header: "X-VoiceMessageSenderName", Key: mapi.PidTagVoiceMessageSenderName.Key(), Codec: textCodec},
	{Header: "X-AttachmentOrder", Key: mapi.PidTagVoiceMessageAttachmentOrder.Key(), Codec: textCodec},
	{Header: "X-CallID", Key: mapi.PidTagCallId.Key(), Codec: textCodec},
	{Header: "X-VoiceMessageDuration", Key: mapi.PidTagVoiceMessageDuration.Key(), Reading: Raw, Excess: Exempt, Codec: countCodec},
	{Header: "X-FaxNumberOfPages", Key: mapi.PidTagFaxNumberOfPages.Key(), Reading: Raw, Excess: Exempt, Codec: countCodec},

	{Header: "X-MS-Exchange-Organization-PRD", Key: mapi.PidTagPurportedSenderDomain.Key(), Reading: Raw, Trusted: true, Codec: textCodec},
	{Header: "X-MS-Exchange-Organization-SenderIdResult", Key: mapi.PidTagSenderIdStatus.Key(), Reading: Raw, Excess: Exempt, Trusted: true, Codec: senderIDCodec},
	{Header: "X-MS-Exchange-Organization-SCL", Key: mapi.PidTagContentFilterSpamConfidenceLevel.Key(), Reading: Raw, Excess: Exempt, Trusted: true, Codec: sclCodec},
	{Header: "X-MS-Exchange-Organization-AutoForwarded", Key: mapi.PidTagAutoForwarded.Key(), Reading: Raw, Excess: Exempt, Trusted: true, Codec: trueCodec},

	{Header: "Content-ID", Key: mapi.PidTagBodyContentId.Key(), Place: OnBody, Reading: Raw, Codec: contentIDCodec},
	{Header: "Content-Base", Key: mapi.PidNameContentBase.Key(), Place: OnBody, Reading: Raw, Codec: textCodec},
	{Header: "Content-Location", Key: mapi.PidTagBodyContentLocation.Key(), Place: OnBody, Reading: Raw, Codec: textCodec},

	{Header: "Content-ID", Key: mapi.PidTagAttachContentId.Key(), Place: OnAttachment, Reading: Raw, Codec: contentIDCodec},
	{Header: "Content-Base", Key: mapi.PidTagAttachContentBase.Key(), Place: OnAttachment, Reading: Raw, Codec: textCodec},
	{Header: "Content-Location", Key: mapi.PidTagAttachContentLocation.Key(), Place: OnAttachment, Reading: Raw, Codec: textCodec},
	{Header: "X-Payload-Class", Key: mapi.PidTagAttachPayloadClass.Key(), Place: OnAttachment, Codec: textCodec},
	{Header: "X-Payload-Provider-GUID", Key: mapi.PidTagAttachPayloadProviderGuidString.Key(), Place: OnAttachment, Reading: Raw, Codec: textCodec},
}

// All returns the rows of one place, in the order in which they are written.
func All(place Place) []*Mapping { return byPlace()[place] }

var byPlace = sync.OnceValue(func() map[Place][]*Mapping {
	m := make(map[Place][]*Mapping)
	for i := range table {
		m[table[i].Place] = append(m[table[i].Place], &table[i])
	}
	return m
})

// A Reader is a row that reads fields of some name.
type Reader struct {
	Row  *Mapping
	Rank int // which of the row's names it is: 0 for Header, 1 and up for Also
}

// Readers returns the rows of a place by the names, in lower case, of the fields
// that they read. The map must not be changed.
func Readers(place Place) map[string]Reader { return byName()[place] }

// Find returns the row of the place that reads fields of that name, and which
// of the row's names it is. It returns nil when no row does. Case does not matter.
func Find(place Place, name string) (*Mapping, int) {
	if len(name) > MaxName {
		return nil, 0
	}
	var buf [MaxName]byte
	r := Readers(place)[string(AppendLower(buf[:0], name))]
	return r.Row, r.Rank
}

var byName = sync.OnceValue(func() map[Place]map[string]Reader {
	m := make(map[Place]map[string]Reader)
	for i := range table {
		row := &table[i]
		names := m[row.Place]
		if names == nil {
			names = make(map[string]Reader)
			m[row.Place] = names
		}
		for rank, name := range append([]string{row.Header}, row.Also...) {
			names[strings.ToLower(name)] = Reader{row, rank}
		}
	}
	return m
})

// MaxName bounds the names of fields, in bytes, that any list here holds.
const MaxName = 64

// AppendLower appends s with its ASCII letters in lower case, the form in which
// names of fields are looked up.
func AppendLower(dst []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		dst = append(dst, c)
	}
	return dst
}
