package limits

import (
	"errors"
	"fmt"
)

// ErrExceeded is what every *[ExceededError] is, for [errors.Is].
var ErrExceeded = errors.New("limit exceeded")

// An ExceededError names the bound that a message passed.
type ExceededError struct {
	Name   string // the field of Limits
	Limit  int64  // its bound
	Actual int64  // what was found; where counting stops at the bound, the least it can be
}

func (e *ExceededError) Error() string {
	return fmt.Sprintf("%s is %d, the message has %d", e.Name, e.Limit, e.Actual)
}

// Is reports whether target is [ErrExceeded].
func (e *ExceededError) Is(target error) bool { return target == ErrExceeded }
