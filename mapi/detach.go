package mapi

import (
	"context"
	"fmt"
	"io"
)

// A SizeError means that a message's contents are larger than the caller allows.
type SizeError struct {
	Max    int64 // bytes allowed
	Actual int64 // bytes of all contents; where counting stopped, the least it can be
}

func (e *SizeError) Error() string {
	return fmt.Sprintf("mapi: contents of %d bytes, %d allowed", e.Actual, e.Max)
}

// Detach copies the contents of all attachments, at every depth, into memory, so
// that m outlives the source it was made from. A negative max means no bound;
// contents that together have more bytes are a *[SizeError]. After any error
// nothing has changed.
func (m *Message) Detach(ctx context.Context, max int64) error {
	var attachments []*Attachment
	for a := range m.attachments() {
		if a.Content != nil {
			attachments = append(attachments, a)
		}
	}
	total := int64(0)
	sizes := make([]int64, len(attachments))
	for i, a := range attachments {
		n, err := a.Content.Size(ctx)
		if err != nil {
			return fmt.Errorf("mapi: size of an attachment: %w", err)
		}
		if total += n; max >= 0 && total > max {
			return &SizeError{max, total}
		}
		sizes[i] = n
	}
	copies := make([]Content, len(attachments))
	for i, a := range attachments {
		var err error
		if copies[i], err = detached(ctx, a.Content, sizes[i]); err != nil {
			return fmt.Errorf("mapi: content of an attachment: %w", err)
		}
	}
	for i, a := range attachments {
		a.Content = copies[i]
	}
	return nil
}

// detached returns a content of n bytes that is in memory.
func detached(ctx context.Context, c Content, n int64) (Content, error) {
	if b, ok := c.(Bytes); ok {
		return b, nil
	}
	r, err := c.Open(ctx)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	b := make([]byte, n)
	if k, err := io.ReadFull(r, b); err != nil {
		return nil, fmt.Errorf("ends after %d of %d bytes: %w", k, n, err)
	}
	switch _, err := io.ReadFull(r, make([]byte, 1)); err {
	case io.EOF:
		return Bytes(b), nil
	case nil:
		return nil, fmt.Errorf("has more than the %d bytes of its size", n)
	default:
		return nil, err
	}
}

// attachments yields the attachments of m and of the messages within it, each
// once even where a message is shared.
func (m *Message) attachments() func(yield func(*Attachment) bool) {
	return func(yield func(*Attachment) bool) {
		seen := map[*Message]bool{m: true}
		for queue := []*Message{m}; len(queue) > 0; queue = queue[1:] {
			for _, a := range queue[0].Attachments {
				if !yield(a) {
					return
				}
				if a.Message != nil && !seen[a.Message] {
					seen[a.Message] = true
					queue = append(queue, a.Message)
				}
			}
		}
	}
}
