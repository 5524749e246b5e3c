package main

import (
	"bytes"
	"errors"
	"io"

	"github.com/emersion/go-message"
	_ "github.com/emersion/go-message/charset"
	"github.com/emersion/go-message/mail"
)

func readGoMessage(eml []byte) (*message.Entity, error) {
	e, err := message.Read(bytes.NewReader(eml))
	if err != nil && !message.IsUnknownCharset(err) {
		return nil, err
	}
	return e, nil
}

// walkGoMessage reads a message, with every body decoded and drained.
func walkGoMessage(eml []byte) error {
	e, err := readGoMessage(eml)
	if err != nil {
		return err
	}
	return drainGoMessage(e)
}

func drainGoMessage(e *message.Entity) error {
	return e.Walk(func(_ []int, e *message.Entity, err error) error {
		if err != nil || e.MultipartReader() != nil {
			return err
		}
		_, err = io.Copy(io.Discard, e.Body)
		return err
	})
}

// fieldsGoMessage does the same, and decodes the fields that a mail reader shows.
func fieldsGoMessage(eml []byte) error {
	e, err := readGoMessage(eml)
	if err != nil {
		return err
	}
	h := mail.Header{Header: e.Header}
	_, err = h.Subject()
	_, err2 := h.Date()
	_, err3 := h.MessageID()
	for _, key := range []string{"From", "To", "Cc"} {
		_, err4 := h.AddressList(key)
		err = errors.Join(err, err4)
	}
	if err := errors.Join(err, err2, err3); err != nil {
		return err
	}
	for f := h.Fields(); f.Next(); {
		if _, err := f.Text(); err != nil {
			return err
		}
	}
	return drainGoMessage(e)
}

// A written message is what go-message is given to write: header fields and decoded
// contents. It has nothing to convert.
type written struct {
	fields   [][2]string
	body     []byte
	children []*written
}

func readWritten(raw []byte) (*written, error) {
	e, err := readGoMessage(raw)
	if err != nil {
		return nil, err
	}
	return readWrittenEntity(e)
}

func readWrittenEntity(e *message.Entity) (*written, error) {
	p := new(written)
	for fields := e.Header.Fields(); fields.Next(); {
		p.fields = append(p.fields, [2]string{fields.Key(), fields.Value()})
	}
	mr := e.MultipartReader()
	if mr == nil {
		var err error
		p.body, err = io.ReadAll(e.Body)
		return p, err
	}
	for {
		child, err := mr.NextPart()
		if errors.Is(err, io.EOF) {
			return p, nil
		}
		if err != nil {
			return nil, err
		}
		c, err := readWrittenEntity(child)
		if err != nil {
			return nil, err
		}
		p.children = append(p.children, c)
	}
}

func (p *written) header() message.Header {
	var h message.Header
	for i := len(p.fields) - 1; i >= 0; i-- {
		h.Add(p.fields[i][0], p.fields[i][1])
	}
	return h
}

func (p *written) write(w io.Writer) error {
	mw, err := message.CreateWriter(w, p.header())
	if err != nil {
		return err
	}
	return p.writeBody(mw)
}

func (p *written) writeBody(w *message.Writer) error {
	for _, child := range p.children {
		cw, err := w.CreatePart(child.header())
		if err != nil {
			return err
		}
		if err := child.writeBody(cw); err != nil {
			return err
		}
	}
	if p.children == nil {
		if _, err := w.Write(p.body); err != nil {
			return err
		}
	}
	return w.Close()
}
