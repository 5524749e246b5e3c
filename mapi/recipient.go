package mapi

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

// The values of PidTagObjectType that a recipient row has ([MS-OXCPRPT]
// 2.2.1.7).
const (
	ObjectMailUser         int32 = 6
	ObjectDistributionList int32 = 8
)

// InternetRecipientSize is the number of properties that [Recipient.SetInternet]
// sets: what a row wants of [MakeRecipients].
const InternetRecipientSize = 16

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

// Kind returns the recipient's type without the flags that submission leaves in
// PidTagRecipientType: one of the Recipient constants.
func (r *Recipient) Kind() int32 {
	return PidTagRecipientType.Or(&r.Properties, RecipientTo) & 0x0F
}

// SetInternet makes the row one of an Internet recipient ([MS-OXCMAIL]
// 2.2.3.1.1). The kind is RecipientTo, RecipientCc or RecipientBcc, row counts
// the message's recipients from zero. Entry id and search key are made from a
// when they are read, so a must not change afterwards.
func (r *Recipient) SetInternet(a *InternetAddress, kind, row int32) {
	name, address, id := String(a.DisplayName()), String(a.Address), LazyBinary(a.EntryID())
	r.Properties.setAll([]Property{
		{ID: PidTagRowid.ID(), Value: Int32(row)},
		{ID: PidTagRecipientType.ID(), Value: Int32(kind)},
		{ID: PidTagDisplayName.ID(), Value: name},
		{ID: PidTagTransmittableDisplayName.ID(), Value: name},
		{ID: PidTagAddressType.ID(), Value: String("SMTP")},
		{ID: PidTagEmailAddress.ID(), Value: address},
		{ID: PidTagSmtpAddress.ID(), Value: address},
		{ID: PidTagEntryId.ID(), Value: id},
		{ID: PidTagRecipientEntryId.ID(), Value: id},
		{ID: PidTagRecordKey.ID(), Value: id},
		{ID: PidTagSearchKey.ID(), Value: LazyBinary(a.SearchKey())},
		{ID: PidTagObjectType.ID(), Value: Int32(ObjectMailUser)},
		{ID: PidTagDisplayType.ID(), Value: Int32(0)},
		{ID: PidTagResponsibility.ID(), Value: Bool(true)},
		{ID: PidTagRecipientFlags.ID(), Value: Int32(1)},
		{ID: PidTagSendRichInfo.ID(), Value: Bool(false)},
	})
}

// Address returns the row's address, as [AddressGroup.Get] does. Where the
// usual properties are missing, their twins of [MS-OXOCAL] 2.2.4.10 count.
func (r *Recipient) Address() Address {
	p := &r.Properties
	a := RecipientGroup.Get(p)
	if a.SMTP == "" || a.Email == "" {
		if id, ok := PidTagRecipientEntryId.Get(p); ok {
			a.fillFrom(id)
		}
	}
	if a.Name == "" {
		a.Name = PidTagRecipientDisplayName.Or(p, "")
	}
	return a
}
