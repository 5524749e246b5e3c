//go:build unix

package trace

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"
)

// modesHold says whether permission bits keep others out.
const modesHold = true

// foreign says why a file or folder is not ours, or "".
func foreign(info fs.FileInfo) string {
	st, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return "has no known owner"
	}
	if uid := os.Geteuid(); int64(st.Uid) != int64(uid) {
		return fmt.Sprintf("belongs to user %d instead of user %d", st.Uid, uid)
	}
	return ""
}

func diskFull(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT)
}
