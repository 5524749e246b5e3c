package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"

	"github.com/contentconv/contentconv/diag"
)

// A record is the file of what failed, a line each: the message, the reason, the
// error. It keeps a later run from trying again.
type record struct {
	mu      sync.Mutex
	file    *os.File
	reasons map[string]string
	err     error
}

func openRecord(name string, retry bool) (*record, error) {
	r := &record{reasons: make(map[string]string)}
	flags := os.O_RDWR | os.O_CREATE | os.O_APPEND
	if retry {
		flags |= os.O_TRUNC
	}
	var err error
	if r.file, err = os.OpenFile(name, flags, 0o600); err != nil {
		return nil, err
	}
	lines := bufio.NewScanner(r.file)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		if fields := strings.SplitN(lines.Text(), "\t", 3); len(fields) == 3 { // an interrupted run may have left half a line
			r.reasons[fields[0]] = fields[1]
		}
	}
	return r, lines.Err()
}

func (r *record) failed(name string) (reason string, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	reason, ok = r.reasons[oneField(name)]
	return reason, ok
}

func (r *record) add(name, reason string, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	_, e := fmt.Fprintf(r.file, "%s\t%s\t%s\n", oneField(name), reason, oneField(err.Error()))
	r.err = errors.Join(r.err, e)
}

func (r *record) close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return errors.Join(r.err, r.file.Close())
}

// oneField keeps a text within its field.
func oneField(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7F {
			return ' '
		}
		return r
	}, s)
}

// reasonOf returns the class of a failure.
func reasonOf(err error) string {
	if e, ok := errors.AsType[*diag.Error](err); ok {
		return e.Reason.String()
	}
	return diag.IO.String()
}
