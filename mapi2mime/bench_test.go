package mapi2mime_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	gomessage "github.com/emersion/go-message"

	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mapi2mime"
)

// The benchmarks write a message object with this library, and the same header
// fields and decoded parts with go-message, which has nothing to convert: their
// ratio is what counts.

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
		b.Run(c.name+"/contentconv", func(b *testing.B) {
			b.SetBytes(int64(out.Len()))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := mapi2mime.Convert(context.Background(), io.Discard, c.m, nil); err != nil {
					b.Fatal(err)
				}
			}
		})
		root, err := readBench(out.Bytes())
		if err != nil {
			b.Fatal(err)
		}
		b.Run(c.name+"/go-message", func(b *testing.B) {
			b.SetBytes(int64(out.Len()))
			b.ReportAllocs()
			for b.Loop() {
				if err := root.write(io.Discard); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// A benchPart is a message as go-message is given it.
type benchPart struct {
	fields   [][2]string
	body     []byte
	children []*benchPart
}

func readBench(raw []byte) (*benchPart, error) {
	e, err := gomessage.Read(bytes.NewReader(raw))
	if err != nil {
		return nil, err
	}
	return readBenchPart(e)
}

func readBenchPart(e *gomessage.Entity) (*benchPart, error) {
	p := new(benchPart)
	for fields := e.Header.Fields(); fields.Next(); {
		p.fields = append(p.fields, [2]string{fields.Key(), fields.Value()})
	}
	if mr := e.MultipartReader(); mr != nil {
		for {
			child, err := mr.NextPart()
			if err == io.EOF {
				return p, nil
			}
			if err != nil {
				return nil, err
			}
			c, err := readBenchPart(child)
			if err != nil {
				return nil, err
			}
			p.children = append(p.children, c)
		}
	}
	var err error
	p.body, err = io.ReadAll(e.Body)
	return p, err
}

func (p *benchPart) header() gomessage.Header {
	var h gomessage.Header
	for i := len(p.fields) - 1; i >= 0; i-- {
		h.Add(p.fields[i][0], p.fields[i][1])
	}
	return h
}

func (p *benchPart) write(w io.Writer) error {
	mw, err := gomessage.CreateWriter(w, p.header())
	if err != nil {
		return err
	}
	return p.writeBody(mw)
}

func (p *benchPart) writeBody(w *gomessage.Writer) error {
	for _, child := range p.children {
		cw, err := w.CreatePart(child.header())
		if err != nil {
			return err
		}
		if err := child.writeBody(cw); err != nil {
			return err
		}
	}
	if p.children == nil {
		if _, err := w.Write(p.body); err != nil {
			return err
		}
	}
	return w.Close()
}
