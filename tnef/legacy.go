package tnef

import (
	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/charset"
	"github.com/contentconv/contentconv/internal/propfile"
	"github.com/contentconv/contentconv/mapi"
)

// An attrInfo is what there is to know of an attribute.
type attrInfo struct {
	id    attrID
	name  string
	level byte
	// codec is the way between the attribute and the properties that it stands
	// for. Nil is an attribute with a meaning of its own, or with none.
	codec codec
	write when
}

// when says of which messages an attribute is written.
type when uint8

const (
	never    when = iota
	always        // where there is something to write
	complete      // of messages that no Internet message accompanies
)

// attributes has all attributes, in the order in which they are written
// ([MS-OXTNEF] 2.1.3.3; the order is Outlook's). The class comes first because
// others depend on it.
var attributes = [...]attrInfo{
	{attTnefVersion, "attTnefVersion", levelMessage, nil, never},
	{attOemCodepage, "attOemCodepage", levelMessage, nil, never},
	{attMessageClass, "attMessageClass", levelMessage, classCodec(mapi.PidTagMessageClass), always},
	{attOriginalMessageClass, "attOriginalMessageClass", levelMessage, classCodec(mapi.PidTagOriginalMessageClass), always},
	{attOriginalMessageClassMisprint, "attOriginalMessageClass", levelMessage, classCodec(mapi.PidTagOriginalMessageClass), never},
	{attPriority, "attPriority", levelMessage, priorityCodec{}, always},
	{attSubject, "attSubject", levelMessage, subjectCodec{}, always},
	{attDateSent, "attDateSent", levelMessage, dateCodec(mapi.PidTagClientSubmitTime), always},
	{attRequestRes, "attRequestRes", levelMessage, flagCodec(mapi.PidTagResponseRequested), always},
	{attFrom, "attFrom", levelMessage, fromCodec{}, always},
	{attSentFor, "attSentFor", levelMessage, countedCodec{}, always},
	{attOwner, "attOwner", levelMessage, countedCodec{owner: true}, always},
	{attDelegate, "attDelegate", levelMessage, binaryCodec(mapi.PidTagReceivedRepresentingEntryId), always},
	{attDateStart, "attDateStart", levelMessage, dateCodec(mapi.PidTagStartDate), always},
	{attDateEnd, "attDateEnd", levelMessage, dateCodec(mapi.PidTagEndDate), always},
	{attAidOwner, "attAidOwner", levelMessage, longCodec(mapi.PidTagOwnerAppointmentId), always},
	{attDateRecd, "attDateRecd", levelMessage, dateCodec(mapi.PidTagMessageDeliveryTime), complete},
	{attMessageStatus, "attMessageStatus", levelMessage, statusCodec{}, complete},
	{attDateModified, "attDateModified", levelMessage, dateCodec(mapi.PidTagLastModificationTime), always},
	{attMessageID, "attMessageID", levelMessage, hexCodec(mapi.PidTagSearchKey), always},
	{attBody, "attBody", levelMessage, textCodec(mapi.PidTagBody), never},
	{attParentID, "attParentID", levelMessage, nil, never},
	{attConversationID, "attConversationID", levelMessage, nil, never},
	{attRecipTable, "attRecipTable", levelMessage, nil, never},
	{attMsgProps, "attMsgProps", levelMessage, nil, never},

	{attAttachRendData, "attAttachRendData", levelAttachment, renderingCodec{}, always},
	{attAttachTitle, "attAttachTitle", levelAttachment, titleCodec{}, always},
	{attAttachCreateDate, "attAttachCreateDate", levelAttachment, dateCodec(mapi.PidTagCreationTime), always},
	{attAttachModifyDate, "attAttachModifyDate", levelAttachment, dateCodec(mapi.PidTagLastModificationTime), always},
	{attAttachTransportFilename, "attAttachTransportFilename", levelAttachment, textCodec(mapi.PidTagAttachTransportName), never},
	{attAttachMetaFile, "attAttachMetaFile", levelAttachment, binaryCodec(mapi.PidTagAttachRendering), always},
	{attAttachData, "attAttachData", levelAttachment, nil, never},
	{attAttachment, "attAttachment", levelAttachment, nil, never},
}

// findAttribute returns what is known of the attribute with that id and length,
// or nil.
//
// QUIRK: the upper half of the id, which is the type of the data ([MS-OXTNEF]
// 2.1.3.3), is missing or wrong in some streams. The lower half is enough, but for
// the one that a date has in common with a class.
func findAttribute(id attrID, size int64) *attrInfo {
	var like *attrInfo
	for i := range attributes {
		a := &attributes[i]
		if a.id == id {
			return a
		}
		if uint16(a.id) == uint16(id) && (a.id != attDateStart || size == dateSize) && (a.id != attOriginalMessageClass || size != dateSize) {
			like = a
		}
	}
	if id == attNull {
		return nil
	}
	return like
}

// A codec reads and writes the properties that an attribute stands for.
type codec interface {
	// read sets properties that x lacks.
	read(x *legacyReader, data []byte)
	// write returns the data of the attribute. It reports false when there is
	// nothing to write.
	write(x *legacyWriter) ([]byte, bool)
}

// A legacyReader is an object to which the old attributes add what its properties
// do not say.
type legacyReader struct {
	d     *reader
	p     *mapi.Properties
	page  *charset.Charset
	place *propfile.Place
	name  string // of the attribute
}

// report tells that the attribute is damaged.
func (x *legacyReader) report(code diag.Code, detail string) {
	if detail != "" {
		detail = ": " + detail
	}
	x.d.rec.Add(code, "", "", x.place.Detail(x.name+detail))
}

// short reports data of fewer than n bytes.
func (x *legacyReader) short(data []byte, n int) bool {
	if len(data) >= n {
		return false
	}
	x.report(diag.TnefAttributeInvalid, "too short")
	return true
}

// A legacyWriter is an object whose old attributes are written.
type legacyWriter struct {
	p      *mapi.Properties
	page   *charset.Charset
	method int32 // of an attachment
}
