//go:build unix && !solaris && !illumos && !aix

package trace_test

import (
	"path/filepath"
	"syscall"
	"testing"

	"github.com/contentconv/contentconv/trace"
)

// A pipe in the place of the lock file is not opened, which could wait for ever.
func TestDirLockIsAPipe(t *testing.T) {
	root := t.TempDir()
	put(t, filepath.Join(root, inbound, "x"), "")
	if err := syscall.Mkfifo(filepath.Join(root, inbound, ".lock"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := trace.NewDir(root, nil)
	wantError[*trace.UnsafeError](t, err)
}
