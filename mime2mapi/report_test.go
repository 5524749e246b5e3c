package mime2mapi_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/limits"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mime2mapi"
)

const reportDate = "Date: Tue, 05 Mar 2024 14:07:09 +0100\r\n"

// reportOf is a report whose fields are those.
func reportOf(kind, fields string) string {
	return minimal + reportDate + "MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=" + kind + "; boundary=b\r\n\r\n" +
		"--b\r\n\r\nA notice.\r\n--b\r\nContent-Type: message/" + kind + "\r\n\r\n" + fields + "\r\n--b--\r\n"
}

func delivery(fields string) string { return reportOf("delivery-status", fields) }

func reportedRow(n int, action, status string) string {
	return fmt.Sprintf("Final-Recipient: rfc822;u%d@example.net\r\nAction: %s\r\nStatus: %s\r\n\r\n", n, action, status)
}

// The class and the times follow the action.
func TestReportActions(t *testing.T) {
	for _, c := range []struct {
		action, class string
		delivered     bool // the row has a time of delivery
	}{
		{"delivered", "REPORT.IPM.Note.DR", true},
		{"expanded", "REPORT.IPM.Note.Expanded.DR", true},
		{"relayed", "REPORT.IPM.Note.Relayed.DR", true},
		{"delayed", "REPORT.IPM.Note.Delayed.DR", true},
		{"failed", "REPORT.IPM.Note.NDR", false},
	} {
		t.Run("IN-SPC-006 IN-SPC-029 "+c.action, func(t *testing.T) {
			m := convert(t, delivery(reportedRow(1, c.action, "5.0.0")), nil).Message
			if got := mapi.PidTagMessageClass.Or(&m.Properties, ""); got != c.class {
				t.Errorf("class %q; want %q", got, c.class)
			}
			if len(m.Recipients) != 1 {
				t.Fatalf("%d recipients", len(m.Recipients))
			}
			row := &m.Recipients[0].Properties
			sent := mapi.PidTagClientSubmitTime.Or(&m.Properties, 0)
			if got := mapi.PidTagReportTime.Or(row, -1); got != sent {
				t.Errorf("reported at %d; want %d", got, sent)
			}
			if got, ok := mapi.PidTagDeliverTime.Get(row); ok != c.delivered || ok && got != sent {
				t.Errorf("delivered at %d, %v; want one: %v", got, ok, c.delivered)
			}
		})
	}
}

// A report that was not dated has the time at which it came.
func TestIN_SPC_029_ReportWithoutDate(t *testing.T) {
	eml := "Received: from a by b; Tue, 05 Mar 2024 14:07:09 +0100\r\n" + strings.Replace(delivery(reportedRow(1, "failed", "5.0.0")), reportDate, "", 1)
	m := convert(t, eml, nil).Message
	if got, want := mapi.PidTagReportTime.Or(&m.Recipients[0].Properties, 0), mapi.PidTagMessageDeliveryTime.Or(&m.Properties, -1); got != want {
		t.Errorf("reported at %d; want %d", got, want)
	}
}

func TestDispositions(t *testing.T) {
	const read, notRead = "REPORT.IPM.Note.IPNRN", "REPORT.IPM.Note.IPNNRN"
	for _, c := range []struct{ disposition, class, mode, kept string }{
		{"manual-action/MDN-sent-manually; displayed", read, "manual-action/MDN-sent-manually", "displayed"},
		{"automatic-action/MDN-sent-automatically;dispatched", read, "automatic-action/MDN-sent-automatically", "dispatched"},
		{"a/b; PROCESSED (so to say)", read, "a/b", "processed"},
		{"a/b; deleted", notRead, "a/b", "deleted"},
		{"a/b; denied", notRead, "a/b", "denied"},
		{"a/b; failed/error", notRead, "a/b", "failed"},
		{"displayed", read, "", "displayed"},
		{"a/b; delivered", "IPM.Note", "", ""},
		{"a/b;", "IPM.Note", "", ""},
	} {
		t.Run("IN-SPC-015 "+c.disposition, func(t *testing.T) {
			p := converted(t, reportOf("disposition-notification", "Disposition: "+c.disposition+"\r\n"), nil)
			got := []string{mapi.PidTagMessageClass.Or(p, ""), mapi.PidTagReportDispositionMode.Or(p, ""), mapi.PidTagReportDisposition.Or(p, "")}
			if diff := cmp.Diff([]string{c.class, c.mode, c.kept}, got); diff != "" {
				t.Errorf("class, mode, disposition (-want +got):\n%s", diff)
			}
		})
	}
}

// Who the fields are about, in the forms of RFC 3464, RFC 6533 and the wild.
func TestReportedAddresses(t *testing.T) {
	for _, c := range []struct {
		name, field, want string
		kept              bool // the part with the fields is an attachment, too
	}{
		{"plain", "rfc822;a@example.net", "a@example.net", false},
		{"blanks and case", " RFC822 ; a@example.net", "a@example.net", false},
		{"no type", "a@example.net", "a@example.net", false},
		{"brackets", "rfc822; <a@example.net>", "a@example.net", false},
		{"a comment", "rfc822;a@example.net (gone)", "a@example.net", false},
		{"a semicolon within quotes", `"a;b"@example.net`, `"a;b"@example.net`, false},
		{"UTF-8", "utf-8;j\u00f6rg@example.net", "j\u00f6rg@example.net", false},
		{"UTF-8 as ASCII", `utf-8;j\x{F6}r\x{67}@example.net`, "j\u00f6rg@example.net", false},
		{"UTF-8 as ASCII, with another type", `rfc822;j\x{F6}@example.net`, "j\u00f6@example.net", false},
		{"damaged UTF-8 as ASCII", `utf-8;"j\x{F6r"@example.net`, `"j\x{F6r"@example.net`, false},
		{"escapes that end nowhere", `utf-8;"\x{"@example.net`, `"\x{"@example.net`, false},
		{"a local part alone", "rfc822;root", "root", false},
		{"another system", "x400;/C=de/S=kim/", "/C=de/S=kim/", true},
		{"a local user", "x-unix; kim", "kim", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := convert(t, delivery("Final-Recipient: "+c.field+"\r\nAction: failed\r\nStatus: 5.1.1\r\n"), nil).Message
			if len(m.Recipients) != 1 {
				t.Fatalf("%d recipients", len(m.Recipients))
			}
			if got := m.Recipients[0].Address().Email; got != c.want {
				t.Errorf("address %q; want %q", got, c.want)
			}
			if got := len(m.Attachments) == 1; got != c.kept {
				t.Errorf("the fields are an attachment: %v; want %v", got, c.kept)
			}
		})
	}
}

// The part with the fields is consumed when the properties hold all of it, and an
// attachment else.
func TestReportFieldsKept(t *testing.T) {
	row := reportedRow(1, "failed", "5.1.1")
	sender := "Final-Recipient: rfc822;a@example.com\r\nDisposition: a/b; displayed\r\n"
	long := strings.Repeat("x", 2001)
	for _, c := range []struct {
		name, eml string
		kept      bool
	}{
		{"nothing else", delivery("Reporting-MTA: dns; mx\r\n\r\n" + row), false},
		{"a field without a property", delivery("Reporting-MTA: dns; mx\r\nArrival-Date: x\r\n\r\n" + row), true},
		{"another action", delivery(row + reportedRow(2, "relayed", "2.0.0")), true},
		{"the same original recipient", delivery("Original-Recipient: rfc822;U1@example.net\r\n" + row), false},
		{"another original recipient", delivery("Original-Recipient: rfc822;x@example.net\r\n" + row), true},
		{"a relay of another kind", delivery("Remote-MTA: x-pipe; cat\r\n" + row), true},
		{"both kinds of diagnostic text", delivery("X-Supplementary-Info: <a>\r\nDiagnostic-Code: smtp; b\r\n" + row), true},
		{"a text over its limit", delivery("Diagnostic-Code: smtp; " + long + "\r\n" + row), true},
		{"a damaged status", delivery(reportedRow(1, "failed", "bad")), true},
		{"a receipt of the sender", reportOf("disposition-notification", sender), false},
		{"a receipt of another one", reportOf("disposition-notification", strings.Replace(sender, "a@", "x@", 1)), true},
		{"a receipt with more", reportOf("disposition-notification", "Reporting-UA: x\r\n"+sender), true},
		{"a receipt for another one", reportOf("disposition-notification", "Original-Recipient: rfc822;x@example.com\r\n"+sender), true},
	} {
		t.Run(c.name, func(t *testing.T) {
			res := convert(t, c.eml, nil)
			part := res.Parts[1]
			switch {
			case c.kept && (part.To != mime2mapi.ToAttachment || len(res.Message.Attachments) != 1):
				t.Errorf("part 2 is %+v; want an attachment", part)
			case !c.kept && (part.To != mime2mapi.ToProperty || len(res.Message.Attachments) != 0):
				t.Errorf("part 2 is %+v; want properties alone", part)
			}
		})
	}
}

// The limits hold within reports.
func TestReportLimits(t *testing.T) {
	rows := func(n int64) string {
		var b strings.Builder
		b.WriteString("Reporting-MTA: dns; mx\r\n\r\n")
		for i := range n {
			b.WriteString(reportedRow(int(i), "failed", "5.1.1"))
		}
		return delivery(b.String() + reportedRow(0, "relayed", "2.0.0")) // who gets no row does not count
	}
	atLimit(t, "MaxMimeRecipients", 12288, mime2mapi.Options{}, rows)
	name := func(n int64) string {
		return delivery("X-Display-Name: " + strings.Repeat("x", int(n)) + "\r\n" + reportedRow(1, "failed", "5.1.1"))
	}
	atLimit(t, "MaxRecipientPropertyLength", 1000, mime2mapi.Options{}, name)
	addr := func(n int64) string {
		return delivery("Final-Recipient: rfc822;" + strings.Repeat("x", int(n)-2) + "@y\r\nAction: failed\r\nStatus: 5.1.1\r\n")
	}
	atLimit(t, "MaxRecipientPropertyLength", 1000, mime2mapi.Options{}, addr)

	_, err := mime2mapi.Convert(context.Background(), strings.NewReader(name(1001)), nil)
	var failure *diag.Error
	if !errors.As(err, &failure) || failure.Part != "2" || failure.Header != "X-Display-Name" {
		t.Errorf("the failure is %v; want one of part 2 and X-Display-Name", err)
	}
}

func TestReportShortens(t *testing.T) {
	o := &mime2mapi.Options{ShortenText: true, Limits: limits.Limits{MaxRecipientPropertyLength: 20}}
	long := strings.Repeat("x", 30)
	res := convert(t, delivery("X-Display-Name: "+long+"\r\n"+reportedRow(1, "failed", "5.1.1")+
		"Final-Recipient: rfc822;"+long+"@example.net\r\nAction: failed\r\nStatus: 5.1.1\r\n"), o)
	rows := res.Message.Recipients
	if len(rows) != 1 || mapi.PidTagDisplayName.Or(&rows[0].Properties, "") != long[:20] {
		t.Errorf("%d rows; want one, its name cut", len(rows))
	}
	wantCode(t, res.Diagnostics, diag.TextShortened)
	wantCode(t, res.Diagnostics, diag.ItemsDropped)
}

// Text of a field over MaxMimeTextHeaderLength is cut, and does not fail.
func TestReportTextLimit(t *testing.T) {
	o := &mime2mapi.Options{Limits: limits.Limits{MaxMimeTextHeaderLength: 10}}
	res := convert(t, delivery("Reporting-MTA: dns; mx.example.net\r\n\r\n"+reportedRow(1, "failed", "5.1.1")), o)
	if got := mapi.PidTagReportingMessageTransferAgent.Or(&res.Message.Properties, ""); got != "dns; mx.ex" {
		t.Errorf("the reporting MTA is %q", got)
	}
	wantCode(t, res.Diagnostics, diag.TextShortened)
}

// Of fields beyond MaxBodyText the beginning counts; the part is kept whole.
func TestReportTooLarge(t *testing.T) {
	first := reportedRow(1, "failed", "5.1.1")
	o := &mime2mapi.Options{MaxBodyText: int64(len(first))}
	res := convert(t, delivery(first+reportedRow(2, "failed", "5.1.1")), o)
	if n := len(res.Message.Recipients); n != 1 {
		t.Errorf("%d recipients; want 1", n)
	}
	if n := len(res.Message.Attachments); n != 1 {
		t.Errorf("%d attachments; want the fields", n)
	}
	wantCode(t, res.Diagnostics, diag.BodyTooLarge)
}

// Rejecting malformed messages looks into reports, and into what they return.
func TestReportRejected(t *testing.T) {
	row := reportedRow(1, "failed", "5.1.1")
	returned := strings.Replace(delivery(row), "--b--", "--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: x\r\nContent-Type: multipart/mixed; boundary=none\r\n\r\nx\r\n--b--", 1)
	for _, c := range []struct{ name, eml, part string }{
		{"a line without a colon", delivery(row[:len(row)-2] + "nonsense\r\n"), "2"},
		{"the returned message", returned, "3"},
	} {
		t.Run(c.name, func(t *testing.T) {
			convert(t, c.eml, nil)
			_, err := mime2mapi.Convert(context.Background(), strings.NewReader(c.eml), &mime2mapi.Options{Malformed: mime2mapi.Reject})
			var failure *diag.Error
			if !errors.As(err, &failure) || failure.Reason != diag.MalformedMIME || failure.Part != c.part {
				t.Errorf("error is %v; want malformed MIME in part %s", err, c.part)
			}
		})
	}
}

// The header block of an encoded returned message, and one that was returned
// alone, in base64.
func TestIN_SPC_014_EncodedReturns(t *testing.T) {
	row := reportedRow(1, "failed", "5.1.1")
	for _, media := range []string{"message/rfc822", "text/rfc822-headers", "message/global-headers"} {
		eml := strings.Replace(delivery(row), "--b--", "--b\r\nContent-Type: "+media+"\r\nContent-Transfer-Encoding: base64\r\n\r\n"+
			base64Lines("Subject: "+strings.Repeat("y", 300)+"\r\nFrom: Kim <kim@example.net>\r\nX: \xff\r\n\r\nbody")+"--b--", 1)
		o := &mime2mapi.Options{Limits: limits.Limits{MaxMimeSubjectLength: 300}}
		p := converted(t, eml, o)
		if got := mapi.PidTagOriginalSubject.Or(p, ""); len(got) != 300 {
			t.Errorf("%s: the original subject has %d characters; want 300", media, len(got))
		}
		if got := mapi.PidTagOriginalSenderName.Or(p, ""); got != "Kim" {
			t.Errorf("%s: the original sender is %q", media, got)
		}
	}
}

// What people wrote to a report's address is no recipient of it, and an embedded
// report has its addressee, too.
func TestReportAddressee(t *testing.T) {
	eml := minimal + "Content-Type: message/rfc822\r\n\r\n" + delivery(reportedRow(1, "failed", "5.1.1"))
	m := convert(t, eml, nil).Message.Attachments[0].Message
	if got := mapi.ReceivedRepresentingGroup.Get(&m.Properties).SMTP; got != "b@example.com" {
		t.Errorf("received for %q; want b@example.com", got)
	}
	if got := mapi.PidTagDisplayTo.Or(&m.Properties, ""); got != "u1@example.net" {
		t.Errorf("displayed to %q", got)
	}
}

// A report that nothing can be read of stays a mail; none of these shapes panics.
func TestReportShapes(t *testing.T) {
	const head = minimal + "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
	global := reportOf("global-disposition-notification", "Disposition: a/b; displayed\r\n")
	if got := mapi.PidTagMessageClass.Or(converted(t, global, nil), ""); got != "REPORT.IPM.Note.IPNRN" {
		t.Errorf("class %q of a receipt in the form of RFC 6533", got)
	}
	for _, eml := range []string{
		head + "--b--\r\n",
		head,
		head + "--b\r\nContent-Type: message/delivery-status\r\n\r\n\r\n--b--\r\n",
		head + "--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\nContent-Type: message/delivery-status\r\n\r\nAction: failed\r\n--c--\r\n--b--\r\n",
		minimal + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nAction: failed\r\n--b--\r\n",
		minimal + "Content-Type: message/delivery-status\r\n\r\n",
		minimal + "Content-Type: message/delivery-status\r\n\r\nAction: lost\r\n",
	} {
		if got := mapi.PidTagMessageClass.Or(converted(t, eml, nil), ""); got != "IPM.Note" {
			t.Errorf("class %q of:\n%s", got, eml)
		}
	}
	root := minimal + "Content-Type: message/delivery-status\r\n\r\n" + reportedRow(1, "failed", "5.1.1")
	if got := mapi.PidTagMessageClass.Or(converted(t, root, nil), ""); got != "REPORT.IPM.Note.NDR" {
		t.Errorf("class %q of fields without a multipart", got)
	}
}

// FuzzReport reads any fields, of either kind, as a whole message.
func FuzzReport(f *testing.F) {
	f.Add("Reporting-MTA: dns; a\r\n\r\n"+reportedRow(1, "failed", "5.1.1"), true)
	f.Add("Diagnostic-Code: smtp; 550-no\n550 such user\nAction : delayed\n more\rStatus:5", true)
	f.Add("Final-Recipient: utf-8;\\x{FFFFFF}\\x{D800}\\x{\nAction: failed", true)
	f.Add("Disposition: automatic-action/MDN-sent-automatically; deleted\nX-MSExch-Correlation-Key: AQI=\nX-Display-Name: =?utf-8?q?=C3?=", false)
	f.Fuzz(func(t *testing.T, fields string, isDelivery bool) {
		kind := "disposition-notification"
		if isDelivery {
			kind = "delivery-status"
		}
		eml := strings.Replace(reportOf(kind, ""), "\r\n\r\n\r\n--b--", "\r\nContent-Transfer-Encoding: base64\r\n\r\n"+base64Lines(fields)+"--b--", 1)
		o := &mime2mapi.Options{Limits: limits.Limits{MaxMimeRecipients: 20, MaxRecipientPropertyLength: 50, MaxMimeTextHeaderLength: 50}, ShortenText: true}
		res, err := mime2mapi.Convert(context.Background(), strings.NewReader(eml), o)
		if err != nil {
			checkFailure(t, err, false)
			return
		}
		defer res.Close()
		checkParts(t, res)
		class := mapi.PidTagMessageClass.Or(&res.Message.Properties, "")
		if to := res.Parts[1].To; class == "IPM.Note" && to == mime2mapi.ToProperty {
			t.Fatalf("a mail consumed its fields: %q", fields)
		}
		for i := range res.Message.Recipients {
			p := &res.Message.Recipients[i].Properties
			for _, s := range []string{mapi.PidTagDisplayName.Or(p, ""), mapi.PidTagSupplementaryInfo.Or(p, ""), mapi.PidTagRemoteMessageTransferAgent.Or(p, "")} {
				if strings.ContainsAny(s, "\r\n\x00") || limits.Length(s) > 50 {
					t.Fatalf("%q is no text for a property", s)
				}
			}
		}
	})
}

// A receipt's own fields count more than the header block that it returns, and a
// key may be folded.
func TestIN_SPC_016_ReceiptFields(t *testing.T) {
	eml := strings.Replace(reportOf("disposition-notification", "Final-Recipient: rfc822;kim@example.net\r\nDisposition: a/b; displayed\r\n"+
		"Original-Message-ID: <told@example.net>\r\nX-MSExch-Correlation-Key: AAEC\r\n AwQF\r\n"),
		"--b--", "--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <returned@example.net>\r\nTo: lee@example.net\r\n--b--", 1)
	p := converted(t, eml, nil)
	key, _ := mapi.PidTagParentKey.Get(p)
	got := []string{mapi.PidTagOriginalMessageId.Or(p, ""), mapi.PidTagOriginalDisplayTo.Or(p, ""), string(key)}
	if diff := cmp.Diff([]string{"<told@example.net>", "kim@example.net", "\x00\x01\x02\x03\x04\x05"}, got); diff != "" {
		t.Errorf("id, recipient, key (-want +got):\n%s", diff)
	}
}
