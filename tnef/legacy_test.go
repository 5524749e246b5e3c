package tnef_test

import (
	"strings"
	"testing"

	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/tnef"
)

// dtr is a date of seven numbers.
func dtr(n ...uint16) (b []byte) {
	for _, x := range n {
		b = le.AppendUint16(b, x)
	}
	return b
}

// triple is the data of an attFrom.
func triple(name, address string) []byte {
	n := z(name)
	if len(n)%2 != 0 {
		n = append(n, 0)
	}
	a := z(address)
	return join(u16(4), u16(uint16(16+len(n)+len(a))), u16(uint16(len(n))), u16(uint16(len(a))), n, a, make([]byte, 8))
}

// counted is the data of an attOwner or attSentFor.
func counted(name, address string) []byte {
	n, a := z(name), z(address)
	return join(u16(uint16(len(n))), n, u16(uint16(len(a))), a)
}

// legacy are cases of the old attributes of a message.
var legacy = []struct {
	name   string
	attrs  [][]byte
	want   string
	report string
}{
	{
		name:   "TNEF-R-013 date",
		attrs:  [][]byte{message(attDateSent, dtr(2026, 11, 21, 9, 30, 0, 7)...)},
		want:   "PidTagClientSubmitTime Time = 2026-11-21 09:30:00",
		report: "time-zone-unknown: attDateSent",
	},
	{
		name:   "TNEF-R-013 the day of the week is not to be trusted",
		attrs:  [][]byte{message(attDateSent, dtr(2024, 2, 29, 23, 59, 59, 99)...)},
		want:   "PidTagClientSubmitTime Time = 2024-02-29 23:59:59",
		report: "time-zone-unknown: attDateSent",
	},
	{name: "TNEF-R-013 zero", attrs: [][]byte{message(attDateSent, make([]byte, 14)...)}},
	{name: "TNEF-R-013 month 13", attrs: [][]byte{message(attDateSent, dtr(2026, 13, 1, 0, 0, 0, 1)...)}, report: "date-invalid: attDateSent"},
	{name: "TNEF-R-013 month 0", attrs: [][]byte{message(attDateSent, dtr(2026, 0, 1, 0, 0, 0, 1)...)}, report: "date-invalid: attDateSent"},
	{name: "TNEF-R-013 February 30", attrs: [][]byte{message(attDateSent, dtr(2026, 2, 30, 0, 0, 0, 1)...)}, report: "date-invalid: attDateSent"},
	{name: "TNEF-R-013 hour 24", attrs: [][]byte{message(attDateSent, dtr(2026, 2, 1, 24, 0, 0, 1)...)}, report: "date-invalid: attDateSent"},
	{name: "TNEF-R-013 second 60", attrs: [][]byte{message(attDateSent, dtr(2026, 2, 1, 0, 0, 60, 1)...)}, report: "date-invalid: attDateSent"},
	{name: "TNEF-R-013 year 1600", attrs: [][]byte{message(attDateSent, dtr(1600, 2, 1, 0, 0, 0, 1)...)}, report: "date-invalid: attDateSent"},
	{name: "TNEF-R-013 year 65535", attrs: [][]byte{message(attDateSent, dtr(65535, 2, 1, 0, 0, 0, 1)...)}, report: "date-invalid: attDateSent"},
	{
		name: "TNEF-R-013 eight bytes", attrs: [][]byte{message(attDateSent, dtr(2026, 2, 1, 0)...)},
		report: "tnef-attribute-invalid: attDateSent: too short",
	},
	{
		name:  "TNEF-R-014 triple of an odd name",
		attrs: [][]byte{message(attFrom, triple("Jane Doe", "SMTP:jane@example.com")...)},
		want: `
			PidTagSenderName String = "Jane Doe"
			PidTagSenderAddressType String = "SMTP"
			PidTagSenderEmailAddress String = "jane@example.com"
			PidTagSenderSmtpAddress String = "jane@example.com"
			PidTagSenderEntryId Binary = ` + oneOff("Jane Doe", "jane@example.com") + `
			PidTagSenderSearchKey Binary = ` + hexUpper("SMTP:JANE@EXAMPLE.COM\x00"),
	},
	{
		name:  "TNEF-R-014 triple of another system, an even name",
		attrs: [][]byte{message(attFrom, triple("Joe", "FAX:+1 555:1")...)},
		want: `
			PidTagSenderName String = "Joe"
			PidTagSenderAddressType String = "FAX"
			PidTagSenderEmailAddress String = "+1 555:1"
			PidTagSenderEntryId Binary = ` + hexUpper(string((&mapi.OneOff{Name: "Joe", AddressType: "FAX", Address: "+1 555:1", Flags: mapi.OneOffUnicode | mapi.OneOffNoRichInfo}).Bytes())) + `
			PidTagSenderSearchKey Binary = ` + hexUpper(string((&mapi.SearchKey{AddressType: "FAX", Address: "+1 555:1"}).Bytes())),
	},
	{
		name:  "TNEF-R-014 an address without a type",
		attrs: [][]byte{message(attFrom, triple("Joe", "joe")...)},
		want: `
			PidTagSenderName String = "Joe"
			PidTagSenderEmailAddress String = "joe"`,
	},
	{
		name:   "TNEF-R-014 triple with sizes beyond its end",
		attrs:  [][]byte{message(attFrom, join(u16(4), u16(30), u16(4), u16(60000), z("Joe"), []byte("x@y"))...)},
		want:   strings.ReplaceAll(sender, "PidTagX", "PidTagSender"),
		report: "tnef-attribute-invalid: attFrom: the name and the address have more bytes than there are",
	},
	{name: "TNEF-R-014 triple of four bytes", attrs: [][]byte{message(attFrom, 4, 0, 0, 0)}, report: "tnef-attribute-invalid: attFrom: too short"},
	{
		name:  "TNEF-R-014 on whose behalf",
		attrs: [][]byte{message(attSentFor, counted("Joe", "x@y")...)},
		want:  strings.ReplaceAll(sender, "PidTagX", "PidTagSentRepresenting"),
	},
	{
		name:   "TNEF-R-014 a name and no address",
		attrs:  [][]byte{message(attSentFor, counted("Joe", "")[:6]...)},
		want:   `PidTagSentRepresentingName String = "Joe"`,
		report: "tnef-attribute-invalid: attSentFor: too short",
	},
	{
		name:  "TNEF-R-014 the owner of a meeting, in a request",
		attrs: [][]byte{message(attOwner, counted("Joe", "x@y")...), message(attMessageClass, z("IPM.Microsoft Schedule.MtgReq")...)},
		want:  `PidTagMessageClass String = "IPM.Schedule.Meeting.Request"` + "\n" + strings.ReplaceAll(sender, "PidTagX", "PidTagSentRepresenting"),
	},
	{
		name:  "TNEF-R-014 the owner of a meeting, in a response",
		attrs: [][]byte{message(attOwner, counted("Joe", "x@y")...), message(attMessageClass, z("IPM.Microsoft Schedule.MtgRespP")...)},
		want:  `PidTagMessageClass String = "IPM.Schedule.Meeting.Resp.Pos"` + "\n" + strings.ReplaceAll(sender, "PidTagX", "PidTagReceivedRepresenting"),
	},
	{
		name:  "TNEF-R-014 the owner of a meeting, class among the properties",
		attrs: [][]byte{message(attOwner, counted("Joe", "x@y")...), props(text(0x001A001F, "IPM.Schedule.Meeting.Canceled"))},
		want:  `PidTagMessageClass String = "IPM.Schedule.Meeting.Canceled"` + "\n" + strings.ReplaceAll(sender, "PidTagX", "PidTagSentRepresenting"),
	},
	{
		name:  "TNEF-R-014 the owner of what is no meeting",
		attrs: [][]byte{message(attOwner, counted("Joe", "x@y")...), message(attMessageClass, z("IPM.Note")...)},
		want:  `PidTagMessageClass String = "IPM.Note"`,
	},
	{name: "TNEF-R-015 a longer class", attrs: [][]byte{message(attMessageClass, z("IPM.Microsoft Mail.Note.Mine")...)}, want: `PidTagMessageClass String = "IPM.Microsoft Mail.Note.Mine"`},
	{name: "TNEF-R-015 any case", attrs: [][]byte{message(attMessageClass, z("ipm.microsoft mail.NOTE")...)}, want: `PidTagMessageClass String = "IPM.Note"`},
	{name: "an empty class", attrs: [][]byte{message(attMessageClass, 0)}},
	{name: "TNEF-R-006 a subject with and without NUL, and what is behind it", attrs: [][]byte{message(attSubject, []byte("Hi\x00there")...)}, want: `PidTagSubject String = "Hi"`},
	{name: "TNEF-R-006 a subject without NUL", attrs: [][]byte{message(attSubject, []byte("Hi")...)}, want: `PidTagSubject String = "Hi"`},
	{name: "TNEF-R-017 a subject in two parts", attrs: [][]byte{message(attSubject, z("RE: ?")...), props(text(0x003D001F, "RE: "), text(0x0E1D001F, "λ"))},
		want: `
			PidTagSubjectPrefix String = "RE: "
			PidTagNormalizedSubject String = "λ"
			PidTagSubject String = "RE: λ"`},
	{name: "a conversation alone", attrs: [][]byte{props(text(0x0070001F, "x"))},
		want: `
			PidTagConversationTopic String = "x"
			PidTagSubject String = "x"`},
	{name: "a subject of which one part is missing", attrs: [][]byte{message(attSubject, z("RE: x")...), props(text(0x0E1D001F, "x"))},
		want: `
			PidTagNormalizedSubject String = "x"
			PidTagSubject String = "RE: x"`},
	{
		name: "TNEF-R-017 properties count",
		attrs: [][]byte{
			message(attMessageClass, z("IPM.Microsoft Mail.Note")...), message(0x00070006, z("IPM.Note")...), message(attPriority, 1, 0), message(attSubject, z("?")...),
			message(attDateSent, dtr(2026, 11, 21, 9, 30, 0, 7)...), message(attFrom, triple("Jane", "SMTP:jane@example.com")...), message(attSentFor, counted("Jane", "x@y")...),
			message(attRequestRes, 1, 0), message(attAidOwner, 1, 0, 0, 0), message(attMessageStatus, 0x21), message(attMessageID, z("00FF")...),
			message(attBody, z("?")...), message(attDelegate, 1, 2),
			props(text(0x001A001F, "IPM.Task"), text(0x004B001F, "IPM.Post"), prop(0x00170003, 0), text(0x0037001F, "λ"), prop(0x00390040, 0, 0x80, 0x3E, 0xD5, 0xDE, 0xB1, 0x9D, 1),
				text(0x0C1A001F, "λ"), text(0x0065001F, "a@b"), prop(0x0063000B, 0, 0), prop(0x00620003, 7), prop(0x0E070003, 9), variable(0x300B0102, []byte{9}),
				text(0x1000001F, "λ"), variable(0x00430102, []byte{9})),
		},
		want: `
			PidTagMessageClass String = "IPM.Task"
			PidTagOriginalMessageClass String = "IPM.Post"
			PidTagImportance Integer32 = 0
			PidTagSubject String = "λ"
			PidTagClientSubmitTime Time = 1970-01-01 00:00:00
			PidTagSenderName String = "λ"
			PidTagSentRepresentingEmailAddress String = "a@b"
			PidTagResponseRequested Boolean = false
			PidTagOwnerAppointmentId Integer32 = 7
			PidTagMessageFlags Integer32 = 9
			PidTagSearchKey Binary = 09
			PidTagBody String = "λ"
			PidTagReceivedRepresentingEntryId Binary = 09`,
	},
	{
		name: "numbers, hexadecimal digits and bytes",
		attrs: [][]byte{message(attRequestRes, 1, 0), message(attAidOwner, 0xFE, 0xFF, 0xFF, 0xFF), message(attMessageID, z("00Ffa0")...),
			message(attBody, z("text")...), message(attDelegate, 1, 2)},
		want: `
			PidTagResponseRequested Boolean = true
			PidTagReceivedRepresentingEntryId Binary = 0102
			PidTagOwnerAppointmentId Integer32 = -2
			PidTagSearchKey Binary = 00FFA0
			PidTagBody String = "text"`,
	},
	{
		name:  "numbers and digits that are none",
		attrs: [][]byte{message(attPriority, 4, 0), message(attRequestRes, 1), message(attAidOwner, 1, 2), message(attMessageStatus), message(attMessageID, z("0x")...)},
		report: `
			tnef-attribute-invalid: attPriority: no priority has the number that it has
			tnef-attribute-invalid: attRequestRes: too short
			tnef-attribute-invalid: attAidOwner: too short
			tnef-attribute-invalid: attMessageStatus: too short
			tnef-attribute-invalid: attMessageID: it is not hexadecimal`,
	},
	{name: "priority high", attrs: [][]byte{message(attPriority, 1, 0)}, want: "PidTagImportance Integer32 = 2"},
	{name: "priority normal", attrs: [][]byte{message(attPriority, 2, 0)}, want: "PidTagImportance Integer32 = 1"},
	{name: "priority low", attrs: [][]byte{message(attPriority, 3, 0)}, want: "PidTagImportance Integer32 = 0"},
	{name: "status read and modified", attrs: [][]byte{message(attMessageStatus, 0x21)}, want: "PidTagMessageFlags Integer32 = 1"},
	{name: "status read, modified, with attachments", attrs: [][]byte{message(attMessageStatus, 0xA1)}, want: "PidTagMessageFlags Integer32 = 17"},
	{name: "status unsent, submitted, unmodified", attrs: [][]byte{message(attMessageStatus, 0x06)}, want: "PidTagMessageFlags Integer32 = 14"},
}

// sender is what there is of Joe in a group of properties X.
var sender = `PidTagXName String = "Joe"
PidTagXAddressType String = "SMTP"
PidTagXEmailAddress String = "x@y"
PidTagXSmtpAddress String = "x@y"
PidTagXEntryId Binary = ` + oneOff("Joe", "x@y") + `
PidTagXSearchKey Binary = ` + hexUpper("SMTP:X@Y\x00")

func oneOff(name, address string) string {
	o := mapi.OneOff{Name: name, AddressType: "SMTP", Address: address, Flags: mapi.OneOffUnicode | mapi.OneOffNoRichInfo}
	return hexUpper(string(o.Bytes()))
}

func hexUpper(s string) string {
	const digits = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(s) {
		b.WriteByte(digits[s[i]>>4])
		b.WriteByte(digits[s[i]&15])
	}
	return b.String()
}

func TestLegacyAttributes(t *testing.T) {
	for _, tt := range legacy {
		t.Run(tt.name, func(t *testing.T) {
			res := read(t, stream(tt.attrs...), nil)
			check(t, res.Message, tt.want)
			checkReport(t, res, tt.report)
		})
	}
}

// TestClasses: the names of classes, both ways.
func TestClasses(t *testing.T) {
	for attribute, class := range map[string]string{
		"IPM.Microsoft Mail.Note":         "IPM.Note",
		"IPM.Microsoft Mail.Read Receipt": "Report.IPM.Note.IPNRN",
		"IPM.Microsoft Mail.Non-Delivery": "Report.IPM.Note.NDR",
		"IPM.Microsoft Schedule.MtgReq":   "IPM.Schedule.Meeting.Request",
		"IPM.Microsoft Schedule.MtgRespP": "IPM.Schedule.Meeting.Resp.Pos",
		"IPM.Microsoft Schedule.MtgRespN": "IPM.Schedule.Meeting.Resp.Neg",
		"IPM.Microsoft Schedule.MtgRespA": "IPM.Schedule.Meeting.Resp.Tent",
		"IPM.Microsoft Schedule.MtgCncl":  "IPM.Schedule.Meeting.Canceled",
		"IPM.Note.SMIME":                  "IPM.Note.SMIME",
		"IPM.Task":                        "IPM.Task",
	} {
		t.Run("TNEF-R-015 "+class, func(t *testing.T) {
			res := read(t, stream(message(attMessageClass, z(attribute)...)), nil)
			if got := mapi.PidTagMessageClass.Or(&res.Message.Properties, ""); got != class {
				t.Errorf("%q is read as %q", attribute, got)
			}
			var m mapi.Message
			mapi.PidTagMessageClass.Set(&m.Properties, class)
			if got := attributeOf(t, write(t, &m, nil), attMessageClass); string(got) != attribute+"\x00" {
				t.Errorf("%q is written as %q", class, got)
			}
		})
	}
}

// attributeOf returns the data of the first attribute of that id.
func attributeOf(t testing.TB, stream []byte, id uint32) []byte {
	t.Helper()
	for _, a := range split(t, stream) {
		if a.id == id {
			return a.data
		}
	}
	return nil
}

// A part is an attribute of a stream that was written.
type part struct {
	level byte
	id    uint32
	data  []byte
}

// split takes a stream apart and checks its checksums.
func split(t testing.TB, stream []byte) (list []part) {
	t.Helper()
	if !tnef.HasSignature(stream) {
		t.Fatal("no signature")
	}
	for b := stream[6:]; len(b) > 0; {
		n := int(le.Uint32(b[5:]))
		p := part{b[0], le.Uint32(b[1:]), b[9 : 9+n]}
		list = append(list, p)
		sum := uint16(0)
		for _, c := range p.data {
			sum += uint16(c)
		}
		if got := le.Uint16(b[9+n:]); got != sum {
			t.Errorf("attribute 0x%08X has the checksum 0x%04X, not 0x%04X", p.id, got, sum)
		}
		b = b[9+n+2:]
	}
	return list
}

// TestCodePages: 8-bit strings, in attributes and among properties, are in the
// code page of the stream.
func TestCodePages(t *testing.T) {
	for _, tt := range []struct {
		name   string
		page   uint32
		bytes  string
		want   string
		report string
	}{
		{"932", 932, "\x93\xFA\x96{", "日本", ""},
		{"936", 936, "\xD6\xD0\xB9\xFA", "中国", ""},
		{"1251", 1251, "\xCC\xE8\xF0", "Мир", ""},
		{"65001", 65001, "\xE2\x82\xAC", "€", ""},
		{"65001 that is windows-1252", 65001, "\x80", "€", ""},
		{"1200 that is windows-1252", 1200, "\x80", "€", ""},
		{"1200 that is UTF-8", 1200, "\xE2\x82\xAC", "€", ""},
		{"65000", 65000, "+AOk-", "é", ""},
		{"unknown", 4711, "\x80", "€", "charset-unknown: code page 4711"},
		{"zero", 0, "\x80", "€", ""},
		{"1252", 1252, "\x80", "€", ""},
	} {
		t.Run("TNEF-R-016 "+tt.name, func(t *testing.T) {
			res := read(t, stream(props(variable(0x1000001E, z(tt.bytes)), variable(0x3607101E, z(tt.bytes))), message(attSubject, z(tt.bytes)...),
				codePage(tt.page), rend(), attach(attAttachTitle, z(tt.bytes)...)), nil)
			check(t, res.Message, `
				PidTagBody String8 = "`+tt.want+`"
				0x3607 MultipleString8 = [`+tt.want+`]
				PidTagSubject String = "`+tt.want+`"
				attachment
				  PidTagRenderingPosition Integer32 = -1
				  PidTagAttachFilename String = "`+tt.want+`"`)
			checkReport(t, res, tt.report)
		})
	}
	t.Run("TNEF-R-016 the options overrule", func(t *testing.T) {
		res := read(t, stream(codePage(1251), message(attSubject, z("\x93\xFA")...)), &tnef.ReadOptions{CodePage: 932})
		check(t, res.Message, `PidTagSubject String = "日"`)
	})
	t.Run("TNEF-R-016 a message within has its own, or that of the outer one", func(t *testing.T) {
		res := read(t, stream(codePage(1251), embedded(stream(message(attSubject, z("\xCC")...))), embedded(stream(codePage(932), message(attSubject, z("\x93\xFA")...)))), nil)
		for i, want := range []string{"М", "日"} {
			if got := mapi.Subject(&res.Message.Attachments[i].Message.Properties); got != want {
				t.Errorf("message %d has the subject %q", i, got)
			}
		}
	})
	t.Run("bytes that the charset lacks", func(t *testing.T) {
		res := read(t, stream(codePage(932), message(attSubject, 0x93, 0), props(variable(0x1000001E, []byte{0x93}))), nil)
		check(t, res.Message, "\nPidTagBody String8 = \"\uFFFD\"\nPidTagSubject String = \"\uFFFD\"")
		checkReport(t, res, `
			text-undecodable: PidTagBody: 1 places in charset shift_jis
			text-undecodable: attSubject: in charset shift_jis`)
	})
}
