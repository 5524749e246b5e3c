package mimescan

import (
	"strconv"
	"strings"

	"github.com/contentconv/contentconv/internal/mimeparam"
	"github.com/contentconv/contentconv/internal/transfer"
)

// An Entity is one node of the MIME tree (RFC 2045 2.4): a message, a
// multipart, or a part. It holds places in the source, never a body.
type Entity struct {
	// Path is the place of the entity's header block: "" for the root, "1",
	// "2", "2.3" for parts, by the section numbers of IMAP (RFC 3501 6.4.5). The
	// root of an embedded message has the [Entity.Section] of the part that
	// holds it, and its parts continue that number. Beyond fifty
	// levels the number is shortened, still unique, as in "1.1.1~4711".
	Path string
	// Header is the header block.
	Header Header
	// Start, Body and End are offsets in the source: the first byte of the
	// header block, the first of the body, and the first after the body. The
	// line end before a delimiter belongs to the delimiter. Of a multipart the
	// body runs to the end of its epilogue.
	Start, Body, End int64
	// ContentType is the media type that counts: the first Content-Type field,
	// or the default where there is none that can be used: text/plain, or
	// message/rfc822 in a multipart/digest. A multipart without structure became
	// text/plain, see DeclaredType.
	ContentType mimeparam.Value
	// DeclaredType is the Content-Type of a multipart in which no boundary was
	// found, and whose body is therefore read as one text; else the zero value.
	DeclaredType mimeparam.Value
	// DefaultType is true when no Content-Type field could be used.
	DefaultType bool
	// Encoding is the transfer encoding. That of a multipart counts for nothing.
	Encoding transfer.Encoding
	// Multipart is true for a multipart whose delimiters were found; its
	// Children are its parts. A multipart/* that is nested too deeply is a leaf
	// and keeps its type.
	Multipart bool
	// Parent is the multipart, or the message/rfc822 part, that holds the
	// entity; nil for the root of the scan.
	Parent *Entity
	// Children are the parts of a multipart.
	Children []*Entity
	// Message is the root entity of the embedded message, when the entity is a
	// message (message/rfc822, message/global or message/news) that no transfer
	// encoding hides.
	Message *Entity

	// stray is where fields that can be of the body begin, if any.
	stray        stray
	unterminated bool // no empty line ends the header block

	root    bool
	home    *Entity // the root of the message that the entity belongs to
	ordinal int64   // in the order of the source, from 1
	depth   int64   // of messages within messages
	level   int     // of entities within entities
}

// IsRoot reports whether the entity is the root of a message: of the one that
// was scanned or of an embedded one.
func (e *Entity) IsRoot() bool { return e.root }

// Leaf reports whether the entity has a body of its own: it is no multipart and
// holds no embedded message that was scanned.
func (e *Entity) Leaf() bool { return !e.Multipart && e.Message == nil }

// Size is the length of the body in the source, in bytes.
func (e *Entity) Size() int64 { return e.End - e.Body }

// Section is the number that the entity's body has in IMAP (RFC 3501 6.4.5):
// Path, except that the body of a message that is no multipart is the message's
// part 1. It is "" for a root that is a multipart.
func (e *Entity) Section() string {
	if e.root && !e.Multipart {
		return e.childPath(1, e.ordinal)
	}
	return e.Path
}

// maxPathLevels bounds the numbers in a path, so that the paths of a message
// with n levels don't take n*n bytes.
const maxPathLevels = 50

// childPath is the path of the n-th entity below e.
func (e *Entity) childPath(n int, ordinal int64) string {
	if e.level >= maxPathLevels {
		base, _, _ := strings.Cut(e.Path, "~")
		return base + "~" + strconv.FormatInt(ordinal, 10)
	}
	if e.Path == "" {
		return strconv.Itoa(n)
	}
	return e.Path + "." + strconv.Itoa(n)
}

// Walk visits e and everything below it, in the order of the source. Where
// visit returns false, what is below that entity is left out.
func (e *Entity) Walk(visit func(*Entity) bool) {
	stack := []*Entity{e}
	for len(stack) > 0 {
		e := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if !visit(e) {
			continue
		}
		if e.Message != nil {
			stack = append(stack, e.Message)
		}
		for i := len(e.Children) - 1; i >= 0; i-- {
			stack = append(stack, e.Children[i])
		}
	}
}
