package main

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/contentconv/contentconv/mime2mapi"
)

const (
	minimal = "From: a@example.com\r\nTo: b@example.com\r\nSubject: x\r\n"
	mixed   = "Content-Type: multipart/mixed; boundary=b\r\n\r\n"
)

// readMail converts a message without limits and reads every attachment.
func readMail(eml []byte) error {
	o := &mime2mapi.Options{Limits: unlimited, Unflow: true, PlainFromHTML: true}
	res, err := mime2mapi.ConvertAt(background, bytes.NewReader(eml), int64(len(eml)), o)
	if err != nil {
		return err
	}
	defer res.Close()
	return drain(res.Message)
}

// A repetition is an input that consists of one piece again and again.
type repetition struct{ name, before, piece, after string }

func (r repetition) make(n int) []byte {
	k := max(n/len(strings.ReplaceAll(r.piece, "%d", "12345")), 1)
	var b bytes.Buffer
	b.WriteString(r.before)
	if strings.Contains(r.piece, "%d") {
		for i := range k {
			b.WriteString(strings.ReplaceAll(r.piece, "%d", fmt.Sprintf("%05d", i)))
		}
	} else {
		b.WriteString(strings.Repeat(r.piece, k))
	}
	b.WriteString(r.after)
	return b.Bytes()
}

const endOfHeader = "\r\n\r\nbody"

// mails are hostile messages, numbered by family.
var mails = []repetition{
	{"1 header block without end", "", "X-Header: value\r\n", ""},
	{"1 fields and lines that are none", "From: a@b.c\r\n", "nonsense\r\nX: y\r\n", "\r\nbody"},
	{"2 one header field", "Subject: ", "x", endOfHeader},
	{"3 header fields that differ", "", "X-%d: v\r\n", "\r\nbody"},
	{"3 header fields that are the same", "", "Subject: x\r\nTo: a@b.c\r\nReferences: <a>\r\nKeywords: k\r\n", "\r\nbody"},
	{"3 Received fields", "", "Received: from a; Tue, 5 Mar 2024 14:07:09 +0100\r\n", "\r\nbody"},
	{"4 a field folded in short lines", "Subject: x", "\r\n y", endOfHeader},
	{"4 folded message ids", "References: ", "<%d@example.com>\r\n ", endOfHeader},
	{"5 carriage returns", minimal + "\r\n", "\r", ""},
	{"5 header of carriage returns", "", "A: b\r", ""},
	{"5 mixed line ends and NUL", minimal + "\r\n", "a\r\r\nb\nc\rd\r\n\x00", ""},
	{"6 encoded words", "Subject: ", "=?utf-8?Q?x?= ", endOfHeader},
	{"6 openings of encoded words", "Subject: ", "=?x?y?", endOfHeader},
	{"6 unknown charset", "Subject: ", "=?x-none?Q?=E9?= ", endOfHeader},
	{"6 bad base64", "Subject: ", "=?utf-8?B?!!!!?= ", endOfHeader},
	{"6 split characters", "Subject: ", "=?utf-8?Q?=C3?= =?utf-8?Q?=A9?= ", endOfHeader},
	{"6 nested words", "Subject: ", "=?utf-8?Q?=?utf-8?Q?", endOfHeader},
	{"6 text before a word", "Subject: ", "text ", "=?utf-8?Q?x?=" + endOfHeader},
	{"7 comment", "To: a@b.c (", "x", ")" + endOfHeader},
	{"7 open comments", "To: ", "(", "a@b.c" + endOfHeader},
	{"7 domain literal", "To: a@[", "1", endOfHeader},
	{"7 phrases", "To: ", "word ", endOfHeader},
	{"7 groups", "To: ", "g:", "a@b.c;" + endOfHeader},
	{"7 empty addresses", "To: ", "<>,", endOfHeader},
	{"7 at signs", "To: ", "@", endOfHeader},
	{"7 quotation marks", "To: ", "\"", endOfHeader},
	{"7 escapes in quotation marks", "To: \"", "\\\"", "\" <a@b.c>" + endOfHeader},
	{"7 recipients", "To: ", "u%d@example.com,", "z@b.c" + endOfHeader},
	{"7 words in addresses", "To: ", "=?utf-8?Q?a=40b.c?=, ", endOfHeader},
	{"7 domains beyond ASCII", "To: ", "a@b\u00fccher.example, ", endOfHeader},
	{"7 routes", "To: ", "<@a,@b:c@d>,", endOfHeader},
	{"8 parts", minimal + mixed, "--b\r\nContent-Type: a/b\r\n\r\nx\r\n", "--b--"},
	{"8 delimiters", minimal + mixed, "--b\r\n", ""},
	{"8 lines like delimiters", minimal + mixed + "--b\r\n\r\n", "--c\r\n", ""},
	{"8 levels", minimal, "Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n", "\r\nbody\r\n"},
	{"8 levels of one boundary", minimal, "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n", ""},
	{"8 messages in messages", "", "Content-Type: message/rfc822\r\n\r\n", "body"},
	{"8 closed again and again", minimal + mixed, "--b--\r\n--b\r\n\r\nx\r\n", ""},
	{"8 preamble", minimal + mixed, "text -- with -- hyphens\r\n", ""},
	{"8 epilogue", minimal + mixed + "--b\r\n\r\nx\r\n--b--", "text\r\n", ""},
	{"8 a digest", minimal + "Content-Type: multipart/digest; boundary=b\r\n\r\n", "--b\r\n\r\nSubject: x\r\n\r\nx\r\n", ""},
	{"9 base64 junk", minimal + "Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n", "!=", ""},
	{"9 base64 padding", minimal + "Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n", "QQ==", ""},
	{"9 quoted-printable escapes", minimal + "Content-Transfer-Encoding: quoted-printable\r\n\r\n", "=", ""},
	{"9 blanks at line ends", minimal + "Content-Transfer-Encoding: quoted-printable\r\n\r\n", " ", ""},
	{"9 openings of uuencoded files", minimal + "\r\n", "begin 644 a\r\n", ""},
	{"9 uuencoded files", minimal + "\r\n", "begin 644 a\r\n`\r\nend\r\n", ""},
	{"9 openings of yEnc files", minimal + "\r\n", "=ybegin size=1 name=a\r\n", ""},
	{"9 openings of BinHex files", minimal + "\r\n", "(must be converted with BinHex\r\n:", ""},
	{"9 runs in BinHex", minimal + "Content-Type: application/mac-binhex40\r\n\r\n(This file must be converted with BinHex 4.0)\r\n:", "NNNN", ":"},
	{"10 parameters", "Content-Type: text/plain", "; p%d=v", endOfHeader},
	{"10 continuations", "Content-Type: text/plain", "; name*%d=v", endOfHeader},
	{"10 encoded sections with gaps", "Content-Type: text/plain", "; name*%d0*=%C3%A9", endOfHeader},
	{"10 duplicates", "Content-Type: text/plain", "; name=v", endOfHeader},
	{"10 words in a file name", "Content-Disposition: attachment; filename=\"", "=?utf-8?Q?x?= ", "\"" + endOfHeader},
	{"10 a long file name", "Content-Disposition: attachment; filename=\"", "../", "\"" + endOfHeader},
	{"11 empty multiparts", minimal + mixed, "--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c--\r\n", ""},
	{"11 unknown encodings", minimal + mixed, "--b\r\nContent-Transfer-Encoding: x-none\r\nContent-Type: a/b\r\n\r\nx\r\n", ""},
	{"12 keywords", "Keywords: ", "a, ", endOfHeader},
	{"12 surrogates", "Subject: ", "\U0001F600", endOfHeader},
	{"13 digits of a date", "Date: ", "1", endOfHeader},
	{"13 open comments in a date", "Date: ", "(", endOfHeader},
	{"13 zones of a date", "Date: ", "+0100 ", endOfHeader},
	{"22 tags", minimal + "Content-Type: text/html\r\n\r\n", "<div>", ""},
	{"22 tables", minimal + "Content-Type: text/html\r\n\r\n", "<table><a><tr><td>", ""},
	{"22 open comments", minimal + "Content-Type: text/html\r\n\r\n", "<!--", ""},
	{"22 entities", minimal + "Content-Type: text/html\r\n\r\n", "&amp", ""},
	{"22 one attribute", minimal + "Content-Type: text/html\r\n\r\n<img src=\"", "x", "\">"},
	{"22 attributes", minimal + "Content-Type: text/html\r\n\r\n<a ", "b%d=c ", ">"},
	{"22 META elements", minimal + "Content-Type: text/html\r\n\r\n", "<meta charset=x>", ""},
	{"22 links", minimal + "Content-Type: text/html\r\n\r\n", "<a href=\"http://example.com/%d\">x</a>", ""},
}

func mailFamilies() (all []family) {
	for _, r := range mails {
		all = append(all, family{r.name, r.make, readMail})
	}
	return all
}
