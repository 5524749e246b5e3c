// Package securemime says how a message object holds what is signed or encrypted,
// for both directions. The bytes of such an entity must not change, so it is kept
// whole.
//
// Clear-signed S/MIME ([MS-OXOSMIME] 2.1.3.1): the class is [ClassClearSigned],
// or ends in [SuffixClearSigned], and the only attachment holds the entity: its
// Content-Type field, an empty line, and the bytes of its body as they came. The
// body is a copy of the signed text, for reading.
//
// Opaque S/MIME ([MS-OXOSMIME] 2.1.3.2): the class is [ClassOpaque], or ends in
// [SuffixOpaque], there is no body, and the only attachment holds the decoded CMS
// data. PidNameContentType of the message is the whole Content-Type.
//
// PGP/MIME (RFC 3156) has no form in the specifications. The message is an
// ordinary mail, with the body and the attachments that it would have as a
// multipart/mixed, and one attachment more, hidden, that holds the entity in the
// form of clear-signed S/MIME; [IsEntity] knows it. Who writes the message writes
// that entity instead of everything else.
package securemime

import (
	"strings"

	"github.com/contentconv/contentconv/mapi"
)

// Message classes, and their endings below other classes, such as those of
// InfoPath forms ([MS-OXCMAIL] 2.1.3.2.1).
const (
	ClassClearSigned  = "IPM.Note" + SuffixClearSigned
	ClassOpaque       = "IPM.Note" + SuffixOpaque
	SuffixClearSigned = ".SMIME.MultipartSigned"
	SuffixOpaque      = ".SMIME"
)

// The media types of entities that are kept whole.
const (
	TypeSigned    = "multipart/signed"
	TypeEncrypted = "multipart/encrypted"
)

// FileName is the name of the attachment of S/MIME messages.
const FileName = "smime.p7m"

// EntityFileName returns the name of the attachment that holds a PGP/MIME entity
// of that media type.
func EntityFileName(mediaType string) string {
	_, kind, _ := strings.Cut(mediaType, "/")
	return kind + ".eml"
}

// IsEntity reports whether an attachment holds the PGP/MIME entity that the
// message is.
func IsEntity(a *mapi.Attachment) bool {
	switch mapi.PidTagAttachMimeTag.Or(&a.Properties, "") {
	case TypeSigned, TypeEncrypted:
		return a.Content != nil && mapi.PidTagAttachmentHidden.Or(&a.Properties, false)
	}
	return false
}

// IsSMIMESignature reports whether a media type, or the protocol parameter of a
// multipart/signed, is that of an S/MIME signature (RFC 8551 3.5.3). Case does not
// count.
//
// QUIRK: application/pkcs7-mime is seen as the protocol, too.
func IsSMIMESignature(mediaType string) bool {
	switch strings.ToLower(strings.TrimSpace(mediaType)) {
	case "application/pkcs7-signature", "application/x-pkcs7-signature", "application/pkcs7-mime", "application/x-pkcs7-mime":
		return true
	}
	return false
}

// IsPGP reports whether a media type, or the protocol parameter of a
// multipart/signed or multipart/encrypted, is one of PGP/MIME (RFC 3156). Case
// does not count.
//
// QUIRK: old programs name them with "x-", as before RFC 2015.
func IsPGP(mediaType string) bool {
	switch strings.ToLower(strings.TrimSpace(mediaType)) {
	case "application/pgp-signature", "application/pgp-encrypted",
		"application/x-pgp-signature", "application/x-pgp-encrypted":
		return true
	}
	return false
}
