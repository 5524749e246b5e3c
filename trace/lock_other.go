//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd || windows)

package trace

import (
	"errors"
	"os"
)

func tryLock(*os.File) (bool, error) { return false, errors.ErrUnsupported }
