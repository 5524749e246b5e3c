package spool

import (
	"errors"
	"fmt"
)

// ErrChanged is what every *[ChangedError] is, for [errors.Is].
var ErrChanged = errors.New("source changed size")

// A ChangedError tells that a source ended before the size it was given with.
type ChangedError struct {
	Size int64 // what was promised
	At   int64 // where the source ended, or an offset beyond its end
}

func (e *ChangedError) Error() string {
	return fmt.Sprintf("source changed size: it was %d bytes, reading found its end by offset %d", e.Size, e.At)
}

// Is reports whether target is [ErrChanged].
func (e *ChangedError) Is(target error) bool { return target == ErrChanged }
