package tnef

import (
	"context"
	"errors"

	"github.com/contentconv/contentconv/internal/cfb"
	"github.com/contentconv/contentconv/internal/propfile"
)

// What an *[Error] is, for [errors.Is].
var (
	// ErrNotTNEF means that the data does not begin as a TNEF stream does.
	ErrNotTNEF = errors.New("not a TNEF stream")
	// ErrTooLarge means that a bound of the format or of the options is passed.
	ErrTooLarge = errors.New("too large")
	// ErrSize means that an attachment's content has not as many bytes as it said.
	ErrSize = cfb.ErrSize
	// ErrStrict means that [WriteOptions.Strict] refuses the message.
	ErrStrict = errors.New("the message does not fit the format")
	// ErrOption means that an option has an impossible value.
	ErrOption = errors.New("impossible option")
)

// An Error is the failure of reading or writing a stream. Its cause is one of the
// Err values of this package, a [limits.ExceededError], or what the source, the
// destination or an attachment's content returned; find it with [errors.Is] and
// [errors.As].
type Error struct {
	// Where names the object, such as "recipient 2 of attachment 0", counted from
	// zero and from the inside out; "" for the stream or its message.
	Where string
	Err   error // never nil
}

func (e *Error) Error() string {
	if e.Where == "" {
		return "tnef: " + e.Err.Error()
	}
	return "tnef: " + e.Where + ": " + e.Err.Error()
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// failed wraps err unless it is an *Error already.
func failed(where string, err error) *Error {
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return &Error{where, err}
}

// failure is failed, but for the error of the context, which it returns as it is.
func failure(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	e := failed("", err)
	if propfile.ContextError(ctx, err) {
		return e.Err
	}
	return e
}
