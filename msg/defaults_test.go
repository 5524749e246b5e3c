package msg_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/mapi"
)

// TestWriteFillsMessage has what Write adds to a message, and when it does not.
func TestWriteFillsMessage(t *testing.T) {
	const html = "<p>ä</p>"
	sent := mapi.Time(132539328000000000)
	for _, c := range []struct {
		name string
		make func(*mapi.Message)
		tag  string
		want any
	}{
		{"class", nil, "PidTagMessageClass", "IPM.Note"},
		{"class that is empty", func(m *mapi.Message) { mapi.PidTagMessageClass.Set(&m.Properties, "\x00") }, "PidTagMessageClass", "IPM.Note"},
		{"class that is there", func(m *mapi.Message) { mapi.PidTagMessageClass.Set(&m.Properties, "IPM.Task") }, "PidTagMessageClass", "IPM.Task"},
		{"flags", nil, "PidTagMessageFlags", int32(0x03)},
		{"flags with an attachment", func(m *mapi.Message) { m.Attachments = []*mapi.Attachment{{}} }, "PidTagMessageFlags", int32(0x13)},
		{"flags that are there", func(m *mapi.Message) { mapi.PidTagMessageFlags.Set(&m.Properties, 8) }, "PidTagMessageFlags", int32(8)},
		{"MSG-W-029 support mask", nil, "PidTagStoreSupportMask", int32(0x40E79)},
		{"MSG-W-029 support mask of an 8-bit file", func(m *mapi.Message) { mapi.PidTagStoreSupportMask.Set(&m.Properties, 0x0E79) }, "PidTagStoreSupportMask", int32(0x40E79)},
		{"subject of its parts", func(m *mapi.Message) {
			mapi.PidTagSubjectPrefix.Set(&m.Properties, "RE: ")
			mapi.PidTagNormalizedSubject.Set(&m.Properties, "x")
		}, "PidTagSubject", "RE: x"},
		{"no subject", nil, "PidTagSubject", nil},
		{"delivery time", func(m *mapi.Message) { mapi.PidTagClientSubmitTime.Set(&m.Properties, sent) }, "PidTagMessageDeliveryTime", sent},
		{"submit time", func(m *mapi.Message) { mapi.PidTagMessageDeliveryTime.Set(&m.Properties, sent) }, "PidTagClientSubmitTime", sent},
		{"no times of a draft", func(m *mapi.Message) {
			mapi.PidTagMessageFlags.Set(&m.Properties, 8)
			mapi.PidTagClientSubmitTime.Set(&m.Properties, sent)
		}, "PidTagMessageDeliveryTime", nil},
		{"no times of an appointment", func(m *mapi.Message) {
			mapi.PidTagMessageClass.Set(&m.Properties, "IPM.Appointment")
			mapi.PidTagClientSubmitTime.Set(&m.Properties, sent)
		}, "PidTagMessageDeliveryTime", nil},
		{"native body", func(m *mapi.Message) { mapi.PidTagHtml.Set(&m.Properties, []byte(html)) }, "PidTagNativeBody", int32(3)},
		{"no native body with RTF", func(m *mapi.Message) {
			mapi.PidTagHtml.Set(&m.Properties, []byte(html))
			mapi.PidTagRtfCompressed.Set(&m.Properties, []byte("x"))
		}, "PidTagNativeBody", nil},
		{"code page of UTF-8", func(m *mapi.Message) { mapi.PidTagHtml.Set(&m.Properties, []byte(html)) }, "PidTagInternetCodepage", int32(65001)},
		{"no code page of something else", func(m *mapi.Message) { mapi.PidTagHtml.Set(&m.Properties, []byte("\xE4")) }, "PidTagInternetCodepage", nil},
		{"list of recipients", func(m *mapi.Message) {
			m.Recipients = make([]mapi.Recipient, 3)
			for i, name := range []string{"A", "B", "C"} {
				kind := []int32{mapi.RecipientTo, mapi.RecipientCc, mapi.RecipientTo}[i]
				m.Recipients[i].SetInternet(&mapi.InternetAddress{Name: name, Address: "x@example.com"}, kind, int32(i))
			}
		}, "PidTagDisplayTo", "A; C"},
		{"no list of recipients", nil, "PidTagDisplayTo", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := new(mapi.Message)
			if c.make != nil {
				c.make(m)
			}
			checkProperty(t, &read(t, write(t, m, nil), nil).Message.Properties, c.tag, c.want)
		})
	}
}

func checkProperty(t *testing.T, p *mapi.Properties, name string, want any) {
	t.Helper()
	key, _, ok := mapi.KeyOf(name)
	if !ok {
		t.Fatal(name)
	}
	var got any
	if v, ok := p.Get(key); ok {
		got = v.Any()
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s: -want +got:\n%s", name, diff)
	}
}

func TestWriteFillsRecipients(t *testing.T) {
	m := &mapi.Message{Recipients: make([]mapi.Recipient, 3)}
	mapi.PidTagSmtpAddress.Set(&m.Recipients[1].Properties, "r@example.com")
	mapi.PidTagRowid.Set(&m.Recipients[1].Properties, 7)
	mapi.PidTagDisplayName.Set(&m.Recipients[2].Properties, "X")
	mapi.PidTagAddressType.Set(&m.Recipients[2].Properties, "EX")
	mapi.PidTagEmailAddress.Set(&m.Recipients[2].Properties, "/o=x/cn=y")
	got := read(t, write(t, m, nil), nil).Message.Recipients
	oneOff := func(name, kind, address string) []byte {
		return (&mapi.OneOff{Name: name, AddressType: kind, Address: address, Flags: mapi.OneOffNoRichInfo}).Bytes()
	}
	for i, want := range []map[string]any{
		{"PidTagRowid": int32(0), "PidTagRecipientType": int32(1), "PidTagObjectType": int32(6), "PidTagDisplayType": int32(0),
			"PidTagInstanceKey": []byte{0, 0, 0, 0}, "PidTagEntryId": nil, "PidTagDisplayName": nil},
		{"PidTagRowid": int32(1), "PidTagDisplayName": "r@example.com", "PidTagAddressType": "SMTP", "PidTagEmailAddress": "r@example.com",
			"PidTagEntryId": oneOff("r@example.com", "SMTP", "r@example.com"), "PidTagSearchKey": []byte("SMTP:R@EXAMPLE.COM\x00"),
			"PidTagInstanceKey": []byte{1, 0, 0, 0}},
		{"PidTagRowid": int32(2), "PidTagEntryId": oneOff("X", "EX", "/o=x/cn=y"), "PidTagSmtpAddress": nil},
	} {
		for name, v := range want {
			checkProperty(t, &got[i].Properties, name, v)
		}
	}
}

func TestWriteFillsAttachments(t *testing.T) {
	inner := new(mapi.Message)
	mapi.PidTagSubject.Set(&inner.Properties, "inner")
	inner.Attachments = []*mapi.Attachment{{Message: &mapi.Message{Attachments: []*mapi.Attachment{{Content: mapi.Bytes(make([]byte, 5000))}}}}}
	m := &mapi.Message{Attachments: []*mapi.Attachment{
		{Content: mapi.Bytes("12345")}, {Message: inner}, {}, nil,
	}}
	mapi.PidTagAttachLongFilename.Set(&m.Attachments[0].Properties, "A long name.docx")
	mapi.PidTagAttachNumber.Set(&m.Attachments[0].Properties, 9)
	file := write(t, m, nil)
	got := read(t, file, nil).Message.Attachments
	for i, want := range []map[string]any{
		{"PidTagAttachNumber": int32(0), "PidTagAttachMethod": int32(1), "PidTagObjectType": int32(7), "PidTagRecordKey": []byte{0, 0, 0, 0},
			"PidTagRenderingPosition": int32(-1), "PidTagAttachSize": int32(5), "PidTagAttachFilename": "ALONGN~1.DOC",
			"PidTagAttachExtension": ".docx", "PidTagDisplayName": "A long name.docx"},
		{"PidTagAttachNumber": int32(1), "PidTagAttachMethod": int32(5), "PidTagDisplayName": "inner"},
		{"PidTagAttachNumber": int32(2), "PidTagAttachMethod": int32(0), "PidTagAttachSize": nil},
		{"PidTagAttachNumber": int32(3)},
	} {
		for name, v := range want {
			checkProperty(t, &got[i].Properties, name, v)
		}
	}
	if n := mapi.PidTagAttachSize.Or(&got[1].Properties, 0); n < 5000 || int(n) > len(file) {
		t.Errorf("the embedded message's size is %d", n)
	}
	if p := check(t, file); len(p) > 0 {
		t.Error(p)
	}
}
