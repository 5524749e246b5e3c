package mapi2mime_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mapi2mime"
)

// The messages of the benchmarks. The program in benchmarks/ compares this library
// with others.

func benchProperties(p *props) {
	mapi.PidTagSubject.Set(p, "Größe der Lieferung im November, und was sonst noch ist")
	mapi.PidTagConversationTopic.Set(p, "Größe der Lieferung im November, und was sonst noch ist")
	mapi.PidTagInternetReferences.Set(p, "<first@example.com> <prev.1@example.com>")
	mapi.PidTagInReplyToId.Set(p, "<prev.1@example.com>")
	mapi.SentRepresentingGroup.SetInternet(p, &mapi.InternetAddress{Name: "Jörg Müller", Address: "joerg@example.org"})
	mapi.SenderGroup.SetInternet(p, &mapi.InternetAddress{Name: "Jörg Müller", Address: "joerg@example.org"})
	mapi.PidTagTransportMessageHeaders.Set(p, strings.Repeat("Received: from a by b; Sat, 21 Nov 2026 12:00:00 +0100\r\n", 8)+"Date: Tue, 5 Mar 2024 14:07:09 +0100\r\n")
	for i := range 6 {
		generic(p, fmt.Sprintf("x-example-%d", i), "some value of an extension field")
	}
}

func benchText() *mapi.Message {
	return with(func(p *props) {
		benchProperties(p)
		mapi.PidTagBody.Set(p, strings.Repeat("The quick brown fox jumps over the lazy dog, and then some more of it.\r\n", 68))
	})
}

func benchNewsletter() *mapi.Message {
	return with(func(p *props) {
		benchProperties(p)
		var html, text bytes.Buffer
		for i := 0; html.Len() < 44<<10; i++ {
			fmt.Fprintf(&html, "<tr><td class=\"c%d\" style=\"padding:0\"><a href=\"https://news.example.com/?id=%d&amp;u=abc\">Größe %d</a><img src=\"https://img.example.com/%d.png\" alt=\"\"></td></tr>\r\n", i, i, i, i)
		}
		for i := 0; text.Len() < 10<<10; i++ {
			fmt.Fprintf(&text, "Größe %d: https://news.example.com/?id=%d\r\n", i, i)
		}
		mapi.PidTagBody.Set(p, text.String())
		mapi.PidTagHtml.Set(p, html.Bytes())
	})
}

func benchAttachments(total int) *mapi.Message {
	m := with(benchProperties)
	r := rand.New(rand.NewPCG(1, 2))
	for i := range 10 {
		data := make([]byte, total/10)
		for j := range data {
			data[j] = byte(r.Uint32())
		}
		m.Attachments = append(m.Attachments, file(string(data), func(p *props) {
			mapi.PidTagAttachLongFilename.Set(p, fmt.Sprintf("file%d.pdf", i))
		}))
	}
	return m
}

func benchRecipients() *mapi.Message {
	m := with(benchProperties)
	m.Recipients = make([]mapi.Recipient, 500)
	for i := range m.Recipients {
		m.Recipients[i].SetInternet(&mapi.InternetAddress{
			Name: fmt.Sprintf("Recipient, Number %d", i), Address: fmt.Sprintf("recipient.%d@department.example.com", i),
		}, mapi.RecipientTo, int32(i))
	}
	return m
}

func BenchmarkConvert(b *testing.B) {
	for _, c := range []struct {
		name string
		m    *mapi.Message
	}{
		{"text-5KB", benchText()},
		{"newsletter-60KB", benchNewsletter()},
		{"attachments-10MB", benchAttachments(10 << 20)},
		{"recipients-500", benchRecipients()},
	} {
		var out bytes.Buffer
		if _, err := mapi2mime.Convert(context.Background(), &out, c.m, nil); err != nil {
			b.Fatal(err)
		}
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(out.Len()))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := mapi2mime.Convert(context.Background(), io.Discard, c.m, nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
