package trace

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
)

// settle puts right what writers left that died, and returns the bytes of the
// files that are in the folder. Whoever holds the lock is the only writer, so
// every temporary file is a leftover.
func (f *folder) settle() (used int64, err error) {
	var temps []string
	err = f.each(func(name string, info fs.FileInfo) {
		if f.temporary(name) && info.Mode().IsRegular() {
			temps = append(temps, name)
		} else if !info.IsDir() {
			used += info.Size()
		}
	})
	if err != nil {
		return 0, err
	}
	// No name changes before all pairs are judged.
	whole := make([]bool, len(temps))
	for i, name := range temps {
		if whole[i], err = f.finished(name[:36]); err != nil {
			return 0, err
		}
	}
	for i, name := range temps {
		n, err := f.settleFile(name, whole[i])
		if err != nil {
			return 0, err
		}
		used += n
	}
	return used, nil
}

// settleFile removes a temporary file, or gives it its name when its pair is
// whole; then it returns the file's size.
func (f *folder) settleFile(temp string, whole bool) (int64, error) {
	final := strings.TrimSuffix(temp, tempExt)
	there, err := f.exists(final)
	if err != nil {
		return 0, err
	}
	if !whole || there {
		return 0, f.remove(temp)
	}
	if err := f.root.Rename(temp, final); err != nil {
		return 0, fmt.Errorf("trace: %w", err)
	}
	info, err := f.root.Lstat(final)
	if err != nil {
		return 0, fmt.Errorf("trace: %w", err)
	}
	return info.Size(), nil
}

// finished reports whether one file of a pair has its final name. That happens
// only once both files are whole.
func (f *folder) finished(id string) (bool, error) {
	there, err := f.exists(id + textExt)
	if there || err != nil {
		return there, err
	}
	return f.exists(id + f.ext)
}

// temporary reports whether name is one that this package gives to a file that
// is being written.
func (f *folder) temporary(name string) bool {
	if len(name) < 36 || !validID(name[:36]) {
		return false
	}
	return name[36:] == textExt+tempExt || name[36:] == f.ext+tempExt
}

// each calls do for every entry. It asks the root about it, not the entry, which
// would go by a path.
func (f *folder) each(do func(name string, info fs.FileInfo)) error {
	dir, err := f.root.Open(".")
	if err != nil {
		return fmt.Errorf("trace: %w", err)
	}
	defer dir.Close()
	for {
		entries, err := dir.ReadDir(256)
		for _, e := range entries {
			info, err := f.root.Lstat(e.Name())
			if errors.Is(err, fs.ErrNotExist) {
				continue // moved away just now
			}
			if err != nil {
				return fmt.Errorf("trace: %w", err)
			}
			do(e.Name(), info)
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("trace: %w", err)
		}
	}
}
