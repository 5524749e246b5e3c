package tnef

import (
	"github.com/contentconv/contentconv/limits"
	"github.com/contentconv/contentconv/mapi"
)

// DefaultMaxMemory is the default of [ReadOptions.MaxMemory].
const DefaultMaxMemory = 256 << 20

// ReadOptions control reading. Nil and the zero value are the defaults. A value
// can be shared by any number of goroutines.
type ReadOptions struct {
	// Limits: MaxEmbeddedMessageDepth bounds messages within messages; the other
	// limits are those of conversions.
	Limits limits.Limits

	// Depth is the number of messages that the stream's message is in already; it
	// counts against MaxEmbeddedMessageDepth.
	Depth int64

	// CodePage is the Windows code page of all 8-bit strings, whatever the stream
	// says. Zero means that the stream decides.
	CodePage int

	// Trusted lets properties pass that make a client act ([mapi.ActsOnClient]).
	Trusted bool

	// MaxMemory bounds, in bytes of the stream, the property values, names and rows
	// that the message holds in memory; a stream with more is [ErrTooLarge]. Binary
	// values over 1 MiB do not count: they are read whenever they are asked for.
	// Zero means [DefaultMaxMemory], -1 no bound but the size of the stream.
	MaxMemory int64
}

func (o *ReadOptions) maxMemory() int64 {
	switch {
	case o.MaxMemory == 0:
		return DefaultMaxMemory
	case o.MaxMemory < 0:
		return 1<<63 - 1
	}
	return o.MaxMemory
}

// WriteOptions control writing. Nil and the zero value are the defaults. A value
// can be shared by any number of goroutines.
type WriteOptions struct {
	// Strict refuses, as [ErrStrict], a message with a property that a stream
	// cannot hold. The default leaves it out, with a diagnostic.
	Strict bool

	// Standalone writes a stream that no Internet message accompanies: it has the
	// recipients and the status of the outermost message, too.
	Standalone bool

	// CodePage is the Windows code page of the 8-bit attributes, which matter to
	// readers that know no properties. Zero means 1252, or the message's own code
	// page where 1252 lacks characters of the text.
	CodePage int

	// Key is the number in the stream's header. Zero means 1.
	Key uint16

	// CorrelationKey ties the stream to the Internet message that carries it, whose
	// header field X-MS-TNEF-Correlator has the same text: see [Correlate]. ""
	// means the message's own key, or else its PidTagInternetMessageId.
	CorrelationKey string

	// Exclude, if not nil, tells of further properties that are not to be written,
	// at any depth. It is called for those of messages, recipients and attachments.
	Exclude func(mapi.Property) bool
}
