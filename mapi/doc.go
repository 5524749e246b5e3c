// Package mapi is the MAPI message object: properties, recipients, attachments
// and their contents, as [MS-OXCMSG] and [MS-OXCDATA] describe them.
//
// A [Message] is a plain value without a store behind it. Its properties are
// read and written through typed tags, so that a value of a wrong type does not
// compile:
//
//	s, ok := mapi.PidTagSubject.Get(&m.Properties)
//	mapi.PidTagSubject.Set(&m.Properties, "Hello")
//
// Properties without a constant here are first-class: build a [Tag], a [Named]
// or a [Key] and use it the same way. Canonical names are those of
// [MS-OXPROPS]; [TagName], [NameOf] and [KeyOf] look them up.
//
// What takes several properties has a function of its own: an address is read and
// written through an [AddressGroup] or a [Recipient], a subject through [Subject]
// and [SetSubject]. The values within binary properties have types: [OneOff] and
// the other kinds of [EntryID], [FlatEntryList], [SearchKey],
// [ConversationIndex].
//
// Messages compare with go-cmp, see package mapitest, and have a JSON form, see
// [EncodeJSON]. [Message.Detach] takes a message off the source of its contents.
package mapi
