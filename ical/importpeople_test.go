package ical_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/ical"
	"github.com/contentconv/contentconv/limits"
	"github.com/contentconv/contentconv/mapi"
)

// rows returns the recipients as lines: type, flags, name, address and status.
func rows(m *mapi.Message) []string {
	var out []string
	for i := range m.Recipients {
		p := &m.Recipients[i].Properties
		out = append(out, fmt.Sprintf("%d %d %s <%s> %d", mapi.PidTagRecipientType.Or(p, -1), mapi.PidTagRecipientFlags.Or(p, -1),
			mapi.PidTagDisplayName.Or(p, ""), mapi.PidTagSmtpAddress.Or(p, ""), mapi.PidTagRecipientTrackStatus.Or(p, 0)))
	}
	return out
}

func TestImportPeople(t *testing.T) {
	const olga = "1 3 Olga <olga@example.com> 0"
	for _, c := range []struct {
		name, method, lines string
		want                []string
		props               string
	}{
		{"ICAL-IN-050 scheme and escapes", "REQUEST", "ATTENDEE:MailTo: a%2Bb@example.com \nATTENDEE:http://example.com/x", []string{olga, "1 1 a+b@example.com <a+b@example.com> 0"}, "PidTagSubject="},
		{"ICAL-IN-050 no scheme, EMAIL", "REQUEST", "ATTENDEE:a@example.com\nATTENDEE;CN=B;EMAIL=b@example.com:/principals/b", []string{olga, "1 1 a@example.com <a@example.com> 0", "1 1 B <b@example.com> 0"}, "PidTagSubject="},
		{"ICAL-IN-051 types", "REQUEST", "ATTENDEE;ROLE=CHAIR:mailto:a@x.example\nATTENDEE;ROLE=opt-participant:mailto:b@x.example\nATTENDEE;ROLE=NON-PARTICIPANT:mailto:c@x.example\nATTENDEE;CUTYPE=ROOM;ROLE=REQ-PARTICIPANT:mailto:d@x.example\nATTENDEE;CUTYPE=RESOURCE:mailto:e@x.example",
			[]string{olga, "1 1 a@x.example <a@x.example> 0", "2 1 b@x.example <b@x.example> 0", "2 1 c@x.example <c@x.example> 0", "3 1 d@x.example <d@x.example> 0", "3 1 e@x.example <e@x.example> 0"}, "PidTagSubject="},
		{"ICAL-IN-133 a resource that takes no part", "REQUEST", "ATTENDEE;CUTYPE=RESOURCE;ROLE=NON-PARTICIPANT:mailto:e@x.example", []string{olga, "3 1 e@x.example <e@x.example> 0"}, "PidTagSubject="},
		{"ICAL-IN-052 nobody's address", "REQUEST", "ATTENDEE;CN=A:invalid:nomail\nATTENDEE;CN=B:INVALID:NOMAIL\nATTENDEE;CN=C;ROLE=OPT-PARTICIPANT:invalid:nomail\nATTENDEE;CN=D;CUTYPE=ROOM:invalid:nomail",
			[]string{olga}, "PidLidNonSendableTo=A; B\nPidLidNonSendableCc=C\nPidLidNonSendableBcc=D"},
		{"ICAL-IN-053 status", "REQUEST", "ATTENDEE;PARTSTAT=accepted:mailto:a@x.example\nATTENDEE;PARTSTAT=DECLINED:mailto:b@x.example\nATTENDEE;PARTSTAT=TENTATIVE:mailto:c@x.example\nATTENDEE;PARTSTAT=DELEGATED:mailto:d@x.example",
			[]string{olga, "1 1 a@x.example <a@x.example> 3", "1 1 b@x.example <b@x.example> 4", "1 1 c@x.example <c@x.example> 2", "1 1 d@x.example <d@x.example> 0"}, "PidTagSubject="},
		{"ICAL-IN-055 an answer is wanted", "REQUEST", "ATTENDEE:mailto:a@x.example\nATTENDEE;RSVP=true:mailto:b@x.example", []string{olga, "1 1 a@x.example <a@x.example> 0", "1 1 b@x.example <b@x.example> 0"}, "PidTagResponseRequested=true\nPidTagReplyRequested=true"},
		{"ICAL-IN-055 no answer is wanted", "REQUEST", "ATTENDEE;RSVP=FALSE:mailto:a@x.example", []string{olga, "1 1 a@x.example <a@x.example> 0"}, "PidTagResponseRequested=false\nPidTagReplyRequested=false"},
		{"ICAL-IN-055 an appointment", "", "", nil, "PidTagResponseRequested=true\nPidTagReplyRequested=true"},
		{"ICAL-IN-056 organizer", "CANCEL", "", []string{olga}, "PidTagSentRepresentingName=Olga\nPidTagSentRepresentingSmtpAddress=olga@example.com\nPidTagSentRepresentingAddressType=SMTP"},
		{"ICAL-IN-057 an organizer without a name", "REQUEST", "ORGANIZER:mailto:o@example.com", []string{"1 3 o@example.com <o@example.com> 0"}, "PidTagSentRepresentingName=o@example.com"},
		{"ICAL-IN-058 an answer is not the organizer's", "REPLY", "ATTENDEE;CN=Anna;PARTSTAT=ACCEPTED:mailto:a@x.example", []string{olga}, "PidTagSentRepresentingName=Anna\nPidTagSenderSmtpAddress=a@x.example"},
		{"ICAL-IN-059 one row for the organizer", "REQUEST", "ATTENDEE;PARTSTAT=ACCEPTED;CN=Me:mailto:OLGA@example.com\nATTENDEE:mailto:a@x.example\nATTENDEE:mailto:A@x.example", []string{"1 3 Olga <olga@example.com> 3", "1 1 a@x.example <a@x.example> 0"}, "PidTagSubject="},
		{"ICAL-IN-134 other parameters", "REQUEST", `ATTENDEE;SENT-BY="mailto:x@x.example";DELEGATED-TO="mailto:y@x.example";MEMBER="mailto:z@x.example":mailto:a@x.example`, []string{olga, "1 1 a@x.example <a@x.example> 0"}, "PidTagSenderSmtpAddress=olga@example.com"},
		{"1.5 X-MS-OLK-SENDER", "REQUEST", "X-MS-OLK-SENDER;CN=Sam:mailto:sam@example.com", []string{olga}, "PidTagSenderName=Sam\nPidTagSenderSmtpAddress=sam@example.com\nPidTagSentRepresentingName=Olga"},
		{"1.5.2 an organizer without an address", "CANCEL", "ORGANIZER;CN=Olga:invalid:nomail", nil, "PidTagSentRepresentingName=Olga\nPidTagSentRepresentingSmtpAddress=-"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m, _ := importOne(t, calendarOf(c.method, c.lines), nil)
			if diff := cmp.Diff(c.want, rows(m)); diff != "" {
				t.Errorf("recipients (-want +got):\n%s", diff)
			}
			check(t, &m.Properties, c.props)
		})
	}
	t.Run("ICAL-IN-054 when somebody answered", func(t *testing.T) {
		m, _ := importOne(t, calendarOf("PUBLISH", "ATTENDEE;PARTSTAT=ACCEPTED;X-MS-OLK-RESPTIME=20261101T080000Z:mailto:a@x.example"), nil)
		check(t, &m.Recipients[1].Properties, "PidTagRecipientTrackStatusTime=2026-11-01T08:00:00Z\nPidTagRecipientTrackStatus=3\nPidTagObjectType=6")
	})
}

func TestImportAttachments(t *testing.T) {
	// file is a file as "name extension type: content".
	file := func(a *mapi.Attachment) string {
		r, err := a.Content.Open(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		p := &a.Properties
		return fmt.Sprintf("%s %s %s: %s", mapi.PidTagAttachLongFilename.Or(p, ""), mapi.PidTagAttachExtension.Or(p, ""), mapi.PidTagAttachMimeTag.Or(p, ""), b)
	}
	for _, c := range []struct {
		name, lines string
		want        []string
		reported    bool
	}{
		{"ICAL-IN-060 data", `ATTACH;VALUE=BINARY;ENCODING=BASE64;FMTTYPE=Text/Plain;X-FILENAME="..\dir/no:te.txt":aGVs bG8=`, []string{"note.txt .txt text/plain: hello"}, false},
		{"ICAL-IN-060 data without a name", "ATTACH;VALUE=BINARY;ENCODING=BASE64;FMTTYPE=text/plain:aGVsbG8=", []string{"ATT00001.txt .txt text/plain: hello"}, false},
		{"ICAL-IN-061 an address; ICAL-IN-132 X-FILENAME", "ATTACH;X-FILENAME=other.doc:http://example.com/a/b.pdf?x=1", []string{"b.pdf.url .URL : [InternetShortcut]\r\nURL=http://example.com/a/b.pdf?x=1\r\n"}, false},
		{"ICAL-IN-061 a part of the mail", "ATTACH:CID:part1@example.com", nil, false},
		{"ICAL-IN-062 damaged", "ATTACH;VALUE=BINARY;ENCODING=BASE64:a*\nATTACH:\nATTACH:http://example.com/x", []string{"x.url .URL : [InternetShortcut]\r\nURL=http://example.com/x\r\n"}, true},
		{"ICAL-IN-062 VALUE is missing", "ATTACH;ENCODING=base64;FILENAME=a.bin:aGVsbG8", []string{"a.bin .bin : hello"}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			m, got := importOne(t, calendarOf("REQUEST", c.lines), nil)
			var files []string
			for _, a := range m.Attachments {
				files = append(files, file(a))
			}
			if diff := cmp.Diff(c.want, files); diff != "" {
				t.Errorf("files (-want +got):\n%s", diff)
			}
			if reported(got.Diagnostics, diag.CalendarValueInvalid) != c.reported {
				t.Errorf("diagnostics %v", got.Diagnostics)
			}
		})
	}
	t.Run("ICAL-IN-060 properties", func(t *testing.T) {
		m, _ := importOne(t, calendarOf("", "ATTACH;VALUE=BINARY;ENCODING=BASE64:aGVsbG8="), nil)
		check(t, &m.Attachments[0].Properties, "PidTagAttachMethod=1\nPidTagAttachEncoding=\nPidTagAttachFlags=0\nPidTagAttachmentFlags=0\nPidTagAttachmentLinkId=0\nPidTagAttachmentHidden=false\nPidTagAttachmentContactPhoto=false\nPidTagRenderingPosition=-1\nPidTagExceptionStartTime=4501-01-01T00:00:00Z\nPidTagExceptionEndTime=4501-01-01T00:00:00Z")
	})
}

// What passes a limit is an error; names are cut.
func TestImportLimits(t *testing.T) {
	calendar := calendarOf("REQUEST", "ATTENDEE;CN="+strings.Repeat("n", 50)+":mailto:a@example.com\nATTENDEE:mailto:b@example.com\nATTENDEE:mailto:"+strings.Repeat("c", 50)+"@example.com")
	for _, c := range []struct {
		name string
		l    limits.Limits
	}{{"size", limits.Limits{MSize: 100}}, {"people", limits.Limits{MaxMimeRecipients: 2}}} {
		if _, err := ical.Import(context.Background(), []byte(calendar), &ical.ImportOptions{Limits: c.l}); !errors.Is(err, limits.ErrExceeded) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	m, got := importOne(t, calendar, &ical.ImportOptions{Limits: limits.Limits{MaxRecipientPropertyLength: 20}})
	want := []string{"1 3 Olga <olga@example.com> 0", "1 1 " + strings.Repeat("n", 20) + " <a@example.com> 0", "1 1 b@example.com <b@example.com> 0"}
	if diff := cmp.Diff(want, rows(m)); diff != "" || !reported(got.Diagnostics, diag.TextShortened) || !reported(got.Diagnostics, diag.CalendarValueInvalid) {
		t.Errorf("recipients (-want +got):\n%s%v", diff, got.Diagnostics)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := ical.Import(ctx, []byte(calendar), nil); !errors.Is(err, context.Canceled) {
		t.Errorf("a context that is done: %v", err)
	}
}
