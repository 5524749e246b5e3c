package mime2mapi_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/limits"
	"github.com/contentconv/contentconv/mime2mapi"
)

// noLimits leaves only the bounds that every conversion has.
var noLimits = limits.Limits{MaxMimeTextHeaderLength: -1, MaxMimeSubjectLength: -1, MSize: -1, MaxMimeRecipients: -1,
	MaxRecipientPropertyLength: -1, MaxBodyPartsTotal: -1, MaxEmbeddedMessageDepth: -1}

// hostile are messages that have hurt other software. n is how much of the hurtful
// thing there is.
var hostile = map[string]func(n int) string{
	"header block without end":  func(n int) string { return strings.Repeat("X-Header: value\r\n", n) },
	"one header field":          func(n int) string { return "Subject: " + strings.Repeat("x", 50*n) + "\r\n\r\nbody" },
	"one folded header field":   func(n int) string { return "Subject: x" + strings.Repeat("\r\n y", 10*n) + "\r\n\r\nbody" },
	"distinct header fields":    func(n int) string { return numbered("X-%d: v\r\n", n) + "\r\nbody" },
	"lines without colon":       func(n int) string { return "From: a@b.c\r\n" + strings.Repeat("nonsense\r\nX: y\r\n", n) + "\r\nbody" },
	"encoded words":             func(n int) string { return "Subject: " + strings.Repeat("=?utf-8?Q?x?= ", n) + "\r\n\r\nbody" },
	"openings of encoded words": func(n int) string { return "Subject: " + strings.Repeat("=?x?y?", 5*n) + "\r\n\r\nbody" },
	"quotation marks":           func(n int) string { return "To: " + strings.Repeat("\"", 10*n) + "\r\n\r\nbody" },
	"open comments":             func(n int) string { return "To: " + strings.Repeat("(", 10*n) + "a@b.c\r\n\r\nbody" },
	"open brackets":             func(n int) string { return "To: " + strings.Repeat("<", 10*n) + "a@b.c\r\n\r\nbody" },
	"domain literal":            func(n int) string { return "To: a@[" + strings.Repeat("1", 50*n) + "\r\n\r\nbody" },
	"phrases":                   func(n int) string { return "To: " + strings.Repeat("word ", 10*n) + "\r\n\r\nbody" },
	"groups":                    func(n int) string { return "To: " + strings.Repeat("g:", 5*n) + "a@b.c;\r\n\r\nbody" },
	"recipients":                func(n int) string { return "To: " + numbered("u%d@example.com,", n) + "z@b.c\r\n\r\nbody" },
	"parameters":                func(n int) string { return "Content-Type: text/plain" + numbered("; p%d=v", n) + "\r\n\r\nbody" },
	"continuations":             func(n int) string { return "Content-Type: text/plain" + numbered("; name*%d=v", n) + "\r\n\r\nbody" },
	"parts":                     func(n int) string { return multipart(int64(n)) },
	"delimiters": func(n int) string {
		return minimal + "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + strings.Repeat("--b\r\n", 5*n)
	},
	"lines like delimiters": func(n int) string {
		return minimal + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n" + strings.Repeat("--c\r\n", 5*n)
	},
	"reported recipients": func(n int) string {
		return delivery(numbered("Final-Recipient: rfc822;u%d@example.com\r\nAction: failed\r\n\r\n", n))
	},
	"lines of a reply": func(n int) string {
		return delivery("Action: failed\r\nDiagnostic-Code: x\r\n" + strings.Repeat("550 no\r\n", 5*n))
	},
	"fields of a receipt": func(n int) string {
		return reportOf("disposition-notification", strings.Repeat("X: y\r\n\r\n", 5*n)+"Disposition: displayed\r\n")
	},
	"nested multiparts": nestedMultiparts,
	"nested messages":   func(n int) string { return strings.Repeat("Content-Type: message/rfc822\r\n\r\n", n) + "body" },
	"base64 junk": func(n int) string {
		return minimal + "Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n" + strings.Repeat("!=", 50*n)
	},
	"quoted-printable escapes": func(n int) string {
		return minimal + "Content-Transfer-Encoding: quoted-printable\r\n\r\n" + strings.Repeat("=", 50*n)
	},
	"blanks at line ends": func(n int) string {
		return minimal + "Content-Transfer-Encoding: quoted-printable\r\n\r\n" + strings.Repeat(" ", 50*n)
	},
	"yEnc files": func(n int) string {
		return minimal + "\r\n" + strings.Repeat("=ybegin line=1 size=1 name=a\r\n=yend\r\n", n)
	},
	"openings of yEnc files": func(n int) string { return minimal + "\r\n" + strings.Repeat("=ybegin size=1 name=a\r\n", 5*n) },
	"openings of BinHex files": func(n int) string {
		return minimal + "\r\n" + strings.Repeat("(must be converted with BinHex\r\n:", 2*n)
	},
	"uuencoded files":             func(n int) string { return minimal + "\r\n" + strings.Repeat("begin 644 a\r\n`\r\nend\r\n", n) },
	"openings of uuencoded files": func(n int) string { return minimal + "\r\n" + strings.Repeat("begin 644 a\r\n", 5*n) },
	"tags":                        func(n int) string { return minimal + "Content-Type: text/html\r\n\r\n" + strings.Repeat("<div>", 10*n) },
	"open HTML comment":           func(n int) string { return minimal + "Content-Type: text/html\r\n\r\n" + strings.Repeat("<!--", 10*n) },
	"entities": func(n int) string {
		return minimal + "Content-Type: text/html\r\n\r\n<img src=\"" + strings.Repeat("&amp", 10*n)
	},
	"enriched commands": func(n int) string {
		return minimal + "Content-Type: text/enriched\r\n\r\n" + strings.Repeat("<bold><excerpt>", 5*n)
	},
	"flowed lines": func(n int) string {
		return minimal + "Content-Type: text/plain; format=flowed\r\n\r\n" + strings.Repeat("> > x \r\n", 5*n)
	},
	"carriage returns":           func(n int) string { return minimal + "\r\n" + strings.Repeat("\r", 50*n) },
	"header of carriage returns": func(n int) string { return strings.Repeat("A: b\r", 10*n) },
	"NUL bytes":                  func(n int) string { return minimal + "\r\n" + strings.Repeat("\x00", 50*n) },
	"inline images":              inlineImages,
	"BinHex runs": func(n int) string {
		return minimal + "Content-Type: application/mac-binhex40\r\n\r\n(This file must be converted with BinHex 4.0)\r\n:" + strings.Repeat("NNNN", 10*n) + ":"
	},
	"undeclared bytes": func(n int) string { return minimal + "\r\n" + strings.Repeat("\x8e\xa1\xff\x80", 10*n) },
	"ISO-2022 escapes": func(n int) string {
		return minimal + "Content-Type: text/plain; charset=iso-2022-jp\r\n\r\n" + strings.Repeat("\x1b$B\x1b(B", 10*n)
	},
	"UTF-7 openings": func(n int) string {
		return minimal + "Content-Type: text/plain; charset=utf-7\r\n\r\n" + strings.Repeat("+", 50*n)
	},
	"duplicate header fields": func(n int) string {
		return strings.Repeat("Subject: x\r\nTo: a@b.c\r\nReferences: <a>\r\nKeywords: k\r\n", n) + "\r\nbody"
	},
	"message ids": func(n int) string { return "References: " + numbered("<%d@example.com>\r\n ", n) + "\r\n\r\nbody" },
	"names of nested multipart only": func(n int) string {
		return strings.Repeat("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n", n)
	},
}

func numbered(format string, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

func nestedMultiparts(n int) string {
	var b strings.Builder
	b.WriteString(minimal)
	for i := range n {
		fmt.Fprintf(&b, "Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n", i, i)
	}
	return b.String() + "\r\nbody\r\n"
}

func inlineImages(n int) string {
	n /= 10
	return minimal + "Content-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n" +
		numbered("<img src=\"cid:%d@x\">", n) + "\r\n" +
		numbered("--b\r\nContent-Type: image/png\r\nContent-ID: <%d@x>\r\n\r\nx\r\n", n) + "--b--\r\n"
}

// TestHostileMail converts each message with the default limits, without limits,
// and rejecting malformed ones. What takes more than linear time shows as a test
// that does not end, not as a figure.
func TestHostileMail(t *testing.T) {
	n := 20000
	if testing.Short() {
		n = 2000
	}
	for name, make := range hostile {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			eml := make(n)
			for _, o := range []mime2mapi.Options{{}, {Limits: noLimits, Unflow: true, PlainFromHTML: true}, {Malformed: mime2mapi.Reject}} {
				res, err := mime2mapi.Convert(context.Background(), strings.NewReader(eml), &o)
				if err != nil {
					var failure *diag.Error
					if !errors.As(err, &failure) || failure.Reason == diag.Internal {
						t.Fatalf("%v", err)
					}
					continue
				}
				if err := res.Verify(context.Background()); err != nil {
					t.Error(err)
				}
				res.Close()
			}
		})
	}
}

// BenchmarkHostileMail converts each message at two sizes: the time for a byte
// must not grow with the size.
func BenchmarkHostileMail(b *testing.B) {
	for name, make := range hostile {
		for _, n := range []int{5000, 20000} {
			eml := make(n)
			b.Run(fmt.Sprintf("%s/%d", strings.ReplaceAll(name, " ", "-"), n), func(b *testing.B) {
				b.SetBytes(int64(len(eml)))
				for b.Loop() {
					res, err := mime2mapi.ConvertAt(context.Background(), strings.NewReader(eml), int64(len(eml)), &mime2mapi.Options{Limits: noLimits, Unflow: true, PlainFromHTML: true})
					if err != nil {
						b.Fatal(err)
					}
					for _, a := range res.Message.Attachments {
						if a.Content != nil {
							r, err := a.Content.Open(context.Background())
							if err != nil {
								b.Fatal(err)
							}
							io.Copy(io.Discard, r)
						}
					}
					res.Close()
				}
			})
		}
	}
}
