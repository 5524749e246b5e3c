package mapi

// A Message is a message object: a mail, a meeting, a report, a contact.
type Message struct {
	Properties  Properties
	Recipients  []Recipient
	Attachments []*Attachment
}

// A Recipient is one row of a message's recipient table.
type Recipient struct {
	Properties Properties
}

// The values of PidTagRecipientType ([MS-OXOMSG] 2.2.3.1).
const (
	RecipientOriginator int32 = 0
	RecipientTo         int32 = 1
	RecipientCc         int32 = 2
	RecipientBcc        int32 = 3
)

// Kind returns the recipient's type without the flags that submission leaves in
// PidTagRecipientType: one of the Recipient constants.
func (r *Recipient) Kind() int32 {
	return PidTagRecipientType.Or(&r.Properties, RecipientTo) & 0x0F
}

// MakeRecipients returns n empty recipients whose bags share one allocation
// with room for size properties each.
func MakeRecipients(n, size int) []Recipient {
	rows := make([]Recipient, n)
	slab := make([]Property, n*size)
	for i := range rows {
		rows[i].Properties.list = slab[i*size : i*size : (i+1)*size]
	}
	return rows
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
