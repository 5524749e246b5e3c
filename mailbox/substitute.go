package mailbox

import (
	"context"
	"errors"
	"io"
	"strings"
	"time"

	"github.com/contentconv/contentconv/limits"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mapi2mime"
)

// substitute writes the message that stands for an item that cannot be converted:
// a plain text that says why, and the original attached. One that would pass the
// size limit with the original comes without.
func (p *Policy) substitute(ctx context.Context, w io.Writer, it Item, v Verdict) (int64, error) {
	original, err := it.Original(ctx)
	if err != nil {
		return 0, err
	}
	o := p.options
	o.Original, o.OriginalSize = nil, 0
	o.Body, o.Trace = mapi2mime.Best, nil // the failure is traced, not its telling
	res, err := mapi2mime.Convert(ctx, w, p.notice(original, v), &o)
	if err != nil && errors.Is(err, limits.ErrExceeded) && original.Content != nil {
		original.Content = nil
		res, err = mapi2mime.Convert(ctx, w, p.notice(original, v), &o)
	}
	if err != nil {
		return 0, err
	}
	return res.Size, nil
}

// notice makes the message object of a substitute.
func (p *Policy) notice(original Original, v Verdict) *mapi.Message {
	m := new(mapi.Message)
	props := &m.Properties
	mapi.PidTagMessageClass.Set(props, "IPM.Note")
	mapi.PidTagSubject.Set(props, "A message could not be converted")
	for _, from := range []struct {
		name, kind, address mapi.Tag[string]
	}{
		{mapi.PidTagSenderName, mapi.PidTagSenderAddressType, mapi.PidTagSenderEmailAddress},
		{mapi.PidTagSentRepresentingName, mapi.PidTagSentRepresentingAddressType, mapi.PidTagSentRepresentingEmailAddress},
	} {
		from.name.Set(props, "Mail Delivery System")
		from.kind.Set(props, "SMTP")
		from.address.Set(props, p.sender())
	}
	received := original.Received
	if received.IsZero() {
		received = time.Unix(0, 0)
	}
	if t, ok := mapi.TimeOf(received); ok {
		mapi.PidTagClientSubmitTime.Set(props, t)
		mapi.PidTagMessageDeliveryTime.Set(props, t)
	}
	mapi.PidTagBody.Set(props, noticeText(v.Reason, v.TraceID, original.Content != nil))
	mapi.PidTagInternetCodepage.Set(props, 65001)
	if original.Content != nil {
		a := new(mapi.Attachment)
		mapi.PidTagAttachMethod.Set(&a.Properties, mapi.AttachByValue)
		mapi.PidTagAttachLongFilename.Set(&a.Properties, original.FileName)
		mapi.PidTagAttachMimeTag.Set(&a.Properties, original.Type)
		a.Content = original.Content
		m.Attachments = append(m.Attachments, a)
	}
	return m
}

func noticeText(reason, trace string, attached bool) string {
	var b strings.Builder
	b.WriteString("A message in this mailbox could not be converted to Internet mail.\r\n\r\n")
	b.WriteString("Reason: " + reason + "\r\n")
	if trace != "" {
		b.WriteString("Trace: " + trace + "\r\n")
	}
	b.WriteString("\r\nThe message is kept in the mailbox")
	if attached {
		b.WriteString(", and attached to this one as it is stored there")
	}
	b.WriteString(".\r\nPlease ask the administrator of the mail server about it.\r\n")
	return b.String()
}
