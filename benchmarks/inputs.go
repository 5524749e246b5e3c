package main

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"math/rand/v2"
	"mime/quotedprintable"
	"strings"
)

// sizes are how large the messages are; the self-test has small ones.
type sizes struct {
	attachments []int // bytes of content in all
	recipients  []int
	newsletter  int
	parts       int
	depth       int
	fields      int
}

var fullSizes = sizes{
	attachments: []int{10 << 20, 100 << 20},
	recipients:  []int{500, 12288},
	newsletter:  60 << 10,
	parts:       250,
	depth:       30,
	fields:      300,
}

// common is the header of an ordinary mail that has gone through relays.
func common() string {
	var b strings.Builder
	for i := range 4 {
		fmt.Fprintf(&b, "Received: from relay%d.example.net (relay%d.example.net [192.0.2.%d])\r\n\tby mx.example.com (Postfix) with ESMTPS id 4F%dA2B\r\n\tfor <user@example.com>; Sat, 21 Nov 2026 12:00:0%d +0100 (CET)\r\n", i, i, i, i, i)
	}
	b.WriteString("DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.org; s=s1;\r\n\th=from:to:subject:date:message-id; bh=" + strings.Repeat("Ab3/", 11) + ";\r\n\tb=" + strings.Repeat("xYz0", 43) + "\r\n")
	b.WriteString("From: =?UTF-8?Q?J=C3=B6rg_M=C3=BCller?= <joerg@example.org>\r\nTo: A. User <user@example.com>, Other <other@example.com>\r\nCc: list@example.com\r\n" +
		"Subject: Re: =?UTF-8?Q?Gr=C3=BC=C3=9Fe?= from the meeting\r\nDate: Sat, 21 Nov 2026 12:00:00 +0100\r\nMessage-ID: <abc.123@example.org>\r\nIn-Reply-To: <prev.1@example.com>\r\nReferences: <first@example.com> <prev.1@example.com>\r\n" +
		"X-Mailer: Example Mailer 1.0\r\nX-Spam-Status: No, score=-1.0\r\nList-Unsubscribe: <mailto:u@example.org>\r\nMIME-Version: 1.0\r\n")
	return b.String()
}

const line = "The quick brown fox jumps over the lazy dog, and then some more of it.\r\n"

// text is a plain mail of n bytes in all; a small one has a short header.
func text(n int) []byte {
	header := common()
	if n < len(header)+len(line) {
		header = "From: Ann <ann@example.org>\r\nTo: Bob <bob@example.com>\r\nSubject: Lunch\r\nDate: Sat, 21 Nov 2026 12:00:00 +0100\r\nMessage-ID: <abc.123@example.org>\r\nMIME-Version: 1.0\r\n"
	}
	header += "Content-Type: text/plain; charset=utf-8\r\n\r\n"
	return []byte(header + strings.Repeat(line, max(n-len(header), len(line))/len(line)))
}

// newsletter is an alternative of text and HTML in quoted-printable, n bytes in all.
func newsletter(n int) []byte {
	var html, plain bytes.Buffer
	q := quotedprintable.NewWriter(&html)
	for i := 0; html.Len() < n*4/5; i++ {
		fmt.Fprintf(q, "<tr><td class=\"c%d\" style=\"padding:0\"><a href=\"https://news.example.com/?id=%d&amp;u=abc\">Größe %d</a><img src=\"https://img.example.com/%d.png\" alt=\"\"></td></tr>\r\n", i, i, i, i)
	}
	q.Close()
	q = quotedprintable.NewWriter(&plain)
	for i := 0; plain.Len() < n/6; i++ {
		fmt.Fprintf(q, "Größe %d: https://news.example.com/?id=%d\r\n", i, i)
	}
	q.Close()
	part := func(kind string, b []byte) string {
		return "--bnd\r\nContent-Type: " + kind + "; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" + string(b) + "\r\n"
	}
	return []byte(common() + "Content-Type: multipart/alternative; boundary=bnd\r\n\r\n" +
		part("text/plain", plain.Bytes()) + part("text/html", html.Bytes()) + "--bnd--\r\n")
}

// headerHeavy has n header fields of its own, as gateways and filters add.
func headerHeavy(n int) []byte {
	var b strings.Builder
	b.WriteString(common())
	for i := range n {
		fmt.Fprintf(&b, "X-Filter-Result-%d: score=%d.5 required=5.0 tests=BAYES_50,\r\n\tHTML_MESSAGE,SPF_PASS autolearn=no\r\n", i, i%9)
	}
	b.WriteString("Content-Type: text/plain\r\n\r\nHello\r\n")
	return []byte(b.String())
}

// attachments has n bytes in ten files, in base64 lines of 76 characters.
func attachments(n int) []byte {
	r := rand.New(rand.NewPCG(1, 2))
	var b bytes.Buffer
	b.Grow(n*4/3 + n/50 + 16<<10)
	b.WriteString(common() + "Content-Type: multipart/mixed; boundary=\"=_0123456789\"\r\n\r\n--=_0123456789\r\nContent-Type: text/plain\r\n\r\nSee attached.\r\n")
	data := make([]byte, n/10)
	for i := range 10 {
		for j := range data {
			data[j] = byte(r.Uint32())
		}
		fmt.Fprintf(&b, "--=_0123456789\r\nContent-Type: application/pdf; name=\"file%d.pdf\"\r\nContent-Disposition: attachment; filename=\"file%d.pdf\"\r\nContent-Transfer-Encoding: base64\r\n\r\n", i, i)
		writeBase64(&b, data)
	}
	b.WriteString("--=_0123456789--\r\n")
	return b.Bytes()
}

func writeBase64(b *bytes.Buffer, data []byte) {
	for len(data) > 0 {
		n := min(len(data), 57)
		b.Write(base64.StdEncoding.AppendEncode(b.AvailableBuffer(), data[:n]))
		b.WriteString("\r\n")
		data = data[n:]
	}
}

// parts is a multipart of n entities in all.
func parts(n int) []byte {
	var b strings.Builder
	b.WriteString(common() + "Content-Type: multipart/mixed; boundary=bnd\r\n\r\n")
	for i := range n - 1 {
		fmt.Fprintf(&b, "--bnd\r\nContent-Type: text/plain; name=\"note%d.txt\"\r\nContent-Disposition: attachment\r\n\r\nnote %d\r\n", i, i)
	}
	b.WriteString("--bnd--\r\n")
	return []byte(b.String())
}

// nested is a text within n multiparts.
func nested(n int) []byte {
	var b strings.Builder
	b.WriteString(common())
	for i := range n {
		fmt.Fprintf(&b, "Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n", i, i)
	}
	b.WriteString("Content-Type: text/plain\r\n\r\ninnermost\r\n")
	for i := n - 1; i >= 0; i-- {
		fmt.Fprintf(&b, "--b%d--\r\n", i)
	}
	return []byte(b.String())
}

// recipients has n of them in To; with none it has no To field.
func recipients(n int) []byte {
	var b strings.Builder
	b.WriteString("From: Ann <ann@example.org>\r\nSubject: To all\r\nDate: Sat, 21 Nov 2026 12:00:00 +0100\r\nMessage-ID: <abc.123@example.org>\r\n")
	for i := range n {
		b.WriteString([]string{"To: ", ",\r\n "}[min(i, 1)])
		fmt.Fprintf(&b, "\"Recipient, Number %d\" <recipient.%d@department.example.com>", i, i)
	}
	if n > 0 {
		b.WriteString("\r\n")
	}
	b.WriteString("Content-Type: text/plain\r\n\r\nHello\r\n")
	return []byte(b.String())
}
