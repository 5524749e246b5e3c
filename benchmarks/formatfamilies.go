package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"io"

	"github.com/contentconv/contentconv/ical"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mapi2mime"
	"github.com/contentconv/contentconv/msg"
	"github.com/contentconv/contentconv/rtf"
	"github.com/contentconv/contentconv/tnef"
)

// formatFamilies are hostile message objects, TNEF streams, message files, RTF and
// calendars.
func formatFamilies() []family {
	all := []family{
		// A message of these strings is written; the input is only their size.
		{"14 line ends in a property", repeated("a\r\nb: c\x00"), writeSubject},
		{"15 fields in a subject", repeated("\r\nBcc: x@y.z"), writeSubject},
		{"16 dots in a body", repeated("\r\n.\n.\r"), writeBody},
		{"16 one line of a body", repeated("x"), writeBody},
		{"17 names of extension fields", repeated("a: \r\nb"), writeNamed},
		{"18 attributes of no bytes", tnefOf(attribute(1, 0x00078000, nil)), readTNEF},
		{"18 wrong checksums", tnefOf(append(attribute(1, 0x00018004, nil)[:9], 1, 0)), readTNEF},
		{"18 attachments of no bytes", tnefOf(attribute(2, 0x00069002, nil)), readTNEF},
		{"18 values of one property", manyValues, readTNEF},
		{"18 lists of properties", tnefOf(attribute(1, 0x00069003, []byte{1, 0, 0, 0, 3, 0, 0x17, 0, 1, 0, 0, 0})), readTNEF},
		{"18 streams in streams", nestedTNEF, readTNEF},
		{"19 chains that lead nowhere", damagedMsg, readMsg},
		{"19 recipients", peopleMsg, readMsg},
		{"20 LZFu that expands", expanding, readCompressed},
	}
	for _, r := range rtfs {
		all = append(all, family{r.name, r.make, readRTF})
	}
	for _, r := range calendars {
		all = append(all, family{r.name, r.make, readCalendar})
	}
	return all
}

func repeated(piece string) func(int) []byte {
	return func(n int) []byte { return bytes.Repeat([]byte(piece), n/len(piece)) }
}

func writeMessage(set func(*mapi.Properties)) error {
	m := new(mapi.Message)
	mapi.PidTagMessageClass.Set(&m.Properties, "IPM.Note")
	set(&m.Properties)
	_, err := mapi2mime.Convert(background, io.Discard, m, &mapi2mime.Options{Limits: unlimited})
	return err
}

func writeSubject(b []byte) error {
	return writeMessage(func(p *mapi.Properties) { mapi.PidTagSubject.Set(p, string(b)) })
}

func writeBody(b []byte) error {
	return writeMessage(func(p *mapi.Properties) { mapi.PidTagBody.Set(p, string(b)) })
}

func writeNamed(b []byte) error {
	return writeMessage(func(p *mapi.Properties) {
		for i := 0; len(b) > 0; i++ {
			n := min(len(b), 60)
			p.Set(mapi.HeaderKey(fmt.Sprint("X-", i, string(b[:n/2]))), mapi.String(string(b[n/2:n])))
			b = b[n:]
		}
	})
}

// attribute is one attribute of a TNEF stream.
func attribute(level byte, id uint32, data []byte) []byte {
	b := append([]byte{level}, binary.LittleEndian.AppendUint32(nil, id)...)
	b = binary.LittleEndian.AppendUint32(b, uint32(len(data)))
	b = append(b, data...)
	var sum uint16
	for _, c := range data {
		sum += uint16(c)
	}
	return binary.LittleEndian.AppendUint16(b, sum)
}

const tnefHead = tnef.Signature + "\x01\x00"

func tnefOf(piece []byte) func(int) []byte {
	return func(n int) []byte {
		return append([]byte(tnefHead), bytes.Repeat(piece, n/len(piece))...)
	}
}

// manyValues is a property with as many empty strings as the stream has room for.
func manyValues(n int) []byte {
	data := []byte{1, 0, 0, 0, 0x1F, 0x10, 0, 0x36}
	data = binary.LittleEndian.AppendUint32(data, uint32(n/4))
	return append([]byte(tnefHead), attribute(1, 0x00069003, append(data, make([]byte, n/4*4)...))...)
}

// nestedTNEF has a message in a message in a message, as deep as the bytes reach: the
// lengths are the claims of those heads, nothing is padded.
func nestedTNEF(n int) []byte {
	iid := []byte{0x07, 0x03, 0x02, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46}
	const head = 6 + 9 + 8 + 8 + 16
	var b []byte
	for rest := n; rest > head; rest -= head {
		b = append(b, tnefHead...)
		b = append(b, 2)
		b = binary.LittleEndian.AppendUint32(b, 0x00069005)
		b = binary.LittleEndian.AppendUint32(b, uint32(rest-15))
		b = append(b, 1, 0, 0, 0, 0x0D, 0, 0x01, 0x37, 1, 0, 0, 0)
		b = binary.LittleEndian.AppendUint32(b, uint32(rest-head+16))
		b = append(b, iid...)
	}
	return b
}

func readTNEF(b []byte) error {
	res, err := tnef.Read(background, bytes.NewReader(b), int64(len(b)), &tnef.ReadOptions{Limits: unlimited, MaxMemory: -1})
	if err != nil {
		return err
	}
	return drain(res.Message)
}

func readMsg(b []byte) error {
	res, err := msg.Read(background, bytes.NewReader(b), int64(len(b)), &msg.ReadOptions{Limits: unlimited, MaxMemory: -1})
	if err != nil {
		return err
	}
	list(res.Message)
	return drain(res.Message)
}

func writeFile(m *mapi.Message) []byte {
	var b bytes.Buffer
	if _, _, err := msg.Write(background, &b, m, nil); err != nil {
		panic(err) // the messages are the program's own
	}
	return b.Bytes()
}

// damagedMsg is a file of one attachment each 5 KB, in which every sector of the
// allocation table that follows the first leads to the first.
func damagedMsg(n int) []byte {
	m := new(mapi.Message)
	mapi.PidTagMessageClass.Set(&m.Properties, "IPM.Note")
	for range max(n/7000, 1) {
		m.Attachments = append(m.Attachments, &mapi.Attachment{Content: mapi.Bytes(make([]byte, 5000))})
	}
	b := writeFile(m)
	sector := 1 << binary.LittleEndian.Uint16(b[30:])
	table := (int(binary.LittleEndian.Uint32(b[76:])) + 1) * sector
	for at := table + 400; at+4 <= min(table+sector, len(b)); at += 4 {
		binary.LittleEndian.PutUint32(b[at:], 1)
	}
	return b
}

func peopleMsg(n int) []byte {
	m := new(mapi.Message)
	mapi.PidTagMessageClass.Set(&m.Properties, "IPM.Note")
	m.Recipients = make([]mapi.Recipient, max(n/3000, 1))
	for i := range m.Recipients {
		m.Recipients[i].SetInternet(&mapi.InternetAddress{Name: fmt.Sprint("Person ", i), Address: fmt.Sprintf("p%d@example.com", i)}, mapi.RecipientTo, int32(i))
	}
	return writeFile(m)
}

// expanding is LZFu in which every token copies 16 bytes, so that the place written to
// is never the one read from, which would end it.
func expanding(n int) []byte {
	body := bytes.Repeat([]byte{0xFF, 0, 0x0E, 0, 0x0E, 0, 0x0E, 0, 0x0E, 0, 0x0E, 0, 0x0E, 0, 0x0E, 0, 0x0E}, n/17)
	var b []byte
	b = binary.LittleEndian.AppendUint32(b, uint32(len(body)+12))
	b = binary.LittleEndian.AppendUint32(b, uint32(8*n))
	b = append(b, "LZFu\x00\x00\x00\x00"...)
	return append(b, body...)
}

func readCompressed(b []byte) error {
	_, _, err := rtf.Decompress(b)
	return err
}

func readRTF(b []byte) error {
	_, err := rtf.Decode(context.Background(), bytes.NewReader(b), &rtf.DecodeOptions{MaxOutput: -1})
	return err
}

const (
	rtfPlain = `{\rtf1\ansi{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset128 B;}}`
	rtfHTML  = `{\rtf1\ansi\fromhtml1{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset128 B;}}`
)

var rtfs = []repetition{
	{"21 open groups", rtfPlain, "{", ""},
	{"21 closed groups", rtfPlain, "}", ""},
	{"21 formatted groups", rtfPlain, `{\b\i\f1 x}`, "}"},
	{"21 lengths of binary data", rtfPlain, `\bin2147483647 `, "}"},
	{"21 surrogates", rtfPlain, `\u-10179?`, "}"},
	{"21 skipped characters", rtfPlain, `\uc255\u8364 x`, "}"},
	{"21 bytes of text", rtfPlain, `\f1\'83\'fd`, "}"},
	{"21 tables", rtfPlain, `\trowd\cellx100 x\cell\row`, "}"},
	{"21 fields", rtfPlain, `{\field{\*\fldinst HYPERLINK "http://x"}{\fldrslt x}}`, "}"},
	{"21 tags of HTML", rtfHTML, `{\*\htmltag64 <p>}`, "}"},
	{"21 htmlrtf across groups", rtfHTML, `{\htmlrtf x}\htmlrtf0 y`, "}"},
	{"21 objects", rtfPlain, `{\object{\*\objdata 00}}`, "}"},
}

func readCalendar(b []byte) error {
	_, err := ical.Import(background, b, nil)
	return err
}

const (
	calendarHead = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\n"
	eventHead    = "BEGIN:VEVENT\r\nUID:a\r\nDTSTART:20260105T090000Z\r\n"
	calendarTail = "END:VEVENT\r\nEND:VCALENDAR\r\n"
)

var calendars = []repetition{
	{"23 calendars without an end", "", "BEGIN:VCALENDAR\r\n", ""},
	{"23 ends without a beginning", calendarHead, "END:VEVENT\r\n", ""},
	{"23 one line", calendarHead + eventHead + "DESCRIPTION:", "x", "\r\n" + calendarTail},
	{"23 folded lines", calendarHead + eventHead + "DESCRIPTION:", "\r\n x", "\r\n" + calendarTail},
	{"23 properties again and again", calendarHead + eventHead, "X-MICROSOFT-CDO-MODPROPS:a,b\r\n", calendarTail},
	{"23 parameters", calendarHead + eventHead + "SUMMARY", ";X-%d=y", ":x\r\n" + calendarTail},
	{"23 observances", calendarHead + "BEGIN:VTIMEZONE\r\nTZID:Z\r\n", "BEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nEND:STANDARD\r\n", "END:VTIMEZONE\r\n" + eventHead + calendarTail},
	{"23 attendees", calendarHead + eventHead, "ATTENDEE;CN=P:mailto:p%d@example.com\r\n", calendarTail},
	{"23 excluded dates", calendarHead + eventHead + "RRULE:FREQ=DAILY\r\n", "EXDATE:20260106T090000Z\r\n", calendarTail},
	{"23 added dates", calendarHead + eventHead, "RDATE:20260106T090000Z\r\n", calendarTail},
	{"23 rules", calendarHead + eventHead, "RRULE:FREQ=DAILY;COUNT=2147483648\r\n", calendarTail},
	{"23 events of other ids", calendarHead, "BEGIN:VEVENT\r\nUID:%d\r\nDTSTART:20260105T090000Z\r\nEND:VEVENT\r\n", "END:VCALENDAR\r\n"},
	{"23 exceptions", calendarHead + eventHead + "RRULE:FREQ=DAILY\r\nEND:VEVENT\r\n", "BEGIN:VEVENT\r\nUID:a\r\nRECURRENCE-ID:20260106T090000Z\r\nDTSTART:20260106T100000Z\r\nEND:VEVENT\r\n", "END:VCALENDAR\r\n"},
	{"23 alarms", calendarHead + eventHead, "BEGIN:VALARM\r\nTRIGGER:-PT5M\r\nEND:VALARM\r\n", calendarTail},
}
