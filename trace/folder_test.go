package trace

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// What is opened must be what was looked at: between the two, the name may have
// become that of another folder.
func TestSecureFolderExchanged(t *testing.T) {
	root, err := os.OpenRoot(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	other, err := os.Lstat(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	var unsafe *UnsafeError
	if err := secureFolder(root, other, "x"); !errors.As(err, &unsafe) || unsafe.Reason != "was exchanged while it was opened" {
		t.Errorf("error is %v", err)
	}
}

// A folder or lock file that lost its name while we waited for the lock is not
// written to.
func TestInPlace(t *testing.T) {
	for _, name := range []string{"", "InboundFailures", "InboundFailures/.lock"} {
		for _, again := range []bool{false, true} {
			dir := t.TempDir()
			d, err := NewDir(dir, nil)
			if err != nil {
				t.Fatal(err)
			}
			f, err := d.open(t.Context(), 0)
			if err != nil {
				t.Fatal(err)
			}
			if name != "" {
				path := filepath.Join(dir, tracingFolder, name)
				if err := os.Rename(path, path+".moved"); err != nil {
					t.Skip("an open file cannot be moved here:", err)
				}
			}
			if again {
				d2, err := NewDir(dir, &DirOptions{LockWait: time.Millisecond})
				if err != nil {
					t.Fatal(err)
				}
				if err := d2.Close(); err != nil {
					t.Error(err)
				}
			}
			ok, err := d.inPlace(f)
			if want := name == ""; ok != want || err != nil {
				t.Errorf("%q made again %t: %t, %v", name, again, ok, err)
			}
			if err := errors.Join(f.close(), d.Close()); err != nil {
				t.Error(err)
			}
		}
	}
}
