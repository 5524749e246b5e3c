package mailbox

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"path/filepath"
	"time"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/mapi2mime"
)

// A MsgFile is the [Item] of a .msg file.
type MsgFile struct {
	// Name is the file's name, of which a substitute's attachment has the base.
	Name string
	// Received is the date of a substitute.
	Received time.Time
	// Hash is the SHA-256 of the file in hexadecimal digits where it is known
	// already; "" means that Key reads the file.
	Hash string
	// Open opens the file.
	Open func(ctx context.Context) (File, error)
}

// A File is an open file.
type File interface {
	io.ReaderAt
	io.Closer
	Size() (int64, error)
}

// Key returns the SHA-256 of the file.
func (m *MsgFile) Key(ctx context.Context) (string, error) {
	if m.Hash != "" {
		return m.Hash, nil
	}
	r, err := m.content().Open(ctx)
	if err != nil {
		return "", err
	}
	defer r.Close()
	h := sha256.New()
	if _, err := io.Copy(h, r); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// Convert converts the file as [mapi2mime.ConvertMsg] does.
func (m *MsgFile) Convert(ctx context.Context, w io.Writer, o *mapi2mime.Options) (res *mapi2mime.Result, err error) {
	f, size, err := m.open(ctx)
	if err != nil {
		return nil, notRead(err)
	}
	defer f.Close()
	return mapi2mime.ConvertMsg(ctx, w, f, size, o)
}

// Original returns the file.
func (m *MsgFile) Original(context.Context) (Original, error) {
	name := "message.msg"
	if m.Name != "" {
		name = filepath.Base(m.Name)
	}
	return Original{
		FileName: name,
		Type:     "application/vnd.ms-outlook",
		Content:  m.content(),
		Received: m.Received,
	}, nil
}

func (m *MsgFile) open(ctx context.Context) (File, int64, error) {
	f, err := m.Open(ctx)
	if err != nil {
		return nil, 0, err
	}
	size, err := f.Size()
	if err != nil {
		return nil, 0, errors.Join(err, f.Close())
	}
	return f, size, nil
}

// notRead is a file that cannot be opened now: the conversion never began.
func notRead(err error) error {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return &diag.Error{Direction: diag.Outbound, Reason: diag.IO, Status: diag.StatusConversionFailed, Err: err}
}

func (m *MsgFile) content() fileContent { return fileContent{m} }

// A fileContent is the file as the content of an attachment.
type fileContent struct{ m *MsgFile }

func (c fileContent) Size(ctx context.Context) (int64, error) {
	f, size, err := c.m.open(ctx)
	if err != nil {
		return 0, err
	}
	return size, f.Close()
}

func (c fileContent) Open(ctx context.Context) (io.ReadCloser, error) {
	f, size, err := c.m.open(ctx)
	if err != nil {
		return nil, err
	}
	return struct {
		io.Reader
		io.Closer
	}{io.NewSectionReader(f, 0, size), f}, nil
}
