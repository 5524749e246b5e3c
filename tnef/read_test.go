package tnef_test

import (
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/contentconv/contentconv/limits"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/tnef"
)

// streams are cases of whole streams: what is in the message that is read, and
// what is reported.
var streams = []struct {
	name    string
	stream  []byte
	options *tnef.ReadOptions
	want    string
	report  string
}{
	{name: "TNEF-R-001 signature and key alone", stream: stream()},
	{name: "TNEF-R-001 signature alone", stream: []byte(tnef.Signature), report: "tnef-truncated: the stream has 4 bytes"},
	{
		name:   "TNEF-R-002 wrong checksum",
		stream: stream(join(message(attSubject, z("Hi")...)[:12], u16(7))),
		want:   `PidTagSubject String = "Hi"`,
		report: "tnef-checksum-wrong: attSubject: 0x0007 is stated, the data has 0x00B1",
	},
	{
		name:   "TNEF-R-004 one byte behind the end",
		stream: stream(message(attSubject, z("Hi")...), []byte{0}),
		want:   `PidTagSubject String = "Hi"`,
		report: "tnef-trailing-data: 1 bytes at offset 20",
	},
	{
		name:   "TNEF-R-004 two bytes behind the end",
		stream: stream(message(attSubject, z("Hi")...), []byte{0x0D, 0x0A}),
		want:   `PidTagSubject String = "Hi"`,
		report: "tnef-trailing-data: 2 bytes at offset 20",
	},
	{
		name:   "TNEF-R-004 text behind the end",
		stream: stream(message(attSubject, z("Hi")...), []byte(strings.Repeat("--boundary", 60))),
		want:   `PidTagSubject String = "Hi"`,
		report: "tnef-trailing-data: 600 bytes at offset 20",
	},
	{
		name:   "TNEF-R-004 what begins as an attribute does",
		stream: stream(message(attSubject, z("Hi")...), []byte("\x01garbage without an end to it")),
		want:   `PidTagSubject String = "Hi"`,
		report: "tnef-trailing-data: 29 bytes at offset 20",
	},
	{
		name: "TNEF-R-005 padding is ignored",
		stream: stream(props(prop(0x0E1F000B, 1, 0, 0xAA, 0xBB), prop(0x0029000B, 0, 0, 0xAA, 0xBB),
			prop(0x36010002, 0xFE, 0xFF, 0xAA, 0xBB))),
		want: `
			PidTagRtfInSync Boolean = true
			PidTagReadReceiptRequested Boolean = false
			0x3601 Integer16 = -2`,
	},
	{
		name: "TNEF-R-006 strings with and without NUL",
		stream: stream(props(variable(0x0037001F, utf16z("Hi")), variable(0x0070001F, utf16le("Hi")),
			variable(0x1000001E, z("body")), variable(0x0042001E, []byte("name")), variable(0x003D001F, nil), variable(0x0E1D001F, utf16z("")),
			variable(0x0C1A001F, append(utf16z("odd"), 0)))),
		want: `
			PidTagSubject String = "Hi"
			PidTagConversationTopic String = "Hi"
			PidTagBody String8 = "body"
			PidTagSentRepresentingName String8 = "name"
			PidTagSubjectPrefix String = ""
			PidTagNormalizedSubject String = ""
			PidTagSenderName String = "odd"`,
	},
	{
		name: "TNEF-R-007 padding of 0 to 5 bytes",
		stream: stream(props(variable(0x36000102, nil), variable(0x36010102, []byte{1}), variable(0x36020102, []byte{1, 2}),
			variable(0x36030102, []byte{1, 2, 3}), variable(0x36040102, []byte{1, 2, 3, 4}), variable(0x36050102, []byte{1, 2, 3, 4, 5}))),
		want: `
			0x3600 Binary = 
			0x3601 Binary = 01
			0x3602 Binary = 0102
			0x3603 Binary = 010203
			0x3604 Binary = 01020304
			0x3605 Binary = 0102030405`,
	},
	{
		name:   "TNEF-R-007 the last padding is missing",
		stream: stream(message(attMsgProps, join(u32(1), variable(0x36010102, []byte{1})[:13])...)),
		want:   `0x3601 Binary = 01`,
	},
	{
		name: "TNEF-R-008 named properties, ids are local to a list",
		stream: stream(
			props(numbered(mapi.PSETID_Common, 0x8506, prop(0x8000000B, 1)), named(mapi.PS_PUBLIC_STRINGS, "Keywords", variable(0x8001101F, utf16z("Red"))),
				named(mapi.PS_PUBLIC_STRINGS, "odd", prop(0x80020003, 7))),
			rend(), attachProps(named(mapi.PS_PUBLIC_STRINGS, "Other", text(0x8000001F, "x")), numbered(mapi.PSETID_Common, 0x8001, prop(0x80010003, 1)))),
		want: `
			PidLidPrivate Boolean = true
			PidNameKeywords MultipleString = [Red]
			{00020329-0000-0000-C000-000000000046} "odd" Integer32 = 7
			attachment
			  {00020329-0000-0000-C000-000000000046} "Other" String = "x"
			  {00062008-0000-0000-C000-000000000046} 0x00008001 Integer32 = 1
			  PidTagRenderingPosition Integer32 = -1`,
	},
	{
		name: "TNEF-R-009 types of one value",
		stream: stream(props(prop(0x36000002, 0xFF, 0xFF), prop(0x36010003, 1, 0, 0, 0x80), prop(0x36020004, 0, 0, 0x80, 0x3F),
			prop(0x36030005, 0, 0, 0, 0, 0, 0, 0xF0, 0x3F), prop(0x36040006, 1, 0, 0, 0, 0, 0, 0, 0), prop(0x36050007, 0, 0, 0, 0, 0, 0, 0, 0x40),
			prop(0x3606000A, 1, 2, 3, 0x80), prop(0x3607000B, 1, 0), prop(0x36080014, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF),
			prop(0x36090040, 0, 0x80, 0x3E, 0xD5, 0xDE, 0xB1, 0x9D, 1), prop(0x360A0048, mapi.PSETID_Common[0:]...))),
		want: `
			0x3600 Integer16 = -1
			PidTagFolderType Integer32 = -2147483647
			0x3602 Floating32 = 1
			0x3603 Floating64 = 1
			0x3604 Currency = 1
			0x3605 FloatingTime = 2
			0x3606 ErrorCode = 2147680769
			0x3607 Boolean = true
			0x3608 Integer64 = -1
			0x3609 Time = 1970-01-01 00:00:00
			0x360A Guid = {00062008-0000-0000-C000-000000000046}`,
	},
	{
		name: "TNEF-R-009 types of several values",
		stream: stream(props(
			prop(0x36001002, join(u32(2), u16(1), u16(0xAAAA), u16(0xFFFF), u16(0))...),
			prop(0x36011003, join(u32(2), u32(1), u32(2))...),
			prop(0x36021004, join(u32(1), u32(0x3F800000))...),
			prop(0x36031014, join(u32(1), u32(5), u32(0))...),
			prop(0x36041040, join(u32(1), u32(0), u32(0))...),
			prop(0x36051048, join(u32(1), mapi.PSETID_Common[:])...),
			prop(0x36061003, u32(0)...),
			variable(0x3607101E, z("a"), []byte("bc")), variable(0x3608101F, utf16z("a"), utf16z(""), utf16z("bcd")),
			variable(0x36091102, []byte{1}, nil, []byte{2, 3}), prop(0x360A0003, 9))),
		want: `
			0x3600 MultipleInteger16 = [1 -1]
			0x3601 MultipleInteger32 = [1 2]
			0x3602 MultipleFloating32 = [1]
			0x3603 MultipleInteger64 = [5]
			0x3604 MultipleTime = [0]
			0x3605 MultipleGuid = [{00062008-0000-0000-C000-000000000046}]
			0x3606 MultipleInteger32 = []
			0x3607 MultipleString8 = [a bc]
			0x3608 MultipleString = [a  bcd]
			0x3609 MultipleBinary = [[1] [] [2 3]]
			0x360A Integer32 = 9`,
	},
	{
		name: "TNEF-R-009 a single value has the number of values it says",
		stream: stream(props(variable(0x0037001F, utf16z("first"), utf16z("second")), variable(0x0070001F), variable(0x10090102, []byte{1}, []byte{2}),
			prop(0x36000001), prop(0x36010003, 1))),
		want: `
			PidTagSubject String = "first"
			PidTagRtfCompressed Binary = 01
			PidTagFolderType Integer32 = 1`,
		report: `
			property-unreadable: PidTagConversationTopic: it has no value
			property-unreadable: property 0x36000001: its type has no values`,
	},
	{
		name:   "an unknown type ends its list",
		stream: stream(props(text(0x0037001F, "Hi"), prop(0x36000099, 1), prop(0x36010003, 1)), message(attPriority, 1, 0)),
		want: `
			PidTagSubject String = "Hi"
			PidTagImportance Integer32 = 2`,
		report: "tnef-attribute-invalid: a list of properties: property 0x36000099 has an unknown type, with 1 of them to come",
	},
	{
		name:   "a name of an unknown kind ends its list",
		stream: stream(props(join(u32(0x80000003), make([]byte, 16), u32(2), u32(0), u32(1)), prop(0x36010003, 1))),
		report: "tnef-attribute-invalid: a list of properties: a name is neither a number nor a string, with 1 of them to come",
	},
	{
		name: "names that are none",
		stream: stream(props(named(mapi.PSETID_Common, "", prop(0x80000003, 1)), named(mapi.PSETID_Common, strings.Repeat("x", 600), prop(0x80000003, 1)),
			prop(0x36010003, 1))),
		want: `PidTagFolderType Integer32 = 1`,
		report: `
			property-unreadable: property 0x80000003: it has no name
			property-unreadable: property 0x80000003: it has no name`,
	},
	{
		name:   "bytes behind a list",
		stream: stream(message(attMsgProps, join(propList(prop(0x36010003, 1)), u32(0))...)),
		want:   `PidTagFolderType Integer32 = 1`,
		report: "tnef-attribute-invalid: attMsgProps: 4 bytes behind its list of properties",
	},
	{
		name:   "two lists, the later counts, a Unicode string before an 8-bit one",
		stream: stream(props(text(0x0037001F, "first"), prop(0x00170003, 0)), props(variable(0x0037001E, z("second")), prop(0x00170003, 2), text(0x0070001F, "new"))),
		want: `
			PidTagSubject String = "first"
			PidTagImportance Integer32 = 2
			PidTagConversationTopic String = "new"`,
	},
	{
		name:   "NULs at the end of HTML",
		stream: stream(props(variable(0x10130102, []byte("<p>\x00\x00")))),
		want:   `PidTagHtml Binary = 3C703E`,
	},
	{
		name:   "NULs at the end of HTML in UTF-16",
		stream: stream(props(variable(0x10130102, append(utf16z("<p>"), 0)))),
		want:   `PidTagHtml Binary = 3C0070003E00`,
	},
	{
		name:   "half a surrogate pair",
		stream: stream(props(variable(0x0037001F, []byte{'a', 0, 0x00, 0xD8, 'b', 0, 0, 0}))),
		want:   "PidTagSubject String = \"a\uFFFDb\"",
		report: "lone-surrogate: PidTagSubject: 1 of them",
	},
	{
		name:   "an object that is no attachment's data",
		stream: stream(props(variable(0x0E12000D, make([]byte, 20)), prop(0x36010003, 1))),
		want:   `PidTagFolderType Integer32 = 1`,
		report: "property-unreadable: PidTagMessageRecipients: an object that is no attachment's data has no place",
	},
	{
		name: "attributes of a message after its attachments",
		stream: stream(rend(), attach(attAttachData, 'a'), message(attSubject, z("late")...), attach(attAttachTitle, z("a.txt")...),
			props(prop(0x00170003, 2))),
		want: `
			PidTagImportance Integer32 = 2
			PidTagSubject String = "late"
			attachment
			  PidTagRenderingPosition Integer32 = -1
			  PidTagAttachFilename String = "a.txt"
			  content "a"`,
	},
	{
		name: "attributes without a meaning",
		stream: stream(message(0), message(0x0001800A, z("00FF")...), message(0x0001800B, z("00FF")...), message(0x00065555, 1, 2),
			message(attSubject, z("Hi")...)),
		want:   `PidTagSubject String = "Hi"`,
		report: "tnef-attribute-invalid: attribute 0x00065555 is unknown, 2 bytes",
	},
	{
		name:   "two message classes",
		stream: stream(message(attMessageClass, z("IPM.Microsoft Mail.Note")...), message(attMessageClass, z("IPM.Task")...)),
		want:   `PidTagMessageClass String = "IPM.Task"`,
		report: "tnef-attribute-repeated: attMessageClass",
	},
	{
		name:   "TNEF-R-019 neither version nor code page",
		stream: append([]byte("\x78\x9F\x3E\x22\x00\x00"), join(rend(), attach(attAttachData, []byte("data")...))...),
		want: `
			attachment
			  PidTagRenderingPosition Integer32 = -1
			  content "data"`,
	},
	{
		name: "TNEF-R-020 ids without their type",
		stream: stream(message(0x00008004, z("Hi")...), message(0x00009003, propList(prop(0x36010003, 1))...), attach(0x00009002, make([]byte, 14)...),
			attach(0x0000800F, 'x'), attach(0x00008010, z("a.txt")...)),
		want: `
			PidTagFolderType Integer32 = 1
			PidTagSubject String = "Hi"
			attachment
			  PidTagRenderingPosition Integer32 = 0
			  PidTagAttachFilename String = "a.txt"
			  content "x"`,
	},
	{
		name: "TNEF-R-020 the one id that two attributes share",
		stream: stream(message(0x00000006, z("IPM.Microsoft Mail.Note")...),
			message(0x00000006, 0xEA, 7, 11, 0, 21, 0, 9, 0, 30, 0, 0, 0, 7, 0)),
		want: `
			PidTagOriginalMessageClass String = "IPM.Note"
			PidTagStartDate Time = 2026-11-21 09:30:00`,
		report: "time-zone-unknown: attDateStart",
	},
	{
		name:   "TNEF-R-023 the misprint of attOriginalMessageClass",
		stream: stream(message(0x00070600, z("IPM.Microsoft Schedule.MtgReq")...)),
		want:   `PidTagOriginalMessageClass String = "IPM.Schedule.Meeting.Request"`,
	},
}

func TestRead(t *testing.T) {
	for _, tt := range streams {
		t.Run(tt.name, func(t *testing.T) {
			res := read(t, tt.stream, tt.options)
			check(t, res.Message, tt.want)
			checkReport(t, res, tt.report)
		})
	}
}

func TestReadErrors(t *testing.T) {
	for _, tt := range []struct {
		name    string
		stream  string
		options *tnef.ReadOptions
		want    error
	}{
		{"TNEF-R-001 wrong signature", "\x78\x9F\x3E\x23\x00\x00", nil, tnef.ErrNotTNEF},
		{"TNEF-R-001 less than a signature", "\x78\x9F\x3E", nil, tnef.ErrNotTNEF},
		{"TNEF-R-001 nothing", "", nil, tnef.ErrNotTNEF},
		{"unknown code page", string(stream()), &tnef.ReadOptions{CodePage: 7}, tnef.ErrOption},
		{"properties beyond the memory", string(stream(props(variable(0x36000102, make([]byte, 2000))))), &tnef.ReadOptions{MaxMemory: 1000}, tnef.ErrTooLarge},
		{"attributes beyond the memory", string(stream(make([][]byte, 1)...)) + strings.Repeat(string(message(0)), 100), &tnef.ReadOptions{MaxMemory: 1000}, tnef.ErrTooLarge},
	} {
		t.Run(tt.name, func(t *testing.T) {
			res, err := tnef.Read(t.Context(), strings.NewReader(tt.stream), int64(len(tt.stream)), tt.options)
			var typed *tnef.Error
			if res != nil || !errors.As(err, &typed) || !errors.Is(err, tt.want) {
				t.Errorf("%v, %v; want %v", res, err, tt.want)
			}
		})
	}
}

func TestResult(t *testing.T) {
	for _, tt := range []struct {
		name     string
		stream   []byte
		options  *tnef.ReadOptions
		codePage int
	}{
		{"stated", stream(codePage(1251)), nil, 1251},
		{"missing", stream(), nil, 1252},
		{"unknown", stream(codePage(12345)), nil, 1252},
		{"zero", stream(codePage(0)), nil, 1252},
		{"overruled", stream(codePage(1251)), &tnef.ReadOptions{CodePage: 932}, 932},
	} {
		t.Run(tt.name, func(t *testing.T) {
			res := read(t, tt.stream, tt.options)
			if res.Key != 0x37 || res.CodePage != tt.codePage || res.Err() != nil {
				t.Errorf("key 0x%04X, code page %d, error %v", res.Key, res.CodePage, res.Err())
			}
		})
	}
}

// limit is a reader's error at an offset.
type limit struct {
	io.ReaderAt
	from int64
	err  error
}

func (l limit) ReadAt(p []byte, off int64) (int, error) {
	if off+int64(len(p)) > l.from {
		return 0, l.err
	}
	return l.ReaderAt.ReadAt(p, off)
}

// TestReadSourceFails reads from sources that fail, end or do nothing at an offset.
func TestReadSourceFails(t *testing.T) {
	long := make([]byte, 200_000)
	s := stream(props(text(0x0037001F, "Hi")), rend(), attach(attAttachData, long...), attachProps(variable(0x36000102, long)))
	broken := errors.New("broken")
	for _, tt := range []struct {
		name      string
		err, want error
	}{
		{"error", broken, broken}, {"end", io.EOF, io.ErrUnexpectedEOF}, {"nothing", nil, io.ErrNoProgress},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for from := int64(0); from < int64(len(s)); from += 9_001 {
				_, err := tnef.Read(t.Context(), limit{strings.NewReader(string(s)), from, tt.err}, int64(len(s)), nil)
				if !errors.As(err, new(*tnef.Error)) || !errors.Is(err, tt.want) {
					t.Fatalf("from %d on: %v", from, err)
				}
			}
		})
	}
}

// TestReadDepth: every message within one counts, and so do those that the stream
// itself is in.
func TestReadDepth(t *testing.T) {
	s := stream(message(attSubject, z("innermost")...))
	for range 5 {
		s = stream(message(attSubject, z("outer")...), embedded(s))
	}
	for _, tt := range []struct {
		name          string
		bound, within int64
		fails         bool
	}{
		{"TNEF-R-012 as deep as is allowed", 5, 0, false},
		{"TNEF-R-012 one deeper", 4, 0, true},
		{"TNEF-R-012 the default", 0, 25, false},
		{"TNEF-R-012 the default, one deeper", 0, 26, true},
		{"TNEF-R-012 within others", 7, 3, true},
		{"TNEF-R-012 within others, no bound", limits.None, 100, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			o := &tnef.ReadOptions{Limits: limits.Limits{MaxEmbeddedMessageDepth: tt.bound}, Depth: tt.within}
			res, err := tnef.Read(t.Context(), strings.NewReader(string(s)), int64(len(s)), o)
			if tt.fails {
				var x *limits.ExceededError
				if !errors.As(err, &x) || x.Name != "MaxEmbeddedMessageDepth" {
					t.Errorf("error %v", err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			m := res.Message
			for range 5 {
				m = m.Attachments[0].Message
			}
			check(t, m, `PidTagSubject String = "innermost"`)
		})
	}
}
