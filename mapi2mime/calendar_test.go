package mapi2mime_test

import (
	"strings"
	"testing"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mapi2mime"
)

// invitation returns a meeting request at noon.
func invitation(t *testing.T, class string, set ...func(m *mapi.Message, p *props)) *mapi.Message {
	t.Helper()
	return note(append([]func(m *mapi.Message, p *props){func(_ *mapi.Message, p *props) {
		mapi.PidTagMessageClass.Set(p, class)
		mapi.PidLidAppointmentStartWhole.Set(p, sent)
		mapi.PidLidAppointmentEndWhole.Set(p, sent+36_000_000_000)
	}}, set...)...)
}

func html(_ *mapi.Message, p *props) {
	mapi.PidTagHtml.Set(p, []byte(`<p>Rich<img src="cid:image@x"></p>`))
	mapi.PidTagBody.Delete(p)
}

func image(m *mapi.Message, _ *props) {
	m.Attachments = append(m.Attachments, file("image", func(p *props) {
		mapi.PidTagAttachContentId.Set(p, "image@x")
		mapi.PidTagAttachFlags.Set(p, 4)
		mapi.PidTagAttachMimeTag.Set(p, "image/png")
	}))
}

func document(m *mapi.Message, _ *props) {
	m.Attachments = append(m.Attachments, file("document", func(p *props) { mapi.PidTagAttachLongFilename.Set(p, "a.txt") }))
}

const meetingRequest = "IPM.Schedule.Meeting.Request"

func TestCalendarStructure(t *testing.T) {
	for _, c := range []struct {
		name, want string
		m          *mapi.Message
		o          mapi2mime.Options
	}{
		{"OUT-BODY-011 text", "alternative(plain, calendar)", invitation(t, meetingRequest), mapi2mime.Options{}},
		{"OUT-BODY-011 no body", "alternative(plain, calendar)", invitation(t, meetingRequest, func(_ *mapi.Message, p *props) { mapi.PidTagBody.Delete(p) }), mapi2mime.Options{}},
		{"OUT-BODY-012 HTML", "alternative(plain, html, calendar)", invitation(t, meetingRequest, html), mapi2mime.Options{}},
		{"OUT-BODY-012 HTML alone", "alternative(html, calendar)", invitation(t, meetingRequest, html), mapi2mime.Options{Body: mapi2mime.HTML}},
		{"OUT-BODY-013 pictures", "related(alternative(plain, html, calendar), image/png)", invitation(t, meetingRequest, html, image), mapi2mime.Options{}},
		{"files", "mixed(alternative(plain, calendar), application/octet-stream)", invitation(t, meetingRequest, func(m *mapi.Message, p *props) {
			m.Attachments = append(m.Attachments, file("x", nil))
		}), mapi2mime.Options{}},
		{"no start", "plain", invitation(t, meetingRequest, func(_ *mapi.Message, p *props) {
			mapi.PidLidAppointmentStartWhole.Delete(p)
		}), mapi2mime.Options{}},
		{"task", "plain", invitation(t, "IPM.Task"), mapi2mime.Options{}},
		{"TNEF", "mixed(plain, application/ms-tnef)", invitation(t, meetingRequest), mapi2mime.Options{TNEF: mapi2mime.AlwaysTNEF}},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.o.Key = []byte("test")
			if got := write(t, c.m, &c.o).tree(t).shape(); got != c.want {
				t.Errorf("%s; want %s", got, c.want)
			}
		})
	}
}

func TestICAL_OUT_039_MethodParameter(t *testing.T) {
	for class, want := range map[string]string{
		meetingRequest: "REQUEST", "IPM.Schedule.Meeting.Canceled": "CANCEL", "IPM.Schedule.Meeting.Resp.Pos": "REPLY",
		"IPM.Appointment": "PUBLISH", "IPM.Schedule.Meeting.Resp.Tent.Custom": "REPLY",
	} {
		w := write(t, invitation(t, class), nil)
		w.wantNoDiagnostics(t)
		p := w.tree(t).part(t, 1)
		if got, want := p.Get("Content-Type"), "text/calendar; charset=utf-8; method="+want; got != want {
			t.Errorf("%s: %s", class, got)
		}
		if !strings.Contains(string(p.body), "\r\nMETHOD:"+want+"\r\n") {
			t.Errorf("%s: %s", class, p.body)
		}
		if got := w.res.Parts[1]; got.Source != mapi2mime.FromProperties || got.Type != "text/calendar" || got.Number != "2" {
			t.Errorf("%+v", got)
		}
	}
}

func TestICAL_OUT_023_FilesOfTheMail(t *testing.T) {
	m := invitation(t, meetingRequest, html, image, document, func(m *mapi.Message, p *props) {
		m.Attachments = append(m.Attachments, file("other", func(p *props) { mapi.PidTagAttachContentId.Set(p, "<own@x>") }))
	})
	w := write(t, m, nil)
	root := w.tree(t)
	body := root.part(t, 0, 0, 2).body
	idOf := func(root entity, i int) string {
		p := root.part(t, i)
		return p.Get("Content-Id")
	}
	var ids []string
	for l := range strings.SplitSeq(strings.ReplaceAll(string(body), "\r\n ", ""), "\r\n") {
		if id, ok := strings.CutPrefix(l, "ATTACH:cid:"); ok {
			ids = append(ids, "<"+id+">")
		} else if strings.HasPrefix(l, "ATTACH") {
			t.Errorf("ICAL-OUT-047: %s", l)
		}
	}
	if len(ids) != 2 || idOf(root, 1) != ids[0] || idOf(root, 2) != ids[1] || ids[1] != "<own@x>" {
		t.Errorf("%v in the calendar, %q and %q", ids, idOf(root, 1), idOf(root, 2))
	}
}

// What of a meeting can't be read costs the calendar, not the mail.
func TestMeetingWithoutCalendar(t *testing.T) {
	m := invitation(t, meetingRequest, func(_ *mapi.Message, p *props) { mapi.PidLidAppointmentRecur.Set(p, []byte("damaged")) })
	w := write(t, m, nil)
	w.wantCode(t, diag.CalendarNotWritten)
	if got := w.tree(t).shape(); got != "plain" {
		t.Error(got)
	}
}

func TestEmbeddedMeeting(t *testing.T) {
	inner := invitation(t, "IPM.Appointment")
	m := note(func(m *mapi.Message, _ *props) {
		m.Attachments = append(m.Attachments, &mapi.Attachment{Message: inner})
	})
	w := write(t, m, nil)
	w.wantNoDiagnostics(t)
	mail := readTree(t, w.tree(t).part(t, 1).body)
	if got := mail.shape(); got != "alternative(plain, calendar)" {
		t.Error(got)
	}
}

// Attendees have the addresses that the header fields have.
func TestCalendarAddresses(t *testing.T) {
	people := book{"/o=x/cn=eve": "eve@example.net"}
	m := invitation(t, meetingRequest, func(m *mapi.Message, p *props) {
		var r mapi.Recipient
		mapi.RecipientGroup.Set(&r.Properties, mapi.Address{Name: "Eve", Type: "EX", Email: "/o=x/cn=eve"})
		m.Recipients = append(m.Recipients, r)
		mapi.PidLidAppointmentStateFlags.Set(p, 3)
	})
	w := write(t, m, &mapi2mime.Options{Resolver: people, Key: []byte("test")})
	w.wantNoDiagnostics(t)
	body := string(w.tree(t).part(t, 1).body)
	for _, want := range []string{"ORGANIZER;CN=Ann:mailto:ann@example.com\r\n", "ATTENDEE;CN=bob@example.org:mailto:bob@example.org\r\n", "ATTENDEE;CN=Eve:mailto:eve@example.net\r\n"} {
		if !strings.Contains(body, want) {
			t.Errorf("no %q in\n%s", want, body)
		}
	}
}
