package diag

// A Code names one kind of repair, fallback or loss. Codes are stable API.
type Code string

// The codes, each described by its [Code.Description].
const (
	HeaderLineInvalid      Code = "header-line-invalid"
	HeaderNameInvalid      Code = "header-name-invalid"
	HeaderUnterminated     Code = "header-unterminated"
	HeaderTooLarge         Code = "header-too-large"
	HeaderDuplicate        Code = "header-duplicate"
	HeaderEightBit         Code = "header-8bit"
	HeaderControlRemoved   Code = "header-control-removed"
	MboxLineSkipped        Code = "mbox-line-skipped"
	BareLF                 Code = "bare-lf"
	BareCR                 Code = "bare-cr"
	NULByte                Code = "nul-byte"
	ContentTypeInvalid     Code = "content-type-invalid"
	DispositionInvalid     Code = "disposition-invalid"
	ParameterInvalid       Code = "parameter-invalid"
	ParameterDuplicate     Code = "parameter-duplicate"
	ParameterGap           Code = "parameter-gap"
	BoundaryMissing        Code = "boundary-missing"
	BoundaryNotFound       Code = "boundary-not-found"
	BoundaryGuessed        Code = "boundary-guessed"
	BoundaryRepeated       Code = "boundary-repeated"
	BoundaryTooLong        Code = "boundary-too-long"
	DelimiterRepaired      Code = "delimiter-repaired"
	MultipartUnclosed      Code = "multipart-unclosed"
	MultipartEmpty         Code = "multipart-empty"
	MultipartReopened      Code = "multipart-reopened"
	MultipartTextIgnored   Code = "multipart-text-ignored"
	MultipartEncoded       Code = "multipart-encoded"
	NestingTooDeep         Code = "nesting-too-deep"
	EncodingUnknown        Code = "encoding-unknown"
	EncodingRepaired       Code = "encoding-repaired"
	Base64Invalid          Code = "base64-invalid"
	Base64Truncated        Code = "base64-truncated"
	QuotedPrintableInvalid Code = "quoted-printable-invalid"
	UuencodeInvalid        Code = "uuencode-invalid"
	UuencodeUnclosed       Code = "uuencode-unclosed"
	YEncInvalid            Code = "yenc-invalid"
	BinHexInvalid          Code = "binhex-invalid"
	WordInvalid            Code = "word-invalid"
	WordCharsetUnknown     Code = "word-charset-unknown"
	AddressRepaired        Code = "address-repaired"
	AddressQuoteUnclosed   Code = "address-quote-unclosed"
	AddressInvalid         Code = "address-invalid"
	DateInvalid            Code = "date-invalid"
	DateRepaired           Code = "date-repaired"
	ValueInvalid           Code = "value-invalid"
	ThreadIndexInvalid     Code = "thread-index-invalid"
	CharsetUnknown         Code = "charset-unknown"
	CharsetDetected        Code = "charset-detected"
	CharsetMismatch        Code = "charset-mismatch"
	TextUndecodable        Code = "text-undecodable"
	TextIsFile             Code = "text-is-file"
	TextNULRemoved         Code = "text-nul-removed"
	TextShortened          Code = "text-shortened"
	ItemsDropped           Code = "items-dropped"
	HeaderNotPromoted      Code = "header-not-promoted"
	ReservedHeaderDropped  Code = "reserved-header-dropped"
	PropertyDropped        Code = "property-dropped"
	PropertyUnreadable     Code = "property-unreadable"
	PropertyUnwritable     Code = "property-unwritable"
	StreamTruncated        Code = "stream-truncated"
	StorageRepaired        Code = "storage-repaired"
	TnefUnreadable         Code = "tnef-unreadable"
	TnefForeign            Code = "tnef-foreign"
	TnefTruncated          Code = "tnef-truncated"
	TnefTrailingData       Code = "tnef-trailing-data"
	TnefChecksumWrong      Code = "tnef-checksum-wrong"
	TnefLengthRepaired     Code = "tnef-length-repaired"
	TnefAttributeInvalid   Code = "tnef-attribute-invalid"
	TnefAttributeRepeated  Code = "tnef-attribute-repeated"
	TimeZoneUnknown        Code = "time-zone-unknown"
	MsgCountExceeds        Code = "msg-count-exceeds"
	BodyTooLarge           Code = "body-too-large"
	NameSanitized          Code = "name-sanitized"
	EmbeddedUnreadable     Code = "embedded-unreadable"
	ExternalBodyIncomplete Code = "external-body-incomplete"
	MacintoshInvalid       Code = "macintosh-invalid"
	ReportFieldInvalid     Code = "report-field-invalid"
	ReportAddresseeDropped Code = "report-addressee-dropped"
	LoneSurrogate          Code = "lone-surrogate"
	HeaderNotWritten       Code = "header-not-written"
	AddressUnresolved      Code = "address-unresolved"
	AddressEncapsulated    Code = "address-encapsulated"
	AddressUTF8            Code = "address-utf8"
	AddressDomainEncoded   Code = "address-domain-encoded"
	AddressDowngraded      Code = "address-downgraded"
	RecipientIgnored       Code = "recipient-ignored"
	BccOmitted             Code = "bcc-omitted"
	ClassReduced           Code = "class-reduced"
	RTFNotConverted        Code = "rtf-not-converted"
	RTFCompressionDamaged  Code = "rtf-compression-damaged"
	RTFTruncated           Code = "rtf-truncated"
	RTFDamaged             Code = "rtf-damaged"
	AttachmentDropped      Code = "attachment-dropped"
	ObjectNotRendered      Code = "object-not-rendered"
	TypeReplaced           Code = "type-replaced"
	EntityNotKept          Code = "entity-not-kept"
	CharsetReplaced        Code = "charset-replaced"
	CalendarLineInvalid    Code = "calendar-line-invalid"
	CalendarLineRepaired   Code = "calendar-line-repaired"
	CalendarRestructured   Code = "calendar-restructured"
	CalendarTextIgnored    Code = "calendar-text-ignored"
	CalendarValueInvalid   Code = "calendar-value-invalid"
	CalendarApproximated   Code = "calendar-approximated"
	CalendarFallback       Code = "calendar-fallback"
	TimeZoneAssumed        Code = "time-zone-assumed"
	CalendarExceptionLost  Code = "calendar-exception-lost"
	CalendarNotWritten     Code = "calendar-not-written"
	VCardFallback          Code = "vcard-fallback"
	VCardPropertyIgnored   Code = "vcard-property-ignored"
	TraceFailed            Code = "trace-failed"
	TraceFull              Code = "trace-full"
	DiagnosticsDropped     Code = "diagnostics-dropped"
)

type codeInfo struct {
	code      Code
	severity  Severity
	malformed bool
	text      string
}

// codeTable is the one place that says what a code means. docs/diagnostics.md is
// generated from it.
var codeTable = []codeInfo{
	{HeaderLineInvalid, Warning, true, "A line of a header block has no colon; it was skipped."},
	{HeaderNameInvalid, Warning, false, "A header field's name has a space before its colon or a character that no name may have."},
	{HeaderUnterminated, Info, false, "A header block ended without an empty line."},
	{HeaderTooLarge, Loss, false, "A header block is larger than 16 MiB; the rest of it was dropped."},
	{HeaderDuplicate, Warning, false, "A header field that may occur once occurs again; the first one counts."},
	{HeaderEightBit, Warning, false, "A header field holds bytes beyond ASCII that no encoded word declares; their charset was detected."},
	{HeaderControlRemoved, Warning, false, "Control characters were removed from a header field's text."},
	{MboxLineSkipped, Info, false, "The message begins with an mbox separator line; it was skipped."},
	{BareLF, Info, false, "Lines end in LF alone instead of CRLF."},
	{BareCR, Info, false, "Lines end in CR alone, or a CR stands within a line."},
	{NULByte, Info, false, "The message holds NUL bytes."},
	{ContentTypeInvalid, Warning, false, "A Content-Type field cannot be parsed; a default or a best effort was used."},
	{DispositionInvalid, Warning, false, "A Content-Disposition field cannot be parsed; a default or a best effort was used."},
	{ParameterInvalid, Warning, false, "A parameter of a header field is badly formed; it was repaired or skipped."},
	{ParameterDuplicate, Warning, false, "A parameter occurs twice; the first one counts."},
	{ParameterGap, Warning, false, "A continued parameter (RFC 2231) lacks a section, or has too many."},
	{BoundaryMissing, Warning, true, "A multipart has no boundary parameter; its body was read as text."},
	{BoundaryNotFound, Warning, true, "A multipart's boundary never occurs; its body was read as text."},
	{BoundaryGuessed, Warning, true, "A multipart has no boundary parameter, or another one than its delimiters; the boundary was taken from the first delimiter."},
	{BoundaryRepeated, Warning, false, "A multipart uses the boundary of one that encloses it."},
	{BoundaryTooLong, Info, false, "A boundary is longer than the 70 characters that RFC 2046 allows."},
	{DelimiterRepaired, Info, false, "A delimiter line of a multipart has text behind the boundary; it was ignored."},
	{MultipartUnclosed, Warning, true, "A multipart has no closing delimiter; it was closed where its parent or the message ends."},
	{MultipartEmpty, Warning, false, "A multipart has no parts."},
	{MultipartReopened, Warning, false, "A multipart has parts after its closing delimiter; they were kept."},
	{MultipartTextIgnored, Info, false, "A multipart has text before its first part or behind its last one, which no reader shows."},
	{MultipartEncoded, Warning, false, "A multipart declares a transfer encoding, which was ignored."},
	{NestingTooDeep, Warning, false, "Multiparts are nested too deeply; the rest was kept as one part."},
	{EncodingUnknown, Warning, false, "A part's transfer encoding is unknown; its bytes were kept as they are."},
	{EncodingRepaired, Info, false, "A transfer encoding's name is misspelt; the one that was meant was used."},
	{Base64Invalid, Warning, true, "Base64 data holds bytes that are not of its alphabet, or padding within the data; they were skipped."},
	{Base64Truncated, Warning, true, "Base64 data ends within a group or lacks its padding."},
	{QuotedPrintableInvalid, Warning, false, "Quoted-printable data holds a bad escape; it was kept as literal text."},
	{UuencodeInvalid, Warning, false, "Uuencoded data is damaged; what could be decoded was kept."},
	{UuencodeUnclosed, Warning, false, "Uuencoded data has no end line."},
	{YEncInvalid, Warning, false, "Data in yEnc is damaged, or one piece of a file; what could be decoded was kept, or the data as it is."},
	{BinHexInvalid, Warning, false, "BinHex data is damaged; the part was kept as it is."},
	{WordInvalid, Warning, false, "An encoded word (RFC 2047) is damaged; it was decoded as far as possible or kept as literal text."},
	{WordCharsetUnknown, Warning, false, "An encoded word names an unknown charset; its bytes were read by detection."},
	{AddressRepaired, Warning, false, "An address is badly formed; what could be read of it was kept."},
	{AddressQuoteUnclosed, Warning, true, "A quotation mark in an address field has no partner."},
	{AddressInvalid, Warning, false, "An entry of an address field has no address; it became no recipient."},
	{DateInvalid, Warning, false, "A date cannot be parsed; no time was set from it."},
	{DateRepaired, Info, false, "A date is badly formed; it was read by a looser rule."},
	{ValueInvalid, Warning, false, "A header field's value is not one that the field may have; it was ignored."},
	{ThreadIndexInvalid, Warning, false, "A Thread-Index field is not base64 of a conversation index; it was ignored."},
	{CharsetUnknown, Warning, false, "A text part names an unknown charset; it was read by detection."},
	{CharsetDetected, Info, false, "A text part with bytes beyond ASCII declares no charset; it was read by detection."},
	{CharsetMismatch, Warning, false, "Text is not in the charset it declares; another one was used."},
	{TextUndecodable, Warning, false, "Bytes that are invalid in their charset were replaced by U+FFFD."},
	{TextIsFile, Warning, false, "A text part holds a picture, a document or an archive; it was kept as a file."},
	{TextNULRemoved, Warning, false, "NUL characters were removed from a text body."},
	{TextShortened, Loss, false, "Text beyond a limit was cut, as an option asks."},
	{ItemsDropped, Loss, false, "Items of a list beyond a limit were dropped."},
	{HeaderNotPromoted, Info, false, "An extension header field got no named property; it stays in the transport headers."},
	{ReservedHeaderDropped, Info, false, "A header field of the organisation's own came from outside; it was not promoted."},
	{PropertyDropped, Warning, false, "A property that would make a client act, or that no message may carry, was dropped."},
	{PropertyUnreadable, Warning, false, "A property in a file has no value, no name, or one that its type does not allow; it was left out."},
	{PropertyUnwritable, Loss, false, "A property cannot stand in a file of the format; it was left out."},
	{StreamTruncated, Loss, false, "A stream of a compound file has fewer bytes than the file says; what there is was kept."},
	{StorageRepaired, Warning, false, "The storage of an OLE object holds names that no compound file may have; they were changed."},
	{TnefUnreadable, Warning, false, "A part of type TNEF is no TNEF stream that can be read; it was kept as a file."},
	{TnefForeign, Info, false, "A TNEF part belongs to another message, which was forwarded; it was kept as a file."},
	{TnefTruncated, Loss, false, "A TNEF stream ends within an attribute; what there is of it was kept."},
	{TnefTrailingData, Warning, false, "Bytes at the end of a TNEF stream are no attribute; they were ignored."},
	{TnefChecksumWrong, Warning, false, "The checksum of a TNEF attribute is wrong; its data was kept."},
	{TnefLengthRepaired, Warning, false, "A TNEF attribute of 64 KiB or more states a length that is too small; the true one was found."},
	{TnefAttributeInvalid, Warning, false, "A TNEF attribute, or a list of properties in it, is badly formed; what could be read of it was kept."},
	{TnefAttributeRepeated, Warning, false, "A TNEF attribute that occurs once occurs again; the last one counts."},
	{TimeZoneUnknown, Info, false, "A time is known in the local time of an unknown place alone; it was taken for UTC."},
	{MsgCountExceeds, Info, false, "A message has more recipients or attachments than the 2,048 that a .msg file should have; all were written."},
	{BodyTooLarge, Warning, false, "A text body is larger than the bound; its beginning is the body and the whole is an attachment."},
	{NameSanitized, Info, false, "Characters that no file name may hold were removed from an attachment's name."},
	{EmbeddedUnreadable, Warning, false, "A message/rfc822 part holds no message; it was kept as a file."},
	{ExternalBodyIncomplete, Info, false, "A message/external-body part lacks what its access type needs; the whole part was kept."},
	{MacintoshInvalid, Warning, false, "A Macintosh file part is damaged; it was kept as a file."},
	{ReportFieldInvalid, Warning, false, "A report lacks a field that it must have, or holds one that cannot be read; the rest was used."},
	{ReportAddresseeDropped, Warning, false, "A report is sent to several; its recipients are those that it tells of, so the first alone was kept as the one who received it."},
	{LoneSurrogate, Warning, false, "Half of a surrogate pair was replaced by U+FFFD."},
	{HeaderNotWritten, Warning, false, "A property has a name or a value that no header field may have; no field was written."},
	{AddressUnresolved, Warning, false, "Of an address of another mail system no Internet address is known; its name alone was written."},
	{AddressEncapsulated, Info, false, "An address of another mail system was written within an Internet address (IMCEA)."},
	{AddressUTF8, Info, false, "An address holds characters beyond ASCII; sending the message takes the extension SMTPUTF8."},
	{AddressDomainEncoded, Info, false, "An address has a domain beyond ASCII; it was written in its ASCII form (A-labels)."},
	{AddressDowngraded, Warning, false, "An address holds characters beyond ASCII; it was written as the name of a group without members."},
	{RecipientIgnored, Info, false, "A recipient is of a kind that is none of To, Cc and Bcc; it was not written."},
	{BccOmitted, Info, false, "Blind copy recipients were not written."},
	{ClassReduced, Warning, false, "The message's class has no form of its own in the Internet message; it was written as an ordinary mail."},
	{RTFNotConverted, Warning, false, "A rich text body was not converted."},
	{RTFCompressionDamaged, Warning, false, "The header or the checksum of compressed RTF does not fit its contents; these were read as they are."},
	{RTFTruncated, Loss, false, "RTF, or its compressed form, ends too early; what there is was converted."},
	{RTFDamaged, Warning, false, "RTF is badly formed; it was converted as far as possible."},
	{AttachmentDropped, Loss, false, "An attachment has no data, or names a place that is not read; it was not written."},
	{ObjectNotRendered, Warning, false, "An OLE object was written as a file, without a picture of it."},
	{TypeReplaced, Info, false, "An attachment's media type is not one that it may be written with; another one was written."},
	{EntityNotKept, Loss, false, "A signed or encrypted entity holds bytes that mail systems change; it was written as a file of an ordinary mail."},
	{CharsetReplaced, Info, false, "Text has characters that the preferred charset lacks; it was written in UTF-8."},
	{CalendarLineInvalid, Loss, false, "A line of a calendar has no colon or no name; it was skipped."},
	{CalendarLineRepaired, Info, false, "A line of a calendar is badly formed; it was read by a looser rule."},
	{CalendarRestructured, Warning, false, "A component of a calendar has no END line, no BEGIN line, or lies too deep; the structure was repaired."},
	{CalendarTextIgnored, Info, false, "A calendar has text outside of its components; it was ignored."},
	{CalendarValueInvalid, Loss, false, "A property of a calendar has a value that cannot be read or held; it was ignored."},
	{CalendarApproximated, Info, false, "A recurrence is held with a small difference, as Outlook holds it."},
	{CalendarFallback, Warning, false, "A calendar has something that calendar objects cannot hold; it was not converted, but attached as it is."},
	{TimeZoneAssumed, Warning, false, "A calendar names a time zone that it does not declare, or not usably; the known zone of that name was used."},
	{CalendarExceptionLost, Loss, false, "A recurring event holds a changed occurrence that is none of its pattern; it was not written."},
	{CalendarNotWritten, Loss, false, "A meeting's recurrence or times cannot be read; the message was written without a calendar."},
	{VCardFallback, Warning, false, "A vCard is not one that a contact can be made of; it stays a file."},
	{VCardPropertyIgnored, Loss, false, "A property of a vCard or of a contact has no place in the other, or a value that cannot be read; it was left out."},
	{TraceFailed, Warning, false, "The trace sink failed."},
	{TraceFull, Warning, false, "The trace folder is full; the failure was not traced."},
	{DiagnosticsDropped, Info, false, "More diagnostics were reported than are kept."},
}
