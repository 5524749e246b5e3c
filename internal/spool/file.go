package spool

import (
	"errors"
	"os"
)

// create makes a file of mode 0600 in dir and takes its name from the folder
// again where the system allows it, so that nothing remains after a crash.
func create(dir string) (*os.File, error) {
	f, err := os.CreateTemp(dir, "contentconv-*.tmp")
	if err != nil {
		return nil, err
	}
	if err := unlinkOpen(f.Name()); err != nil {
		f.Close()
		os.Remove(f.Name())
		return nil, err
	}
	return f, nil
}

// discard closes the file and removes it where it still has a name.
func discard(f *os.File) error {
	return errors.Join(f.Close(), removeClosed(f.Name()))
}
