package mime2mapi_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"io"
	"io/fs"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/limits"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mime2mapi"
	"github.com/contentconv/contentconv/rtf"
	"github.com/contentconv/contentconv/tnef"
)

// capsule is the message object that the tests send as TNEF.
func capsule() *mapi.Message {
	m := new(mapi.Message)
	p := &m.Properties
	mapi.PidTagMessageClass.Set(p, "IPM.Task")
	mapi.PidTagSubject.Set(p, "A: b: Lunch")
	mapi.PidTagSubjectPrefix.Set(p, "A: b: ")
	mapi.PidTagNormalizedSubject.Set(p, "Lunch")
	mapi.PidTagBody.Set(p, "Text of the stream\r\n")
	mapi.PidTagSentRepresentingName.Set(p, "Stream")
	mapi.PidTagSentRepresentingAddressType.Set(p, "SMTP")
	mapi.PidTagSentRepresentingEmailAddress.Set(p, "stream@example.com")
	mapi.PidTagReplyRecipientNames.Set(p, "Stream")
	mapi.PidTagMessageLocaleId.Set(p, 1031)
	mapi.PidTagTnefCorrelationKey.Set(p, []byte("<key@example.com>\x00"))
	a := &mapi.Attachment{Content: mapi.Bytes("file of the stream")}
	mapi.PidTagAttachLongFilename.Set(&a.Properties, "a.txt")
	inner := new(mapi.Message)
	mapi.PidTagMessageClass.Set(&inner.Properties, "IPM.Note")
	mapi.PidTagSubject.Set(&inner.Properties, "Within")
	mapi.PidTagSentRepresentingName.Set(&inner.Properties, "Inner Sender")
	mapi.PidTagSentRepresentingAddressType.Set(&inner.Properties, "SMTP")
	mapi.PidTagSentRepresentingEmailAddress.Set(&inner.Properties, "inner@example.com")
	m.Attachments = []*mapi.Attachment{a, {Message: inner}}
	return m
}

func stream(t *testing.T, m *mapi.Message) string {
	t.Helper()
	var b bytes.Buffer
	if _, _, err := tnef.Write(t.Context(), &b, m, nil); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

const tnefHeader = "From: Header <header@example.com>\r\nTo: To <to@example.com>\r\nReply-To: Reply <reply@example.com>\r\nSubject: A: b: Lunch\r\n" +
	"Message-ID: <key@example.com>\r\nContent-Language: fr-FR\r\nX-MS-TNEF-Correlator: <key@example.com>\r\nMIME-Version: 1.0\r\n"

// legacy is a message with a TNEF part beside a text, as Outlook sends it.
func legacy(header, stream string) string {
	return header + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nText beside the stream\r\n" +
		"--b\r\nContent-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
		base64.StdEncoding.EncodeToString([]byte(stream)) + "\r\n--b\r\nContent-Type: image/png; name=b.png\r\n\r\nfile beside the stream\r\n--b--\r\n"
}

func convertTNEF(t *testing.T, text string, o *mime2mapi.Options) *mime2mapi.Result {
	t.Helper()
	res, err := mime2mapi.Convert(t.Context(), strings.NewReader(text), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = res.Close() })
	return res
}

func where(res *mime2mapi.Result) (list []string) {
	for _, p := range res.Parts {
		s := p.Number + " " + p.Type + " " + p.To.String()
		if p.Reason != "" {
			s += " " + string(p.Reason)
		}
		list = append(list, s)
	}
	return list
}

func has(res *mime2mapi.Result, code diag.Code) bool {
	for _, d := range res.Diagnostics {
		if d.Code == code {
			return true
		}
	}
	return false
}

func contentOf(t *testing.T, a *mapi.Attachment) string {
	t.Helper()
	r, err := a.Content.Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestTNEF(t *testing.T) {
	text := func(tag mapi.Tag[string], want string) func(*testing.T, *mime2mapi.Result) {
		return func(t *testing.T, res *mime2mapi.Result) {
			t.Helper()
			if got, _ := tag.Get(&res.Message.Properties); got != want {
				t.Errorf("%q, want %q", got, want)
			}
		}
	}
	parts := func(want ...string) func(*testing.T, *mime2mapi.Result) {
		return func(t *testing.T, res *mime2mapi.Result) {
			t.Helper()
			if diff := cmp.Diff(want, where(res)); diff != "" {
				t.Error(diff)
			}
		}
	}
	s := stream(t, capsule())
	for _, test := range []struct {
		name, text string
		check      func(*testing.T, *mime2mapi.Result)
	}{
		{"IN-SPC-021 the class is the stream's", legacy(tnefHeader, s), text(mapi.PidTagMessageClass, "IPM.Task")},
		{"IN-SPC-021 the text beside it is discarded", legacy(tnefHeader, s), text(mapi.PidTagBody, "Text of the stream\r\n")},
		{"IN-SPC-021 parts", legacy(tnefHeader, s), parts("1 text/plain dropped superseded", "2 application/ms-tnef property", "3 image/png attachment")},
		{"IN-SPC-022 root", tnefHeader + "Content-Type: application/ms-tnef\r\nContent-Transfer-Encoding: binary\r\n\r\n" + s, func(t *testing.T, res *mime2mapi.Result) {
			text(mapi.PidTagBody, "Text of the stream\r\n")(t, res)
			parts("1 application/ms-tnef property")(t, res)
		}},
		{"IN-SPC-023 a stream of another message", legacy(strings.ReplaceAll(tnefHeader, "key@", "other@"), s), func(t *testing.T, res *mime2mapi.Result) {
			text(mapi.PidTagMessageClass, "IPM.Note")(t, res)
			parts("1 text/plain body", "2 application/ms-tnef attachment", "3 image/png attachment")(t, res)
			if got := contentOf(t, res.Message.Attachments[0]); got != s || !has(res, diag.TnefForeign) {
				t.Errorf("%d bytes, %v", len(got), res.Diagnostics)
			}
		}},
		{"IN-SPC-023 the Message-ID matches where the correlator is gone", legacy(strings.Replace(tnefHeader, "X-MS-TNEF", "X-NO-TNEF", 1), s), text(mapi.PidTagMessageClass, "IPM.Task")},
		{"IN-SPC-024 From wins", legacy(tnefHeader, s), text(mapi.PidTagSentRepresentingEmailAddress, "header@example.com")},
		{"IN-SPC-024 Reply-To wins", legacy(tnefHeader, s), text(mapi.PidTagReplyRecipientNames, "Reply")},
		{"IN-SPC-024 without From the stream's sender stays", legacy(strings.Replace(tnefHeader, "From:", "X-From:", 1), s), text(mapi.PidTagSentRepresentingEmailAddress, "stream@example.com")},
		{"IN-SPC-025 a message within the stream", legacy(tnefHeader, s), func(t *testing.T, res *mime2mapi.Result) {
			inner := res.Message.Attachments[1].Message
			if got, _ := mapi.PidTagSentRepresentingEmailAddress.Get(&inner.Properties); got != "inner@example.com" {
				t.Errorf("%q", got)
			}
			if got, _ := mapi.PidTagSubject.Get(&inner.Properties); got != "Within" {
				t.Errorf("%q", got)
			}
		}},
		{"IN-SPC-026 no stream: text and file", legacy(tnefHeader, "no stream"), func(t *testing.T, res *mime2mapi.Result) {
			text(mapi.PidTagBody, "Text beside the stream")(t, res)
			parts("1 text/plain body", "2 application/ms-tnef attachment", "3 image/png attachment")(t, res)
			if !has(res, diag.TnefUnreadable) {
				t.Errorf("%v", res.Diagnostics)
			}
		}},
		{"IN-SPC-026 a stream that ends early is kept as a file, too", legacy(tnefHeader, s[:len(s)-40]), func(t *testing.T, res *mime2mapi.Result) {
			text(mapi.PidTagBody, "Text of the stream\r\n")(t, res)
			last := res.Message.Attachments[len(res.Message.Attachments)-1]
			if got := contentOf(t, last); got != s[:len(s)-40] {
				t.Errorf("%d bytes", len(got))
			}
		}},
		{"IN-ATT-045 no stream has type octet-stream", legacy(tnefHeader, "no stream"), func(t *testing.T, res *mime2mapi.Result) {
			if got, _ := mapi.PidTagAttachMimeTag.Get(&res.Message.Attachments[0].Properties); got != "application/octet-stream" {
				t.Errorf("%q", got)
			}
		}},
		{"IN-HDR-019 the two halves of the subject", legacy(tnefHeader, s), text(mapi.PidTagSubjectPrefix, "A: b: ")},
		{"IN-HDR-019 of another subject they are made", legacy(strings.Replace(tnefHeader, "Subject: A: b: Lunch", "Subject: Re: Lunch", 1), s), func(t *testing.T, res *mime2mapi.Result) {
			text(mapi.PidTagSubjectPrefix, "Re: ")(t, res)
			text(mapi.PidTagSubject, "Re: Lunch")(t, res)
		}},
		{"IN-HDR-056 Content-Language wins", legacy(tnefHeader, s), func(t *testing.T, res *mime2mapi.Result) {
			if got, _ := mapi.PidTagMessageLocaleId.Get(&res.Message.Properties); got != 1036 {
				t.Errorf("%d", got)
			}
		}},
		{"by the name alone", strings.Replace(legacy(tnefHeader, s), "application/ms-tnef", "application/octet-stream", 1), text(mapi.PidTagMessageClass, "IPM.Task")},
		{"files of both", legacy(tnefHeader, s), func(t *testing.T, res *mime2mapi.Result) {
			var got []string
			for _, a := range res.Message.Attachments {
				if a.Message == nil {
					got = append(got, contentOf(t, a))
				}
			}
			if diff := cmp.Diff([]string{"file of the stream", "file beside the stream"}, got); diff != "" {
				t.Error(diff)
			}
		}},
		{"recipients are those of the header", legacy(tnefHeader, s), func(t *testing.T, res *mime2mapi.Result) {
			if len(res.Message.Recipients) != 1 || res.Message.Recipients[0].Address().SMTP != "to@example.com" {
				t.Errorf("%v", res.Message.Recipients)
			}
		}},
		{"in an embedded message", "From: a@example.com\r\nContent-Type: message/rfc822\r\n\r\n" + legacy(tnefHeader, s), func(t *testing.T, res *mime2mapi.Result) {
			if got, _ := mapi.PidTagMessageClass.Get(&res.Message.Attachments[0].Message.Properties); got != "IPM.Task" {
				t.Errorf("%q", got)
			}
		}},
	} {
		t.Run(test.name, func(t *testing.T) { test.check(t, convertTNEF(t, test.text, nil)) })
	}
}

// A stream with RTF alone: the RTF is the body, and the text beside it, or else its
// own text, is the plain one.
func TestTNEFWithRTF(t *testing.T) {
	m := capsule()
	mapi.PidTagBody.Delete(&m.Properties)
	var b bytes.Buffer
	if err := rtf.EncapsulateHTML(&b, "<html><body><p>Text <b>of</b> the RTF</p></body></html>"); err != nil {
		t.Fatal(err)
	}
	mapi.PidTagRtfCompressed.Set(&m.Properties, rtf.Compress(b.Bytes()))
	s := stream(t, m)
	for name, test := range map[string]struct{ text, want string }{
		"with a text":    {legacy(tnefHeader, s), "Text beside the stream"},
		"without a text": {tnefHeader + "Content-Type: application/ms-tnef\r\nContent-Transfer-Encoding: binary\r\n\r\n" + s, "Text of the RTF"},
	} {
		t.Run(name, func(t *testing.T) {
			p := &convertTNEF(t, test.text, nil).Message.Properties
			if got, _ := mapi.PidTagBody.Get(p); strings.TrimSpace(got) != test.want {
				t.Errorf("%q, want %q", got, test.want)
			}
			if native, _ := mapi.PidTagNativeBody.Get(p); native != 2 || !mapi.PidTagRtfInSync.Or(p, false) {
				t.Errorf("native body %d", native)
			}
		})
	}
}

func TestTNEFLimits(t *testing.T) {
	s := stream(t, capsule())
	for name, l := range map[string]limits.Limits{
		"MaxBodyPartsTotal":       {MaxBodyPartsTotal: 5},
		"MaxEmbeddedMessageDepth": {MaxEmbeddedMessageDepth: 1},
	} {
		t.Run(name, func(t *testing.T) {
			text := legacy(tnefHeader, s)
			if name == "MaxEmbeddedMessageDepth" {
				text = "From: a@example.com\r\nContent-Type: message/rfc822\r\n\r\n" + text
			}
			_, err := mime2mapi.Convert(t.Context(), strings.NewReader(text), &mime2mapi.Options{Limits: l})
			var exceeded *limits.ExceededError
			if !errors.As(err, &exceeded) || exceeded.Name != name {
				t.Errorf("%v", err)
			}
		})
	}
}

// Contents of a stream are gone with the result.
func TestTNEFClosed(t *testing.T) {
	s := stream(t, capsule())
	for name, text := range map[string]string{
		"spooled":       legacy(tnefHeader, s),
		"in the source": tnefHeader + "Content-Type: application/ms-tnef\r\nContent-Transfer-Encoding: binary\r\n\r\n" + s,
	} {
		res, err := mime2mapi.ConvertAt(t.Context(), strings.NewReader(text), int64(len(text)), nil)
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Close()
		r, err := res.Message.Attachments[0].Content.Open(context.Background())
		if err == nil {
			_, err = io.ReadAll(r)
		}
		if !errors.Is(err, fs.ErrClosed) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Properties that make a client act cross from a trusted source alone.
func TestTNEFFirewall(t *testing.T) {
	m := capsule()
	mapi.PidLidReminderFileParameter.Set(&m.Properties, `\\evil.example.com\share\x.wav`)
	text := legacy(tnefHeader, stream(t, m))
	for _, trusted := range []bool{false, true} {
		p := &convertTNEF(t, text, &mime2mapi.Options{Trusted: trusted}).Message.Properties
		if mapi.PidLidReminderFileParameter.Has(p) != trusted {
			t.Errorf("trusted %v: %v", trusted, !trusted)
		}
	}
}
