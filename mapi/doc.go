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
// [MS-OXPROPS].
//
// Messages compare with go-cmp, see package mapitest, and have a JSON form, see
// [EncodeJSON].
package mapi
