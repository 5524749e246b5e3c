package mapi2mime_test

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mapi2mime"
)

// requesting returns a message that requests a receipt.
func requesting(set ...func(p *props)) *mapi.Message {
	return with(append([]func(p *props){func(p *props) {
		mapi.PidTagReadReceiptRequested.Set(p, true)
		mapi.PidTagSearchKey.Set(p, []byte{1, 2, 3})
		mapi.PidTagInternetReferences.Set(p, "<first@example.com>")
		mapi.ReceivedByGroup.SetInternet(p, &mapi.InternetAddress{Name: "Bob", Address: "bob@example.org"})
	}}, set...)...)
}

func TestReceipt(t *testing.T) {
	o := &mapi2mime.ReceiptOptions{Time: time.Date(2024, 3, 6, 8, 0, 0, 0, time.UTC)}
	for _, c := range []struct {
		name                  string
		read                  bool
		subject, class, field string
		text                  string
	}{
		{"read", true, "Read: Hello", "REPORT.IPM.Note.IPNRN", "displayed", "was read on 6 March 2024 08:00:00 UTC."},
		{"not read", false, "Not read: Hello", "REPORT.IPM.Note.IPNNRN", "deleted", "was deleted without being read on 6 March 2024 08:00:00 UTC."},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, err := mapi2mime.Receipt(requesting(), c.read, o)
			if err != nil {
				t.Fatal(err)
			}
			w := write(t, r, nil)
			w.want(t, "From", "Bob <bob@example.org>", "Sender", "", "To", "Ann <ann@example.com>", "Subject", c.subject, "In-Reply-To", "<id@example.com>",
				"References", "<first@example.com> <id@example.com>", "Date", "Wed, 6 Mar 2024 08:00:00 +0000", "Auto-Submitted", "auto-replied",
				"Disposition-Notification-To", "")
			root := w.tree(t)
			want := "Final-Recipient: rfc822; bob@example.org\r\nOriginal-Message-ID: <id@example.com>\r\nDisposition: manual-action/MDN-sent-automatically; " +
				c.field + "\r\nX-MSExch-Correlation-Key: AQID\r\nX-Display-Name: Bob\r\n"
			if got := strings.TrimRight(string(root.part(t, 1).body), "\r\n") + "\r\n"; got != want {
				t.Errorf("fields are %q", got)
			}
			if text := string(root.part(t, 0).body); !strings.Contains(text, "Subject: Hello\r\n") || !strings.Contains(text, c.text) {
				t.Errorf("text is %q", text)
			}
			back := toMAPI(t, []byte(w.raw)).Message
			if got := mapi.PidTagMessageClass.Or(&back.Properties, ""); got != c.class {
				t.Errorf("class is %s", got)
			}
		})
	}
}

func TestReceiptAddresses(t *testing.T) {
	m := requesting(func(p *props) {
		mapi.ReadReceiptGroup.SetInternet(p, &mapi.InternetAddress{Address: "receipts@example.com"})
		mapi.PidTagMessageClass.Set(p, "IPM.Schedule.Meeting.Request")
	})
	o := &mapi2mime.ReceiptOptions{Reader: mapi.Address{Type: "SMTP", Email: "kim@example.org", SMTP: "kim@example.org"}, Manual: true}
	r, err := mapi2mime.Receipt(m, true, o)
	if err != nil {
		t.Fatal(err)
	}
	w := write(t, r, nil)
	w.want(t, "From", "kim@example.org", "To", "receipts@example.com")
	if got := string(w.tree(t).part(t, 1).body); !strings.Contains(got, "manual-action/MDN-sent-manually; displayed") {
		t.Errorf("fields are %q", got)
	}
	if got := mapi.PidTagMessageClass.Or(&r.Properties, ""); got != "REPORT.IPM.Schedule.Meeting.Request.IPNRN" {
		t.Errorf("class is %s", got)
	}
}

func TestNoReceipt(t *testing.T) {
	for _, c := range []struct {
		name string
		read bool
		set  func(p *props)
		want error
	}{
		{"not requested", true, func(p *props) { mapi.PidTagReadReceiptRequested.Set(p, false) }, mapi2mime.ErrReceiptNotRequested},
		{"only that it was not read", true, func(p *props) {
			mapi.PidTagReadReceiptRequested.Set(p, false)
			mapi.PidTagNonReceiptNotificationRequested.Set(p, true)
		}, mapi2mime.ErrReceiptNotRequested},
		{"that it was not read", false, func(p *props) {
			mapi.PidTagReadReceiptRequested.Set(p, false)
			mapi.PidTagNonReceiptNotificationRequested.Set(p, true)
		}, nil},
		{"of a receipt", true, func(p *props) { mapi.PidTagMessageClass.Set(p, "REPORT.IPM.Note.IPNRN") }, mapi2mime.ErrReceiptNotRequested},
		{"suppressed", true, func(p *props) { mapi.PidTagAutoResponseSuppress.Set(p, 0x04) }, mapi2mime.ErrReceiptSuppressed},
		{"the other one suppressed", true, func(p *props) { mapi.PidTagAutoResponseSuppress.Set(p, 0x08) }, nil},
		{"not read, suppressed", false, func(p *props) { mapi.PidTagAutoResponseSuppress.Set(p, 0x08) }, mapi2mime.ErrReceiptSuppressed},
		{"nobody read it", true, func(p *props) { mapi.ReceivedByGroup.Delete(p) }, mapi2mime.ErrReceiptNoAddress},
		{"nobody sent it", true, func(p *props) { mapi.SentRepresentingGroup.Delete(p) }, mapi2mime.ErrReceiptNoAddress},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, err := mapi2mime.Receipt(requesting(c.set), c.read, nil)
			if !errors.Is(err, c.want) || (r == nil) != (c.want != nil) {
				t.Errorf("error is %v; want %v", err, c.want)
			}
		})
	}
	// One of now.
	r, err := mapi2mime.Receipt(requesting(), true, nil)
	if err != nil {
		t.Fatal(err)
	}
	if ft, _ := mapi.PidTagReceiptTime.Get(&r.Properties); ft == 0 {
		t.Errorf("there is no time")
	}
	if _, err := mapi2mime.Convert(context.Background(), io.Discard, r, nil); err != nil {
		t.Error(err)
	}
}
