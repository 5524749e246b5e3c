//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package trace

import (
	"os"
	"syscall"
)

// tryLock takes an exclusive lock that belongs to the open file, and so excludes
// goroutines of this process as well as other processes. It reports false when
// another holds it.
func tryLock(f *os.File) (bool, error) {
	conn, err := f.SyscallConn()
	if err != nil {
		return false, err
	}
	var locked error
	err = conn.Control(func(fd uintptr) {
		for {
			locked = syscall.Flock(int(fd), syscall.LOCK_EX|syscall.LOCK_NB)
			if locked != syscall.EINTR {
				return
			}
		}
	})
	if err != nil {
		return false, err
	}
	if locked == syscall.EWOULDBLOCK {
		return false, nil
	}
	return locked == nil, locked
}
