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
	r.Properties.setRow(internetRow{a, kind, row})
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
