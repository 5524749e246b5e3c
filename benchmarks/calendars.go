package main

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"github.com/contentconv/contentconv/ical"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/rtf"
	"github.com/contentconv/contentconv/tnef"
)

const zone = "BEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\n" +
	"BEGIN:STANDARD\r\nDTSTART:19701025T030000\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nTZNAME:CET\r\nEND:STANDARD\r\n" +
	"BEGIN:DAYLIGHT\r\nDTSTART:19700329T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nTZNAME:CEST\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE\r\n"

// calendar is a request for a meeting of five people. With exceptions it is a weekly
// series in which so many occurrences have moved.
func calendar(exceptions int) []byte {
	var b strings.Builder
	b.WriteString("BEGIN:VCALENDAR\r\nPRODID:-//Example//Calendar 1.0//EN\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\n" + zone)
	event := func(start, end, more string) {
		b.WriteString("BEGIN:VEVENT\r\nUID:meeting-1@example.org\r\nDTSTAMP:20261120T100000Z\r\nSEQUENCE:1\r\n" +
			"DTSTART;TZID=Europe/Berlin:" + start + "\r\nDTEND;TZID=Europe/Berlin:" + end + "\r\n" + more +
			"SUMMARY:Meeting about the delivery\r\nLOCATION:Room 7\r\nDESCRIPTION:We talk about the delivery\\, and what is left to do.\r\n" +
			"ORGANIZER;CN=Ann:mailto:ann@example.org\r\n")
		for i := range 5 {
			fmt.Fprintf(&b, "ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN=\"Person %d\":mailto:person%d@example.com\r\n", i, i)
		}
		b.WriteString("BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT15M\r\nDESCRIPTION:Reminder\r\nEND:VALARM\r\nEND:VEVENT\r\n")
	}
	rule := ""
	if exceptions > 0 {
		rule = "RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=200\r\n"
	}
	event("20260105T090000", "20260105T100000", rule)
	for i := range exceptions {
		day := 12 + 7*i // Mondays of the first weeks, over months of 28 days and more
		date := dayOf2026(day)
		event(date+"T110000", date+"T120000", "RECURRENCE-ID;TZID=Europe/Berlin:"+date+"T090000\r\n")
	}
	b.WriteString("END:VCALENDAR\r\n")
	return []byte(b.String())
}

// dayOf2026 is the date of the n-th day of the year.
func dayOf2026(n int) string {
	for month, days := range []int{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31} {
		if n <= days {
			return fmt.Sprintf("2026%02d%02d", month+1, n)
		}
		n -= days
	}
	return "20261231"
}

// invitation is a mail that carries the calendar as its alternative.
func invitation(calendar []byte) []byte {
	return []byte(common() + "Content-Type: multipart/alternative; boundary=bnd\r\n\r\n--bnd\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nYou are invited.\r\n" +
		"--bnd\r\nContent-Type: text/calendar; charset=utf-8; method=REQUEST\r\n\r\n" + string(calendar) + "--bnd--\r\n")
}

// winmail is a mail with a part that has the whole message in TNEF.
func winmail(m *mapi.Message) ([]byte, error) {
	var stream, b bytes.Buffer
	if _, _, err := tnef.Write(context.Background(), &stream, m, &tnef.WriteOptions{Standalone: true}); err != nil {
		return nil, err
	}
	b.WriteString(common() + "Content-Type: multipart/mixed; boundary=bnd\r\n\r\n--bnd\r\nContent-Type: text/plain\r\n\r\nSee attached.\r\n" +
		"--bnd\r\nContent-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: base64\r\n\r\n")
	writeBase64(&b, stream.Bytes())
	b.WriteString("--bnd--\r\n")
	return b.Bytes(), nil
}

// tnefMeeting is a meeting in TNEF.
func tnefMeeting() ([]byte, error) {
	imported, err := ical.Import(context.Background(), calendar(0), nil)
	if err != nil {
		return nil, err
	}
	if len(imported.Messages) == 0 {
		return nil, fmt.Errorf("the calendar gave no meeting: %v", imported.Fallback)
	}
	return winmail(imported.Messages[0])
}

// tnefRichText is a Chinese letter of about n bytes whose body is RTF, in TNEF.
func tnefRichText(n int) ([]byte, error) {
	m := new(mapi.Message)
	p := &m.Properties
	mapi.PidTagMessageClass.Set(p, "IPM.Note")
	mapi.PidTagSubject.Set(p, "Letter")
	var b strings.Builder
	b.WriteString(`{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fnil\fcharset134 SimSun;}{\f1\fswiss Arial;}}\uc1\pard` + "\r\n")
	for b.Len() < n {
		b.WriteString(`\f0\fs24 \'c4\'e3\'ba\'c3\'a3\'ac\'ca\'c0\'bd\'e7 {\b \'d6\'d0\'ce\'c4} \u8364?\f1 plain words\par` + "\r\n")
	}
	b.WriteString("}")
	mapi.PidTagRtfCompressed.Set(p, rtf.Compress([]byte(b.String())))
	return winmail(m)
}
