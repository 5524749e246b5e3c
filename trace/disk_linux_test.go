package trace_test

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/trace"
)

// mountSmall mounts a file system of 64 KiB, or skips the test.
func mountSmall(t *testing.T) string {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Skip("only root can mount")
	}
	root := t.TempDir()
	if err := syscall.Mount("tmpfs", root, "tmpfs", 0, "size=64k"); err != nil {
		t.Skip("cannot mount:", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(root, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return root
}

func TestDirDiskFull(t *testing.T) {
	root := mountSmall(t)
	d := newDir(t, root, nil)
	err := d.Trace(t.Context(), failure(1, repeat(1<<20)))
	if !errors.Is(err, trace.ErrFull) || !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("error is %v", err)
	}
	if diff := cmp.Diff([]string{}, names(t, root)); diff != "" {
		t.Error(diff)
	}
	if err := d.Trace(t.Context(), failure(2, data("x"))); err != nil {
		t.Errorf("a message that fits: %v", err)
	}
}

func TestDirReadOnlyFileSystem(t *testing.T) {
	root := mountSmall(t)
	d := newDir(t, root, nil)
	if err := d.Trace(t.Context(), failure(1, data("x"))); err != nil {
		t.Fatal(err)
	}
	before := files(t, root)
	if err := syscall.Mount("", root, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Skip("cannot remount:", err)
	}
	err := d.Trace(t.Context(), failure(2, data("x")))
	if !errors.Is(err, syscall.EROFS) || errors.Is(err, trace.ErrFull) {
		t.Errorf("error is %v", err)
	}
	if diff := cmp.Diff(before, files(t, root)); diff != "" {
		t.Error(diff)
	}
	if _, err := trace.NewDir(filepath.Join(root, "new"), nil); !errors.Is(err, syscall.EROFS) {
		t.Errorf("NewDir: error is %v", err)
	}
}
