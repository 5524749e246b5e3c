package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// A task is one message to convert: a file, or the part of an mbox file from its
// From line to the next.
type task struct {
	file         string
	offset, size int64
	mbox         bool
	toMIME       bool   // a .msg file
	output       string // below the output folder, without extension
}

// name is how the message is called in the record of failures and the summary.
func (t *task) name() string {
	if t.mbox {
		return fmt.Sprintf("%s at %d", t.file, t.offset)
	}
	return t.file
}

var compoundFile = []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")

// tasks finds the messages of the inputs. Each input has its name in the output.
func tasks(ctx context.Context, inputs []string) (list []task, err error) {
	names := make(map[string]string)
	for _, input := range inputs {
		base := filepath.Base(filepath.Clean(input))
		if other, taken := names[base]; taken {
			return nil, fmt.Errorf("%s and %s have the same name in the output", other, input)
		}
		names[base] = input
		err := filepath.WalkDir(input, func(path string, e fs.DirEntry, err error) error {
			if err != nil || ctx.Err() != nil {
				return errors.Join(err, ctx.Err())
			}
			hidden := strings.HasPrefix(e.Name(), ".") && path != input
			if e.IsDir() && (hidden || e.Name() == "tmp") { // of a Maildir: not delivered yet
				return fs.SkipDir
			}
			if hidden || e.IsDir() || !regular(path, e) {
				return nil
			}
			rel, err := filepath.Rel(input, path)
			if err != nil {
				return err
			}
			found, err := tasksOf(path, filepath.Join(base, rel))
			list = append(list, found...)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return list, nil
}

// regular reports whether a path is a file, following links as a person would.
func regular(path string, e fs.DirEntry) bool {
	if e.Type()&fs.ModeSymlink == 0 {
		return e.Type().IsRegular()
	}
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// tasksOf returns the messages of one file.
func tasksOf(path, output string) ([]task, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	head := make([]byte, 8)
	n, err := io.ReadFull(f, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, err
	}
	head = head[:n]
	t := task{file: path, size: info.Size(), output: output, toMIME: bytes.Equal(head, compoundFile)}
	if !bytes.HasPrefix(head, []byte("From ")) {
		return []task{t}, nil
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	starts, err := fromLines(f)
	if err != nil || len(starts) == 1 && strings.HasSuffix(strings.ToLower(path), ".eml") {
		return []task{t}, err // a single message that kept its From line
	}
	list := make([]task, len(starts))
	for i, start := range starts {
		end := info.Size()
		if i+1 < len(starts) {
			end = starts[i+1]
		}
		list[i] = task{file: path, offset: start, size: end - start, mbox: true, output: filepath.Join(output, fmt.Sprintf("%06d", i+1))}
	}
	return list, nil
}
