package store_test

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/examples/store"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/msg"
)

func open(t *testing.T) (*store.Store, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "store")
	s, err := store.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s, dir
}

func message(subject string) *mapi.Message {
	m := new(mapi.Message)
	mapi.PidTagSubject.Set(&m.Properties, subject)
	return m
}

func TestDeliver(t *testing.T) {
	s, dir := open(t)
	if _, err := s.Deliver(t.Context(), "anna", message("early"), time.Now()); !errors.Is(err, store.ErrUser) {
		t.Errorf("no mailbox: %v", err)
	}
	if err := errors.Join(s.Create("anna"), s.Create("anna")); err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 1, 2, 3, 4, 5, 6, time.UTC)
	subjects := []string{"one", "two", "three"}
	for i, subject := range subjects {
		if _, err := s.Deliver(t.Context(), "anna", message(subject), now.Add(time.Duration(i))); err != nil {
			t.Fatal(err)
		}
	}
	messages, err := s.Messages("anna")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for i, m := range messages {
		if want := now.Add(time.Duration(i)); !m.Received.Equal(want) {
			t.Errorf("received %v, want %v", m.Received, want)
		}
		f, err := s.Open("anna", m.Name)
		if err != nil {
			t.Fatal(err)
		}
		size, err := f.Size()
		if err != nil || size != m.Size {
			t.Errorf("size %d, %v, want %d", size, err, m.Size)
		}
		res, err := msg.Read(t.Context(), f, size, nil)
		if err != nil {
			t.Fatal(err)
		}
		subject, _ := mapi.PidTagSubject.Get(&res.Message.Properties)
		got = append(got, subject)
		_ = f.Close()
	}
	if diff := cmp.Diff(subjects, got); diff != "" {
		t.Error(diff)
	}
	info, err := os.Stat(filepath.Join(dir, "anna", messages[0].Name+".msg"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if err := s.Remove("anna", messages[0].Name); err != nil {
		t.Fatal(err)
	}
	if messages, _ := s.Messages("anna"); len(messages) != 2 {
		t.Errorf("%d messages after one is removed", len(messages))
	}
	if users, err := s.Users(); err != nil || len(users) != 1 || users[0] != "anna" {
		t.Errorf("%q, %v", users, err)
	}
}

// A message that cannot be written leaves nothing behind.
func TestDeliverFails(t *testing.T) {
	s, dir := open(t)
	if err := s.Create("anna"); err != nil {
		t.Fatal(err)
	}
	m := message("broken")
	m.Attachments = append(m.Attachments, &mapi.Attachment{Content: broken{}})
	if _, err := s.Deliver(t.Context(), "anna", m, time.Now()); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("%v", err)
	}
	if names, _ := filepath.Glob(filepath.Join(dir, "anna", "*")); len(names) != 0 {
		t.Errorf("left behind: %q", names)
	}
}

func TestNamesStayInTheStore(t *testing.T) {
	s, _ := open(t)
	for _, user := range []string{"", ".", "..", "../x", "a/b", `a\b`, "a:b", ".hidden", "a\x00b"} {
		if err := s.Create(user); !errors.Is(err, store.ErrUser) {
			t.Errorf("%q: %v", user, err)
		}
		if _, err := s.Messages(user); !errors.Is(err, store.ErrUser) {
			t.Errorf("%q: %v", user, err)
		}
		if _, err := s.Open(user, "x"); err == nil {
			t.Errorf("%q can be opened", user)
		}
		if err := s.Remove("anna", "../"+user); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("../%q: %v", user, err)
		}
	}
}
