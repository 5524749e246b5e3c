package mimescan

import "github.com/contentconv/contentconv/diag"

// Options bound a scan. The zero value is not ready for use, because zero is a
// bound like any other; [Defaults] is.
type Options struct {
	// MaxParts bounds the entities of the tree, MaxBodyPartsTotal of the
	// limits: the root, multiparts, embedded messages and their parts each count
	// one. Negative is none.
	MaxParts int64
	// MaxMessageDepth bounds messages within messages, MaxEmbeddedMessageDepth
	// of the limits. Negative is none.
	MaxMessageDepth int64
	// PartsBefore and DepthBefore continue the counts of an outer scan, when
	// the source is an embedded message that had to be decoded: the entities
	// counted so far, and the depth of this message.
	PartsBefore, DepthBefore int64
	// MaxMultipartDepth bounds multiparts within multiparts of one message;
	// one that is deeper is kept as a leaf, with a diagnostic. Zero or less is
	// [DefaultMultipartDepth].
	MaxMultipartDepth int
	// MaxHeader bounds one header block, in bytes; what is beyond is dropped,
	// with a diagnostic. All blocks together may have four times as much. Zero or
	// less is [DefaultHeader].
	MaxHeader int64
	// Path is the path of the root, for a message that an outer scan found:
	// the section of the part that holds it.
	Path string
	// Record, if not nil, is told of every defect.
	Record func(code diag.Code, part, header, detail string)

	// chunk is how much is read at once, for tests; 0 is the default.
	chunk int
}

// Defaults of [Options].
const (
	DefaultMultipartDepth = 100
	DefaultHeader         = 16 << 20
)

// Defaults returns options without bounds on parts and depth.
func Defaults() Options {
	return Options{MaxParts: -1, MaxMessageDepth: -1}
}
