package mapi2mime_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"strings"
	"testing"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/mimescan"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mapi2mime"
	"github.com/contentconv/contentconv/mime2mapi"
	"github.com/contentconv/contentconv/rtf"
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

// fuzzClasses are those of messages that have a form of their own.
var fuzzClasses = []string{
	"IPM.Note.SMIME", "IPM.Note.SMIME.MultipartSigned", "REPORT.IPM.Note.NDR", "REPORT.IPM.Note.DR", "REPORT.IPM.Note.Delayed.DR",
	"REPORT.IPM.Note.IPNRN", "REPORT.IPM.Note.IPNNRN", "IPM.Note.Microsoft.Fax", "IPM.InfoPathForm.X.SMIME", "IPM.Contact",
}

func pick[T any](b *bag, list []T) T { return list[int(b.byte())%len(list)] }

// property sets one property.
func (b *bag) property(p *props) {
	switch b.byte() % 16 {
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
	case 12:
		mapi.PidTagMessageClass.Set(p, pick(b, fuzzClasses))
	case 13:
		mapi.PidTagRtfCompressed.Set(p, rtf.Compress(append([]byte(rtfHead), b.bytes()...)))
		mapi.PidTagNativeBody.Set(p, 2)
	case 14:
		mapi.PidTagReportingMessageTransferAgent.Set(p, b.text())
		mapi.PidTagReportDispositionMode.Set(p, b.text())
		mapi.PidTagReportText.Set(p, b.text())
		mapi.PidTagParentKey.Set(p, b.bytes())
	case 15:
		mapi.PidNameContentType.Set(p, b.text())
	}
}

func (b *bag) recipient() (r mapi.Recipient) {
	mapi.PidTagRecipientType.Set(&r.Properties, int32(b.byte()%5))
	mapi.PidTagSupplementaryInfo.Set(&r.Properties, b.text())
	mapi.PidTagRemoteMessageTransferAgent.Set(&r.Properties, b.text())
	mapi.PidTagNonDeliveryReportDiagCode.Set(&r.Properties, b.int())
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
	mapi.PidTagRenderingPosition.Set(p, b.int())
	switch b.byte() % 7 {
	case 0:
		a.Message = b.message(depth + 1)
	case 1:
		mapi.PidTagAttachEncoding.Set(p, []byte{0x2A, 0x86, 0x48, 0x86, 0xF7, 0x14, 0x03, 0x0B, 0x01})
		a.Content = mapi.Bytes(b.bytes())
	case 2:
	case 3:
		mapi.PidTagAttachMimeTag.Set(p, "multipart/signed")
		mapi.PidTagAttachmentHidden.Set(p, true)
		a.Content = mapi.Bytes("Content-Type: multipart/signed; boundary=sig" + b.text() + "\r\n\r\n" + b.text() + "\r\n--sig--\r\n")
	case 4:
		mapi.PidTagAttachMimeTag.Set(p, pick(b, []string{"message/delivery-status", "message/disposition-notification", "text/rfc822-headers"}))
		a.Content = mapi.Bytes("Action: failed\r\nDisposition: a/b; displayed\r\n" + b.text())
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
	// One property, the class; one attachment: a signed entity, the fields of a report.
	f.Add([]byte{0, 0, 1, 12, 1, 0, 1, 1, 0, 0, 0, 3, 0, 4, 'a', '\r', '\n', 'b'})
	f.Add([]byte{8, 0, 1, 12, 1, 0, 1, 1, 0, 0, 0, 3, 2, '\n', 'x', 3, 0xE4, '\n', '.'})
	f.Add([]byte{0, 0, 1, 12, 2, 0, 1, 1, 0, 0, 0, 4, 0, 2, ':', '\n'})
	f.Add([]byte("\x00\x00\x02\x0C\x02\x0E\x01a\x01b\x01c\x01d\x01\x03<#>\x01x\x00\x01\x03Bob\x00\x03b@c\x00\x00\x00"))
	f.Add([]byte("\x00\x00\x02\x0C\x05\x0E\x01a\x03a/b\x0Ba/b; deleted\x01d\x00\x00"))
	f.Add([]byte("\x00\x00\x01\x0D\x30a\\objattph b{\\pict\\pngblip 89504E470D0A1A0A}\\par c}\x00\x01\x01\x01\x00\x05a.png\x00\x01\x01\x05\x01x"))
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
	if verbatim(res) {
		checkVerbatim(t, out, res)
		return
	}
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
		if strings.HasSuffix(d.Detail, "in a report") {
			continue // the fields of a report are written as they came
		}
		if d.Code.Malformed() || d.Code == diag.BareLF || d.Code == diag.BareCR || d.Code == diag.NULByte || d.Code == diag.ParameterInvalid {
			t.Errorf("read back: %v", d)
		}
	}
}

// checkVerbatim holds output with a signed entity, whose parts are the sender's, to
// what must not happen all the same.
func checkVerbatim(t *testing.T, out []byte, res *mapi2mime.Result) {
	if int64(len(out)) != res.Size {
		t.Errorf("%d bytes were written, %d announced", len(out), res.Size)
	}
	if !res.EightBit && !res.SMTPUTF8 && bytes.ContainsFunc(out, func(r rune) bool { return r >= 0x80 }) {
		t.Errorf("there are bytes beyond ASCII")
	}
	if text := bytes.ReplaceAll(out, []byte("\r\n"), nil); bytes.ContainsAny(text, "\r\n\x00") {
		t.Errorf("there are bytes that mail systems change")
	}
	header, _, _ := bytes.Cut(out, []byte("\r\n\r\n"))
	checkLines(t, append(header, "\r\n\r\n"...))
	back, err := mime2mapi.Convert(context.Background(), bytes.NewReader(out), &mime2mapi.Options{Limits: unlimited})
	if err != nil {
		t.Fatalf("back: %v", err)
	}
	back.Close()
}
