package main

import (
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"strings"

	"github.com/jhillyerd/enmime/v2"
	"github.com/richardlehane/mscfb"
)

// readEnmime reads a message with every content held in memory, as enmime does.
func readEnmime(eml []byte) error {
	_, err := enmime.ReadEnvelope(bytes.NewReader(eml))
	return err
}

// walkStandard reads a message with the standard library, with every body decoded
// and drained.
func walkStandard(eml []byte) error {
	m, err := mail.ReadMessage(bytes.NewReader(eml))
	if err != nil {
		return err
	}
	return walkStandardPart(m.Header.Get("Content-Type"), m.Header.Get("Content-Transfer-Encoding"), m.Body)
}

func walkStandardPart(contentType, encoding string, r io.Reader) error {
	kind, params, err := mime.ParseMediaType(contentType)
	if err != nil && contentType != "" {
		return err
	}
	if strings.HasPrefix(kind, "multipart/") {
		mr := multipart.NewReader(r, params["boundary"])
		for {
			p, err := mr.NextRawPart()
			if errors.Is(err, io.EOF) {
				return nil
			}
			if err != nil {
				return err
			}
			if err := walkStandardPart(p.Header.Get("Content-Type"), p.Header.Get("Content-Transfer-Encoding"), p); err != nil {
				return err
			}
		}
	}
	switch strings.ToLower(encoding) {
	case "base64":
		r = base64.NewDecoder(base64.StdEncoding, r)
	case "quoted-printable":
		r = quotedprintable.NewReader(r)
	}
	_, err = io.Copy(io.Discard, r)
	return err
}

// listMscfb opens a compound file and lists its streams; read says that each is read
// to its end, too.
func listMscfb(file []byte, read bool) error {
	r, err := mscfb.New(bytes.NewReader(file))
	if err != nil {
		return err
	}
	for {
		f, err := r.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if read && f.Size > 0 {
			if _, err := io.Copy(io.Discard, f); err != nil {
				return err
			}
		}
	}
}
