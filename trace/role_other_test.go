//go:build !unix

package trace_test

import "errors"

func helperLimit(string) error { return errors.ErrUnsupported }
