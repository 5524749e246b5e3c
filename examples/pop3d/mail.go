package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/contentconv/contentconv/examples/store"
	"github.com/contentconv/contentconv/mailbox"
	"github.com/contentconv/contentconv/trace"
)

// mail is the store, and the policy that judges its messages.
type mail struct {
	store  *store.Store
	policy *mailbox.Policy
	trace  *trace.Dir // nil without tracing
	hashes sync.Map   // file -> string: hashes of files that have not changed
}

// A file names one state of a message's file.
type file struct {
	user, name string
	size       int64
	received   time.Time
}

func (m *mail) close() {
	if m.trace != nil {
		_ = m.trace.Close()
	}
	if m.store != nil {
		_ = m.store.Close()
	}
}

// A listing is a mailbox as it was judged.
type listing struct {
	messages []store.Message
	items    []mailbox.Item
	verdicts []mailbox.Verdict
}

// judge judges a user's mailbox.
func (m *mail) judge(ctx context.Context, user string) (*listing, error) {
	messages, err := m.store.Messages(user)
	if err != nil {
		return nil, err
	}
	l := &listing{messages: messages}
	for _, msg := range messages {
		l.items = append(l.items, m.item(user, msg))
	}
	l.verdicts, err = m.policy.Judge(ctx, l.items)
	return l, err
}

// item returns a message as an item of the policy. Its hash is remembered, so that
// a login does not read the whole mailbox.
func (m *mail) item(user string, msg store.Message) mailbox.Item {
	return &item{
		MsgFile: mailbox.MsgFile{
			Name:     msg.Name + ".msg",
			Received: msg.Received,
			Open:     func(context.Context) (mailbox.File, error) { return m.store.Open(user, msg.Name) },
		},
		hashes: &m.hashes,
		file:   file{user, msg.Name, msg.Size, msg.Received},
	}
}

type item struct {
	mailbox.MsgFile
	hashes *sync.Map
	file   file
}

// Key returns the hash of the file.
func (i *item) Key(ctx context.Context) (string, error) {
	if hash, ok := i.hashes.Load(i.file); ok {
		return hash.(string), nil
	}
	hash, err := i.MsgFile.Key(ctx)
	if err == nil {
		i.hashes.Store(i.file, hash)
	}
	return hash, err
}

// failed lists the messages of all users that cannot be converted.
func (m *mail) failed(ctx context.Context, w io.Writer) error {
	users, err := m.store.Users()
	if err != nil {
		return err
	}
	for _, user := range users {
		l, err := m.judge(ctx, user)
		if err != nil {
			return err
		}
		for i, v := range l.verdicts {
			if v.State != mailbox.Served {
				fmt.Fprintf(w, "%s %s %s %s\n", user, l.messages[i].Name, orDash(v.TraceID), v.Reason)
			}
		}
	}
	return nil
}

// fetch writes a message as it stands in the store.
func (m *mail) fetch(w io.Writer, user, name string) error {
	f, err := m.store.Open(user, name)
	if err != nil {
		return err
	}
	_, err = io.Copy(w, f)
	return errors.Join(err, f.Close())
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}
