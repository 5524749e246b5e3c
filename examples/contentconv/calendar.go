package main

import (
	"context"
	"errors"
	"io"
	"path/filepath"
	"strings"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/ical"
	"github.com/contentconv/contentconv/ical/tree"
	"github.com/contentconv/contentconv/limits"
	"github.com/contentconv/contentconv/mapi"
)

// readCalendar makes a message object of a calendar: the meeting or appointment of its
// one event. A calendar of several events, or one that no calendar object can hold, is
// the attachment of an ordinary message.
func (a *arguments) readCalendar(ctx context.Context, in *input) (*converted, error) {
	if err := a.limits.Size().Check(in.size); err != nil {
		return nil, &diag.Error{Status: diag.StatusConversionFailed, Reason: diag.LimitExceeded, Err: err}
	}
	if in.size > tree.DefaultMaxSize {
		return fromFile(a.calendarNote(in, nil), nil, noError), nil
	}
	data := make([]byte, in.size)
	if n, err := in.ReadAt(data, 0); int64(n) < in.size {
		return nil, plain(err)
	}
	got, err := ical.Import(ctx, data, &ical.ImportOptions{Limits: a.limits, Single: true})
	if err != nil {
		return nil, calendarFailure(err)
	}
	m := a.calendarNote(in, data)
	if len(got.Messages) == 1 {
		m = got.Messages[0]
	}
	return fromFile(m, got.Diagnostics, noError), nil
}

func noError() error { return nil }

// calendarFailure gives an import that passed a limit its reason.
func calendarFailure(err error) error {
	if errors.Is(err, limits.ErrExceeded) {
		return &diag.Error{Status: diag.StatusConversionFailed, Reason: diag.LimitExceeded, Err: err}
	}
	return err
}

// maxTitles bounds the events that the text of a message with a calendar lists.
const maxTitles = 50

// calendarNote returns an ordinary message with the calendar as a file, byte for byte.
// Its text lists what the events are called.
func (a *arguments) calendarNote(in *input, data []byte) *mapi.Message {
	m := new(mapi.Message)
	mapi.PidTagMessageClass.Set(&m.Properties, "IPM.Note")
	name := filepath.Base(a.input)
	if !strings.HasSuffix(strings.ToLower(name), ".ics") {
		name = "calendar.ics"
	}
	titles := eventTitles(data)
	subject := name
	if len(titles) > 0 {
		subject = titles[0]
	}
	mapi.SetSubject(&m.Properties, subject)
	mapi.PidTagBody.Set(&m.Properties, strings.Join(titles, "\r\n"))
	file := &mapi.Attachment{Content: calendarContent{in}}
	mapi.PidTagAttachMethod.Set(&file.Properties, mapi.AttachByValue)
	mapi.PidTagAttachLongFilename.Set(&file.Properties, name)
	mapi.PidTagDisplayName.Set(&file.Properties, name)
	mapi.PidTagAttachExtension.Set(&file.Properties, ".ics")
	mapi.PidTagAttachMimeTag.Set(&file.Properties, "text/calendar")
	m.Attachments = []*mapi.Attachment{file}
	return m
}

// eventTitles returns the summaries of the components, as far as they can be read.
func eventTitles(data []byte) []string {
	s, err := tree.Parse(data, nil)
	if err != nil {
		return nil
	}
	var list []string
	for _, calendar := range s.Components {
		for _, c := range calendar.Components {
			if t := strings.Join(strings.Fields(c.Text("SUMMARY")), " "); t != "" && len(list) < maxTitles {
				list = append(list, t)
			}
		}
	}
	return list
}

// calendarContent is the input as the content of an attachment.
type calendarContent struct{ in *input }

func (c calendarContent) Open(context.Context) (io.ReadCloser, error) {
	return io.NopCloser(io.NewSectionReader(c.in, 0, c.in.size)), nil
}

func (c calendarContent) Size(context.Context) (int64, error) { return c.in.size, nil }
