package mime2mapi_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"math/rand/v2"
	"mime/quotedprintable"
	"strings"
	"testing"

	"github.com/contentconv/contentconv/mime2mapi"
)

// The messages of the benchmarks. The program in benchmarks/ compares this library
// with others.

func benchHeader() string {
	var b strings.Builder
	for i := range 4 {
		fmt.Fprintf(&b, "Received: from relay%d.example.net (relay%d.example.net [192.0.2.%d])\r\n\tby mx.example.com (Postfix) with ESMTPS id 4F%dA2B\r\n\tfor <user@example.com>; Sat, 21 Nov 2026 12:00:0%d +0100 (CET)\r\n", i, i, i, i, i)
	}
	b.WriteString("DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.org; s=s1;\r\n\th=from:to:subject:date:message-id; bh=" + strings.Repeat("Ab3/", 11) + ";\r\n\tb=" + strings.Repeat("xYz0", 43) + "\r\n")
	b.WriteString("From: =?UTF-8?Q?J=C3=B6rg_M=C3=BCller?= <joerg@example.org>\r\nTo: A. User <user@example.com>, Other <other@example.com>\r\nCc: list@example.com\r\n")
	b.WriteString("Subject: Re: =?UTF-8?Q?Gr=C3=BC=C3=9Fe?= from the meeting\r\nDate: Sat, 21 Nov 2026 12:00:00 +0100\r\nMessage-ID: <abc.123@example.org>\r\nIn-Reply-To: <prev.1@example.com>\r\nReferences: <first@example.com> <prev.1@example.com>\r\n")
	b.WriteString("X-Mailer: Example Mailer 1.0\r\nX-Spam-Status: No, score=-1.0\r\nList-Unsubscribe: <mailto:u@example.org>\r\nMIME-Version: 1.0\r\n")
	return b.String()
}

func benchText() []byte {
	line := "The quick brown fox jumps over the lazy dog, and then some more of it.\r\n"
	return []byte(benchHeader() + "Content-Type: text/plain; charset=utf-8\r\n\r\n" + strings.Repeat(line, 48))
}

func benchNewsletter() []byte {
	var html, plain bytes.Buffer
	q := quotedprintable.NewWriter(&html)
	for i := 0; html.Len() < 48<<10; i++ {
		fmt.Fprintf(q, "<tr><td class=\"c%d\" style=\"padding:0\"><a href=\"https://news.example.com/?id=%d&amp;u=abc\">Größe %d</a><img src=\"https://img.example.com/%d.png\" alt=\"\"></td></tr>\r\n", i, i, i, i)
	}
	q.Close()
	q = quotedprintable.NewWriter(&plain)
	for i := 0; plain.Len() < 10<<10; i++ {
		fmt.Fprintf(q, "Größe %d: https://news.example.com/?id=%d\r\n", i, i)
	}
	q.Close()
	part := func(kind string, b []byte) string {
		return "--bnd\r\nContent-Type: " + kind + "; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" + string(b) + "\r\n"
	}
	return []byte(benchHeader() + "Content-Type: multipart/alternative; boundary=bnd\r\n\r\n" +
		part("text/plain", plain.Bytes()) + part("text/html", html.Bytes()) + "--bnd--\r\n")
}

func benchAttachments() []byte {
	const total = 10 << 20
	r := rand.New(rand.NewPCG(1, 2))
	var b bytes.Buffer
	b.WriteString(benchHeader() + "Content-Type: multipart/mixed; boundary=bnd\r\n\r\n--bnd\r\nContent-Type: text/plain\r\n\r\nSee attached.\r\n")
	data := make([]byte, total/10)
	for i := range 10 {
		for j := range data {
			data[j] = byte(r.Uint32())
		}
		fmt.Fprintf(&b, "--bnd\r\nContent-Type: application/pdf; name=\"file%d.pdf\"\r\nContent-Disposition: attachment; filename=\"file%d.pdf\"\r\nContent-Transfer-Encoding: base64\r\n\r\n", i, i)
		e := base64.StdEncoding.EncodeToString(data)
		for len(e) > 76 {
			b.WriteString(e[:76] + "\r\n")
			e = e[76:]
		}
		b.WriteString(e + "\r\n")
	}
	b.WriteString("--bnd--\r\n")
	return b.Bytes()
}

func benchRecipients() []byte {
	var b strings.Builder
	b.WriteString(benchHeader() + "Bcc: ")
	for i := range 500 {
		fmt.Fprintf(&b, "\"Recipient, Number %d\" <recipient.%d@department.example.com>,\r\n ", i, i)
	}
	b.WriteString("last@example.com\r\nContent-Type: text/plain\r\n\r\nHello\r\n")
	return []byte(b.String())
}

func BenchmarkConvert(b *testing.B) {
	for _, c := range []struct {
		name string
		eml  func() []byte
	}{
		{"text-5KB", benchText},
		{"newsletter-60KB", benchNewsletter},
		{"attachments-10MB", benchAttachments},
		{"recipients-500", benchRecipients},
	} {
		b.Run(c.name, func(b *testing.B) {
			eml := c.eml()
			b.SetBytes(int64(len(eml)))
			b.ReportAllocs()
			for b.Loop() {
				if err := convertAll(eml); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// convertAll converts a message and reads every attachment.
func convertAll(eml []byte) error {
	ctx := context.Background()
	res, err := mime2mapi.ConvertAt(ctx, bytes.NewReader(eml), int64(len(eml)), nil)
	if err != nil {
		return err
	}
	defer res.Close()
	for _, a := range res.Message.Attachments {
		r, err := a.Content.Open(ctx)
		if err != nil {
			return err
		}
		if _, err := io.Copy(io.Discard, r); err != nil {
			return err
		}
		r.Close()
	}
	return nil
}
