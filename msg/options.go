package msg

import "github.com/contentconv/contentconv/limits"

// DefaultMaxMemory is the default of [ReadOptions.MaxMemory].
const DefaultMaxMemory = 256 << 20

// ReadOptions control reading. Nil and the zero value are the defaults. A value
// can be shared by any number of goroutines.
type ReadOptions struct {
	// Limits: MaxEmbeddedMessageDepth bounds messages within messages; the other
	// limits are those of conversions.
	Limits limits.Limits

	// CodePage is the Windows code page of all 8-bit strings, whatever the file
	// says. Zero means that the file decides.
	CodePage int

	// MaxMemory bounds, in bytes of the file, the property values, names and rows
	// that the message holds in memory; a file with more is [ErrTooLarge]. Binary
	// values over 1 MiB do not count: they are read whenever they are asked for.
	// Zero means [DefaultMaxMemory], -1 no bound but the size of the file.
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
	// Strict refuses, as [ErrStrict], a message that is not written whole: one
	// with a property that a file cannot hold, or with more recipients or
	// attachments than [MaxObjects]. The default leaves such a property out, and
	// writes all recipients and attachments, each with a diagnostic.
	Strict bool
	// Version is that of the compound file, 3 or 4. Zero means 3, or 4 for a file
	// that would pass 2 GiB.
	Version int
}
