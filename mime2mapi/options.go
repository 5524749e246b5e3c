package mime2mapi

import (
	"context"
	"time"

	"github.com/contentconv/contentconv/internal/charset"
	"github.com/contentconv/contentconv/limits"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/trace"
)

// Malformed says what happens to badly formed messages.
type Malformed uint8

const (
	// Repair converts them as well as it can; each repair is a diagnostic.
	Repair Malformed = iota
	// Reject fails with reason [diag.MalformedMIME] where a diagnostic's code is
	// one that [diag.Code.Malformed] marks, as Exchange 2007 did.
	Reject
)

func (m Malformed) String() string {
	if m == Reject {
		return "Reject"
	}
	return "Repair"
}

// DefaultMaxBodyText is the default of [Options.MaxBodyText].
const DefaultMaxBodyText = 16 << 20

// MaxNamedHeaders is the number of distinct extension header fields that become
// named properties.
const MaxNamedHeaders = 1000

// Options control a conversion. Nil and the zero value are the defaults. A value
// can be shared by any number of goroutines.
type Options struct {
	// Limits are the bounds of the conversion.
	Limits limits.Limits

	// ShortenText cuts a subject, a text header field or a recipient's name that
	// is over its limit, with a diagnostic, instead of failing. A recipient whose
	// address is over the limit is dropped: a shortened address is another one.
	ShortenText bool

	// Malformed says what happens to badly formed messages.
	Malformed Malformed

	// Trace receives a record of each failure; nil means that tracing is off.
	// (ContentConversionTracingEnabled of Set-TransportService.)
	Trace trace.Sink

	// Trusted says that the message comes from inside the organisation: its
	// X-MS-Exchange-Organization-* fields become properties. (isSenderTrusted,
	// applyHeaderFirewall.)
	Trusted bool

	// Key fixes all that is otherwise random: the GUIDs of trace records, and
	// generated Content-IDs. Nil means a new random key for each call.
	Key []byte

	// DefaultCharset names the charset of header fields and text parts that
	// declare none, unless their bytes show that they are in another one, as
	// those of UTF-8 do. Empty means detection, and US-ASCII for what has ASCII
	// alone. (preferredCharset; Aspose's PreferredTextEncoding.)
	DefaultCharset string

	// MaxBodyText bounds, in bytes, a text part that becomes a body. Of a larger
	// one the body holds the beginning, and an attachment the whole. Zero means
	// [DefaultMaxBodyText].
	MaxBodyText int64

	// Unflow joins the soft line breaks of format=flowed text (RFC 3676).
	Unflow bool

	// UnwrapSigned takes clear-signed S/MIME messages apart, as if they were not
	// signed: their attachments are attachments of the message, and the signature
	// is one of them, which nobody can verify any more. By default such a message
	// has one attachment, with everything in it as it came.
	UnwrapSigned bool

	// Calendars says which text/calendar parts make a calendar object of the message,
	// such as a meeting request.
	Calendars Calendars

	// AttachedCalendars converts a text/calendar part that is an attachment, too,
	// where no other calendar stands beside it.
	AttachedCalendars bool

	// Tasks makes a task of a message whose calendar holds one VTODO. By default such
	// a calendar is a file, as it is for Outlook.
	Tasks bool

	// Contacts makes an embedded contact of each part that is one vCard. By default
	// they are files, because a contact cannot hold all that a card can.
	Contacts bool

	// TimeZone is the zone of times in calendars that say none, and decides on which
	// day a task is due. Nil means UTC.
	TimeZone *time.Location

	// PlainFromHTML fills PidTagBody from the HTML of a message without a plain
	// text, and HTMLFromPlain fills PidTagHtml the other way. Both hide which
	// body is the original, so both are off by default.
	PlainFromHTML bool
	HTMLFromPlain bool

	// NoGenericHeaders keeps extension header fields out of the named
	// properties; they stay in the transport headers. (disableNewXHeaderMapping.)
	NoGenericHeaders bool

	// PromoteHeader, if not nil, is asked before an extension header field
	// becomes a named property. (headerPromotion.)
	PromoteHeader func(name string) bool

	// SuppressAutoReplies sets PidTagAutoResponseSuppress to OOF and AutoReply on
	// a message whose Auto-Submitted field is not "no", unless it has a value.
	SuppressAutoReplies bool

	// Embedded says that the message is a draft of a client: X-Unsent sets the
	// unsent flag. (IConverterSession: CCSF_EMBEDDED_MESSAGE.)
	Embedded bool

	// Resolver looks addresses up in an address book; nil means that none is.
	Resolver Resolver

	// Domains are the domains whose IMCEA-encapsulated addresses are opened.
	// (imceaResolveableDomain.)
	Domains []string

	// Now is the time of the conversion, the creation time of the message; zero
	// means that none is set, so that the same message gives the same object.
	Now time.Time

	// TempDir is where a message over 1 MiB is spooled; empty means [os.TempDir].
	TempDir string
}

// A Resolver is an address book.
type Resolver interface {
	// Resolve returns the entry with that SMTP address, or nil when there is
	// none. An error fails the conversion with reason [diag.IO].
	Resolve(ctx context.Context, smtp string) (*Entry, error)
}

// An Entry is what an address book knows of an address.
type Entry struct {
	DisplayName string
	DN          string // the X.500 distinguished name
	List        bool   // a distribution list
}

func (o *Options) maxBodyText() int64 {
	if o.MaxBodyText > 0 {
		return o.MaxBodyText
	}
	return DefaultMaxBodyText
}

func (o *Options) defaultCharset() *charset.Charset {
	if o.DefaultCharset == "" {
		return nil
	}
	return charset.Lookup(o.DefaultCharset)
}

// now returns the time of the conversion and whether there is one.
func (o *Options) now() (mapi.Time, bool) {
	if o.Now.IsZero() {
		return 0, false
	}
	return mapi.TimeOf(o.Now)
}
