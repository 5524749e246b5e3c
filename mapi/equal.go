package mapi

import (
	"bytes"
	"context"
	"io"
)

// Equal reports whether both attachments have the same properties, the same
// bytes and equal messages. Contents are read; one that cannot be read equals
// nothing.
func (a *Attachment) Equal(b *Attachment) bool {
	type pair struct{ a, b *Attachment }
	for stack := []pair{{a, b}}; len(stack) > 0; {
		p := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if p.a == p.b {
			continue
		}
		if p.a == nil || p.b == nil || !p.a.Properties.Equal(p.b.Properties) || !equalContent(p.a.Content, p.b.Content) ||
			(p.a.Message == nil) != (p.b.Message == nil) {
			return false
		}
		if p.a.Message == p.b.Message {
			continue
		}
		if !p.a.Message.equalButAttachments(p.b.Message) {
			return false
		}
		for i, c := range p.a.Message.Attachments {
			stack = append(stack, pair{c, p.b.Message.Attachments[i]})
		}
	}
	return true
}

// equalButAttachments compares all but what is in the attachments.
func (m *Message) equalButAttachments(n *Message) bool {
	if len(m.Recipients) != len(n.Recipients) || len(m.Attachments) != len(n.Attachments) ||
		!m.Properties.Equal(n.Properties) {
		return false
	}
	for i, r := range m.Recipients {
		if !r.Properties.Equal(n.Recipients[i].Properties) {
			return false
		}
	}
	return true
}

func equalContent(a, b Content) bool {
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	x, ok1 := a.(Bytes)
	y, ok2 := b.(Bytes)
	if ok1 && ok2 {
		return bytes.Equal(x, y)
	}
	r, err := a.Open(context.Background())
	if err != nil {
		return false
	}
	defer r.Close()
	s, err := b.Open(context.Background())
	if err != nil {
		return false
	}
	defer s.Close()
	return equalReaders(r, s)
}

func equalReaders(r, s io.Reader) bool {
	const chunk = 32 << 10
	b := make([]byte, 2*chunk)
	for {
		n, err1 := io.ReadFull(r, b[:chunk])
		k, err2 := io.ReadFull(s, b[chunk:])
		if !bytes.Equal(b[:n], b[chunk:chunk+k]) {
			return false
		}
		switch {
		case err1 == nil && err2 == nil:
		case atEnd(err1) && atEnd(err2):
			return true
		default:
			return false
		}
	}
}

func atEnd(err error) bool { return err == io.EOF || err == io.ErrUnexpectedEOF }
