package cfb

import (
	"errors"
	"fmt"
	"io"
)

// What an *[Error] is, for [errors.Is].
var (
	// ErrNotCompound means that the data does not begin with the signature.
	ErrNotCompound = errors.New("not a compound file")
	// ErrCorrupt means that the file breaks the format beyond reading.
	ErrCorrupt = errors.New("corrupt compound file")
	// ErrTruncated means that a stream has fewer bytes than its directory entry
	// says. It is [ErrCorrupt] and [io.ErrUnexpectedEOF] as well.
	ErrTruncated = fmt.Errorf("%w: stream cut short: %w", ErrCorrupt, io.ErrUnexpectedEOF)
	// ErrTooLarge means that a bound on size or number would be passed.
	ErrTooLarge = errors.New("compound file too large")
	// ErrTree means that a tree cannot be written: a name that the format does
	// not allow, a name twice in one storage, a stream with children.
	ErrTree = errors.New("invalid compound file tree")
	// ErrSize means that a content wrote another number of bytes than its Size.
	ErrSize = errors.New("content does not have its size")
)

// An Error says what is wrong with a compound file.
type Error struct {
	Where string // the header, a table, a directory entry, a stream
	Msg   string // what was found there, and the bound it breaks
	Kind  error  // one of the package's Err values; never nil
}

func (e *Error) Error() string { return "cfb: " + e.Where + ": " + e.Msg }

// Unwrap returns the kind.
func (e *Error) Unwrap() error { return e.Kind }

func corrupt(where, format string, args ...any) *Error {
	return &Error{where, fmt.Sprintf(format, args...), ErrCorrupt}
}

// sourceError wraps a failure of the source, which is no fault of the format.
// An early end is one that the caller did not announce by its size.
func sourceError(where string, err error) error {
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return fmt.Errorf("cfb: %s: %w", where, err)
}
