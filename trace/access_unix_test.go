//go:build unix

package trace_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/trace"
)

func TestDirModes(t *testing.T) {
	for _, umask := range []int{0, 0o022, 0o777} {
		t.Run(fmt.Sprintf("umask %#o", umask), func(t *testing.T) {
			root := t.TempDir()
			old := syscall.Umask(umask)
			d, err := trace.NewDir(root, nil)
			if err == nil {
				err = d.Trace(t.Context(), failure(1, data("x")))
			}
			syscall.Umask(old)
			if err != nil {
				t.Fatal(err)
			}
			if err := d.Close(); err != nil {
				t.Error(err)
			}
			checkModes(t, root)
		})
	}
}

func checkModes(t *testing.T, root string) {
	t.Helper()
	seen := 0
	err := filepath.WalkDir(filepath.Join(root, "ContentConversionTracing"), func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		want := fs.FileMode(0o600)
		if e.IsDir() {
			want = 0o700
		}
		seen++
		if got := info.Mode().Perm(); got != want {
			t.Errorf("%s has mode %v, want %v", e.Name(), got, want)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if seen != 7 {
		t.Errorf("%d files and folders", seen)
	}
}

func TestDirTightensFolders(t *testing.T) {
	root := t.TempDir()
	for _, name := range []string{"ContentConversionTracing", inbound} {
		if err := os.Mkdir(filepath.Join(root, name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(filepath.Join(root, name), 0o777); err != nil {
			t.Fatal(err)
		}
	}
	d := newDir(t, root, nil)
	if err := os.Chmod(filepath.Join(root, inbound), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := d.Trace(t.Context(), failure(1, data("x"))); err != nil {
		t.Fatal(err)
	}
	checkModes(t, root)
}

func TestDirOtherOwner(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root can give files away")
	}
	for _, name := range []string{"ContentConversionTracing", inbound, inbound + "/.lock"} {
		t.Run(name, func(t *testing.T) {
			root := t.TempDir()
			d := newDir(t, root, nil)
			if err := os.Lchown(filepath.Join(root, name), 12345, -1); err != nil {
				t.Fatal(err)
			}
			e := wantError[*trace.UnsafeError](t, d.Trace(t.Context(), failure(1, data("x"))))
			if e.Name != name || e.Reason != "belongs to user 12345 instead of user 0" {
				t.Errorf("error is %v", e)
			}
			if diff := cmp.Diff([]string{}, names(t, root)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// No link is followed: not to the outside, not within the root, not to nowhere.
func TestDirSymlinks(t *testing.T) {
	places := []struct {
		name   string // where the link stands
		unsafe bool
	}{
		{"ContentConversionTracing", true},
		{inbound, true},
		{inbound + "/.lock", true},
		{inbound + "/" + guid(1) + ".eml", false},
		{inbound + "/" + guid(1) + ".txt", false},
		{inbound + "/" + guid(1) + ".eml.tmp", false},
		{inbound + "/" + guid(1) + ".txt.tmp", false},
	}
	targets := map[string]func(root string) string{
		"outside": func(root string) string { return root + "-outside" },
		"inside":  func(string) string { return "inside" },
		"nowhere": func(string) string { return "nowhere" },
	}
	for _, p := range places {
		for name, target := range targets {
			t.Run(p.name+" to "+name, func(t *testing.T) {
				root := filepath.Join(t.TempDir(), "root")
				link := filepath.Join(root, p.name)
				dirs := []string{root + "-outside", filepath.Join(filepath.Dir(link), "inside")}
				for _, dir := range dirs {
					put(t, filepath.Join(dir, "victim"), "victim")
				}
				if err := os.Symlink(target(root), link); err != nil {
					t.Fatal(err)
				}
				d, err := trace.NewDir(root, nil)
				if err == nil {
					defer d.Close()
					err = d.Trace(t.Context(), failure(1, data("x")))
				}
				if err == nil {
					t.Fatal("no error")
				}
				if p.unsafe {
					wantError[*trace.UnsafeError](t, err)
				}
				for _, dir := range dirs {
					entries, err := os.ReadDir(dir)
					if err != nil || len(entries) != 1 {
						t.Errorf("%s: %v, %v", dir, entries, err)
					}
				}
				if got, err := os.Readlink(link); err != nil || got != target(root) {
					t.Errorf("link is %q, %v", got, err)
				}
				if _, err := os.Lstat(filepath.Join(filepath.Dir(link), "nowhere")); !errors.Is(err, fs.ErrNotExist) {
					t.Errorf("a file was made through the link: %v", err)
				}
			})
		}
	}
}

// A link that comes while the Dir is open is refused as well.
func TestDirSymlinkLater(t *testing.T) {
	root, elsewhere := t.TempDir(), t.TempDir()
	d := newDir(t, root, nil)
	folder := filepath.Join(root, inbound)
	if err := os.Rename(folder, folder+".old"); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(elsewhere, folder); err != nil {
		t.Fatal(err)
	}
	e := wantError[*trace.UnsafeError](t, d.Trace(t.Context(), failure(1, data("x"))))
	if e.Name != inbound || e.Reason != "is not a folder: a symbolic link" {
		t.Errorf("error is %v", e)
	}
	if diff := cmp.Diff([]string{}, names(t, elsewhere)); diff != "" {
		t.Error(diff)
	}
}

func TestDirRootIsALink(t *testing.T) {
	root := t.TempDir()
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(root, link); err != nil {
		t.Fatal(err)
	}
	d := newDir(t, link, nil)
	if err := d.Trace(t.Context(), failure(1, data("x"))); err != nil {
		t.Fatal(err)
	}
	if n := len(files(t, root)); n != 2 {
		t.Errorf("%d files", n)
	}
}

func TestDirPlaceTaken(t *testing.T) {
	for _, name := range []string{"ContentConversionTracing", inbound} {
		root := t.TempDir()
		put(t, filepath.Join(root, name), "a file")
		_, err := trace.NewDir(root, nil)
		if e := wantError[*trace.UnsafeError](t, err); e.Name != name {
			t.Errorf("error is %v", e)
		}
	}
}

func TestDirReadOnlyFolder(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("modes do not bind root; TestDirReadOnlyFileSystem does")
	}
	root := t.TempDir()
	d := newDir(t, root, nil)
	folder := filepath.Join(root, inbound)
	if err := os.Chmod(folder, 0o500); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(folder, 0o700) })
	if err := d.Trace(t.Context(), failure(1, data("x"))); !errors.Is(err, fs.ErrPermission) {
		t.Errorf("error is %v", err)
	}
	if diff := cmp.Diff([]string{}, names(t, root)); diff != "" {
		t.Error(diff)
	}
}

// helperLimit traces a message that is larger than the system lets a file be.
func helperLimit(root string) error {
	limit := syscall.Rlimit{Cur: 64 << 10, Max: 64 << 10}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		return err
	}
	d, err := trace.NewDir(root, nil)
	if err != nil {
		return err
	}
	err = d.Trace(context.Background(), failure(1, repeat(1<<20)))
	if !errors.Is(err, syscall.EFBIG) {
		return fmt.Errorf("error is %v", err)
	}
	return d.Close()
}

func TestDirWriteFails(t *testing.T) {
	root := t.TempDir()
	if out, err := helper(t, "limit", root).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if diff := cmp.Diff([]string{}, names(t, root)); diff != "" {
		t.Error(diff)
	}
}
