package mime2mapi_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/limits"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mime2mapi"
	"github.com/contentconv/contentconv/trace"
)

// invitation returns a calendar of that METHOD.
func invitation(method string, lines ...string) string {
	all := append([]string{
		"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN", "METHOD:" + method, "BEGIN:VEVENT", "UID:abc@example.com",
		"DTSTART:20261123T090000Z", "DTEND:20261123T100000Z", "SUMMARY:Meeting", "DESCRIPTION:of the event",
		"X-ALT-DESC;FMTTYPE=text/html:<p>of the event", "ORGANIZER;CN=Olga:mailto:olga@example.com",
		"ATTENDEE;CN=Bob;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:bob@example.org",
		"ATTENDEE;CN=Room;CUTYPE=ROOM;PARTSTAT=ACCEPTED:mailto:room@example.org"}, lines...)
	return strings.Join(append(all, "END:VEVENT", "END:VCALENDAR", ""), "\r\n")
}

const mailFields = "From: Ann <ann@example.com>\r\nTo: Bob <BOB@example.org>\r\nSubject: By mail\r\nDate: Mon, 23 Nov 2026 08:00:00 +0000\r\nMessage-ID: <1@example.com>\r\nMIME-Version: 1.0\r\n"

// mailOf returns a mail of parts, each with its fields, in a multipart of that type.
func mailOf(multipart string, parts ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%sContent-Type: multipart/%s; boundary=b\r\n\r\n", mailFields, multipart)
	for _, p := range parts {
		b.WriteString("--b\r\n" + p + "\r\n")
	}
	return b.String() + "--b--\r\n"
}

const (
	plainPart = "Content-Type: text/plain\r\n\r\nof the mail"
	htmlPart  = "Content-Type: text/html; charset=utf-8\r\n\r\n<p>of the mail"
)

func calendarPart(calendar string, fields ...string) string {
	return "Content-Type: text/calendar; charset=utf-8; method=REQUEST\r\n" + strings.Join(fields, "") + "\r\n" + calendar
}

// bodyOf returns the class, the subject and the bodies of a message.
func bodyOf(p *mapi.Properties) [4]string {
	html, _ := mapi.PidTagHtml.Get(p)
	return [4]string{mapi.PidTagMessageClass.Or(p, ""), mapi.PidTagSubject.Or(p, ""),
		strings.TrimSpace(mapi.PidTagBody.Or(p, "")), strings.TrimSpace(string(html))}
}

func TestCalendar(t *testing.T) {
	const request, note, appointment = "IPM.Schedule.Meeting.Request", "IPM.Note", "IPM.Appointment"
	single := mailFields + "Content-Type: text/calendar; method=REQUEST\r\n\r\n"
	ofEvent := [2]string{"of the event", "<p>of the event"}
	for _, c := range []struct {
		name, mail string
		o          *mime2mapi.Options
		class      string
		bodies     [2]string
		files      int
	}{
		{"IN-SPC-018 a request beside a text; ICAL-IN-010", mailOf("alternative", plainPart, calendarPart(invitation("REQUEST"))), nil, request, [2]string{"of the mail", ""}, 0},
		{"IN-BODY-032 HTML beside a calendar stays HTML; ICAL-IN-010", mailOf("alternative", plainPart, htmlPart, calendarPart(invitation("REQUEST"))), nil, request, [2]string{"of the mail", "<p>of the mail"}, 0},
		{"IN-SPC-018 in a mixed multipart", mailOf("mixed", plainPart, calendarPart(invitation("CANCEL"))), nil, "IPM.Schedule.Meeting.Canceled", [2]string{"of the mail", ""}, 0},
		{"IN-SPC-019 alone", single + invitation("REQUEST"), nil, request, ofEvent, 0},
		{"ICAL-IN-010 an empty text doesn't count", mailOf("alternative", "Content-Type: text/plain\r\n\r\n", calendarPart(invitation("REQUEST"))), nil, request, ofEvent, 0},
		{"1.6.5 an attachment stays a file", mailOf("mixed", plainPart, calendarPart(invitation("REQUEST"), "Content-Disposition: attachment; filename=a.ics\r\n")), nil, note, [2]string{"of the mail", ""}, 1},
		{"AttachedCalendars", mailOf("mixed", plainPart, calendarPart(invitation("REQUEST"), "Content-Disposition: attachment; filename=a.ics\r\n")), &mime2mapi.Options{AttachedCalendars: true}, request, [2]string{"of the mail", ""}, 0},
		{"1.2 another type stays a file", mailOf("mixed", plainPart, strings.Replace(calendarPart(invitation("REQUEST")), "text/calendar", "application/ics", 1)), nil, note, [2]string{"of the mail", ""}, 1},
		{"1.2 the second one stays a file", mailOf("mixed", plainPart, calendarPart(invitation("REQUEST")), calendarPart(invitation("CANCEL"))), nil, request, [2]string{"of the mail", ""}, 1},
		{"ICAL-IN-127 published", mailOf("alternative", plainPart, calendarPart(invitation("PUBLISH"))), nil, appointment, [2]string{"of the mail", ""}, 0},
		{"ICAL-IN-127 published, by option", mailOf("alternative", plainPart, calendarPart(invitation("PUBLISH"))), &mime2mapi.Options{Calendars: mime2mapi.ConvertMeetings}, note, [2]string{"of the mail", ""}, 1},
		{"ICAL-IN-127 a request, by that option", mailOf("alternative", plainPart, calendarPart(invitation("REQUEST"))), &mime2mapi.Options{Calendars: mime2mapi.ConvertMeetings}, request, [2]string{"of the mail", ""}, 0},
		{"KeepCalendars", mailOf("alternative", plainPart, calendarPart(invitation("REQUEST"))), &mime2mapi.Options{Calendars: mime2mapi.KeepCalendars}, note, [2]string{"of the mail", ""}, 1},
		{"ICAL-IN-061 files of the mail stay; ATTACH", mailOf("mixed", calendarPart(invitation("REQUEST", "ATTACH:cid:1@x", "ATTACH;VALUE=BINARY;ENCODING=BASE64:aGVsbG8=")), "Content-Type: image/png\r\nContent-ID: <1@x>\r\n\r\npng"), nil, request, ofEvent, 2},
		{"IN-SPC-020 not to be read", mailOf("alternative", plainPart, calendarPart("BEGIN:VCALENDAR\r\n")), nil, note, [2]string{"of the mail", ""}, 1},
		{"ICAL-FALLBACK-009 several events", mailOf("alternative", plainPart, calendarPart(strings.Replace(invitation("PUBLISH"), "END:VCALENDAR", "BEGIN:VEVENT\r\nUID:2\r\nDTSTART:20261123\r\nEND:VEVENT\r\nEND:VCALENDAR", 1))), nil, note, [2]string{"of the mail", ""}, 1},
		{"ICAL-TASK-001", mailOf("mixed", plainPart, calendarPart("BEGIN:VCALENDAR\r\nBEGIN:VTODO\r\nSUMMARY:x\r\nEND:VTODO\r\nEND:VCALENDAR\r\n", "X: y\r\n")), nil, note, [2]string{"of the mail", ""}, 1},
		{"ICAL-TASK-002", mailFields + "Content-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR\r\nBEGIN:VTODO\r\nDESCRIPTION:do\r\nEND:VTODO\r\nEND:VCALENDAR\r\n", &mime2mapi.Options{Tasks: true}, "IPM.Task", [2]string{"do", ""}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			res := convert(t, c.mail, c.o)
			p := &res.Message.Properties
			if diff := cmp.Diff([4]string{c.class, "By mail", c.bodies[0], c.bodies[1]}, bodyOf(p)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if len(res.Message.Attachments) != c.files {
				t.Errorf("%d attachments, want %d", len(res.Message.Attachments), c.files)
			}
			meeting := c.class != note
			if got := mapi.PidLidInboundICalStream.Has(p); got != meeting {
				t.Errorf("the stream is kept: %t", got)
			}
			if c.class == note && (mapi.PidLidGlobalObjectId.Has(p) || mapi.PidLidAppointmentStartWhole.Has(p) || mapi.PidLidReminderSet.Has(p)) {
				t.Error("ICAL-FALLBACK-037: properties of the calendar are left")
			}
			if got, want := mapi.PidLidSingleBodyICal.Or(p, false), meeting && !strings.Contains(c.mail, "multipart"); got != want {
				t.Errorf("PidLidSingleBodyICal is %t", got)
			}
		})
	}
}

func TestCalendarMerge(t *testing.T) {
	mail := mailOf("alternative", plainPart, calendarPart(invitation("REQUEST")))
	res := convert(t, mail, nil)
	p := &res.Message.Properties
	t.Run("ICAL-IN-011 the bytes of the part", func(t *testing.T) {
		got, _ := mapi.PidLidInboundICalStream.Get(p)
		if want := strings.TrimSuffix(invitation("REQUEST"), "\r\n"); strings.TrimSuffix(string(got), "\r\n") != want {
			t.Errorf("%q", got)
		}
		decoded := convert(t, mailOf("alternative", plainPart, "Content-Type: text/calendar\r\nContent-Transfer-Encoding: base64\r\n\r\n"+base64Lines(invitation("REQUEST"))), nil)
		if got, _ := mapi.PidLidInboundICalStream.Get(&decoded.Message.Properties); string(got) != invitation("REQUEST") {
			t.Errorf("decoded: %q", got)
		}
	})
	t.Run("ICAL-IN-058 fields and organizer", func(t *testing.T) {
		got := [2]string{mapi.PidTagSenderSmtpAddress.Or(p, ""), mapi.PidTagSentRepresentingSmtpAddress.Or(p, "")}
		if got != [2]string{"ann@example.com", "olga@example.com"} {
			t.Error(got)
		}
		answer := invitation("REPLY")
		answer = strings.Replace(answer, "ATTENDEE;CN=Room;CUTYPE=ROOM;PARTSTAT=ACCEPTED:mailto:room@example.org\r\n", "", 1)
		answer = strings.Replace(answer, "NEEDS-ACTION", "ACCEPTED", 1)
		q := converted(t, mailOf("alternative", plainPart, calendarPart(answer)), nil)
		got = [2]string{mapi.PidTagSenderSmtpAddress.Or(q, ""), mapi.PidTagSentRepresentingSmtpAddress.Or(q, "")}
		if got != [2]string{"ann@example.com", "ann@example.com"} || mapi.PidTagMessageClass.Or(q, "") != "IPM.Schedule.Meeting.Resp.Pos" {
			t.Error("an answer:", got)
		}
	})
	t.Run("ICAL-IN-059 recipients", func(t *testing.T) {
		var rows []string
		for i := range res.Message.Recipients {
			r := &res.Message.Recipients[i].Properties
			rows = append(rows, fmt.Sprintf("%d %d %s <%s> %d", mapi.PidTagRecipientType.Or(r, -1), mapi.PidTagRecipientFlags.Or(r, 0),
				mapi.PidTagDisplayName.Or(r, ""), mapi.PidTagSmtpAddress.Or(r, ""), mapi.PidTagRecipientTrackStatus.Or(r, 0)))
		}
		want := []string{"1 1 Bob <BOB@example.org> 0", "1 3 Olga <olga@example.com> 0", "3 1 Room <room@example.org> 3"}
		if diff := cmp.Diff(want, rows); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		if s := mapi.PidTagDisplayTo.Or(p, ""); s != "Bob" {
			t.Errorf("PidTagDisplayTo is %q", s)
		}
	})
	t.Run("where the parts went", func(t *testing.T) {
		var got []string
		for _, part := range res.Parts {
			got = append(got, part.Number+" "+part.To.String())
		}
		if diff := cmp.Diff([]string{"1 body", "2 property"}, got); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("more people than the limit", func(t *testing.T) {
		_, err := mime2mapi.Convert(context.Background(), strings.NewReader(mail), &mime2mapi.Options{Limits: limits.Limits{MaxMimeRecipients: 2}})
		if !errors.Is(err, limits.ErrExceeded) {
			t.Error(err)
		}
	})
	t.Run("the fields say more", func(t *testing.T) {
		q := converted(t, strings.Replace(mail, "Subject:", "Importance: low\r\nSubject:", 1), nil)
		if mapi.PidTagImportance.Or(q, -1) != 0 || mapi.PidLidFInvited.Or(q, false) != true {
			t.Error("importance of the calendar")
		}
		if s := mapi.PidTagSubject.Or(converted(t, strings.Replace(mail, "Subject: By mail\r\n", "", 1), nil), ""); s != "Meeting" {
			t.Errorf("without a field the subject is %q", s)
		}
	})
}

func TestCalendarFallback(t *testing.T) {
	calendar := invitation("REFRESH", "X-NOTE:caf\xC3\xA9")
	for _, c := range []struct{ name, fields, file string }{
		{"ICAL-FALLBACK-036 no name", "", "invite.ics"},
		{"ICAL-FALLBACK-036 a name", "Content-Disposition: inline; filename=\"plan.ics\"\r\n", "plan.ics"},
	} {
		t.Run(c.name, func(t *testing.T) {
			sink := new(recordingSink)
			mail := mailOf("alternative", plainPart, htmlPart, "Content-Transfer-Encoding: 8bit\r\n"+calendarPart(calendar, c.fields))
			res := convert(t, mail, &mime2mapi.Options{Trace: sink})
			wantCode(t, res.Diagnostics, diag.CalendarFallback)
			if diff := cmp.Diff([4]string{"IPM.Note", "By mail", "of the mail", "<p>of the mail"}, bodyOf(&res.Message.Properties)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if len(res.Message.Attachments) != 1 {
				t.Fatalf("%d attachments", len(res.Message.Attachments))
			}
			a := res.Message.Attachments[0]
			p := &a.Properties
			got := []string{mapi.PidTagAttachLongFilename.Or(p, ""), mapi.PidTagAttachExtension.Or(p, ""), mapi.PidTagAttachMimeTag.Or(p, ""),
				mapi.PidTagTextAttachmentCharset.Or(p, ""), mapi.PidNameContentType.Or(p, "")}
			want := []string{c.file, ".ics", "text/calendar", "utf-8", "text/calendar; charset=utf-8; method=REQUEST"}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			r, err := a.Content.Open(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			if b, _ := io.ReadAll(r); strings.TrimRight(string(b), "\r\n") != strings.TrimRight(calendar, "\r\n") {
				t.Errorf("%q", b)
			}
			if sink.record.Kind != trace.CalendarFallback || sink.message != mail || sink.record.ID == "" {
				t.Errorf("the record: %v %q, %d bytes", sink.record.Kind, sink.record.ID, len(sink.message))
			}
		})
	}
	t.Run("more files than the limit", func(t *testing.T) {
		files := strings.Repeat("ATTACH:http://example.com/x\r\n", 4)
		mail := mailOf("alternative", plainPart, calendarPart(invitation("REQUEST", strings.TrimSuffix(files, "\r\n"))))
		for n, class := range map[int64]string{6: "IPM.Note", 7: "IPM.Schedule.Meeting.Request"} {
			res := convert(t, mail, &mime2mapi.Options{Limits: limits.Limits{MaxBodyPartsTotal: n}})
			if got := mapi.PidTagMessageClass.Or(&res.Message.Properties, ""); got != class {
				t.Errorf("%d: %s, want %s", n, got, class)
			}
		}
	})
	t.Run("a sink that fails", func(t *testing.T) {
		res := convert(t, mailOf("mixed", calendarPart(calendar)), &mime2mapi.Options{Trace: &recordingSink{err: errors.New("no space")}})
		wantCode(t, res.Diagnostics, diag.TraceFailed)
	})
	t.Run("no record of a calendar that is held", func(t *testing.T) {
		sink := new(recordingSink)
		convert(t, mailOf("mixed", calendarPart(invitation("REQUEST"))), &mime2mapi.Options{Trace: sink})
		if sink.record.ID != "" {
			t.Error("a record")
		}
	})
}

// Every calendar of a corpus makes a meeting of a mail, or stays a file byte for byte.
func TestCalendarCorpus(t *testing.T) {
	dir := os.Getenv("CONTENTCONV_CORPUS")
	if dir == "" {
		t.Skip("CONTENTCONV_CORPUS names no corpus; set it to run over one")
	}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || strings.ToLower(filepath.Ext(path)) != ".ics" {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		res := convert(t, mailOf("alternative", plainPart, "Content-Type: text/calendar\r\nContent-Transfer-Encoding: base64\r\n\r\n"+base64Lines(string(data))), nil)
		p := &res.Message.Properties
		kept, _ := mapi.PidLidInboundICalStream.Get(p)
		if mapi.PidTagMessageClass.Or(p, "") == "IPM.Note" {
			wantCode(t, res.Diagnostics, diag.CalendarFallback)
			if len(res.Message.Attachments) != 1 {
				t.Errorf("%s: %d attachments", path, len(res.Message.Attachments))
				return nil
			}
			r, err := res.Message.Attachments[0].Content.Open(context.Background())
			if err != nil {
				return err
			}
			if kept, err = io.ReadAll(r); err != nil {
				return err
			}
		}
		if string(kept) != string(data) {
			t.Errorf("%s: %d bytes of %d are kept", path, len(kept), len(data))
		}
		if s := strings.TrimSpace(mapi.PidTagBody.Or(p, "")); s != "of the mail" {
			t.Errorf("%s: the text is %q", path, s)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
