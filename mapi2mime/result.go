package mapi2mime

import "github.com/contentconv/contentconv/diag"

// A Result says what was written.
type Result struct {
	// Diagnostics holds every repair, fallback and loss, in order. Part counts
	// attachments, as the package comment says.
	Diagnostics []diag.Diagnostic
	// Size is the number of bytes written.
	Size int64
	// MessageID is the Message-ID field of the outermost message, "" if it has
	// none.
	MessageID string
	// Entities is the number of entities of the MIME tree, by the rule of
	// MaxBodyPartsTotal. Those within a signed entity are not counted.
	Entities int64
	// SMTPUTF8 says that header fields have bytes beyond ASCII, so that the
	// message can be sent by servers with that extension only (RFC 6531).
	SMTPUTF8 bool
	// EightBit says that bodies have bytes beyond ASCII, so that sending takes
	// 8BITMIME (RFC 6152).
	EightBit bool
	// Addresses says of every entry of an address field where its Internet address
	// came from, in the order of writing.
	Addresses []AddressUse
	// Parts says what became what: the leaf parts and the embedded messages in
	// the order of writing, and behind them what was dropped. A signed or encrypted
	// entity that is written as it is stored is one part, whatever is in it.
	Parts []Part
}

// Source says what a part was made of.
type Source uint8

const (
	FromBody       Source = iota // a body of the message
	FromAttachment               // an attachment's content
	FromMessage                  // an embedded message
	FromProperties               // properties, such as those of a report
)

func (s Source) String() string {
	return [...]string{"body", "attachment", "message", "properties"}[s&3]
}

// DropReason says why an attachment was not written. The list is closed.
type DropReason string

const (
	// NoData is an attachment without content.
	NoData DropReason = "no-data"
	// ByReference is an attachment that names a file or a share. Such a place is
	// never read.
	ByReference DropReason = "by-reference"
	// Exception is the exception of a recurring meeting, which is no attachment
	// to a reader.
	Exception DropReason = "exception"
)

// A Part says what one part was made of.
type Part struct {
	// Number is the part's number as mime2mapi counts: the position in its
	// multipart behind the number of what holds it. "" for what was dropped, and for
	// a message that is one signed or encrypted entity.
	Number string
	// Type is the part's media type in lower case.
	Type   string
	Source Source
	// Place is the attachment, or for a body the message, that the part is from,
	// counted as in diagnostics.
	Place string
	// Reason is set for what was dropped.
	Reason DropReason
}
