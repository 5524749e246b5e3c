package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"

	"github.com/contentconv/contentconv/internal/charset"
	"github.com/contentconv/contentconv/mapi"
)

// found is what is compared of a message, in the form that all readers write.
type found struct {
	Subject     string       `json:"subject"`
	From        [2]string    `json:"from"` // name and address
	Sender      [2]string    `json:"sender"`
	To          [][2]string  `json:"to"`
	Cc          [][2]string  `json:"cc"`
	Bcc         [][2]string  `json:"bcc"`
	Date        *int64       `json:"date"` // seconds since 1970
	Text        *string      `json:"text"`
	HTML        *string      `json:"html"`
	HTMLRaw     []byte       `json:"html_raw"` // as stored
	Attachments []attachment `json:"attachments"`
	Embedded    []string     `json:"embedded"` // subjects
}

type attachment struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

func describe(ctx context.Context, m *mapi.Message) (*found, error) {
	p := &m.Properties
	from, sender := mapi.SentRepresentingGroup.Get(p), mapi.SenderGroup.Get(p)
	f := &found{
		Subject: mapi.Subject(p), From: [2]string{from.Name, from.SMTP}, Sender: [2]string{sender.Name, sender.SMTP},
		To: people(m, mapi.RecipientTo), Cc: people(m, mapi.RecipientCc), Bcc: people(m, mapi.RecipientBcc),
	}
	// A file has the time of delivery in the place of one that is missing.
	received := mapi.PidTagMessageDeliveryTime.Or(p, 0)
	if t := mapi.PidTagClientSubmitTime.Or(p, received); t > 0 {
		if u, ok := t.Time(); ok {
			s := u.Unix()
			f.Date = &s
		}
	}
	if s, ok := mapi.PidTagBody.Get(p); ok {
		f.Text = &s
	}
	if b, ok := mapi.PidTagHtml.Get(p); ok {
		f.HTMLRaw = b
		if c := charset.ByCodePage(int(mapi.PidTagInternetCodepage.Or(p, 0))); c != nil {
			s, _ := c.Decode(b)
			f.HTML = &s
		}
	}
	for _, a := range m.Attachments {
		if a.Message != nil {
			f.Embedded = append(f.Embedded, mapi.Subject(&a.Message.Properties))
		} else if a.Content != nil {
			sum, err := digest(ctx, a)
			if err != nil {
				return nil, err
			}
			f.Attachments = append(f.Attachments, sum)
		}
	}
	return f, nil
}

func people(m *mapi.Message, kind int32) [][2]string {
	out := [][2]string{}
	for i := range m.Recipients {
		if r := &m.Recipients[i]; r.Kind() == kind {
			a := r.Address()
			out = append(out, [2]string{a.Name, a.SMTP})
		}
	}
	return out
}

func digest(ctx context.Context, a *mapi.Attachment) (attachment, error) {
	r, err := a.Content.Open(ctx)
	if err != nil {
		return attachment{}, err
	}
	defer r.Close()
	h := sha256.New()
	n, err := io.Copy(h, r)
	return attachment{mapi.PidTagAttachLongFilename.Or(&a.Properties, ""), n, hex.EncodeToString(h.Sum(nil))}, err
}
