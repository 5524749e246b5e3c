package tnef_test

import (
	"bytes"
	"fmt"
	"io"
	"testing"

	"github.com/contentconv/contentconv/limits"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/tnef"
)

// typical is a mail with two bodies, recipients, header fields and an attachment.
func typical(recipients, attachment int) *mapi.Message {
	m := worked()
	m.Attachments = []*mapi.Attachment{{Content: mapi.Bytes(make([]byte, attachment))}}
	p := &m.Properties
	mapi.SenderGroup.Set(p, mapi.Address{Name: "Jane Doe", Type: "SMTP", Email: "jane@example.com"})
	mapi.PidTagBody.Set(p, string(bytes.Repeat([]byte("a line of text\r\n"), 100)))
	mapi.PidTagHtml.Set(p, bytes.Repeat([]byte("<p>a line of text</p>\r\n"), 200))
	for i := range 15 {
		p.Set(mapi.HeaderKey(fmt.Sprint("X-Field-", i)), mapi.String("value of the field"))
	}
	for i := range recipients {
		m.Recipients = append(m.Recipients, person(fmt.Sprint("Recipient ", i), fmt.Sprintf("r%d@example.com", i)))
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
			m, o := typical(s.recipients, s.attachment), &tnef.WriteOptions{Standalone: true}
			b.SetBytes(int64(len(write(b, m, o))))
			b.ReportAllocs()
			for b.Loop() {
				if _, _, err := tnef.Write(b.Context(), io.Discard, m, o); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkRead(b *testing.B) {
	for _, s := range sizes {
		b.Run(s.name, func(b *testing.B) {
			benchmarkRead(b, write(b, typical(s.recipients, s.attachment), &tnef.WriteOptions{Standalone: true}))
		})
	}
}

// BenchmarkReadHostile reads streams that ask for much work, at two sizes: twice
// the size must not take more than about twice the time.
func BenchmarkReadHostile(b *testing.B) {
	for _, tt := range hostile {
		for _, n := range []int{500_000, 1_000_000} {
			b.Run(fmt.Sprintf("%s/%d", tt.name, n), func(b *testing.B) { benchmarkRead(b, tt.stream(n)) })
		}
	}
}

func benchmarkRead(b *testing.B, stream []byte) {
	b.SetBytes(int64(len(stream)))
	b.ReportAllocs()
	o := &tnef.ReadOptions{Limits: limits.Limits{MaxEmbeddedMessageDepth: limits.None}}
	for b.Loop() {
		if _, err := tnef.Read(b.Context(), bytes.NewReader(stream), int64(len(stream)), o); err != nil {
			b.Fatal(err)
		}
	}
}
