package msg

import (
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"unicode/utf16"

	"github.com/contentconv/contentconv/limits"
	"github.com/contentconv/contentconv/mapi"
)

// A text is a string that is encoded in UTF-16LE when it is written.
type text struct {
	s          string
	size       int64 // bytes
	terminated bool
}

func newText(s string, terminated bool) *text {
	s = trimNUL(s)
	t := &text{s, 2 * limits.Length(s), terminated}
	if terminated {
		t.size += 2
	}
	return t
}

func (t *text) Size() int64 { return t.size }

func (t *text) WriteTo(w io.Writer) (n int64, err error) {
	const chunk = 4096
	buf := make([]byte, 0, min(t.size, chunk)+4)
	for _, r := range t.s {
		if r > 0xFFFF {
			high, low := utf16.EncodeRune(r)
			buf = binary.LittleEndian.AppendUint16(buf, uint16(high))
			r = low
		}
		buf = binary.LittleEndian.AppendUint16(buf, uint16(r))
		if len(buf) >= chunk {
			k, err := w.Write(buf)
			n += int64(k)
			if err != nil {
				return n, err
			}
			buf = buf[:0]
		}
	}
	if t.terminated {
		buf = append(buf, 0, 0)
	}
	k, err := w.Write(buf)
	return n + int64(k), err
}

// A binaryValue is a binary value, which may be made or read when it is written.
type binaryValue struct {
	v    mapi.Value
	size int64
}

func (b binaryValue) Size() int64 { return b.size }

func (b binaryValue) WriteTo(w io.Writer) (int64, error) {
	data, _ := b.v.Bytes()
	n, err := w.Write(data)
	return int64(n), err
}

// An attachmentStream is the content of an attachment on its way to the file.
type attachmentStream struct {
	ctx   context.Context // of the whole write
	c     mapi.Content
	size  int64
	place *place
}

func (a *attachmentStream) Size() int64 { return a.size }

func (a *attachmentStream) WriteTo(w io.Writer) (int64, error) {
	n, err := a.copy(w)
	if err != nil && !contextError(a.ctx, err) {
		err = &Error{a.place.String(), err}
	}
	return n, err
}

// copy writes the content, which must have as many bytes as it said.
func (a *attachmentStream) copy(w io.Writer) (int64, error) {
	r, err := a.c.Open(a.ctx)
	if err != nil {
		return 0, err
	}
	defer r.Close()
	n, err := io.CopyN(w, r, a.size)
	switch {
	case err == io.EOF:
		return n, fmt.Errorf("%w: it ends after %d of %d bytes", ErrSize, n, a.size)
	case err != nil:
		return n, err
	}
	switch _, err := io.ReadFull(r, make([]byte, 1)); err {
	case io.EOF:
		return n, nil
	case nil:
		return n, fmt.Errorf("%w: it has more than %d bytes", ErrSize, a.size)
	default:
		return n, err
	}
}
