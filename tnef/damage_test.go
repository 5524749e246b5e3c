package tnef_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/contentconv/contentconv/limits"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/tnef"
)

// sample is a stream with something of everything.
func sample() []byte {
	inner := stream(codePage(1251), message(attMessageClass, z("IPM.Microsoft Mail.Note")...),
		message(attRecipTable, join(u32(2), propList(text(0x3001001F, "Joe"), prop(0x0C150003, 1)), propList(text(0x3001001F, "Jane")))...),
		props(text(0x0037001F, "inner"), variable(0x1000001E, z("body of the message within"))))
	return stream(
		message(attTnefVersion, 0, 0, 1, 0), codePage(1252), message(attMessageClass, z("IPM.Microsoft Mail.Note")...),
		message(attSubject, z("subject")...), message(attFrom, triple("Jane Doe", "SMTP:jane@example.com")...), message(attPriority, 3, 0),
		props(text(0x0037001F, "subject"), prop(0x00170003, 0), numbered(mapi.PSETID_Common, 0x8506, prop(0x8000000B, 1)),
			named(mapi.PS_PUBLIC_STRINGS, "Keywords", variable(0x8001101F, utf16z("Red"), utf16z("Green"))), variable(0x36091102, []byte{1}, []byte{2, 3})),
		rend(), attach(attAttachTitle, z("a.txt")...), attach(attAttachData, []byte("the data of the attachment")...),
		attachProps(text(0x3707001F, "a long name.txt")), embedded(inner))
}

// measure counts what there is in a message.
func measure(m *mapi.Message) (n int) {
	n = 1 + m.Properties.Len() + len(m.Recipients)
	for i := range m.Recipients {
		n += m.Recipients[i].Properties.Len()
	}
	for _, a := range m.Attachments {
		n += 1 + a.Properties.Len()
		if a.Content != nil && a.Method() != mapi.AttachEmbeddedMessage {
			size, _ := a.Content.Size(context.Background())
			n += int(size)
		}
		if a.Message != nil {
			n += measure(a.Message)
		}
	}
	return n
}

// TestTruncation: the longer a piece of a stream is, the more is read of it.
func TestTruncation(t *testing.T) {
	t.Run("TNEF-R-003 cut off at every byte", func(t *testing.T) {
		s := sample()
		last, grown := 0, 0
		for n := len(tnef.Signature); n <= len(s); n++ {
			res := read(t, s[:n], nil)
			got := measure(res.Message)
			if got < last-1 { // an address without a type becomes a type without an address
				t.Errorf("%d bytes yield %d, one less yields %d", n, got, last)
			}
			if got > last {
				grown++
			}
			last = got
		}
		if grown < 50 {
			t.Errorf("the message has grown %d times", grown)
		}
		if last != measure(read(t, s, nil).Message) {
			t.Error("the whole is not read as the whole")
		}
	})
	long := stream(message(attSubject, z("Hi")...), rend(), attach(attAttachData, []byte(strings.Repeat("data", 50))...))
	inner := stream(embedded(stream(props(text(0x0037001F, "subject of the message"), prop(0x00170003, 1)))))
	list := stream(props(text(0x0037001F, "subject of the message"), prop(0x00170003, 1)))
	for _, tt := range []struct {
		name         string
		stream       []byte
		want, report string
	}{
		{
			"TNEF-R-003 data of an attachment", long[:len(long)-102],
			"PidTagSubject String = \"Hi\"\nattachment\n" + position + `  content "` + strings.Repeat("data", 25) + `"`,
			"tnef-truncated: attAttachData has 100 of 200 bytes",
		},
		{
			"TNEF-R-003 the checksum alone", long[:len(long)-1],
			"PidTagSubject String = \"Hi\"\nattachment\n" + position + `  content "` + strings.Repeat("data", 50) + `"`,
			"tnef-truncated: attAttachData has 200 of 200 bytes",
		},
		{"TNEF-R-003 the head of an attribute", stream(message(attSubject, z("Hi")...), []byte{1, 2, 3}), `PidTagSubject String = "Hi"`, "tnef-truncated: an attribute's header"},
		{
			"TNEF-R-003 a string of a list", list[:len(list)-20], `PidTagSubject String = "subject of the mess"`, `
			tnef-truncated: attMsgProps has 54 of 72 bytes
			tnef-attribute-invalid: a value has 38 of 46 bytes
			tnef-attribute-invalid: a list of properties: it ends too early, with 0 of them to come`,
		},
		{
			"TNEF-R-003 a message within", inner[:len(inner)-30],
			"attachment\n  PidTagAttachMethod Integer32 = 5\n" + position + "  message\n    PidTagSubject String = \"subject of the m\"", `
			tnef-truncated: attAttachment has 104 of 132 bytes
			tnef-attribute-invalid: attachment 0: a value has 80 of 105 bytes
			tnef-truncated: attachment 0: attMsgProps has 49 of 72 bytes
			tnef-attribute-invalid: attachment 0: a value has 33 of 46 bytes
			tnef-attribute-invalid: attachment 0: a list of properties: it ends too early, with 0 of them to come`,
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			res := read(t, tt.stream, nil)
			check(t, res.Message, tt.want)
			checkReport(t, res, tt.report)
		})
	}
}

// TestLengthModulo64K: the true length of an attribute is found.
func TestLengthModulo64K(t *testing.T) {
	data := []byte(strings.Repeat("0123456789", 20_000))
	wrong := func(level byte, id uint32, data []byte) []byte {
		return join([]byte{level}, u32(id), u32(uint32(len(data)%65536)), data, u16(0xBEEF))
	}
	for _, tt := range []struct {
		name   string
		stream []byte
		want   int
		title  string
		report string
	}{
		{"an attribute follows", stream(rend(), wrong(2, attAttachData, data), attach(attAttachTitle, z("a.txt")...)), len(data), "a.txt",
			"tnef-length-repaired: attAttachData has 200000 bytes"},
		{"the end follows", stream(rend(), wrong(2, attAttachData, data)), len(data), "", "tnef-length-repaired: attAttachData has 200000 bytes"},
		{"an attribute of no bytes follows", stream(rend(), wrong(2, attAttachData, data), attach(attAttachMetaFile)), len(data), "",
			"tnef-length-repaired: attAttachData has 200000 bytes"},
		{"twice", stream(rend(), wrong(2, attAttachMetaFile, data), wrong(2, attAttachData, data)), len(data), "",
			"tnef-length-repaired: attAttachMetaFile has 200000 bytes\ntnef-length-repaired: attAttachData has 200000 bytes"},
		{"the stated length is right, the checksum is not", stream(rend(), wrong(2, attAttachData, data[:100]), attach(attAttachTitle, z("a.txt")...)), 100, "a.txt",
			"tnef-checksum-wrong: attAttachData: 0xBEEF is stated, the data has 0x1482"},
		{"garbage follows", stream(rend(), wrong(2, attAttachData, data[:100]), data[:150_001]), 100, "", `
			tnef-checksum-wrong: attAttachData: 0xBEEF is stated, the data has 0x1482
			tnef-trailing-data: 150001 bytes at offset 142`},
		{"garbage follows a second wrong checksum", stream(rend(), wrong(2, attAttachMetaFile, data[:100]), attach(0x00061234), wrong(2, attAttachData, data[:100]), attach(0x00061234)), 100, "", `
			tnef-checksum-wrong: attAttachMetaFile: 0xBEEF is stated, the data has 0x1482
			tnef-attribute-invalid: attribute 0x00061234 is unknown, 0 bytes
			tnef-checksum-wrong: attAttachData: 0xBEEF is stated, the data has 0x1482
			tnef-attribute-invalid: attribute 0x00061234 is unknown, 0 bytes`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			res := read(t, tt.stream, nil)
			if len(res.Message.Attachments) != 1 {
				t.Fatalf("%d attachments", len(res.Message.Attachments))
			}
			a := res.Message.Attachments[0]
			if got := content(t, a); !bytes.Equal(got, data[:tt.want]) {
				t.Errorf("%d bytes of data", len(got))
			}
			if got := mapi.PidTagAttachFilename.Or(&a.Properties, ""); got != tt.title {
				t.Errorf("title %q", got)
			}
			checkReport(t, res, tt.report)
		})
	}
}

// lying has attributes whose lengths and numbers have nothing behind them.
var lying = []struct {
	name   string
	stream []byte
	want   string
	report string
}{
	{"attribute of 4 GiB", stream(message(attSubject, z("Hi")...), join([]byte{1}, u32(attBody), u32(0xFFFFFFFF), []byte("body"))),
		"PidTagSubject String = \"Hi\"\nPidTagBody String = \"body\"", "tnef-truncated: attBody has 4 of 4294967295 bytes"},
	{"unknown attribute of 4 GiB", stream(join([]byte{1}, u32(0x00061234), u32(0xFFFFFFFF), []byte("body"))), "", "tnef-trailing-data: 13 bytes at offset 6"},
	{"no properties", stream(message(attMsgProps, u32(0)...)), "", ""},
	{"no number of properties", stream(message(attMsgProps, 1, 0)), "", "tnef-attribute-invalid: a list of properties: it ends too early, with 0 of them to come"},
	{"2^31 properties", stream(message(attMsgProps, join(u32(1<<31), prop(0x00170003, 1))...)), "PidTagImportance Integer32 = 1",
		"tnef-attribute-invalid: a list of properties: it ends too early, with 2147483646 of them to come"},
	{"2^32-1 values", stream(props(join(u32(0x0037001F), u32(0xFFFFFFFF), u32(2), u16('a'), u16(0)))), "",
		"tnef-attribute-invalid: a list of properties: it ends too early, with 0 of them to come"},
	{"value of 4 GiB", stream(props(join(u32(0x0037001F), u32(1), u32(0xFFFFFFFF), u16('a'), u16(0)))), "",
		"tnef-attribute-invalid: a list of properties: it ends too early, with 0 of them to come"},
	{"2^30 numbers, whose bytes wrap to none", stream(props(join(u32(0x36001003), u32(1<<30), u32(1)))), "",
		"tnef-attribute-invalid: a list of properties: it ends too early, with 0 of them to come"},
	{"2^29 times, whose bytes wrap to none", stream(props(join(u32(0x36001040), u32(1<<29), u32(1), u32(1)))), "",
		"tnef-attribute-invalid: a list of properties: it ends too early, with 0 of them to come"},
	{"2^28 GUIDs, whose bytes wrap to none", stream(props(join(u32(0x36001048), u32(1<<28), make([]byte, 16)))), "",
		"tnef-attribute-invalid: a list of properties: it ends too early, with 0 of them to come"},
	{"2^31 strings", stream(props(join(u32(0x3600101F), u32(1<<31), elements(utf16z("a"))))), "",
		"tnef-attribute-invalid: a list of properties: it ends too early, with 0 of them to come"},
	{"name of 4 GiB", stream(props(join(u32(0x80000003), make([]byte, 16), u32(1), u32(0xFFFFFFFF), u32(1)))), "",
		"tnef-attribute-invalid: a list of properties: it ends too early, with 0 of them to come"},
	{"name without its GUID", stream(props(join(u32(0x80000003), make([]byte, 8)))), "",
		"tnef-attribute-invalid: a list of properties: it ends too early, with 0 of them to come"},
	{"list of a type that has none", stream(props(join(u32(0x3600100B), u32(1), u32(1)), prop(0x00170003, 1))), "PidTagImportance Integer32 = 1",
		"property-unreadable: property 0x3600100B: its type has no lists of values"},
	{"data of 4 GiB in a list is kept as far as it goes", stream(rend(), attachProps(join(u32(0x37010102), u32(1), u32(0xFFFFFFFF), []byte("data")))),
		"attachment\n" + position + `  content "data"`, "tnef-attribute-invalid: attachment 0: a value has 4 of 4294967295 bytes"},
	{"short code page", stream(message(attOemCodepage, 0xE4, 4), message(attSubject, z("Hi")...)), `PidTagSubject String = "Hi"`, ""},
}

func TestLyingNumbers(t *testing.T) {
	for _, tt := range lying {
		t.Run("TNEF-R-010 "+tt.name, func(t *testing.T) {
			var res *tnef.Result
			if n := allocated(func() { res = read(t, tt.stream, nil) }); n > 64<<10 {
				t.Errorf("%d bytes were allocated for %d", n, len(tt.stream))
			}
			check(t, res.Message, tt.want)
			checkReport(t, res, tt.report)
		})
	}
}

// allocated returns the bytes that f allocates.
func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// countingReader counts the bytes that are read.
type countingReader struct {
	*bytes.Reader
	n int64
}

func (c *countingReader) ReadAt(p []byte, off int64) (int, error) {
	n, err := c.Reader.ReadAt(p, off)
	c.n += int64(n)
	return n, err
}

// hostile are streams that ask for much work, of about n bytes each.
var hostile = []struct {
	name   string
	stream func(n int) []byte
}{
	{"attributes of no bytes", func(n int) []byte { return stream(bytes.Repeat(message(0), n/11)) }},
	{"attributes with wrong checksums", func(n int) []byte {
		return stream(bytes.Repeat(join(message(attSubject)[:9], u16(1)), n/11))
	}},
	{"attachments of no bytes", func(n int) []byte { return stream(bytes.Repeat(attach(attAttachRendData), n/11)) }},
	{"attachments in no order", func(n int) []byte {
		one := join(attach(attAttachTitle, 'a'), attach(attAttachModifyDate, make([]byte, 14)...), attach(attAttachMetaFile, 1), attach(attAttachData, 'b'))
		return stream(bytes.Repeat(one, n/len(one)))
	}},
	{"named properties", func(n int) []byte {
		var list [][]byte
		for i := range n / 36 {
			list = append(list, numbered(mapi.PSETID_Common, uint32(i), prop(0x80000003, 1)))
		}
		return stream(props(list...))
	}},
	{"one property again and again", func(n int) []byte {
		return stream(message(attMsgProps, join(u32(uint32(n/8)), bytes.Repeat(prop(0x00170003, 1), n/8))...))
	}},
	{"empty strings of one value", func(n int) []byte {
		return stream(props(join(u32(0x3600101F), u32(uint32(n/4)), make([]byte, n/4*4))))
	}},
	{"values of one string", func(n int) []byte {
		return stream(props(join(u32(0x0037001F), u32(uint32(n/4)), make([]byte, n/4*4))))
	}},
	{"rows of recipients without properties", func(n int) []byte {
		return stream(message(attRecipTable, join(u32(uint32(n/4)), make([]byte, n/4*4))...))
	}},
	{"lists of properties", func(n int) []byte { return stream(bytes.Repeat(props(prop(0x00170003, 1)), n/23)) }},
	{"messages within messages", func(n int) []byte { return nested(n / 100) }},
	{"messages beside messages", func(n int) []byte { return stream(bytes.Repeat(embedded(stream()), n/len(embedded(stream())))) }},
	{"lengths that are too small", func(n int) []byte {
		return stream(bytes.Repeat(join([]byte{1}, u32(attBody), u32(0), bytes.Repeat([]byte{'x'}, 65536), u16(1)), n/65547))
	}},
	{"text that is cut off in each of many lists", func(n int) []byte {
		return stream(bytes.Repeat(message(attMsgProps, join(u32(9), u32(0x0037001F), u32(1), u32(1<<30))...), n/30))
	}},
}

// nested is a message within a message within a message.
func nested(depth int) []byte {
	s := stream(message(attSubject, z("innermost")...))
	// From the inside out, the heads are prepended to one slice.
	head := func(n int) []byte {
		list := join(u32(1), u32(0x3701000D), u32(1), u32(uint32(n+16)), iidMessage[:])
		return join([]byte("\x78\x9F\x3E\x22\x37\x00\x02"), u32(attAttachment), u32(uint32(len(list)+n+(-n&3))), list)
	}
	var heads [][]byte
	var tail []byte
	n := len(s)
	for range depth {
		h := head(n)
		heads = append(heads, h)
		pad := make([]byte, -n&3+2)
		tail = append(tail, pad...)
		n += len(h) + len(pad)
	}
	var out []byte
	for i := len(heads) - 1; i >= 0; i-- {
		out = append(out, heads[i]...)
	}
	return append(append(out, s...), tail...)
}

// TestHostileWork: twice the input is about twice the work, in bytes read, in
// allocations and in bytes allocated; and memory is in proportion to the input.
func TestHostileWork(t *testing.T) {
	for _, tt := range hostile {
		t.Run("TNEF-R-010 "+tt.name, func(t *testing.T) {
			type work struct{ size, read, allocs, bytes float64 }
			of := func(n int) work {
				s := tt.stream(n)
				src := &countingReader{Reader: bytes.NewReader(s)}
				o := &tnef.ReadOptions{Limits: limits.Limits{MaxEmbeddedMessageDepth: limits.None}}
				run := func() {
					if _, err := tnef.Read(t.Context(), src, int64(len(s)), o); err != nil {
						t.Fatal(err)
					}
				}
				bytes := allocated(run)
				w := work{size: float64(len(s)), read: float64(src.n), bytes: float64(bytes)}
				w.allocs = testing.AllocsPerRun(1, run)
				return w
			}
			one, two := of(300_000), of(600_000)
			for _, c := range []struct {
				name     string
				one, two float64
			}{{"bytes read", one.read, two.read}, {"allocations", one.allocs, two.allocs}, {"bytes allocated", one.bytes, two.bytes}} {
				if c.two > 2.6*c.one+100_000 {
					t.Errorf("%s: %.0f for one, %.0f for two", c.name, c.one, c.two)
				}
			}
			t.Logf("read %.1f, allocated %.1f bytes for each", two.read/two.size, two.bytes/two.size)
			if two.bytes > 80*two.size+1<<20 || two.read > 64*two.size {
				t.Errorf("%.0f bytes read, %.0f allocated for a stream of %.0f", two.read, two.bytes, two.size)
			}
		})
	}
	t.Run("TNEF-R-012 31 messages within each other", func(t *testing.T) {
		s := nested(31)
		_, err := tnef.Read(t.Context(), bytes.NewReader(s), int64(len(s)), nil)
		if err == nil || !strings.Contains(err.Error(), "MaxEmbeddedMessageDepth is 30, the message has 31") {
			t.Error(err)
		}
		if s := nested(30); len(read(t, s, nil).Message.Attachments) != 1 {
			t.Error("30 messages cannot be read")
		}
	})
	t.Run("rows without end", func(t *testing.T) {
		s := stream(bytes.Repeat(attach(attAttachRendData), 1<<18))
		_, err := tnef.Read(t.Context(), bytes.NewReader(s), int64(len(s)), nil)
		if fmt.Sprint(err) != "tnef: attachment 262143: too large: more than 262144 recipients, attachments and messages" {
			t.Error(err)
		}
	})
}

var _ io.ReaderAt = (*countingReader)(nil)
