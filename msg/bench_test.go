package msg_test

import (
	"bytes"
	"fmt"
	"io"
	"testing"

	"github.com/contentconv/contentconv/internal/cfb"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/msg"
)

// typical is a mail with two bodies, recipients, header fields and an attachment.
func typical(recipients, attachment int) *mapi.Message {
	m := nested().Attachments[1].Message
	m.Attachments = []*mapi.Attachment{{Content: mapi.Bytes(make([]byte, attachment))}}
	p := &m.Properties
	mapi.PidTagBody.Set(p, string(bytes.Repeat([]byte("a line of text\r\n"), 100)))
	mapi.PidTagHtml.Set(p, bytes.Repeat([]byte("<p>a line of text</p>\r\n"), 200))
	for i := range 15 {
		p.Set(mapi.HeaderKey(fmt.Sprint("X-Field-", i)), mapi.String("value of the field"))
	}
	people := make([]mapi.InternetAddress, recipients)
	m.Recipients = make([]mapi.Recipient, recipients)
	for i := range people {
		people[i] = mapi.InternetAddress{Name: fmt.Sprint("Recipient ", i), Address: fmt.Sprintf("r%d@example.com", i)}
		m.Recipients[i].SetInternet(&people[i], mapi.RecipientTo, int32(i))
	}
	return m
}

var sizes = []struct {
	name                   string
	recipients, attachment int
}{
	{"typical", 3, 50_000},
	{"attachment=10MB", 3, 10 << 20},
	{"recipients=500", 500, 50_000},
	{"recipients=1000", 1000, 50_000},
}

func BenchmarkWrite(b *testing.B) {
	for _, s := range sizes {
		b.Run(s.name, func(b *testing.B) {
			m := typical(s.recipients, s.attachment)
			b.SetBytes(int64(len(write(b, m, nil))))
			b.ReportAllocs()
			for b.Loop() {
				if _, _, err := msg.Write(b.Context(), io.Discard, m, nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkRead(b *testing.B) {
	for _, s := range sizes {
		b.Run(s.name, func(b *testing.B) {
			benchmarkRead(b, write(b, typical(s.recipients, s.attachment), nil))
		})
	}
}

// BenchmarkReadHostile reads files that ask for much work, at two sizes: twice
// the size must not take more than about twice the time.
func BenchmarkReadHostile(b *testing.B) {
	for _, n := range []int{2000, 4000} {
		long := bytes.Repeat([]byte{'x'}, 500)
		var entries, texts []byte
		var props []entry
		for i := range n {
			texts = append(texts, nameText(string(long)+fmt.Sprintf("%08d", i))...)
			entries = append(entries, nameEntry(uint32(len(texts)-1020), 2, 1, uint16(i))...)
			props = append(props, entry{uint32(0x8000+i)<<16 | 3, 1})
		}
		b.Run(fmt.Sprint("names=", n), func(b *testing.B) {
			benchmarkRead(b, compound(b, top(props, names(nil, entries, texts))))
		})
		var elements []*cfb.Node
		for i := range n {
			elements = append(elements, element(0x3636101F, i, utf16le("x\x00")))
		}
		b.Run(fmt.Sprint("elements=", n), func(b *testing.B) {
			benchmarkRead(b, compound(b, top([]entry{{0x3636101F, 1}}, append(elements, value(0x3636101F, nil))...)))
		})
		inner := storage("__substg1.0_3701000D", properties(24))
		for range 25 {
			kids := []*cfb.Node{properties(24)}
			for i := range n / 100 {
				kids = append(kids, storage(fmt.Sprintf("__attach_version1.0_#%08X", i), properties(8)))
			}
			kids[1].Children = append(kids[1].Children, inner)
			inner = storage("__substg1.0_3701000D", kids...)
		}
		b.Run(fmt.Sprint("depth=25,attachments=", n/100*25), func(b *testing.B) {
			benchmarkRead(b, compound(b, top(nil, inner.Children[1:]...)))
		})
	}
}

func benchmarkRead(b *testing.B, file []byte) {
	b.SetBytes(int64(len(file)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := msg.Read(b.Context(), bytes.NewReader(file), int64(len(file)), nil); err != nil {
			b.Fatal(err)
		}
	}
}
