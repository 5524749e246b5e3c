package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"strconv"
	"strings"

	"github.com/contentconv/contentconv/examples/store"
	"github.com/contentconv/contentconv/mailbox"
)

// A maildrop is the mailbox as a session sees it: numbered from 1 without those
// that are hidden, and the same until the session ends.
type maildrop struct{ entries []*entry }

type entry struct {
	number  int
	message store.Message
	item    mailbox.Item
	verdict mailbox.Verdict
	deleted bool
}

func newMaildrop(l *listing) *maildrop {
	d := new(maildrop)
	for i, v := range l.verdicts {
		if v.State != mailbox.Hidden {
			d.entries = append(d.entries, &entry{
				number:  len(d.entries) + 1,
				message: l.messages[i],
				item:    l.items[i],
				verdict: v,
			})
		}
	}
	return d
}

// uid is the unique id of a message: its name in the store, which it has for good,
// whatever becomes of the others.
func (e *entry) uid() string {
	const most = 70 // RFC 1939, section 7
	if len(e.message.Name) <= most && !strings.ContainsFunc(e.message.Name, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return e.message.Name
	}
	sum := sha256.Sum256([]byte(e.message.Name))
	return hex.EncodeToString(sum[:16])
}

func (d *maildrop) stat() (n int, octets int64) {
	for _, e := range d.entries {
		if !e.deleted {
			n++
			octets += e.verdict.Size
		}
	}
	return n, octets
}

func (d *maildrop) reset() {
	for _, e := range d.entries {
		e.deleted = false
	}
}

func (d *maildrop) deleted() (gone []*entry) {
	for _, e := range d.entries {
		if e.deleted {
			gone = append(gone, e)
		}
	}
	return gone
}

// entry returns the message that the first of so many arguments names.
func (d *maildrop) entry(args []string, count int) (*entry, error) {
	if len(args) != count {
		return nil, reply("wrong number of arguments")
	}
	n, err := number(args[0], 1)
	if err != nil {
		return nil, err
	}
	if n > len(d.entries) || d.entries[n-1].deleted {
		return nil, reply("no such message")
	}
	return d.entries[n-1], nil
}

func number(s string, least int) (int, error) {
	n, err := strconv.Atoi(s)
	if err != nil || n < least {
		return 0, reply("no such number")
	}
	return n, nil
}

// A topWriter passes on the header, the blank line and so many lines of the body.
// The rest it takes and drops: a conversion whose writer fails is a failed one.
type topWriter struct {
	w     io.Writer
	lines int
	body  bool
	begun bool // the line so far is of the header
}

func (t *topWriter) Write(p []byte) (int, error) {
	n := len(p)
	keep := p[:0:0]
	for len(p) > 0 && (!t.body || t.lines > 0) {
		line, whole := p, false
		if i := bytes.IndexByte(p, '\n'); i >= 0 {
			line, whole = p[:i+1], true
		}
		p = p[len(line):]
		keep = append(keep, line...)
		t.endOf(line, whole)
	}
	if _, err := t.w.Write(keep); err != nil {
		return 0, err
	}
	return n, nil
}

// endOf counts a piece of a line.
func (t *topWriter) endOf(line []byte, whole bool) {
	t.begun = t.begun || len(bytes.TrimRight(line, "\r\n")) > 0
	if !whole {
		return
	}
	switch {
	case t.body:
		t.lines--
	case !t.begun:
		t.body = true
	}
	t.begun = false
}
