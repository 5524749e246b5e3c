package corpustest

import (
	"context"
	"errors"
	"io"
	"strings"
	"time"

	"github.com/contentconv/contentconv/mapi"
)

// Got is what a conversion yielded, in the terms in which parsers of mail state
// their expectations.
type Got struct {
	Subject              string
	From, Sender         *Mailbox
	To, Cc, Bcc, ReplyTo []Mailbox
	Date                 time.Time // zero when there is none
	MessageID            string
	Text, HTML           *string // decoded, nil when there is none
	Attachments          []*GotAttachment
	Properties           *mapi.Properties
}

// A Mailbox is a name and an address.
type Mailbox struct{ Name, Address string }

// GotAttachment is one attachment with its whole content.
type GotAttachment struct {
	Name, Type, Charset string
	Inline              bool
	Data                []byte // nil for an embedded message
	Message             *Got
	Properties          *mapi.Properties
}

// gotOf reads the whole message object.
func gotOf(m *mapi.Message) (*Got, error) {
	p := &m.Properties
	g := &Got{
		Subject:    mapi.PidTagSubject.Or(p, ""),
		From:       group(p, mapi.PidTagSentRepresentingName, mapi.PidTagSentRepresentingEmailAddress),
		Sender:     group(p, mapi.PidTagSenderName, mapi.PidTagSenderEmailAddress),
		MessageID:  mapi.PidTagInternetMessageId.Or(p, ""),
		Properties: p,
	}
	if at, ok := mapi.PidTagClientSubmitTime.Get(p); ok {
		g.Date, _ = at.Time()
	}
	if names, ok := mapi.PidTagReplyRecipientNames.Get(p); ok {
		for name := range strings.SplitSeq(names, ";") {
			g.ReplyTo = append(g.ReplyTo, Mailbox{Name: strings.TrimSpace(name)})
		}
	}
	for i := range m.Recipients {
		r := &m.Recipients[i]
		box := Mailbox{mapi.PidTagDisplayName.Or(&r.Properties, ""), mapi.PidTagEmailAddress.Or(&r.Properties, "")}
		switch r.Kind() {
		case mapi.RecipientTo:
			g.To = append(g.To, box)
		case mapi.RecipientCc:
			g.Cc = append(g.Cc, box)
		case mapi.RecipientBcc:
			g.Bcc = append(g.Bcc, box)
		}
	}
	if s, ok := mapi.PidTagBody.Get(p); ok {
		g.Text = &s
	}
	if raw, ok := mapi.PidTagHtml.Get(p); ok {
		s := decodePage(raw, mapi.PidTagInternetCodepage.Or(p, 0))
		g.HTML = &s
	}
	for _, a := range m.Attachments {
		ga, err := gotAttachment(a)
		if err != nil {
			return nil, err
		}
		g.Attachments = append(g.Attachments, ga)
	}
	return g, nil
}

func group(p *mapi.Properties, name, address mapi.Tag[string]) *Mailbox {
	if !name.Has(p) && !address.Has(p) {
		return nil
	}
	return &Mailbox{name.Or(p, ""), address.Or(p, "")}
}

func gotAttachment(a *mapi.Attachment) (*GotAttachment, error) {
	p := &a.Properties
	g := &GotAttachment{
		Name:       mapi.PidTagAttachLongFilename.Or(p, mapi.PidTagAttachFilename.Or(p, "")),
		Type:       mapi.PidTagAttachMimeTag.Or(p, ""),
		Charset:    mapi.PidTagTextAttachmentCharset.Or(p, ""),
		Inline:     mapi.PidTagAttachFlags.Or(p, 0)&4 != 0,
		Properties: p,
	}
	var err error
	if a.Message != nil {
		g.Message, err = gotOf(a.Message)
		return g, err
	}
	if a.Content == nil {
		return g, nil
	}
	r, err := a.Content.Open(context.Background())
	if err != nil {
		return nil, err
	}
	g.Data, err = io.ReadAll(r)
	return g, errors.Join(err, r.Close())
}
