package msg

import (
	"errors"
	"io"

	"github.com/contentconv/contentconv/internal/cfb"
)

// What an *[Error] is, for [errors.Is].
var (
	// ErrNotCompound means that the data is no compound file.
	ErrNotCompound = cfb.ErrNotCompound
	// ErrNotMessage means that a compound file holds something else than a message.
	ErrNotMessage = errors.New("not a message file")
	// ErrCorrupt means that the container is damaged beyond reading.
	ErrCorrupt = cfb.ErrCorrupt
	// ErrTooLarge means that a bound of the format or of the options is passed.
	ErrTooLarge = cfb.ErrTooLarge
	// ErrSize means that an attachment's content has not as many bytes as it said.
	ErrSize = cfb.ErrSize
	// ErrStrict means that [WriteOptions.Strict] refuses the message.
	ErrStrict = errors.New("the message does not fit the format")
	// ErrOption means that an option has an impossible value.
	ErrOption = errors.New("impossible option")
)

// An Error is the failure of reading or writing a file. Its cause is one of the
// Err values of this package, a [limits.ExceededError], or what the file, the
// destination or an attachment's content returned; find it with [errors.Is] and
// [errors.As].
type Error struct {
	// Where names the object, such as "recipient 2 of attachment 0", by the
	// numbers of storages and from the inside out; "" for the file or its message.
	Where string
	Err   error // never nil
}

func (e *Error) Error() string {
	if e.Where == "" {
		return "msg: " + e.Err.Error()
	}
	return "msg: " + e.Where + ": " + e.Err.Error()
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// failed wraps err unless it is an *Error already.
func failed(where string, err error) error {
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return &Error{where, err}
}

// damage reports whether err is of the file's contents rather than of reading it.
func damage(err error) bool {
	return errors.Is(err, cfb.ErrTruncated) || errors.Is(err, io.EOF)
}
