package tnef_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/tnef"
)

// position is the line of the property that every attAttachRendData gives.
const position = "  PidTagRenderingPosition Integer32 = -1\n"

var attachments = []struct {
	name   string
	attrs  [][]byte
	want   string
	report string
}{
	{
		name: "TNEF-R-018 data before title, the order reversed",
		attrs: [][]byte{rend(), attachProps(text(0x3707001F, "long name.txt")), attach(attAttachData, []byte("data")...),
			attach(attAttachModifyDate, dtr(2026, 11, 21, 9, 30, 0, 7)...), attach(attAttachTitle, z("LONGNA~1.TXT")...), rend(), attach(attAttachTitle, z("b")...)},
		want: `
			attachment
			  PidTagAttachLongFilename String = "long name.txt"
			` + position + `  PidTagAttachFilename String = "LONGNA~1.TXT"
			  PidTagLastModificationTime Time = 2026-11-21 09:30:00
			  content "data"
			attachment
			` + position + `  PidTagAttachFilename String = "b"`,
		report: "time-zone-unknown: attachment 0: attAttachModifyDate",
	},
	{
		name:  "TNEF-R-018 data and no attAttachRendData",
		attrs: [][]byte{attach(attAttachData, 'a'), attach(attAttachTitle, z("a.txt")...), attach(attAttachData, 'b'), attach(attAttachTitle, z("b.txt")...)},
		want: `
			attachment
			  PidTagAttachFilename String = "a.txt"
			  content "a"
			attachment
			  PidTagAttachFilename String = "b.txt"
			  content "b"`,
	},
	{
		name:  "TNEF-R-018 title, then data, and no attAttachRendData",
		attrs: [][]byte{attach(attAttachTitle, z("a.txt")...), attach(attAttachData, 'a'), attach(attAttachTitle, z("b.txt")...), attach(attAttachData, 'b')},
		want: `
			attachment
			  PidTagAttachFilename String = "a.txt"
			  content "a"
			attachment
			  PidTagAttachFilename String = "b.txt"
			  content "b"`,
	},
	{
		name:  "two sets of data are two attachments",
		attrs: [][]byte{rend(), attach(attAttachTitle, z("a")...), attach(attAttachTitle, z("b")...), attach(attAttachData, 'a'), attach(attAttachData, 'b')},
		want: `
			attachment
			` + position + `  PidTagAttachFilename String = "b"
			  content "a"
			attachment
			  content "b"`,
		report: "tnef-attribute-repeated: attachment 0: attAttachTitle",
	},
	{
		name: "the description of a file",
		attrs: [][]byte{attach(attAttachRendData, join(u16(1), u32(17), u16(32), u16(32), u32(1))...), attach(attAttachMetaFile, 1, 2),
			attach(attAttachTransport, z("t.txt")...)},
		want: `
			attachment
			  PidTagAttachEncoding Binary = 2A864886F714030B01
			  PidTagRenderingPosition Integer32 = 17
			  PidTagAttachTransportName String = "t.txt"
			  PidTagAttachRendering Binary = 0102`,
	},
	{
		name: "the description of an OLE object",
		attrs: [][]byte{attach(attAttachRendData, join(u16(2), u32(0), u16(0xFFFF), u16(0xFFFF), u32(0))...),
			attach(attAttachData, []byte("ole 1")...)},
		want: `
			attachment
			  PidTagAttachMethod Integer32 = 6
			  PidTagAttachTag Binary = 2A864886F714030A030201
			  PidTagRenderingPosition Integer32 = 0
			  content "ole 1"`,
	},
	{
		name: "TNEF-R-017 properties of an attachment count",
		attrs: [][]byte{attach(attAttachRendData, join(u16(2), u32(5), u16(32), u16(32), u32(1))...), attach(attAttachTitle, z("??? very long title.txt")...),
			attachProps(prop(0x37050003, 1), variable(0x370A0102, []byte{1}), variable(0x37020102, []byte{2}), prop(0x370B0003, 9), text(0x3704001F, "λ.txt"), text(0x3707001F, "λλ.txt"))},
		want: `
			attachment
			  PidTagAttachMethod Integer32 = 1
			  PidTagAttachTag Binary = 01
			  PidTagAttachEncoding Binary = 02
			  PidTagRenderingPosition Integer32 = 9
			  PidTagAttachFilename String = "λ.txt"
			  PidTagAttachLongFilename String = "λλ.txt"`,
	},
	{
		name:  "TNEF-R-021 a long title is the long name",
		attrs: [][]byte{rend(), attach(attAttachTitle, z("a very long name.txt")...)},
		want: `
			attachment
			` + position + `  PidTagAttachFilename String = "a very long name.txt"
			  PidTagAttachLongFilename String = "a very long name.txt"`,
	},
	{
		name:  "TNEF-R-011 message",
		attrs: [][]byte{embedded(stream(message(attSubject, z("inner")...)))},
		want: `
			attachment
			  PidTagAttachMethod Integer32 = 5
			` + position + `  message
			    PidTagSubject String = "inner"`,
	},
	{
		name:  "TNEF-R-011 storage",
		attrs: [][]byte{rend(), attachProps(prop(0x37050003, 6), object(iidStorage, []byte("storage")))},
		want: `
			attachment
			  PidTagAttachMethod Integer32 = 6
			` + position + `  content "storage"`,
	},
	{
		name:  "TNEF-R-011 stream",
		attrs: [][]byte{rend(), attachProps(object(iidStream, []byte("stream")))},
		want:  "attachment\n" + position + `  content "stream"`,
	},
	{
		name:   "TNEF-R-011 an unknown interface is kept raw",
		attrs:  [][]byte{rend(), attachProps(object(mapi.GUID([]byte("0123456789abcdef")), []byte("raw")))},
		want:   "attachment\n" + position + `  content "0123456789abcdefraw"`,
		report: "tnef-attribute-invalid: attachment 0: attAttachment: an object of an unknown interface",
	},
	{
		name:   "TNEF-R-011 less than an interface",
		attrs:  [][]byte{rend(), attachProps(variable(0x3701000D, []byte("raw")))},
		want:   "attachment\n" + position + `  content "raw"`,
		report: "tnef-attribute-invalid: attachment 0: attAttachment: an object of an unknown interface",
	},
	{
		name:  "TNEF-R-011 a message without its interface",
		attrs: [][]byte{rend(), attachProps(variable(0x3701000D, stream(message(attSubject, z("inner")...))))},
		want: "attachment\n" + position + `  message
			    PidTagSubject String = "inner"`,
	},
	{
		name:   "TNEF-R-011 a message that is none is kept as a file",
		attrs:  [][]byte{embedded([]byte("no stream"))},
		want:   "attachment\n  PidTagAttachMethod Integer32 = 5\n" + position + `  content "no stream"`,
		report: "embedded-unreadable: attachment 0: 9 bytes",
	},
	{
		name:  "data among the properties",
		attrs: [][]byte{rend(), attachProps(variable(0x37010102, []byte("data")), prop(0x37050003, 1))},
		want:  "attachment\n  PidTagAttachMethod Integer32 = 1\n" + position + `  content "data"`,
	},
	{
		name:   "data twice",
		attrs:  [][]byte{rend(), attach(attAttachData, 'a'), attachProps(variable(0x37010102, []byte("b")))},
		want:   "attachment\n" + position + `  content "a"`,
		report: "property-unreadable: attachment 0: PidTagAttachDataBinary: the attachment has its data elsewhere as well",
	},
	{
		name:  "data of a message twice: what Exchange writes for readers that know no messages",
		attrs: [][]byte{rend(), attach(attAttachData, 0), attachProps(prop(0x37050003, 5), object(iidMessage, stream()))},
		want:  "attachment\n  PidTagAttachMethod Integer32 = 5\n" + position + `  message`,
	},
	{
		name:   "data of an OLE object twice",
		attrs:  [][]byte{rend(), attach(attAttachData, 0), attachProps(prop(0x37050003, 6), object(iidStorage, []byte("s")))},
		want:   "attachment\n  PidTagAttachMethod Integer32 = 6\n" + position + `  content "s"`,
		report: "property-unreadable: attachment 0: attAttachData: the attachment has its data elsewhere as well",
	},
	{
		name:   "data of a file twice",
		attrs:  [][]byte{rend(), attach(attAttachData, 'a'), attachProps(prop(0x37050003, 1), object(iidStorage, []byte("s")))},
		want:   "attachment\n  PidTagAttachMethod Integer32 = 1\n" + position + `  content "a"`,
		report: "property-unreadable: attachment 0: PidTagAttachDataObject: the attachment has its data elsewhere as well",
	},
	{
		name:   "description too short",
		attrs:  [][]byte{attach(attAttachRendData, 1, 0)},
		want:   "attachment",
		report: "tnef-attribute-invalid: attachment 0: attAttachRendData: too short",
	},
	{name: "data of no bytes", attrs: [][]byte{rend(), attach(attAttachData)}, want: "attachment\n" + position + `  content ""`},
}

func TestAttachments(t *testing.T) {
	for _, tt := range attachments {
		t.Run(tt.name, func(t *testing.T) {
			res := read(t, stream(tt.attrs...), nil)
			check(t, res.Message, tt.want)
			checkReport(t, res, tt.report)
		})
	}
}

func TestFileName(t *testing.T) {
	set := func(tags ...string) *mapi.Attachment {
		a := new(mapi.Attachment)
		for i := 0; i < len(tags); i += 2 {
			key, typ, _ := mapi.KeyOf(tags[i])
			a.Properties.Set(key, mapi.Tag[string](typ).Value(tags[i+1]))
		}
		return a
	}
	all := []string{"PidTagDisplayName", "display", "PidTagAttachTransportName", "transport", "PidTagAttachFilename", "SHORT.TXT", "PidTagAttachLongFilename", "long name.txt"}
	for _, tt := range []struct {
		name, want string
		a          *mapi.Attachment
	}{
		{"TNEF-R-021 long name", "long name.txt", set(all...)},
		{"TNEF-R-021 short name", "SHORT.TXT", set(all[:6]...)},
		{"TNEF-R-021 transport name", "transport", set(all[:4]...)},
		{"TNEF-R-021 display name", "display", set(all[:2]...)},
		{"TNEF-R-021 generated", "ATT00003.bin", set()},
		{"TNEF-R-021 no directories", "passwd", set("PidTagAttachLongFilename", "../../etc/passwd")},
		{"TNEF-R-021 no drives and controls", "x.txt", set("PidTagAttachLongFilename", "C:\\dir\\x\x00\n.txt")},
		{"TNEF-R-021 nothing is left of the long name", "SHORT.TXT", set("PidTagAttachLongFilename", "..", "PidTagAttachFilename", "SHORT.TXT")},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := tnef.FileName(tt.a, 3); got != tt.want {
				t.Errorf("%q; want %q", got, tt.want)
			}
		})
	}
}

// TestRecipients reads tables of recipients.
func TestRecipients(t *testing.T) {
	row := func(list ...[]byte) []byte { return propList(list...) }
	for _, tt := range []struct {
		name   string
		table  []byte
		want   string
		report string
	}{
		{
			name: "rows",
			table: join(u32(2), row(text(0x3001001F, "Joe"), prop(0x0C150003, 1)),
				row(variable(0x3001001E, z("Jane")), named(mapi.PS_PUBLIC_STRINGS, "x", prop(0x80000003, 1)))),
			want: `
				recipient
				  PidTagDisplayName String = "Joe"
				  PidTagRecipientType Integer32 = 1
				recipient
				  PidTagDisplayName String8 = "Jane"
				  {00020329-0000-0000-C000-000000000046} "x" Integer32 = 1`,
		},
		{
			name: "entry ids of a store go, those of addresses stay",
			table: join(u32(1), row(variable(0x0FFF0102, make([]byte, 40)), variable(0x5FF70102, (&mapi.AddressBookEntryID{DN: "/o=x"}).Bytes()),
				variable(0x0FF90102, []byte{1, 2, 3, 4}))),
			want: `
				recipient
				  PidTagRecipientEntryId Binary = 00000000DCA740C8C042101AB4B908002B2FE18201000000000000002F6F3D7800`,
		},
		{name: "no rows", table: u32(0)},
		{name: "no number of rows", table: []byte{1}, report: "tnef-attribute-invalid: attRecipTable: it ends too early, with 0 rows to come"},
		{
			name: "more rows than there are", table: join(u32(0x80000000), row(prop(0x0C150003, 1))),
			want:   "recipient\n  PidTagRecipientType Integer32 = 1",
			report: "tnef-attribute-invalid: attRecipTable: it ends too early, with 2147483647 rows to come",
		},
		{
			name: "a row that cannot be read", table: join(u32(3), row(prop(0x0C150003, 1)), row(text(0x3001001F, "Joe"), prop(0x36000099)), row(prop(0x0C150003, 1))),
			want: `
				recipient
				  PidTagRecipientType Integer32 = 1
				recipient
				  PidTagDisplayName String = "Joe"`,
			report: `
				tnef-attribute-invalid: recipient 1: a list of properties: property 0x36000099 has an unknown type, with 0 of them to come
				tnef-attribute-invalid: attRecipTable: it ends too early, with 1 rows to come`,
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			res := read(t, stream(message(attRecipTable, tt.table...)), nil)
			check(t, res.Message, tt.want)
			checkReport(t, res, tt.report)
		})
	}
	t.Run("the later table counts", func(t *testing.T) {
		res := read(t, stream(message(attRecipTable, join(u32(1), row(text(0x3001001F, "a")))...), message(attRecipTable, join(u32(1), row(text(0x3001001F, "b")))...)), nil)
		check(t, res.Message, "recipient\n  PidTagDisplayName String = \"b\"")
		checkReport(t, res, "tnef-attribute-repeated: attRecipTable")
	})
}

// person is a recipient of an Internet message.
func person(name, address string) mapi.Recipient {
	var r mapi.Recipient
	r.SetInternet(&mapi.InternetAddress{Name: name, Address: address}, mapi.RecipientTo, 0)
	return r
}

func TestEnrichRecipients(t *testing.T) {
	header := []mapi.Recipient{person("", "Joe@example.com"), person("Jane of the header", "jane@example.com"), person("", "other@example.com")}
	table := []mapi.Recipient{person("Jane", "jane@example.com"), person("Joe", "joe@EXAMPLE.com"), person("Eve", "eve@example.com"), {}, person("Joseph", "joe@example.com")}
	for i := range table {
		p := &table[i].Properties
		mapi.PidTagAccount.Set(p, fmt.Sprint("account ", i))
		mapi.PidTagRecipientType.Set(p, mapi.RecipientCc)
		mapi.PidTagAttachPathname.Set(p, `\\host\share`)
		p.Set(mapi.PidTagRecordKey.Key(), mapi.Binary([]byte("store")))
		mapi.PidTagRecordKey.Delete(&header[i%3].Properties)
	}
	tnef.EnrichRecipients(header, table)
	t.Run("TNEF-R-024 no recipient is added", func(t *testing.T) {
		if len(header) != 3 {
			t.Errorf("%d recipients", len(header))
		}
	})
	var got []string
	for i := range header {
		r := &header[i]
		got = append(got, fmt.Sprintf("%s <%s> %s kind %d, path %v, key %v", r.Address().Name, r.Address().SMTP, mapi.PidTagAccount.Or(&r.Properties, ""), r.Kind(),
			mapi.PidTagAttachPathname.Has(&r.Properties), mapi.PidTagRecordKey.Has(&r.Properties)))
	}
	want := []string{
		"Joe <Joe@example.com> account 1 kind 1, path false, key false",
		"Jane of the header <jane@example.com> account 0 kind 1, path false, key false",
		"other@example.com <other@example.com>  kind 1, path false, key false",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestCorrelate(t *testing.T) {
	const id = "<1@example.com>"
	for _, tt := range []struct {
		name                       string
		key, messageID, correlator string
		want                       tnef.Correlation
	}{
		{"TNEF-R-022 match of the correlator", id + "\x00", "<2@example.com>", id, tnef.Matched},
		{"TNEF-R-022 match of the Message-ID", id + "\x00", id, "", tnef.Matched},
		{"TNEF-R-022 match without NUL and brackets", "1@example.com", " " + id, "", tnef.Matched},
		{"TNEF-R-022 match of a token", "0123456789ABCDEF\x00", id, "0123456789ABCDEF", tnef.Matched},
		{"TNEF-R-022 mismatch", id + "\x00", "<2@example.com>", "", tnef.Mismatched},
		{"TNEF-R-022 mismatch of both", id + "\x00", "<2@example.com>", "<3@example.com>", tnef.Mismatched},
		{"TNEF-R-022 mismatch of a token", "0123456789ABCDEF\x00", id, "", tnef.Mismatched},
		{"TNEF-R-022 absent", "", id, id, tnef.Uncorrelated},
		{"TNEF-R-022 empty", "\x00", "", "", tnef.Uncorrelated},
		{"TNEF-R-022 nothing to compare with", id, "", "", tnef.Uncorrelated},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var m mapi.Message
			if tt.key != "" {
				mapi.PidTagTnefCorrelationKey.Set(&m.Properties, []byte(tt.key))
			}
			if got := tnef.Correlate(&m, tt.messageID, tt.correlator); got != tt.want {
				t.Errorf("%v; want %v", got, tt.want)
			}
		})
	}
}

// TestFirewall: what makes a client act does not come from outside.
func TestFirewall(t *testing.T) {
	s := stream(
		props(numbered(mapi.PSETID_Common, 0x851F, text(0x8000001F, `\\host\share\sound.wav`)), numbered(mapi.PSETID_Common, 0x851E, prop(0x8001000B, 1)),
			numbered(mapi.PSETID_Common, 0x8503, prop(0x8002000B, 1)), numbered(mapi.PSETID_Address, 0x80D8, text(0x8003001F, "https://example.com/"))),
		message(attRecipTable, join(u32(1), propList(text(0x370D001F, "x"), text(0x3001001F, "Joe")))...),
		rend(), attachProps(text(0x3708001F, `C:\secret.txt`), text(0x3707001F, "secret.txt")),
		embedded(stream(props(numbered(mapi.PSETID_Common, 0x851C, prop(0x8000000B, 1))))))
	t.Run("untrusted", func(t *testing.T) {
		res := read(t, s, nil)
		check(t, res.Message, `
			PidLidReminderSet Boolean = true
			PidLidFreeBusyLocation String = "https://example.com/"
			recipient
			  PidTagDisplayName String = "Joe"
			attachment
			  PidTagAttachLongFilename String = "secret.txt"
			`+position+`attachment
			  PidTagAttachMethod Integer32 = 5
			`+position+`  message`)
		checkReport(t, res, `
			property-dropped: PidLidReminderFileParameter
			property-dropped: PidLidReminderPlaySound
			property-dropped: recipient 0: PidTagAttachLongPathname
			property-dropped: attachment 0: PidTagAttachPathname
			property-dropped: attachment 1: PidLidReminderOverride`)
	})
	t.Run("trusted", func(t *testing.T) {
		res := read(t, s, &tnef.ReadOptions{Trusted: true})
		checkReport(t, res, "")
		if got := mapi.PidLidReminderFileParameter.Or(&res.Message.Properties, ""); got != `\\host\share\sound.wav` {
			t.Errorf("%q", got)
		}
	})
}

// lateReader fails after a while.
type lateReader struct {
	*bytes.Reader
	broken bool
}

func (l *lateReader) ReadAt(p []byte, off int64) (int, error) {
	if l.broken {
		return 0, errors.New("broken")
	}
	return l.Reader.ReadAt(p, off)
}

// TestLargeBinary: a large value is read when it is asked for.
func TestLargeBinary(t *testing.T) {
	long := []byte(strings.Repeat("<p>", 1<<19) + "\x00")
	s := stream(props(variable(0x10130102, long), variable(0x10090102, long)))
	r := &lateReader{Reader: bytes.NewReader(s)}
	res, err := tnef.Read(t.Context(), r, int64(len(s)), &tnef.ReadOptions{MaxMemory: 1 << 16})
	if err != nil {
		t.Fatal(err)
	}
	if b, _ := mapi.PidTagHtml.Get(&res.Message.Properties); !bytes.Equal(b, long[:len(long)-1]) {
		t.Errorf("HTML of %d bytes", len(b))
	}
	if b, _ := mapi.PidTagRtfCompressed.Get(&res.Message.Properties); !bytes.Equal(b, long) || res.Err() != nil {
		t.Errorf("RTF of %d bytes, %v", len(b), res.Err())
	}
	r.broken = true
	if b, _ := mapi.PidTagHtml.Get(&res.Message.Properties); b != nil || res.Err() == nil {
		t.Errorf("%d bytes of a source that fails, %v", len(b), res.Err())
	}
}
