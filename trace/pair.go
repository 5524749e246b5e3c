package trace

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"slices"
	"strings"
)

// A pair is a record that is ready to be written.
type pair struct {
	id      string
	message Content // nil if there is none
	size    int64   // of the message
	text    []byte
}

const (
	tempExt = ".tmp"
	textExt = ".txt"
)

// newPair does all that needs no lock: the size of encoded content, for one,
// can take a pass over it.
func newPair(ctx context.Context, r *Record) (*pair, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	p := &pair{id: r.ID, message: r.Message}
	if r.Message != nil {
		size, err := r.Message.Size(ctx)
		if err != nil {
			return nil, fmt.Errorf("trace: size of the message: %w", err)
		}
		if size < 0 {
			return nil, fmt.Errorf("trace: size of the message: %d", size)
		}
		p.size = size
	}
	p.text = report(r, p.size)
	return p, nil
}

// write writes p as a whole, or nothing of it.
func (f *folder) write(ctx context.Context, p *pair, max int64) error {
	used, err := f.settle()
	if err != nil {
		return err
	}
	for _, ext := range []string{textExt, f.ext} {
		name := p.id + ext
		if there, err := f.exists(name); err != nil {
			return err
		} else if there {
			return &ExistsError{tracingFolder + "/" + f.name + "/" + name}
		}
	}
	need := int64(len(p.text))
	if max >= 0 && p.size > max-used-need { // nothing is added up that could overflow
		return &FullError{f.name, used, need + min(p.size, math.MaxInt64-need), max}
	}
	return f.writeFiles(ctx, p)
}

// writeFiles writes the files under temporary names and renames them when both
// are whole. Whatever happens before that, a panic of the content's reader
// included, takes away what was made.
func (f *folder) writeFiles(ctx context.Context, p *pair) (err error) {
	var made []string // the text's file first
	defer func() {
		// The text's file goes last, so that a crash on the way leaves no message
		// without it.
		for _, name := range slices.Backward(made) {
			err = errors.Join(err, f.remove(name))
		}
	}()
	create := func(name string, fill func(io.Writer) error) error {
		file, err := f.root.OpenFile(name+tempExt, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if err != nil {
			return fmt.Errorf("trace: %w", err)
		}
		made = append(made, name+tempExt)
		return fillFile(file, fill)
	}
	if err := create(p.id+textExt, func(w io.Writer) error { return writeAll(w, p.text) }); err != nil {
		return err
	}
	if p.message != nil {
		if err := create(p.id+f.ext, func(w io.Writer) error { return p.copyMessage(ctx, w) }); err != nil {
			return err
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	// The text comes last: it is what one finds a record by.
	for i := len(made) - 1; i >= 0; i-- {
		name := strings.TrimSuffix(made[i], tempExt)
		if err := f.root.Rename(made[i], name); err != nil {
			return fmt.Errorf("trace: %w", err)
		}
		made[i] = name
	}
	made = nil
	f.sync()
	return nil
}

// fillFile writes, flushes and closes a new file.
func fillFile(file *os.File, fill func(io.Writer) error) (err error) {
	defer func() {
		if cerr := file.Close(); err == nil && cerr != nil {
			err = fmt.Errorf("trace: %w", cerr)
		}
	}()
	// A umask may have taken more than others' rights.
	if err := file.Chmod(0o600); err != nil {
		return fmt.Errorf("trace: %w", err)
	}
	if err := fill(file); err != nil {
		return err
	}
	if err := file.Sync(); err != nil {
		return fmt.Errorf("trace: %w", err)
	}
	return nil
}

func writeAll(w io.Writer, b []byte) error {
	if _, err := w.Write(b); err != nil {
		return fmt.Errorf("trace: %w", err)
	}
	return nil
}

// sync flushes the folder's names where the system can. The pair is whole
// already, so a failure is none of the record.
func (f *folder) sync() {
	if dir, err := f.root.Open("."); err == nil {
		_ = dir.Sync()
		_ = dir.Close()
	}
}

func (f *folder) remove(name string) error {
	if err := f.root.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("trace: %w", err)
	}
	return nil
}

func (f *folder) exists(name string) (bool, error) {
	_, err := f.root.Lstat(name)
	switch {
	case err == nil:
		return true, nil
	case errors.Is(err, fs.ErrNotExist):
		return false, nil
	}
	return false, fmt.Errorf("trace: %w", err)
}
