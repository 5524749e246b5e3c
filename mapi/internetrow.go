package mapi

// An internetRow stands for the properties of an Internet recipient, which are made
// when they are read: a message to thousands has 16 times as many of them, and a
// row takes no more memory than its address.
type internetRow struct {
	box       *InternetAddress // nil for a bag that is no such row
	kind, row int32
}

// internetRowSize is how many properties Recipient.SetInternet sets.
const internetRowSize = 16

// internetRowProperties are the properties of a row, in their order ([MS-OXCMAIL]
// 2.2.3.1.1).
var internetRowProperties = [internetRowSize]struct {
	id    uint16
	value func(*internetRow) Value
}{
	{PidTagRowid.ID(), func(r *internetRow) Value { return Int32(r.row) }},
	{PidTagRecipientType.ID(), func(r *internetRow) Value { return Int32(r.kind) }},
	{PidTagDisplayName.ID(), (*internetRow).name},
	{PidTagTransmittableDisplayName.ID(), (*internetRow).name},
	{PidTagAddressType.ID(), func(*internetRow) Value { return String("SMTP") }},
	{PidTagEmailAddress.ID(), (*internetRow).address},
	{PidTagSmtpAddress.ID(), (*internetRow).address},
	{PidTagEntryId.ID(), (*internetRow).entryID},
	{PidTagRecipientEntryId.ID(), (*internetRow).entryID},
	{PidTagRecordKey.ID(), (*internetRow).entryID},
	{PidTagSearchKey.ID(), func(r *internetRow) Value { return LazyBinary(r.box.SearchKey()) }},
	{PidTagObjectType.ID(), func(*internetRow) Value { return Int32(ObjectMailUser) }},
	{PidTagDisplayType.ID(), func(*internetRow) Value { return Int32(0) }},
	{PidTagResponsibility.ID(), func(*internetRow) Value { return Bool(true) }},
	{PidTagRecipientFlags.ID(), func(*internetRow) Value { return Int32(1) }},
	{PidTagSendRichInfo.ID(), func(*internetRow) Value { return Bool(false) }},
}

func (r *internetRow) name() Value    { return String(r.box.DisplayName()) }
func (r *internetRow) address() Value { return String(r.box.Address) }
func (r *internetRow) entryID() Value { return LazyBinary(r.box.EntryID()) }

// len returns the number of properties: none of the zero row.
func (r *internetRow) len() int {
	if r.box == nil {
		return 0
	}
	return internetRowSize
}

// property returns the property at a place.
func (r *internetRow) property(i int) Property {
	p := &internetRowProperties[i]
	return Property{ID: p.id, Value: p.value(r)}
}

// find returns the place of a property in the row, or -1.
func (r *internetRow) find(id uint16) int {
	if r.box == nil || id == 0 {
		return -1
	}
	for i := range internetRowProperties {
		if internetRowProperties[i].id == id {
			return i
		}
	}
	return -1
}
