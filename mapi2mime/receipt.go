package mapi2mime

import (
	"errors"
	"strings"
	"time"

	"github.com/contentconv/contentconv/internal/reportcode"
	"github.com/contentconv/contentconv/mapi"
)

// The reasons for which a message gets no receipt.
var (
	// ErrReceiptNotRequested means that the message asks for no such receipt, or
	// is a report itself, which must get none (RFC 8098 2.1).
	ErrReceiptNotRequested = errors.New("the message requests no such receipt")
	// ErrReceiptSuppressed means that PidTagAutoResponseSuppress forbids it.
	ErrReceiptSuppressed = errors.New("the message suppresses such receipts")
	// ErrReceiptNoAddress means that the message names nobody to send it to, or that
	// nobody is known to have read it.
	ErrReceiptNoAddress = errors.New("no address for the receipt is known")
)

// ReceiptOptions say who read a message, and when. Nil and the zero value are the
// defaults.
type ReceiptOptions struct {
	// Reader is who read the message, or did not. The zero Address means who
	// received it, by the message's own properties.
	Reader mapi.Address
	// Time is when. Zero means now.
	Time time.Time
	// Manual says that the reader was asked whether to send the receipt. Otherwise
	// it says that it was sent without (RFC 8098 3.2.6.1).
	Manual bool
}

// Bits of PidTagAutoResponseSuppress ([MS-OXCMAIL] 2.1.3.2.20).
const (
	suppressRead    = 0x04
	suppressNotRead = 0x08
)

// Receipt returns the receipt that a message requests: a message object of class
// REPORT.*.IPNRN where the message was read, of class REPORT.*.IPNNRN where it was
// deleted without ([MS-OXOMSG] 2.2.2). [Convert] writes it as a message disposition
// notification (RFC 8098); its envelope sender must be empty.
//
// A receipt tells the sender that the address is in use. RFC 8098 2.1 wants the
// reader to be asked first where the one who gets the receipt is not the one who
// sent the message.
//
// The error is one of ErrReceiptNotRequested, ErrReceiptSuppressed and
// ErrReceiptNoAddress.
func Receipt(m *mapi.Message, read bool, o *ReceiptOptions) (*mapi.Message, error) {
	if o == nil {
		o = new(ReceiptOptions)
	}
	kind := reportcode.NotRead
	if read {
		kind = reportcode.Read
	}
	if err := mayReceipt(&m.Properties, kind); err != nil {
		return nil, err
	}
	to := firstAddress(&m.Properties, &mapi.ReadReceiptGroup, &mapi.SentRepresentingGroup, &mapi.SenderGroup)
	from := o.Reader
	if from == (mapi.Address{}) {
		from = firstAddress(&m.Properties, &mapi.ReceivedRepresentingGroup, &mapi.ReceivedByGroup)
	}
	if to == (mapi.Address{}) || from == (mapi.Address{}) {
		return nil, ErrReceiptNoAddress
	}
	r := new(mapi.Message)
	mapi.SentRepresentingGroup.Set(&r.Properties, from)
	mapi.SenderGroup.Set(&r.Properties, from)
	r.Recipients = make([]mapi.Recipient, 1)
	row := &r.Recipients[0].Properties
	mapi.RecipientGroup.Set(row, to)
	mapi.PidTagRecipientType.Set(row, mapi.RecipientTo)
	setReceipt(&r.Properties, &m.Properties, kind, o)
	return r, nil
}

// mayReceipt reports whether a message wants a receipt of a kind.
func mayReceipt(p *mapi.Properties, kind reportcode.Kind) error {
	suppress, requested := int32(suppressRead), mapi.PidTagReadReceiptRequested.Or(p, false)
	if kind == reportcode.NotRead {
		suppress, requested = suppressNotRead, requested || mapi.PidTagNonReceiptNotificationRequested.Or(p, false)
	}
	_, isNotice := noticeOf(mapi.PidTagMessageClass.Or(p, ""))
	switch {
	case !requested || isNotice:
		return ErrReceiptNotRequested
	case mapi.PidTagAutoResponseSuppress.Or(p, 0)&suppress != 0:
		return ErrReceiptSuppressed
	}
	return nil
}

// firstAddress returns the address of the first group that has one.
func firstAddress(p *mapi.Properties, groups ...*mapi.AddressGroup) mapi.Address {
	for _, g := range groups {
		if a := g.Get(p); a.SMTP != "" || a.Email != "" {
			return a
		}
	}
	return mapi.Address{}
}

// receiptPrefixes begin the subjects of receipts.
var receiptPrefixes = map[reportcode.Kind]string{reportcode.Read: "Read: ", reportcode.NotRead: "Not read: "}

// setReceipt sets what a receipt says of the message of which it is.
func setReceipt(p, of *mapi.Properties, kind reportcode.Kind, o *ReceiptOptions) {
	class := mapi.PidTagMessageClass.Or(of, "")
	if class == "" {
		class = classNote
	}
	mapi.PidTagMessageClass.Set(p, kind.Class(class))
	subject := mapi.Subject(of)
	mapi.PidTagSubject.Set(p, receiptPrefixes[kind]+subject)
	mapi.PidTagSubjectPrefix.Set(p, receiptPrefixes[kind])
	mapi.PidTagNormalizedSubject.Set(p, subject)
	mapi.PidTagOriginalSubject.Set(p, subject)
	for _, c := range []struct{ to, from mapi.Tag[string] }{
		{mapi.PidTagOriginalMessageId, mapi.PidTagInternetMessageId},
		{mapi.PidTagInReplyToId, mapi.PidTagInternetMessageId},
		{mapi.PidTagOriginalDisplayTo, mapi.PidTagDisplayTo},
		{mapi.PidTagOriginalDisplayCc, mapi.PidTagDisplayCc},
		{mapi.PidTagConversationTopic, mapi.PidTagConversationTopic},
	} {
		if s := c.from.Or(of, ""); s != "" {
			c.to.Set(p, s)
		}
	}
	id := mapi.PidTagInternetMessageId.Or(of, "")
	if references := strings.TrimSpace(mapi.PidTagInternetReferences.Or(of, "") + " " + id); id != "" {
		mapi.PidTagInternetReferences.Set(p, references)
	}
	for _, c := range []struct{ to, from mapi.Tag[[]byte] }{
		{mapi.PidTagParentKey, mapi.PidTagSearchKey},
		{mapi.PidTagConversationIndex, mapi.PidTagConversationIndex},
		{mapi.PidTagReportTag, mapi.PidTagReportTag},
	} {
		if b, ok := c.from.Get(of); ok {
			c.to.Set(p, b)
		}
	}
	setReceiptTimes(p, of, o.Time)
	mode := "manual-action/MDN-sent-automatically"
	if o.Manual {
		mode = "manual-action/MDN-sent-manually"
	}
	mapi.PidTagReportDispositionMode.Set(p, mode)
	mapi.PidTagReportDisposition.Set(p, kind.Word())
	p.Set(mapi.HeaderKey("Auto-Submitted"), mapi.String("auto-replied")) // RFC 3834 5
}

func setReceiptTimes(p, of *mapi.Properties, at time.Time) {
	if at.IsZero() {
		at = time.Now()
	}
	if t, ok := mapi.TimeOf(at); ok {
		for _, tag := range []mapi.Tag[mapi.Time]{mapi.PidTagReceiptTime, mapi.PidTagReportTime, mapi.PidTagClientSubmitTime} {
			tag.Set(p, t)
		}
	}
	for _, c := range []struct{ to, from mapi.Tag[mapi.Time] }{
		{mapi.PidTagOriginalSubmitTime, mapi.PidTagClientSubmitTime},
		{mapi.PidTagOriginalDeliveryTime, mapi.PidTagMessageDeliveryTime},
	} {
		if t, ok := c.from.Get(of); ok {
			c.to.Set(p, t)
		}
	}
}
