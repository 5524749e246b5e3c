package trace

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// A folder is one of the two folders, open and locked.
type folder struct {
	root *os.Root
	name string // "InboundFailures" or "OutboundFailures"
	ext  string // of messages
	lock *os.File
}

const lockName = ".lock"

// open opens the folder, which it makes when needed, and takes its lock. What
// was opened is compared with what stands under its name once the lock is held,
// so that a folder that was moved away while we waited is not written to.
func (d *Dir) open(ctx context.Context, dir direction) (*folder, error) {
	for {
		f, err := d.openOnce(ctx, dir)
		if err != nil {
			return nil, err
		}
		ok, err := d.inPlace(f)
		if ok {
			return f, nil
		}
		if err := errors.Join(err, f.close()); err != nil {
			return nil, err
		}
	}
}

func (d *Dir) openOnce(ctx context.Context, dir direction) (*folder, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	top, err := openFolder(d.root, tracingFolder, tracingFolder)
	if err != nil {
		return nil, err
	}
	defer top.Close()
	f := &folder{name: folderNames[dir].name, ext: folderNames[dir].ext}
	if f.root, err = openFolder(top, f.name, tracingFolder+"/"+f.name); err != nil {
		return nil, err
	}
	if f.lock, err = openLock(f.root, tracingFolder+"/"+f.name+"/"+lockName); err != nil {
		return nil, errors.Join(err, f.root.Close())
	}
	if err := waitLock(ctx, f.lock); err != nil {
		return nil, errors.Join(err, f.lock.Close(), f.root.Close())
	}
	return f, nil
}

// inPlace reports whether f and its lock file are still those that their names
// lead to.
func (d *Dir) inPlace(f *folder) (bool, error) {
	held, err := f.root.Stat(".")
	if err != nil {
		return false, fmt.Errorf("trace: %w", err)
	}
	lock, err := f.lock.Stat()
	if err != nil {
		return false, fmt.Errorf("trace: %w", err)
	}
	folderNow, err1 := d.root.Lstat(tracingFolder + "/" + f.name)
	lockNow, err2 := f.root.Lstat(lockName)
	for _, err := range []error{err1, err2} {
		if errors.Is(err, fs.ErrNotExist) {
			return false, nil
		}
		if err != nil {
			return false, fmt.Errorf("trace: %w", err)
		}
	}
	return os.SameFile(held, folderNow) && os.SameFile(lock, lockNow), nil
}

// close drops the lock, as the system does with its last handle.
func (f *folder) close() error { return errors.Join(f.lock.Close(), f.root.Close()) }

// openFolder opens the folder name of parent without following a link, makes it
// when it does not exist, and sees to its mode. path is for messages.
func openFolder(parent *os.Root, name, path string) (*os.Root, error) {
	err := parent.Mkdir(name, 0o700)
	switch {
	case err == nil:
		// A umask may have taken rights that opening the folder needs.
		err = parent.Chmod(name, 0o700)
	case errors.Is(err, fs.ErrExist):
		err = nil
	}
	if err != nil {
		return nil, fmt.Errorf("trace: %w", err)
	}
	named, err := parent.Lstat(name)
	if err != nil {
		return nil, fmt.Errorf("trace: %w", err)
	}
	if !named.IsDir() {
		return nil, &UnsafeError{path, "is not a folder: " + fileType(named)}
	}
	sub, err := parent.OpenRoot(name)
	if err != nil {
		return nil, fmt.Errorf("trace: %w", err)
	}
	if err := secureFolder(sub, named, path); err != nil {
		return nil, errors.Join(err, sub.Close())
	}
	return sub, nil
}

// secureFolder checks that sub is the folder that named describes and that it
// belongs to us, and makes it ours alone. It works on the open folder, which
// nobody can exchange any more.
func secureFolder(sub *os.Root, named fs.FileInfo, path string) error {
	f, err := sub.Open(".")
	if err != nil {
		return fmt.Errorf("trace: %w", err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return fmt.Errorf("trace: %w", err)
	}
	if !os.SameFile(info, named) {
		return &UnsafeError{path, "was exchanged while it was opened"}
	}
	if reason := foreign(info); reason != "" {
		return &UnsafeError{path, reason}
	}
	if modesHold && info.Mode().Perm()&^0o700 != 0 {
		if err := f.Chmod(0o700); err != nil {
			return fmt.Errorf("trace: %w", err)
		}
	}
	return nil
}

// openLock opens the lock file, which must be one of ours, and makes it when it
// does not exist.
func openLock(root *os.Root, path string) (*os.File, error) {
	f, err := root.OpenFile(lockName, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err == nil {
		if err := f.Chmod(0o600); err != nil {
			return nil, errors.Join(fmt.Errorf("trace: %w", err), f.Close())
		}
		return f, nil
	}
	if !errors.Is(err, fs.ErrExist) {
		return nil, fmt.Errorf("trace: %w", err)
	}
	named, err := root.Lstat(lockName)
	if err != nil {
		return nil, fmt.Errorf("trace: %w", err)
	}
	if !named.Mode().IsRegular() {
		return nil, &UnsafeError{path, "is not a file: " + fileType(named)}
	}
	if reason := foreign(named); reason != "" {
		return nil, &UnsafeError{path, reason}
	}
	if f, err = root.OpenFile(lockName, os.O_RDWR, 0); err != nil {
		return nil, fmt.Errorf("trace: %w", err)
	}
	info, err := f.Stat()
	if err != nil {
		return nil, errors.Join(fmt.Errorf("trace: %w", err), f.Close())
	}
	if !os.SameFile(info, named) {
		return nil, errors.Join(&UnsafeError{path, "was exchanged while it was opened"}, f.Close())
	}
	return f, nil
}

func fileType(info fs.FileInfo) string {
	switch m := info.Mode(); {
	case m&fs.ModeSymlink != 0:
		return "a symbolic link"
	case m.IsRegular():
		return "a file"
	case m.IsDir():
		return "a folder"
	default:
		return "of type " + m.Type().String()
	}
}
