// Package mapi2mime converts MAPI message objects to Internet messages (RFC 5322,
// MIME), as [MS-OXCMAIL] 2.1 describes the MIME writer.
//
//	res, err := mapi2mime.Convert(ctx, w, m, nil)
//	if err != nil {
//		var failure *diag.Error
//		if errors.As(err, &failure) { ... }
//		return err
//	}
//
// A conversion has three steps: the message is checked, it is planned as a tree of
// MIME parts with their header fields and the sources of their contents, and the
// plan is written in one pass. Whatever can fail has failed before the first byte
// is written, save for a content that cannot be read to its end and for the writer
// itself. Attachments are streamed, so a message of any size takes a few hundred
// kilobytes of memory beside its text.
//
// The output has CRLF line ends only, no line of more than 998 bytes, and no
// 8-bit byte unless an option allows it or an address has characters beyond ASCII.
// No property can add a header field or a part: control characters are removed
// from every text on its way into a header block, and names, addresses, ids, media
// types and boundaries are checked.
//
// A message that is signed or encrypted is the exception: the lines of such an
// entity stay as long as they are, and its 8-bit bytes stay, with
// [Result.EightBit], because a change of one byte breaks the signature.
//
// What a message object has and an Internet message cannot say is reported, never
// dropped silently. Meetings and appointments have a calendar beside their bodies, see
// package ical, and contacts are vCards; tasks are written as ordinary mail, with
// [diag.ClassReduced].
//
// In this direction the Part of a diagnostic and of an error counts attachments,
// because there is no MIME tree yet: "" is the message itself, "2" its second
// attachment, "2.1" the first attachment of the message that the second holds.
package mapi2mime
