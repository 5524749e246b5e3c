package trace

import (
	"errors"
	"os"
	"syscall"
	"unsafe"
)

var lockFileEx = syscall.NewLazyDLL("kernel32.dll").NewProc("LockFileEx")

const (
	lockfileFailImmediately = 1
	lockfileExclusiveLock   = 2

	errorHandleDiskFull syscall.Errno = 39
	errorLockViolation  syscall.Errno = 33
	errorDiskFull       syscall.Errno = 112
)

// tryLock takes an exclusive lock on the first byte, which need not exist. It
// reports false when another handle holds it.
func tryLock(f *os.File) (bool, error) {
	conn, err := f.SyscallConn()
	if err != nil {
		return false, err
	}
	var locked uintptr
	var lockErr error
	err = conn.Control(func(fd uintptr) {
		var at syscall.Overlapped
		locked, _, lockErr = lockFileEx.Call(fd, lockfileExclusiveLock|lockfileFailImmediately,
			0, 1, 0, uintptr(unsafe.Pointer(&at)))
	})
	if err != nil {
		return false, err
	}
	if locked != 0 {
		return true, nil
	}
	if errors.Is(lockErr, errorLockViolation) {
		return false, nil
	}
	return false, lockErr
}

func diskFull(err error) bool {
	return errors.Is(err, errorDiskFull) || errors.Is(err, errorHandleDiskFull)
}
