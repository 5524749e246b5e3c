package mapi2mime_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mapi2mime"
)

// reportOn returns a report of a class, from a server to Ann.
func reportOn(class string, rows ...func(p *props)) *mapi.Message {
	m := note(func(m *mapi.Message, p *props) {
		mapi.PidTagMessageClass.Set(p, class)
		mapi.SentRepresentingGroup.SetInternet(p, &mapi.InternetAddress{Name: "System", Address: "postmaster@mx.example"})
		ann := mapi.Address{Type: "SMTP", Email: "ann@example.com", SMTP: "ann@example.com", Name: "Ann"}
		mapi.ReceivedByGroup.Set(p, ann)
		mapi.PidTagReportingMessageTransferAgent.Set(p, "dns;mx.example")
	})
	m.Recipients = nil
	for i, set := range rows {
		r := mapi.Recipient{}
		r.SetInternet(&mapi.InternetAddress{Name: "Bob", Address: "bob@example.org"}, mapi.RecipientTo, int32(i))
		set(&r.Properties)
		m.Recipients = append(m.Recipients, r)
	}
	return m
}

// fieldsPart returns the lines of the second part of a report.
func fieldsPart(t *testing.T, w written) []string {
	t.Helper()
	return strings.Split(strings.TrimSuffix(string(w.tree(t).part(t, 1).body), "\r\n"), "\r\n")
}

func diagnosed(diag, reason, status int32) func(p *props) {
	return func(p *props) {
		if diag != unset {
			mapi.PidTagNonDeliveryReportDiagCode.Set(p, diag)
		}
		if reason != unset {
			mapi.PidTagNonDeliveryReportReasonCode.Set(p, reason)
		}
		if status != unset {
			mapi.PidTagNonDeliveryReportStatusCode.Set(p, status)
		}
	}
}

// unset is no code.
const unset int32 = -1000

func TestReportFields(t *testing.T) {
	for _, c := range []struct {
		name, class string
		row         func(p *props)
		want        []string // of the recipient
	}{
		{"OUT-SPC-001 failed", "REPORT.IPM.Note.NDR", diagnosed(35, 1, unset),
			[]string{"Final-Recipient: rfc822; bob@example.org", "Action: failed", "Status: 5.1.1", "X-Display-Name: Bob"}},
		{"OUT-SPC-001 delivered", "REPORT.IPM.Note.DR", diagnosed(unset, unset, 200),
			[]string{"Final-Recipient: rfc822; bob@example.org", "Action: delivered", "Status: 2.0.0", "X-Display-Name: Bob"}},
		{"OUT-SPC-001 expanded", "REPORT.IPM.Note.Expanded.DR", diagnosed(unset, unset, unset),
			[]string{"Final-Recipient: rfc822; bob@example.org", "Action: expanded", "Status: 2.0.0", "X-Display-Name: Bob"}},
		{"OUT-SPC-001 relayed, in other letters", "Report.IPM.Note.RELAYED.dr", diagnosed(unset, unset, unset),
			[]string{"Final-Recipient: rfc822; bob@example.org", "Action: relayed", "Status: 2.0.0", "X-Display-Name: Bob"}},
		{"OUT-SPC-001 delayed, of another class", "REPORT.IPM.Schedule.Meeting.Request.Delayed.DR", diagnosed(unset, unset, unset),
			[]string{"Final-Recipient: rfc822; bob@example.org", "Action: delayed", "Status: 4.0.0", "X-Display-Name: Bob"}},
		{"a class below one that is known", "REPORT.IPM.Note.NDR.Custom", diagnosed(48, 0, unset),
			[]string{"Final-Recipient: rfc822; bob@example.org", "Action: failed", "Status: 5.1.2", "X-Display-Name: Bob"}},
		{"OUT-SPC-002 by diagnostic code", "REPORT.IPM.Note.NDR", diagnosed(13, 4, unset),
			[]string{"Final-Recipient: rfc822; bob@example.org", "Action: failed", "Status: 5.3.4", "X-Display-Name: Bob"}},
		{"OUT-SPC-002 by reason code", "REPORT.IPM.Note.NDR", diagnosed(-1, 6, unset),
			[]string{"Final-Recipient: rfc822; bob@example.org", "Action: failed", "Status: 4.4.3", "X-Display-Name: Bob"}},
		{"OUT-SPC-002 by reason code alone", "REPORT.IPM.Note.NDR", diagnosed(unset, 4, unset),
			[]string{"Final-Recipient: rfc822; bob@example.org", "Action: failed", "Status: 5.2.0", "X-Display-Name: Bob"}},
		{"OUT-SPC-002 without codes", "REPORT.IPM.Note.NDR", diagnosed(unset, unset, unset),
			[]string{"Final-Recipient: rfc822; bob@example.org", "Action: failed", "Status: 5.0.0", "X-Display-Name: Bob"}},
		{"OUT-SPC-002 the status that came", "REPORT.IPM.Note.NDR", diagnosed(38, 0, 522),
			[]string{"Final-Recipient: rfc822; bob@example.org", "Action: failed", "Status: 5.2.2", "X-Display-Name: Bob"}},
		{"OUT-SPC-002 a success with codes of failure", "REPORT.IPM.Note.DR", diagnosed(35, 1, unset),
			[]string{"Final-Recipient: rfc822; bob@example.org", "Action: delivered", "Status: 2.0.0", "X-Display-Name: Bob"}},
		{"details of the server", "REPORT.IPM.Note.NDR", func(p *props) {
			diagnosed(unset, unset, 570)(p)
			mapi.PidTagRemoteMessageTransferAgent.Set(p, "mx.example.org")
			mapi.PidTagSupplementaryInfo.Set(p, "<mx.example.org #5.7.10 smtp;550 5.7.10 no\r\nsuch user>")
		}, []string{"Final-Recipient: rfc822; bob@example.org", "Action: failed", "Status: 5.7.10", "Remote-MTA: dns; mx.example.org",
			"Diagnostic-Code: smtp;550 5.7.10 no such user", "X-Supplementary-Info: <mx.example.org #5.7.10 smtp;550 5.7.10 no such user>", "X-Display-Name: Bob"}},
		{"details without a diagnostic code", "REPORT.IPM.Note.NDR", func(p *props) {
			mapi.PidTagSupplementaryInfo.Set(p, "< #5.1.1>")
		}, []string{"Final-Recipient: rfc822; bob@example.org", "Action: failed", "Status: 5.0.0", "X-Supplementary-Info: < #5.1.1>", "X-Display-Name: Bob"}},
		{"details of another form", "REPORT.IPM.Note.NDR", func(p *props) {
			mapi.PidTagSupplementaryInfo.Set(p, "Mailbox (full); try later")
		}, []string{"Final-Recipient: rfc822; bob@example.org", "Action: failed", "Status: 5.0.0", "X-Supplementary-Info: Mailbox (full); try later", "X-Display-Name: Bob"}},
		{"OUT-SPC-011 name that is the address", "REPORT.IPM.Note.NDR", func(p *props) {
			mapi.PidTagDisplayName.Set(p, "BOB@example.org")
		}, []string{"Final-Recipient: rfc822; bob@example.org", "Action: failed", "Status: 5.0.0"}},
		{"OUT-SPC-011 name beyond ASCII", "REPORT.IPM.Note.NDR", func(p *props) {
			mapi.PidTagDisplayName.Set(p, "Bób")
		}, []string{"Final-Recipient: rfc822; bob@example.org", "Action: failed", "Status: 5.0.0", "X-Display-Name: =?utf-8?Q?B=C3=B3b?="}},
		{"no address", "REPORT.IPM.Note.NDR", func(p *props) {
			for _, tag := range []mapi.Tag[string]{mapi.PidTagSmtpAddress, mapi.PidTagEmailAddress, mapi.PidTagAddressType} {
				tag.Delete(p)
			}
			mapi.PidTagEntryId.Delete(p)
			mapi.PidTagSearchKey.Delete(p)
			mapi.PidTagRecipientEntryId.Delete(p)
		}, []string{"Final-Recipient: rfc822;", "Action: failed", "Status: 5.0.0", "X-Display-Name: Bob"}},
		{"injection", "REPORT.IPM.Note.NDR", func(p *props) {
			mapi.PidTagDisplayName.Set(p, "Bob\r\n\r\nFinal-Recipient: rfc822; x@y")
			mapi.PidTagRemoteMessageTransferAgent.Set(p, "a\r\nAction: delivered")
		}, []string{"Final-Recipient: rfc822; bob@example.org", "Action: failed", "Status: 5.0.0", "Remote-MTA: dns; a Action: delivered",
			"X-Display-Name: Bob  Final-Recipient: rfc822; x@y"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := write(t, reportOn(c.class, c.row), nil)
			if got := w.tree(t).shape(); got != "report(plain, message/delivery-status)" {
				t.Fatalf("structure is %s", got)
			}
			want := append([]string{"Reporting-MTA: dns;mx.example", ""}, append(c.want, "")...)
			if diff := cmp.Diff(want, fieldsPart(t, w)); diff != "" {
				t.Errorf("fields (-want +got):\n%s", diff)
			}
		})
	}
}

func TestReportRecipients(t *testing.T) {
	w := write(t, reportOn("REPORT.IPM.Note.NDR", diagnosed(35, 1, unset), func(p *props) {
		var r mapi.Recipient
		r.SetInternet(&mapi.InternetAddress{Address: "eve@example.org"}, mapi.RecipientTo, 1)
		*p = r.Properties
	}), nil)
	want := []string{"Reporting-MTA: dns;mx.example", "", "Final-Recipient: rfc822; bob@example.org", "Action: failed", "Status: 5.1.1", "X-Display-Name: Bob", "",
		"Final-Recipient: rfc822; eve@example.org", "Action: failed", "Status: 5.0.0", ""}
	if diff := cmp.Diff(want, fieldsPart(t, w)); diff != "" {
		t.Errorf("fields (-want +got):\n%s", diff)
	}
}

// A report that names nobody says what happened all the same.
func TestReportWithoutRecipients(t *testing.T) {
	m := reportOn("REPORT.IPM.Note.NDR")
	mapi.PidTagOriginalDisplayTo.Set(&m.Properties, "Bob")
	w := write(t, m, nil)
	want := []string{"Reporting-MTA: dns;mx.example", "", "Final-Recipient: rfc822;", "Action: failed", "Status: 5.0.0", "X-Display-Name: Bob", ""}
	if diff := cmp.Diff(want, fieldsPart(t, w)); diff != "" {
		t.Errorf("fields (-want +got):\n%s", diff)
	}
	if got := mapi.PidTagMessageClass.Or(&toMAPI(t, []byte(w.raw)).Message.Properties, ""); got != "REPORT.IPM.Note.NDR" {
		t.Errorf("class comes back as %s", got)
	}
}

func TestOUT_SPC_003_ReportingMTA(t *testing.T) {
	host, err := os.Hostname()
	if err != nil {
		t.Skip(err)
	}
	for _, c := range []struct{ name, mta, domain, want string }{
		{"OUT-SPC-003 the name of the host", "", "", "dns; " + host},
		{"the domain of the options", "", "mail.example", "dns; mail.example"},
		{"a name without a type", "mx.example", "mail.example", "dns; mx.example"},
		{"another type", "x-lotus; server", "", "x-lotus; server"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := reportOn("REPORT.IPM.Note.NDR", diagnosed(35, 1, unset))
			mapi.PidTagReportingMessageTransferAgent.Set(&m.Properties, c.mta)
			w := write(t, m, &mapi2mime.Options{Domain: c.domain})
			if got := fieldsPart(t, w)[0]; got != "Reporting-MTA: "+c.want {
				t.Errorf("got %q", got)
			}
		})
	}
}

func TestReportStructure(t *testing.T) {
	returned := &mapi.Attachment{Message: note()}
	header := file("Subject: x\r\n\r\n", func(p *props) { mapi.PidTagAttachMimeTag.Set(p, "text/rfc822-headers") })
	for _, c := range []struct {
		name        string
		html        bool
		attachments []*mapi.Attachment
		want        string
	}{
		{"the returned message", false, []*mapi.Attachment{returned}, "report(plain, message/delivery-status, message/rfc822)"},
		{"the returned header block", false, []*mapi.Attachment{header}, "report(plain, message/delivery-status, rfc822-headers)"},
		{"other files stand with the text", false, []*mapi.Attachment{file("x", nil), returned}, "report(mixed(plain, application/octet-stream), message/delivery-status, message/rfc822)"},
		{"two messages", false, []*mapi.Attachment{returned, returned}, "report(mixed(plain, message/rfc822), message/delivery-status, message/rfc822)"},
		{"HTML", true, []*mapi.Attachment{returned}, "report(alternative(plain, html), message/delivery-status, message/rfc822)"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := reportOn("REPORT.IPM.Note.NDR", diagnosed(35, 1, unset))
			m.Attachments = c.attachments
			if c.html {
				mapi.PidTagHtml.Set(&m.Properties, []byte("<p>x"))
			}
			w := write(t, m, nil)
			if got := w.tree(t).shape(); got != c.want {
				t.Errorf("structure is %s; want %s", got, c.want)
			}
			root := w.tree(t)
			if _, params, _ := root.ContentType(); params["report-type"] != "delivery-status" {
				t.Errorf("report-type is %q", params["report-type"])
			}
			w.wantNoDiagnostics(t)
		})
	}
}

// Fields that say more than the properties came with the message are written as
// they came.
func TestReportStoredFields(t *testing.T) {
	const came = "Reporting-MTA: dns; a.example\r\nArrival-Date: x\r\n\r\nFinal-Recipient: rfc822; bob@example.org\r\nAction: failed\r\nStatus: 5.1.1\r\n"
	stored := func(text string) *mapi.Attachment {
		return file(text, func(p *props) { mapi.PidTagAttachMimeTag.Set(p, "message/delivery-status") })
	}
	m := reportOn("REPORT.IPM.Note.NDR", diagnosed(35, 1, unset))
	m.Attachments = []*mapi.Attachment{stored(came)}
	w := write(t, m, nil)
	if got := w.tree(t).shape(); got != "report(plain, message/delivery-status)" {
		t.Errorf("structure is %s", got)
	}
	if got := string(w.tree(t).part(t, 1).body); got != came {
		t.Errorf("fields are %q", got)
	}
	// Those of another report are a file of this one.
	m.Attachments = []*mapi.Attachment{stored(strings.Replace(came, "failed", "delayed", 1))}
	w = write(t, m, nil)
	if got := w.tree(t).shape(); got != "report(mixed(plain, message/delivery-status), message/delivery-status)" {
		t.Errorf("structure is %s", got)
	}
	if got := fieldsPart(t, w)[3]; got != "Action: failed" {
		t.Errorf("got %q", got)
	}
}

// receipt returns a receipt of a class.
func receipt(class string, set func(p *props)) *mapi.Message {
	return note(func(m *mapi.Message, p *props) {
		mapi.PidTagMessageClass.Set(p, class)
		set(p)
	})
}

func TestReceiptFields(t *testing.T) {
	const read = "Disposition: automatic-action/MDN-sent-automatically; displayed"
	for _, c := range []struct {
		name, class string
		set         func(p *props)
		want        []string
	}{
		{"OUT-SPC-004 read", "REPORT.IPM.Note.IPNRN", func(p *props) {
			mapi.PidTagParentKey.Set(p, []byte{1, 2, 3, 0xFF})
			mapi.PidTagOriginalMessageId.Set(p, "<orig@example.com>")
		}, []string{"Final-Recipient: rfc822; ann@example.com", "Original-Message-ID: <orig@example.com>", read, "X-MSExch-Correlation-Key: AQID/w==", "X-Display-Name: Ann"}},
		{"OUT-SPC-004 not read", "REPORT.IPM.Note.IPNNRN", func(p *props) {}, []string{"Final-Recipient: rfc822; ann@example.com",
			"Disposition: automatic-action/MDN-sent-automatically; deleted", "X-Display-Name: Ann"}},
		{"OUT-SPC-005 the sender before the one represented", "REPORT.IPM.Note.IPNRN", func(p *props) {
			mapi.SenderGroup.SetInternet(p, &mapi.InternetAddress{Address: "eve@example.com"})
		}, []string{"Final-Recipient: rfc822; eve@example.com", read}},
		{"OUT-SPC-005 neither", "REPORT.IPM.Note.IPNRN", func(p *props) {
			mapi.SentRepresentingGroup.Delete(p)
		}, []string{"Final-Recipient: rfc822;", read}},
		{"the mode and the type of other properties", "REPORT.IPM.Note.IPNRN", func(p *props) {
			mapi.PidTagReportDispositionMode.Set(p, "manual-action/MDN-sent-manually")
			mapi.PidTagReportDisposition.Set(p, "Dispatched")
		}, []string{"Final-Recipient: rfc822; ann@example.com", "Disposition: manual-action/MDN-sent-manually; dispatched", "X-Display-Name: Ann"}},
		{"a disposition that came", "REPORT.IPM.Note.IPNRN", func(p *props) {
			mapi.PidTagReportText.Set(p, "manual-action/MDN-sent-automatically; displayed/error")
		}, []string{"Final-Recipient: rfc822; ann@example.com", "Disposition: manual-action/MDN-sent-automatically; displayed/error", "X-Display-Name: Ann"}},
		{"dispositions that contradict the class", "REPORT.IPM.Note.IPNRN", func(p *props) {
			mapi.PidTagReportText.Set(p, "a/b; deleted")
			mapi.PidTagReportDisposition.Set(p, "deleted")
			mapi.PidTagReportDispositionMode.Set(p, "none")
		}, []string{"Final-Recipient: rfc822; ann@example.com", read, "X-Display-Name: Ann"}},
		{"OUT-SPC-011 name that is the address", "REPORT.IPM.Note.IPNRN", func(p *props) {
			mapi.SentRepresentingGroup.SetInternet(p, &mapi.InternetAddress{Name: "ann@example.com", Address: "ann@example.com"})
		}, []string{"Final-Recipient: rfc822; ann@example.com", read}},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := write(t, receipt(c.class, c.set), nil)
			if got := w.tree(t).shape(); got != "report(plain, message/disposition-notification)" {
				t.Fatalf("structure is %s", got)
			}
			if diff := cmp.Diff(append(c.want, ""), fieldsPart(t, w)); diff != "" {
				t.Errorf("fields (-want +got):\n%s", diff)
			}
		})
	}
}

// Addresses beyond ASCII need the types of RFC 6533.
func TestReportBeyondASCII(t *testing.T) {
	m := reportOn("REPORT.IPM.Note.NDR", func(p *props) { mapi.PidTagSmtpAddress.Set(p, "bób@example.org") })
	for _, o := range []mapi2mime.Options{{}, {EightBit: true, UTF8Headers: true}} {
		w := write(t, m, &o)
		root := w.tree(t)
		if got := root.shape(); got != "report(plain, message/global-delivery-status)" {
			t.Fatalf("structure is %s", got)
		}
		if _, params, _ := root.ContentType(); params["report-type"] != "global-delivery-status" {
			t.Errorf("report-type is %q", params["report-type"])
		}
		if got := string(root.part(t, 1).body); !strings.Contains(got, "Final-Recipient: utf-8; bób@example.org\r\n") {
			t.Errorf("fields are %q", got)
		}
		fields := root.part(t, 1)
		if encoding := fields.Get("Content-Transfer-Encoding"); o.EightBit != (encoding == "8bit") {
			t.Errorf("encoding is %s", encoding)
		}
	}
	w := write(t, receipt("REPORT.IPM.Note.IPNRN", func(p *props) {
		mapi.SenderGroup.SetInternet(p, &mapi.InternetAddress{Address: "änn@example.com"})
	}), nil)
	if got := w.tree(t).shape(); got != "report(plain, message/global-disposition-notification)" {
		t.Errorf("structure is %s", got)
	}
}

// Reports without a text get one, because mail programs show nothing else.
func TestReportText(t *testing.T) {
	original := func(p *props) {
		mapi.PidTagBody.Delete(p)
		mapi.PidTagOriginalSubject.Set(p, "Lunch")
		mapi.PidTagOriginalDisplayTo.Set(p, "Bob")
		mapi.PidTagOriginalSubmitTime.Set(p, sent)
		mapi.PidTagReceiptTime.Set(p, sent+600_000_000)
	}
	for _, c := range []struct{ class, want string }{
		{"REPORT.IPM.Note.NDR", "Your message could not be delivered to:\r\n\r\n  Bob <bob@example.org>\r\n    <mx #5.1.1>\r\n\r\n" +
			"  To: Bob\r\n  Subject: Lunch\r\n  Sent: 5 March 2024 13:07:09 UTC\r\n"},
		{"REPORT.IPM.Note.IPNRN", "Your message\r\n\r\n  To: Bob\r\n  Subject: Lunch\r\n  Sent: 5 March 2024 13:07:09 UTC\r\n\r\nwas read on 5 March 2024 13:08:09 UTC.\r\n"},
		{"REPORT.IPM.Note.IPNNRN", "Your message\r\n\r\n  To: Bob\r\n  Subject: Lunch\r\n  Sent: 5 March 2024 13:07:09 UTC\r\n\r\nwas deleted without being read on 5 March 2024 13:08:09 UTC.\r\n"},
	} {
		m := reportOn(c.class, func(p *props) { mapi.PidTagSupplementaryInfo.Set(p, "<mx #5.1.1>") })
		original(&m.Properties)
		w := write(t, m, nil)
		if diff := cmp.Diff(c.want, string(w.tree(t).part(t, 0).body)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.class, diff)
		}
	}
}

// TestReportClasses lists classes that are no reports.
func TestReportClasses(t *testing.T) {
	for _, class := range []string{"REPORT.IPM.Note", "REPORT", "IPM.Note.NDR", "REPORT.NDR", "REPORTS.IPM.Note.NDR"} {
		w := write(t, with(func(p *props) { mapi.PidTagMessageClass.Set(p, class) }), nil)
		if got := w.tree(t).shape(); got != "plain" {
			t.Errorf("structure of %s is %s", class, got)
		}
	}
}

// A report converts to a message object and back without a change of what it says.
func TestOUT_SPC_006_ReportsComeBack(t *testing.T) {
	for _, name := range messages(t, "../testdata/eml") {
		raw := readFile(t, "../testdata/eml/"+name)
		if !strings.Contains(string(raw), "report-type") {
			continue
		}
		t.Run("OUT-SPC-006 "+name, func(t *testing.T) {
			first := toMAPI(t, raw).Message
			if !strings.HasPrefix(mapi.PidTagMessageClass.Or(&first.Properties, ""), "REPORT.") {
				t.Skip("is no report")
			}
			again := toMAPI(t, []byte(write(t, first, nil).raw)).Message
			if !mapi.PidTagReportingMessageTransferAgent.Has(&first.Properties) {
				mapi.PidTagReportingMessageTransferAgent.Delete(&again.Properties) // OUT-SPC-003
			}
			if diff := cmp.Diff(reportFacts(first), reportFacts(again)); diff != "" {
				t.Errorf("facts (-first +again):\n%s", diff)
			}
		})
	}
}

// reportFacts are what a report says, as lines.
func reportFacts(m *mapi.Message) []string {
	var facts []string
	add := func(p *props, keys ...mapi.Key) {
		for _, k := range keys {
			if v, ok := p.Get(k); ok {
				facts = append(facts, fmt.Sprint(k.ID, " ", v.Any()))
			}
		}
	}
	p := &m.Properties
	add(p, mapi.PidTagMessageClass.Key(), mapi.PidTagReportingMessageTransferAgent.Key(), mapi.PidTagParentKey.Key(), mapi.PidTagOriginalMessageId.Key(),
		mapi.PidTagOriginalSubject.Key(), mapi.PidTagOriginalSubmitTime.Key(), mapi.PidTagReportDisposition.Key(), mapi.PidTagReportDispositionMode.Key(),
		mapi.PidTagReportText.Key(), mapi.PidTagReportTime.Key(), mapi.PidTagBody.Key(), mapi.PidTagReceivedBySmtpAddress.Key())
	for i := range m.Recipients {
		add(&m.Recipients[i].Properties, mapi.PidTagSmtpAddress.Key(), mapi.PidTagDisplayName.Key(), mapi.PidTagNonDeliveryReportStatusCode.Key(),
			mapi.PidTagNonDeliveryReportDiagCode.Key(), mapi.PidTagNonDeliveryReportReasonCode.Key(), mapi.PidTagSupplementaryInfo.Key(),
			mapi.PidTagRemoteMessageTransferAgent.Key(), mapi.PidTagReportTime.Key())
	}
	kinds := []string{}
	for _, a := range m.Attachments {
		kinds = append(kinds, mapi.PidTagAttachMimeTag.Or(&a.Properties, "message"))
	}
	slices.Sort(kinds)
	return append(facts, kinds...)
}
