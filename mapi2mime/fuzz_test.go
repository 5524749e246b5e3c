package mapi2mime_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"testing"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/mimescan"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mapi2mime"
	"github.com/contentconv/contentconv/mime2mapi"
)

// A bag makes a message object of bytes: whatever the bytes are, they are some
// message.
type bag struct{ b []byte }

func (b *bag) byte() byte {
	if len(b.b) == 0 {
		return 0
	}
	c := b.b[0]
	b.b = b.b[1:]
	return c
}

func (b *bag) bytes() []byte {
	n := int(b.byte())
	if n >= 0xF8 {
		n = 1 << (n - 0xF0) // some are long
	}
	n = min(n, len(b.b))
	s := b.b[:n]
	b.b = b.b[n:]
	return s
}

func (b *bag) text() string { return string(b.bytes()) }

func (b *bag) int() int32 {
	return int32(binary.LittleEndian.Uint32(append(b.bytes(), 0, 0, 0, 0)))
}

// The properties that a conversion reads.
var (
	fuzzTexts = []mapi.Tag[string]{
		mapi.PidTagSubject, mapi.PidTagSubjectPrefix, mapi.PidTagNormalizedSubject, mapi.PidTagMessageClass, mapi.PidTagBody,
		mapi.PidTagInternetMessageId, mapi.PidTagInternetReferences, mapi.PidTagInReplyToId, mapi.PidTagConversationTopic,
		mapi.PidTagListHelp, mapi.PidTagListUnsubscribe, mapi.PidTagInternetPrecedence, mapi.PidTagTransportMessageHeaders,
		mapi.PidTagSentRepresentingName, mapi.PidTagSentRepresentingSmtpAddress, mapi.PidTagSentRepresentingAddressType,
		mapi.PidTagSentRepresentingEmailAddress, mapi.PidTagSenderName, mapi.PidTagSenderSmtpAddress, mapi.PidTagReadReceiptSmtpAddress,
		mapi.PidTagReplyRecipientNames, mapi.PidTagBodyContentId, mapi.PidTagBodyContentLocation, mapi.PidTagCallId,
		mapi.PidTagSenderTelephoneNumber, mapi.PidTagPurportedSenderDomain,
	}
	fuzzInts = []mapi.Tag[int32]{
		mapi.PidTagInternetCodepage, mapi.PidTagMessageCodepage, mapi.PidTagNativeBody, mapi.PidTagImportance, mapi.PidTagSensitivity,
		mapi.PidTagMessageLocaleId, mapi.PidTagAutoResponseSuppress, mapi.PidTagInternetMailOverrideFormat, mapi.PidTagMessageFlags,
		mapi.PidTagVoiceMessageDuration, mapi.PidTagContentFilterSpamConfidenceLevel, mapi.PidTagSenderIdStatus,
	}
	fuzzBinaries = []mapi.Tag[[]byte]{
		mapi.PidTagHtml, mapi.PidTagRtfCompressed, mapi.PidTagConversationIndex, mapi.PidTagReplyRecipientEntries,
		mapi.PidTagSentRepresentingEntryId, mapi.PidTagSenderEntryId, mapi.PidTagSenderSearchKey,
	}
	fuzzFlags = []mapi.Tag[bool]{
		mapi.PidTagReadReceiptRequested, mapi.PidTagOriginatorDeliveryReportRequested, mapi.PidTagRtfInSync, mapi.PidTagAutoForwarded,
	}
	fuzzFileTexts = []mapi.Tag[string]{
		mapi.PidTagAttachLongFilename, mapi.PidTagAttachFilename, mapi.PidTagDisplayName, mapi.PidTagAttachMimeTag,
		mapi.PidTagAttachContentId, mapi.PidTagAttachContentLocation, mapi.PidTagAttachContentBase, mapi.PidTagTextAttachmentCharset,
		mapi.PidTagAttachLongPathname, mapi.PidTagAttachPayloadClass,
	}
)

func pick[T any](b *bag, list []T) T { return list[int(b.byte())%len(list)] }

// property sets one property.
func (b *bag) property(p *props) {
	switch b.byte() % 12 {
	case 0, 1, 2, 3:
		pick(b, fuzzTexts).Set(p, b.text())
	case 4:
		pick(b, fuzzInts).Set(p, b.int())
	case 5:
		pick(b, fuzzBinaries).Set(p, b.bytes())
	case 6:
		pick(b, fuzzFlags).Set(p, b.byte()&1 == 1)
	case 7:
		generic(p, b.text(), b.text())
	case 8:
		mapi.PidNameKeywords.Set(p, []string{b.text(), b.text()})
	case 9:
		mapi.PidLidFlagRequest.Set(p, b.text())
		mapi.PidLidClassified.Set(p, true)
		mapi.PidLidClassification.Set(p, b.text())
	case 10:
		p.Set(mapi.PidTagHtml.Key(), mapi.String(b.text()))
	case 11:
		mapi.PidTagClientSubmitTime.Set(p, mapi.Time(b.int())<<28)
	}
}

func (b *bag) recipient() (r mapi.Recipient) {
	mapi.PidTagRecipientType.Set(&r.Properties, int32(b.byte()%5))
	mapi.PidTagDisplayName.Set(&r.Properties, b.text())
	mapi.PidTagAddressType.Set(&r.Properties, pick(b, []string{"SMTP", "EX", "FAX", "", "X\r\n"}))
	mapi.PidTagEmailAddress.Set(&r.Properties, b.text())
	if b.byte()&1 == 1 {
		mapi.PidTagSmtpAddress.Set(&r.Properties, b.text())
	}
	if b.byte()&1 == 1 {
		mapi.PidTagEntryId.Set(&r.Properties, b.bytes())
	}
	return r
}

func (b *bag) attachment(depth int) *mapi.Attachment {
	a := new(mapi.Attachment)
	p := &a.Properties
	mapi.PidTagAttachMethod.Set(p, int32(b.byte()%9))
	for range b.byte() % 6 {
		pick(b, fuzzFileTexts).Set(p, b.text())
	}
	mapi.PidTagAttachFlags.Set(p, int32(b.byte()&7))
	switch b.byte() % 5 {
	case 0:
		a.Message = b.message(depth + 1)
	case 1:
		mapi.PidTagAttachEncoding.Set(p, []byte{0x2A, 0x86, 0x48, 0x86, 0xF7, 0x14, 0x03, 0x0B, 0x01})
		a.Content = mapi.Bytes(b.bytes())
	case 2:
	default:
		a.Content = mapi.Bytes(b.bytes())
	}
	return a
}

func (b *bag) message(depth int) *mapi.Message {
	m := new(mapi.Message)
	for range b.byte() % 16 {
		b.property(&m.Properties)
	}
	for range b.byte() % 4 {
		m.Recipients = append(m.Recipients, b.recipient())
	}
	if depth < 8 {
		for range b.byte() % 4 {
			m.Attachments = append(m.Attachments, b.attachment(depth))
		}
	}
	return m
}

func (b *bag) options() *mapi2mime.Options {
	bits := b.byte()
	return &mapi2mime.Options{
		Key:         []byte("fuzz"),
		Purpose:     mapi2mime.Purpose(bits & 1),
		Body:        mapi2mime.BodyFormat(bits >> 1 & 3),
		EightBit:    bits&8 != 0,
		UTF8Headers: bits&16 != 0,
		Trusted:     bits&32 != 0,
		ShortenText: bits&64 != 0,
		Now:         fixed.Now,

		EncapsulationDomain: "gw.example",
		TextEncoding:        mapi2mime.TextEncoding(bits >> 7),
		Charset:             pick(b, []string{"", "", "iso-8859-1", "iso-2022-jp", "utf-16"}),
	}
}

// FuzzConvert converts message objects of any content. Each fails for a reason
// that is not our own, or gives mail that follows the rules and reads back with
// as many parts as were planned.
func FuzzConvert(f *testing.F) {
	for _, s := range poison {
		seed := []byte{0, 0, 5, 0, 0, byte(len(s))}
		seed = append(append(seed, s...), 7, 1, 'X', byte(len(s)))
		seed = append(append(seed, s...), 5, 0, byte(len(s)))
		f.Add(append(append(seed, s...), 1, 1, 3, 'a', '@', 'b', 0, 0, 0, 1, 0, 1, 0, 3, 'a', '.', 'b'))
	}
	f.Add([]byte{0xFF, 3, 2, 0, 4, 0xFF, 'F', 'r', 'o', 'm', ' ', '\n', '.', '\n'})
	f.Fuzz(func(t *testing.T, data []byte) {
		b := &bag{data}
		o := b.options()
		m := b.message(0)
		var out bytes.Buffer
		res, err := mapi2mime.Convert(context.Background(), &out, m, o)
		if err != nil {
			var failure *diag.Error
			if !errors.As(err, &failure) || failure.Reason == diag.Internal {
				t.Fatalf("%v\n%s", err, failure.Stack)
			}
			if out.Len() > 0 {
				t.Fatalf("%d bytes were written before %v", out.Len(), err)
			}
			return
		}
		checkOutput(t, out.Bytes(), res)
	})
}

func checkOutput(t *testing.T, out []byte, res *mapi2mime.Result) {
	checkLines(t, out)
	if int64(len(out)) != res.Size {
		t.Errorf("%d bytes were written, %d announced", len(out), res.Size)
	}
	if !res.EightBit && !res.SMTPUTF8 && bytes.ContainsFunc(out, func(r rune) bool { return r >= 0x80 }) {
		t.Errorf("there are bytes beyond ASCII")
	}
	root, err := mimescan.Scan(context.Background(), bytes.NewReader(out), 0, int64(len(out)), mimescan.Defaults())
	if err != nil {
		t.Fatal(err)
	}
	entities := int64(0)
	root.Walk(func(*mimescan.Entity) bool { entities++; return true })
	if entities != res.Entities {
		t.Errorf("%d entities were planned, %d are read", res.Entities, entities)
	}
	back, err := mime2mapi.Convert(context.Background(), bytes.NewReader(out), &mime2mapi.Options{Limits: unlimited})
	if err != nil {
		t.Fatalf("back: %v", err)
	}
	defer back.Close()
	for _, d := range back.Diagnostics {
		if d.Code.Malformed() || d.Code == diag.BareLF || d.Code == diag.BareCR || d.Code == diag.NULByte || d.Code == diag.ParameterInvalid {
			t.Errorf("read back: %v", d)
		}
	}
}
