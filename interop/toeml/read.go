package main

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"strings"

	gomessage "github.com/emersion/go-message"
	_ "github.com/emersion/go-message/charset"
	"github.com/emersion/go-message/mail"
)

// found is what is compared of a message, in the form that all readers write.
type found struct {
	Subject     string       `json:"subject"`
	From        [][2]string  `json:"from"` // name and address
	To          [][2]string  `json:"to"`
	Cc          [][2]string  `json:"cc"`
	Text        *string      `json:"text"`
	HTML        *string      `json:"html"`
	Attachments []attachment `json:"attachments"`
	Embedded    []string     `json:"embedded"` // subjects
}

type attachment struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"`
}

// read reads a message with go-message.
func read(r io.Reader) (*found, error) {
	e, err := gomessage.Read(r)
	if err != nil {
		return nil, err
	}
	h := mail.Header{Header: e.Header}
	f := new(found)
	if f.Subject, err = h.Subject(); err != nil {
		return nil, err
	}
	for _, field := range []struct {
		name string
		into *[][2]string
	}{{"From", &f.From}, {"To", &f.To}, {"Cc", &f.Cc}} {
		list, err := h.AddressList(field.name)
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, err
		}
		for _, a := range list {
			*field.into = append(*field.into, [2]string{a.Name, a.Address})
		}
	}
	return f, f.walk(e)
}

// walk adds what is in an entity.
func (f *found) walk(e *gomessage.Entity) error {
	if mr := e.MultipartReader(); mr != nil {
		for {
			part, err := mr.NextPart()
			if err == io.EOF {
				return nil
			}
			if err == nil {
				err = f.walk(part)
			}
			if err != nil {
				return err
			}
		}
	}
	b, err := io.ReadAll(e.Body)
	if err != nil {
		return err
	}
	kind, _, err := e.Header.ContentType()
	if err != nil {
		return err
	}
	if kind == "message/rfc822" || kind == "message/global" {
		inner, err := gomessage.Read(strings.NewReader(string(b)))
		if err != nil {
			return err
		}
		h := mail.Header{Header: inner.Header}
		subject, err := h.Subject()
		f.Embedded = append(f.Embedded, subject)
		return err
	}
	return f.leaf(e, kind, b)
}

func (f *found) leaf(e *gomessage.Entity, kind string, b []byte) error {
	disposition, params, _ := e.Header.ContentDisposition()
	text := string(b)
	switch {
	case disposition == "" && kind == "text/plain" && f.Text == nil:
		f.Text = &text
	case disposition == "" && kind == "text/html" && f.HTML == nil:
		f.HTML = &text
	case strings.HasPrefix(kind, "text/"):
		// go-message turns text into UTF-8: its bytes cannot be compared.
		f.Attachments = append(f.Attachments, attachment{params["filename"], ""})
	default:
		sum := sha256.Sum256(b)
		f.Attachments = append(f.Attachments, attachment{params["filename"], hex.EncodeToString(sum[:])})
	}
	return nil
}
