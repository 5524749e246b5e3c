package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"

	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/rtf"
	"github.com/contentconv/contentconv/tnef"
)

// found is what is compared of a message, in the form that all readers write.
type found struct {
	Subject     string       `json:"subject"`
	Text        string       `json:"text"`
	HTML        string       `json:"html"` // SHA-256
	RTF         string       `json:"rtf"`  // SHA-256, decompressed, without line ends
	CodePage    int          `json:"codepage"`
	Attachments []attachment `json:"attachments"`
	Embedded    int          `json:"embedded"` // messages
}

// An attachment has a second digest where it is an OLE object: some readers take
// the interface id for a part of it.
type attachment struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
	Other  string `json:"other,omitempty"`
}

const iidStorage = "\x0B\x00\x00\x00\x00\x00\x00\x00\xC0\x00\x00\x00\x00\x00\x00\x46"

func describe(ctx context.Context, m *mapi.Message) (*found, error) {
	p := &m.Properties
	f := &found{Subject: mapi.Subject(p), Text: mapi.PidTagBody.Or(p, ""), Attachments: []attachment{}}
	if b, ok := mapi.PidTagHtml.Get(p); ok {
		f.HTML = digest(b)
	}
	if b, ok := mapi.PidTagRtfCompressed.Get(p); ok {
		raw, _, err := rtf.Decompress(b)
		if err != nil {
			return nil, err
		}
		raw = bytes.ReplaceAll(raw, []byte("\r"), nil)
		f.RTF = digest(bytes.ReplaceAll(raw, []byte("\n"), nil))
	}
	for _, a := range m.Attachments {
		if a.Message != nil {
			f.Embedded++
		} else if a.Content != nil {
			d, err := describeAttachment(ctx, a)
			if err != nil {
				return nil, err
			}
			f.Attachments = append(f.Attachments, d)
		}
	}
	return f, nil
}

func describeAttachment(ctx context.Context, a *mapi.Attachment) (attachment, error) {
	r, err := a.Content.Open(ctx)
	if err != nil {
		return attachment{}, err
	}
	defer r.Close()
	b, err := io.ReadAll(r)
	d := attachment{Name: name(a), Size: int64(len(b)), SHA256: digest(b)}
	if a.Method() == mapi.AttachOLE {
		d.Other = digest(append([]byte(iidStorage), b...))
	}
	return d, err
}

// name is "" where a reader has to make one up.
func name(a *mapi.Attachment) string {
	if s := tnef.FileName(a, 1); s != tnef.FileName(&mapi.Attachment{Properties: mimeType(a)}, 1) {
		return s
	}
	return ""
}

// mimeType returns what a made-up name depends on.
func mimeType(a *mapi.Attachment) (p mapi.Properties) {
	if s, ok := mapi.PidTagAttachMimeTag.Get(&a.Properties); ok {
		mapi.PidTagAttachMimeTag.Set(&p, s)
	}
	return p
}

func digest(b []byte) string {
	if len(b) == 0 {
		return ""
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
