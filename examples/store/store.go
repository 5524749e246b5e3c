// Package store is the mail store of the examples: a folder for each user, with
// one .msg file for each message. Names of files begin with the time of arrival,
// so that their order is that of the mailbox.
package store

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/msg"
)

const (
	extension = ".msg"
	// arrival is the beginning of a file's name: the time in UTC.
	arrival = "20060102T150405.000000000Z"
)

// ErrUser is the error of a user that cannot have a mailbox.
var ErrUser = errors.New("no such user")

// A Store is a folder with mailboxes. Any number of goroutines and processes can
// use one.
type Store struct{ root *os.Root }

// Open returns the store in dir, which is made with mode 0700 if it is not there.
func Open(dir string) (*Store, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	return &Store{root}, nil
}

// Close closes the store.
func (s *Store) Close() error { return s.root.Close() }

// A Message is a file of a mailbox.
type Message struct {
	// Name is the file's name without its extension; nothing else ever has it.
	Name     string
	Size     int64
	Received time.Time
}

// Create makes the mailbox of a user, if it is not there.
func (s *Store) Create(user string) error {
	if !validUser(user) {
		return fmt.Errorf("%w: %q", ErrUser, user)
	}
	if err := s.root.Mkdir(user, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return nil
}

// Deliver writes m to a user's mailbox, which must be there. The file appears when
// it is whole and on the disk.
func (s *Store) Deliver(ctx context.Context, user string, m *mapi.Message, now time.Time) (name string, err error) {
	if _, err := s.stat(user); err != nil {
		return "", err
	}
	name = now.UTC().Format(arrival) + "-" + randomHex()
	tmp := path.Join(user, "."+name)
	f, err := s.root.OpenFile(tmp, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return "", err
	}
	_, _, err = msg.Write(ctx, f, m, nil)
	if err == nil {
		err = f.Sync()
	}
	err = errors.Join(err, f.Close())
	if err == nil {
		err = s.root.Rename(tmp, path.Join(user, name+extension))
	}
	if err != nil {
		return "", errors.Join(err, s.root.Remove(tmp))
	}
	return name, nil
}

// Users returns the users that have a mailbox.
func (s *Store) Users() ([]string, error) {
	entries, err := s.entries(".")
	var users []string
	for _, e := range entries {
		if e.IsDir() && validUser(e.Name()) {
			users = append(users, e.Name())
		}
	}
	return users, err
}

// Messages returns the messages of a user in the order of their arrival.
func (s *Store) Messages(user string) ([]Message, error) {
	if _, err := s.stat(user); err != nil {
		return nil, err
	}
	entries, err := s.entries(user)
	if err != nil {
		return nil, err
	}
	var messages []Message
	for _, e := range entries {
		name, ok := strings.CutSuffix(e.Name(), extension)
		if !ok || strings.HasPrefix(name, ".") || !e.Type().IsRegular() {
			continue
		}
		info, err := e.Info()
		if errors.Is(err, fs.ErrNotExist) {
			continue // removed meanwhile
		}
		if err != nil {
			return nil, err
		}
		messages = append(messages, Message{name, info.Size(), received(name, info)})
	}
	return messages, nil
}

// Open opens a message of a user.
func (s *Store) Open(user, name string) (*File, error) {
	if !validUser(user) || !fs.ValidPath(name) {
		return nil, fmt.Errorf("%w: %q", fs.ErrNotExist, user+"/"+name)
	}
	f, err := s.root.Open(path.Join(user, name+extension))
	if err != nil {
		return nil, err
	}
	return &File{f}, nil
}

// Remove removes a message of a user.
func (s *Store) Remove(user, name string) error {
	if !validUser(user) || !fs.ValidPath(name) {
		return fmt.Errorf("%w: %q", fs.ErrNotExist, user+"/"+name)
	}
	return s.root.Remove(path.Join(user, name+extension))
}

// A File is an open message.
type File struct{ *os.File }

// Size returns the file's size in bytes.
func (f *File) Size() (int64, error) {
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

func (s *Store) stat(user string) (fs.FileInfo, error) {
	if !validUser(user) {
		return nil, fmt.Errorf("%w: %q", ErrUser, user)
	}
	info, err := s.root.Stat(user)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w: %q", ErrUser, user)
	}
	return info, err
}

func (s *Store) entries(dir string) ([]fs.DirEntry, error) {
	f, err := s.root.Open(dir)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	entries, err := f.ReadDir(-1)
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries, err
}

// received returns the time in a file's name, or else that of the file: people put
// .msg files of their own into a mailbox, too.
func received(name string, info fs.FileInfo) time.Time {
	if len(name) >= len(arrival) {
		if t, err := time.Parse(arrival, name[:len(arrival)]); err == nil {
			return t
		}
	}
	return info.ModTime()
}

// validUser reports whether a name can be a folder's on every system.
func validUser(user string) bool {
	return user != "" && len(user) <= 200 && user[0] != '.' &&
		!strings.ContainsFunc(user, func(r rune) bool { return r < ' ' || strings.ContainsRune(`/\:*?"<>|`, r) })
}

func randomHex() string {
	var b [8]byte
	_, _ = rand.Read(b[:]) // never fails
	return hex.EncodeToString(b[:])
}
