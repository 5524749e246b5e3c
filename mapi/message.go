package mapi

// A Message is a message object: a mail, a meeting, a report, a contact.
type Message struct {
	Properties  Properties
	Recipients  []Recipient
	Attachments []*Attachment
}

// An Attachment is an attachment object. PidTagAttachMethod says what it holds.
type Attachment struct {
	Properties Properties
	// Content is the data of a file (PidTagAttachDataBinary), or the compound
	// file of an OLE object (PidTagAttachDataObject); nil when there is none.
	Content Content
	// Message is the embedded message (PidTagAttachDataObject), or nil.
	Message *Message
}

// The values of PidTagAttachMethod ([MS-OXCMSG] 2.2.2.9).
const (
	AttachNone               int32 = 0
	AttachByValue            int32 = 1
	AttachByReference        int32 = 2
	AttachByReferenceResolve int32 = 3
	AttachByReferenceOnly    int32 = 4
	AttachEmbeddedMessage    int32 = 5
	AttachOLE                int32 = 6
	AttachByWebReference     int32 = 7
)

// Method returns the attachment's PidTagAttachMethod; without one what its
// fields hold decides.
func (a *Attachment) Method() int32 {
	if m, ok := PidTagAttachMethod.Get(&a.Properties); ok {
		return m
	}
	switch {
	case a.Message != nil:
		return AttachEmbeddedMessage
	case a.Content != nil:
		return AttachByValue
	}
	return AttachNone
}
