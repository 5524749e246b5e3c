package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/dsn"
	"github.com/contentconv/contentconv/ical"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mapi2mime"
	"github.com/contentconv/contentconv/msg"
	"github.com/contentconv/contentconv/rtf"
	"github.com/contentconv/contentconv/tnef"
	"github.com/contentconv/contentconv/vcard"
)

// writeFamilies are hostile message objects that are written in every format, and what
// else a size can be of: compression, encapsulation, notifications. Where the object is
// made of a number, the input is only its size.
func writeFamilies() []family {
	return []family{
		{"14 recipients, written", repeated("x"), writePeople(asMail)},
		{"14 attachments, written", repeated("x"), writeFiles(asMail)},
		{"14 messages, written", repeated("x"), writeMessages(asMail)},
		{"14 transport headers, written", repeated("X-Field: value\r\n"), writeTransport},
		{"14 recipients in one property", repeated("a@example.com; "), writeReplyTo},
		{"16 rich text, written", repeated("<p>x &amp; y</p>\r\n"), writeRichText},
		{"18 recipients, to TNEF", repeated("x"), writePeople(asTNEF)},
		{"18 attachments, to TNEF", repeated("x"), writeFiles(asTNEF)},
		{"19 recipients, to .msg", repeated("x"), writePeople(asMsg)},
		{"19 attachments, to .msg", repeated("x"), writeFiles(asMsg)},
		{"19 messages, to .msg", repeated("x"), writeMessages(asMsg)},
		{"19 named properties, to .msg", repeated("x"), writeNames(asMsg)},
		{"19 named properties, from .msg", namesMsg, readMsg},
		{"20 one byte, compressed", repeated("x"), compress},
		{"20 two letters, compressed", letters, compress},
		{"20 a long period, compressed", repeated(strings.Repeat("abcdefg", 600) + "!"), compress},
		{"21 tags, encapsulated", repeated("<b><i x=y>"), encapsulate},
		{"21 text, encapsulated", repeated("{\\}\u20ac\r\n"), encapsulate},
		{"21 an open comment, encapsulated", repeated("<!--"), encapsulate},
		{"23 attendees, written", repeated("x"), writePeople(asCalendar)},
		{"23 lines of a card", cardOf("TEL;TYPE=x:1\r\n"), readCard},
		{"23 one line of a card", cardOf("x"), readCard},
		{"23 soft line ends of a card", cardOf("NOTE;ENCODING=QUOTED-PRINTABLE:x=\r\n"), readCard},
		{"25 recipients of a report", reportOf, readMail},
		{"25 recipients of a notification", repeated("x"), notify},
	}
}

type writer func(*mapi.Message) error

func asMail(m *mapi.Message) error {
	_, err := mapi2mime.Convert(background, io.Discard, m, &mapi2mime.Options{Limits: unlimited})
	return err
}

func asMsg(m *mapi.Message) error {
	_, _, err := msg.Write(background, io.Discard, m, nil)
	return err
}

func asTNEF(m *mapi.Message) error {
	_, _, err := tnef.Write(background, io.Discard, m, nil)
	return err
}

func asCalendar(m *mapi.Message) error {
	mapi.PidTagMessageClass.Set(&m.Properties, "IPM.Schedule.Meeting.Request")
	mapi.PidLidAppointmentStartWhole.Set(&m.Properties, 134000000000000000)
	mapi.PidLidAppointmentEndWhole.Set(&m.Properties, 134000036000000000)
	_, err := ical.Export(background, io.Discard, m, nil)
	return err
}

func note() *mapi.Message {
	m := new(mapi.Message)
	mapi.PidTagMessageClass.Set(&m.Properties, "IPM.Note")
	return m
}

func writePeople(write writer) func([]byte) error {
	return func(b []byte) error {
		m := note()
		m.Recipients = make([]mapi.Recipient, len(b)/60)
		for i := range m.Recipients {
			m.Recipients[i].SetInternet(&mapi.InternetAddress{Name: fmt.Sprint("Person ", i), Address: fmt.Sprintf("p%d@example.com", i)}, mapi.RecipientTo, int32(i))
		}
		return write(m)
	}
}

func writeFiles(write writer) func([]byte) error {
	return func(b []byte) error {
		m := note()
		for i := range len(b) / 200 {
			a := &mapi.Attachment{Content: mapi.Bytes("x")}
			mapi.PidTagAttachLongFilename.Set(&a.Properties, fmt.Sprintf("file%d.txt", i))
			m.Attachments = append(m.Attachments, a)
		}
		return write(m)
	}
}

func writeMessages(write writer) func([]byte) error {
	return func(b []byte) error {
		m := note()
		for i := range len(b) / 400 {
			inner := note()
			mapi.PidTagSubject.Set(&inner.Properties, fmt.Sprint("message ", i))
			m.Attachments = append(m.Attachments, &mapi.Attachment{Message: inner})
		}
		return write(m)
	}
}

func writeNames(write writer) func([]byte) error {
	return func(b []byte) error { return write(named(len(b) / 60)) }
}

// named is a message with n properties that have names.
func named(n int) *mapi.Message {
	m := note()
	for i := range n {
		m.Properties.Set(mapi.HeaderKey(fmt.Sprint("X-Field-", i)), mapi.String("x"))
	}
	return m
}

// namesMsg is such a file, which takes some 200 bytes for each.
func namesMsg(n int) []byte { return writeFile(named(max(n/230, 1))) }

func writeTransport(b []byte) error {
	return writeMessage(func(p *mapi.Properties) { mapi.PidTagTransportMessageHeaders.Set(p, string(b)) })
}

func writeReplyTo(b []byte) error {
	return writeMessage(func(p *mapi.Properties) { mapi.PidTagReplyRecipientNames.Set(p, string(b)) })
}

func writeRichText(html []byte) error {
	var b bytes.Buffer
	if err := rtf.EncapsulateHTML(&b, string(html)); err != nil {
		return err
	}
	return writeMessage(func(p *mapi.Properties) { mapi.PidTagRtfCompressed.Set(p, rtf.Compress(b.Bytes())) })
}

// letters is text of two letters without a period.
func letters(n int) []byte {
	b := make([]byte, n)
	for i, x := 0, uint32(1); i < n; i++ {
		x = x*1664525 + 1013904223
		b[i] = 'a' + byte(x>>31)
	}
	return b
}

func compress(b []byte) error {
	if len(rtf.Compress(b)) == 0 {
		return errors.New("nothing was compressed")
	}
	return nil
}

func encapsulate(b []byte) error { return rtf.EncapsulateHTML(io.Discard, string(b)) }

func cardOf(piece string) func(int) []byte {
	return repetition{before: "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:x\r\n", piece: piece, after: "\r\nEND:VCARD\r\n"}.make
}

func readCard(b []byte) error {
	_, err := vcard.Import(background, b, nil)
	return err
}

// reportOf is a report on many recipients.
func reportOf(n int) []byte {
	return repetition{
		before: minimal + "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n\r\nx\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; a\r\n\r\n",
		piece:  "Final-Recipient: rfc822;u%d@example.net\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n", after: "--b--\r\n",
	}.make(n)
}

func notify(b []byte) error {
	env := dsn.Envelope{ReturnPath: "a@example.com"}
	for i := range len(b) / 30 {
		env.Recipients = append(env.Recipients, dsn.Recipient{Address: fmt.Sprintf("u%d@example.net", i)})
	}
	e := &diag.Error{Reason: diag.LimitExceeded, Status: "5.6.0", Err: errors.New("x"), RootHeader: []byte(minimal)}
	n, err := dsn.New(background, e, env, &dsn.Options{ReportingMTA: "mx.example.com"})
	if err != nil {
		return err
	}
	return n.Write(background, io.Discard)
}
