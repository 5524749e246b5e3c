package tnef

import (
	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/mapi"
)

// objects is a set of kinds of objects.
type objects uint8

const (
	ofOutermost objects = 1 << iota // a message whose Internet message says the rest
	ofMessage
	ofRecipient
	ofAttachment

	ofAnyMessage = ofOutermost | ofMessage
	ofAny        = ofAnyMessage | ofRecipient | ofAttachment
)

// An exclusion is a property that a list does not hold.
type exclusion struct {
	id uint16
	of objects
	// attribute is the old attribute that holds the property instead. Where that
	// was not written the property stays, unless the attribute is zero.
	attribute attrID
	// tell says that the loss is a diagnostic. Others are found out anew by
	// whoever stores the message.
	tell bool
}

// exclusions has the properties that a list does not hold although the object has
// them ([MS-OXCMAIL] 2.1.3.1, 2.1.3.4; [MS-OXTNEF] 2.1.3.4). What [mapi.Transmittable]
// knows comes in addition.
var exclusions = [...]exclusion{
	{id: mapi.PidTagMessageFlags.ID(), of: ofMessage, attribute: attMessageStatus},
	{id: mapi.PidTagMessageFlags.ID(), of: ofOutermost},
	{id: mapi.PidTagSearchKey.ID(), of: ofAnyMessage, attribute: attMessageID},
	{id: mapi.PidTagAttachRendering.ID(), of: ofAttachment, attribute: attAttachMetaFile},

	{id: mapi.PidTagTransportMessageHeaders.ID(), of: ofOutermost, tell: true},
	{id: mapi.PidTagDisplayBcc.ID(), of: ofAnyMessage, tell: true},
	{id: mapi.PidTagOriginalDisplayBcc.ID(), of: ofAnyMessage, tell: true},
	{id: mapi.PidTagRecipientType.ID(), of: ofAnyMessage | ofAttachment},
	{id: mapi.PidTagHasAttachments.ID(), of: ofAnyMessage},
	{id: mapi.PidTagMessageSize.ID(), of: ofAnyMessage},
	{id: mapi.PidTagRecordKey.ID(), of: ofAnyMessage | ofAttachment},
	{id: mapi.PidTagInstanceKey.ID(), of: ofRecipient},
	{id: mapi.PidTagStoreEntryId.ID(), of: ofRecipient},
	{id: mapi.PidTagMappingSignature.ID(), of: ofRecipient | ofAttachment},
	{id: mapi.PidTagAttachSize.ID(), of: ofAttachment},
	{id: mapi.PidTagAttachNumber.ID(), of: ofAttachment},
}

// excluded reports whether a property is left out of the list of the object.
func (o *objectBuilder) excluded(q mapi.Property) bool {
	for _, e := range exclusions {
		if q.Name != nil || e.id != q.ID || e.of&o.of == 0 || e.attribute != 0 && !o.written[e.attribute] {
			continue
		}
		if e.tell {
			o.dropped(q)
		}
		return true
	}
	local := storeLocal(q)
	if o.of != ofRecipient {
		local = !mapi.Transmittable(q) && !isVotes(q)
	}
	if local {
		o.dropped(q)
	}
	return local
}

// isVotes reports whether a property is the buttons of a vote. A store does not
// give them to an Internet message; a stream is what they travel in ([MS-OXOMSG]
// 2.2.1.74).
func isVotes(q mapi.Property) bool {
	return q.Name != nil && q.Name.Equal(mapi.PidLidVerbStream.Name)
}

func (o *objectBuilder) dropped(q mapi.Property) {
	o.rec.AddDiagnostic(diag.Diagnostic{Severity: diag.Info, Code: diag.PropertyDropped, Detail: o.place.Detail(keyText(q.Key(), q.Tag()))})
}
