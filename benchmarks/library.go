package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"

	"github.com/contentconv/contentconv/ical"
	"github.com/contentconv/contentconv/internal/mimescan"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mapi2mime"
	"github.com/contentconv/contentconv/mime2mapi"
	"github.com/contentconv/contentconv/msg"
)

// What this library does in the cases.

var background = context.Background()

// scan finds the structure of a message and decodes nothing. It is the first step of
// every conversion, and no part of the public interface.
func scan(eml []byte) error {
	_, err := mimescan.Scan(background, bytes.NewReader(eml), 0, int64(len(eml)), mimescan.Defaults())
	return err
}

func convert(eml []byte) (*mime2mapi.Result, error) {
	return mime2mapi.ConvertAt(background, bytes.NewReader(eml), int64(len(eml)), nil)
}

// toMAPI converts a message and reads each attachment to its end.
func toMAPI(eml []byte) error {
	res, err := convert(eml)
	if err != nil {
		return err
	}
	defer res.Close()
	return drain(res.Message)
}

// toMAPIAndProperties converts a message and looks at every property of it.
func toMAPIAndProperties(eml []byte) error {
	res, err := convert(eml)
	if err != nil {
		return err
	}
	defer res.Close()
	list(res.Message)
	return nil
}

func drain(m *mapi.Message) error {
	for _, a := range m.Attachments {
		if a.Message != nil {
			if err := drain(a.Message); err != nil {
				return err
			}
		}
		if a.Content == nil {
			continue
		}
		r, err := a.Content.Open(background)
		if err != nil {
			return err
		}
		_, err = io.Copy(io.Discard, r)
		if err := errors.Join(err, r.Close()); err != nil {
			return err
		}
	}
	return nil
}

// list visits every property of a message and returns how many there are.
func list(m *mapi.Message) (n int) {
	visit := func(p *mapi.Properties) {
		for range p.All() {
			n++
		}
	}
	visit(&m.Properties)
	for i := range m.Recipients {
		visit(&m.Recipients[i].Properties)
	}
	for _, a := range m.Attachments {
		visit(&a.Properties)
		if a.Message != nil {
			n += list(a.Message)
		}
	}
	return n
}

// toMeeting converts an invitation to a meeting object.
func toMeeting(eml, calendar []byte) error {
	res, err := convert(eml)
	if err != nil {
		return err
	}
	defer res.Close()
	if strings.HasPrefix(mapi.PidTagMessageClass.Or(&res.Message.Properties, ""), "IPM.Schedule.") {
		return nil
	}
	// The conversion left the calendar an attachment.
	imported, err := ical.Import(background, calendar, nil)
	if err == nil && len(imported.Messages) == 0 {
		err = errors.New("the calendar gave no meeting")
	}
	return err
}

// toMsg converts a message to an Outlook message file.
func toMsg(w io.Writer, eml []byte) error {
	res, err := convert(eml)
	if err != nil {
		return err
	}
	defer res.Close()
	_, _, err = msg.Write(background, w, res.Message, nil)
	return err
}

func openMsg(file []byte) (*mapi.Message, error) {
	res, err := msg.Read(background, bytes.NewReader(file), int64(len(file)), nil)
	if err != nil {
		return nil, err
	}
	return res.Message, nil
}

// toMIME writes a message object as an Internet message.
func toMIME(m *mapi.Message) error {
	_, err := mapi2mime.Convert(background, io.Discard, m, nil)
	return err
}

// detached returns the message object of a mail, with all its contents in memory.
func detached(eml []byte) (*mapi.Message, error) {
	res, err := convert(eml)
	if err != nil {
		return nil, err
	}
	defer res.Close()
	if err := res.Message.Detach(background, 1<<31); err != nil {
		return nil, err
	}
	return res.Message, nil
}
