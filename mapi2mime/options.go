package mapi2mime

import (
	"context"
	"io"
	"time"

	"github.com/contentconv/contentconv/limits"
	"github.com/contentconv/contentconv/trace"
)

// Options control a conversion. Nil and the zero value are the defaults. A value
// can be shared by any number of goroutines.
type Options struct {
	// Limits are the bounds of the conversion. MSize bounds the MIME size, which
	// is known before the first byte is written.
	Limits limits.Limits

	// ShortenText cuts a subject, a text header field or a recipient's name that
	// is over its limit, with a diagnostic, instead of failing. A recipient whose
	// address is over the limit is dropped: a shortened address is another one.
	ShortenText bool

	// Trace receives a record of each failure; nil means that tracing is off.
	// (ContentConversionTracingEnabled of Set-TransportService.)
	Trace trace.Sink

	// Original holds the file that the message was read from, in its first
	// OriginalSize bytes, if there is one: a trace keeps it byte for byte. Without
	// one a trace keeps the message as a .msg file, see package msg.
	Original     io.ReaderAt
	OriginalSize int64

	// Purpose says what the result is for. It decides on blind copies, on the
	// date of a message without one and on the fields of its transport.
	Purpose Purpose

	// Body says which bodies are written. (internetTextFormat; ContentType of
	// Set-RemoteDomain; IConverterSession: CCSF_PLAIN_TEXT_ONLY.)
	Body BodyFormat

	// AttachRTF adds the rich text body as a file body.rtf, beside the HTML and the
	// text that are made of it. (IConverterSession: CCSF_USE_RTF; Aspose:
	// PreserveRtfContent.)
	AttachRTF bool

	// TNEF says whether the message travels in TNEF. (internetMessageFormat;
	// TNEFEnabled of Set-RemoteDomain; IConverterSession: CCSF_USE_TNEF.)
	TNEF TNEFMode

	// Charset names the preferred charset of text, whatever the message prefers;
	// text that it lacks characters for is written in UTF-8, so nothing is ever
	// replaced. Empty means the message's own. (preferredCharset; CharacterSet of
	// Set-RemoteDomain; IConverterSession::SetCharSet. RequiredCharsetCoverage is
	// always 100.)
	Charset string

	// ISO2022JP writes text of code page 932 in ISO-2022-JP, as mail in Japan was
	// sent for long, instead of Shift_JIS. (preferredInternetCodePageForShiftJis,
	// PreferredInternetCodePageForShiftJis of Set-RemoteDomain: Esc2022Jp, because
	// half-width katakana stay what they are.)
	ISO2022JP bool

	// HeaderCharset is the charset of encoded words in header fields.
	HeaderCharset HeaderCharset

	// LineWrap breaks the lines of plain text that have more characters. Zero means
	// that none are: transfer encodings keep lines short. (LineWrapSize of
	// Set-RemoteDomain; IConverterSession::SetTextWrapping.)
	LineWrap int

	// FileNames says how names of files beyond ASCII are written.
	// (useRFC2231Encoding.)
	FileNames FileNames

	// EmbeddedAsMsg writes embedded messages as .msg files instead of
	// message/rfc822. (Aspose: MailConversionOptions.PreserveEmbeddedMessageFormat.)
	EmbeddedAsMsg bool

	// ContactsAsMessages writes contacts as messages, as all others. By default an
	// embedded contact is a vCard, and one that is sent itself has one beside its
	// notes.
	ContactsAsMessages bool

	// NoHeaders leaves the fields of the outermost message out of its header
	// block, all but those of MIME. (IConverterSession: CCSF_NOHEADERS.)
	NoHeaders bool

	// TextEncoding is the transfer encoding of text bodies.
	// (ByteEncoderTypeFor7BitCharsets; IConverterSession::SetEncoding.)
	TextEncoding TextEncoding

	// EightBit allows the transfer encoding 8bit for text bodies, for a way on
	// which every server has 8BITMIME.
	EightBit bool

	// UTF8Headers writes header fields in UTF-8, without encoded words, for a way
	// on which every server has SMTPUTF8 (RFC 6532). (IConverterSession:
	// CCSF_GLOBAL_MESSAGE, CCSF_8BITHEADERS.)
	UTF8Headers bool

	// Bcc says whether blind copy recipients are written, where Purpose is not to
	// decide. (demoteBcc; IConverterSession: CCSF_INCLUDE_BCC.)
	Bcc BccRule

	// Resolver looks up the Internet addresses of EX and other addresses; nil
	// means that nothing does. (userADSession, recipientCache.)
	Resolver Resolver

	// EncapsulationDomain is the domain of IMCEA addresses, which stand for
	// addresses that have no Internet address. Empty means that none are made.
	// (imceaEncapsulationDomain.)
	EncapsulationDomain string

	// ASCIIAddresses keeps UTF-8 out of the header block even where an address has
	// a local part beyond ASCII: it becomes the name of a group without members
	// (RFC 6857). Without it such an address is written in UTF-8, Result.SMTPUTF8
	// is set, and the message can be sent by servers with that extension only. A
	// domain beyond ASCII is written in its ASCII form (A-labels) in either case,
	// unless UTF8Headers is set.
	ASCIIAddresses bool

	// SimpleNames writes the display names in ASCII that address books keep beside
	// the others, where there are any (PidTagAddressBookDisplayNamePrintable).
	// (useSimpleDisplayName; UseSimpleDisplayName of Set-RemoteDomain.)
	SimpleNames bool

	// SuppressSenderName leaves the display names of From and Sender out.
	// (suppressDisplayName; DisplaySenderName of Set-RemoteDomain.)
	SuppressSenderName bool

	// NoKeywords keeps the categories of the message out of it. (clearCategories.)
	NoKeywords bool

	// NoHasAttach leaves X-MS-Has-Attach out.
	NoHasAttach bool

	// Trusted says that the message stays inside the organisation: its
	// X-MS-Exchange-Organization-* fields are written. (The header firewall.)
	Trusted bool

	// TrustedEmbedded writes those fields in embedded messages, where the
	// outermost message does not have them ([MS-OXCMAIL] 2.1.3.4.5).
	// (applyTrustToAttachedMessages.)
	TrustedEmbedded bool

	// Draft writes X-Unsent where the message has the unsent flag.
	// (IConverterSession: CCSF_EMBEDDED_MESSAGE.)
	Draft bool

	// NoMessageID generates no Message-ID for a message that has none.
	// (IConverterSession: CCSF_NO_MSGID.)
	NoMessageID bool

	// Domain is the right side of a generated Message-ID. Empty means the domain
	// of the From address.
	Domain string

	// Key fixes all that is otherwise random: boundaries, generated Message-IDs,
	// the GUIDs of trace records. With it the same message gives the same bytes,
	// and who knows it can predict a boundary. Nil means a new random key for
	// each call.
	Key []byte

	// Now is the time of the conversion: the Date of a message that was not
	// submitted yet. Zero means the clock's.
	Now time.Time

	// TimeZone is the zone of Date. Nil means that of the Date field in
	// PidTagTransportMessageHeaders where that is of the same time, else UTC.
	TimeZone *time.Location
}

// Purpose says what a message is written for.
type Purpose uint8

const (
	// Submission is for sending the message by SMTP: no blind copies but those of
	// meetings and tasks, and a Date in any case.
	Submission Purpose = iota
	// Retrieval is for giving the message to its reader, by POP3 or IMAP or as a
	// file: blind copies are written, a missing Date is that of the delivery, and
	// the header block is the one in PidTagTransportMessageHeaders, brought up to
	// date: fields that say what the properties say stay byte for byte, and so do
	// those that no property holds, such as Received and signatures.
	Retrieval
)

func (p Purpose) String() string {
	if p == Retrieval {
		return "Retrieval"
	}
	return "Submission"
}

// BodyFormat says which bodies a message is written with.
type BodyFormat uint8

const (
	// Best writes the best body ([MS-OXBBODY] 2.1.3.1): a plain text alone, an
	// HTML body beside its plain text. PidTagInternetMailOverrideFormat counts.
	// (MimeHtmlText.)
	Best BodyFormat = iota
	// Plain writes a plain text alone, made of the HTML where there is none.
	// (MimeText.)
	Plain
	// HTML writes HTML alone, made of the plain text where there is none.
	// (MimeHtml.)
	HTML
	// Both writes both, whichever the message has.
	Both
)

func (f BodyFormat) String() string {
	return [...]string{"Best", "Plain", "HTML", "Both"}[f&3]
}

// TextEncoding is the transfer encoding of text bodies.
type TextEncoding uint8

const (
	// AutoEncoding is 7bit where the text allows it (Use7Bit), else the shorter
	// one of the two.
	AutoEncoding TextEncoding = iota
	// QuotedPrintable is UseQP.
	QuotedPrintable
	// Base64 is UseBase64.
	Base64
)

func (e TextEncoding) String() string {
	return [...]string{"AutoEncoding", "QuotedPrintable", "Base64", ""}[e&3]
}

// BccRule says whether blind copy recipients are written.
type BccRule uint8

const (
	// BccByPurpose follows [MS-OXCMAIL] 2.1.3.1.1.2: not for Submission, unless
	// the message is a meeting or a task; yes for Retrieval.
	BccByPurpose BccRule = iota
	BccAlways
	BccNever
)

func (r BccRule) String() string {
	return [...]string{"BccByPurpose", "BccAlways", "BccNever", ""}[r&3]
}

// A Resolver is an address book.
type Resolver interface {
	// Resolve returns the primary Internet address of an address of another
	// system, such as "EX" and an X.500 name, or "" when there is none. An error
	// fails the conversion with reason [diag.IO].
	Resolve(ctx context.Context, addressType, address string) (smtp string, err error)
}

// now returns the time of the conversion.
func (o *Options) now() time.Time {
	if o.Now.IsZero() {
		return time.Now()
	}
	return o.Now
}
