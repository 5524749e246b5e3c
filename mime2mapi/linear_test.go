package mime2mapi_test

import (
	"bytes"
	"context"
	"io"
	"math"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/contentconv/contentconv/mime2mapi"
)

// A badInput is a family of messages that have hurt other software. Those that are
// named stand in hostile.
type badInput struct {
	family string
	named  []string
	more   map[string]func(n int) string
}

func field(name, item string, per int) func(n int) string {
	return func(n int) string { return name + ": " + strings.Repeat(item, per*n) + "\r\n\r\nbody" }
}

func typed(header, item string, per int) func(n int) string {
	return func(n int) string { return minimal + header + "\r\n\r\n" + strings.Repeat(item, per*n) }
}

const mixedB = "Content-Type: multipart/mixed; boundary=b"

var badInputs = []badInput{
	{"1 header block without end", []string{"header block without end", "lines without colon"}, map[string]func(n int) string{
		"lines of blanks": field("Subject", "\r\n  \t", 10),
		"junk and fields": func(n int) string { return "From: a@b.c\r\n" + strings.Repeat("junk\r\nnote: x\r\njunk again\r\n", n) },
	}},
	{"2 one header field", []string{"one header field", "header of carriage returns"}, nil},
	{"3 header fields", []string{"distinct header fields", "duplicate header fields"}, map[string]func(n int) string{
		"received": func(n int) string {
			return strings.Repeat("Received: from a; Tue, 5 Mar 2024 14:07:09 +0100\r\n", n) + "\r\n"
		},
		"organisation's own":    func(n int) string { return numbered("X-MS-Exchange-Organization-%d: x\r\n", n) + "\r\n" },
		"fields of attachments": typed(mixedB, "--b\r\nContent-Type: a/b\r\nX-A: b\r\nContent-ID: <x>\r\n\r\nx\r\n", 1),
	}},
	{"4 folded in short lines", []string{"one folded header field", "message ids"}, nil},
	{"5 line ends", []string{"carriage returns", "NUL bytes"}, map[string]func(n int) string{
		"mixed":            typed("", "a\r\r\nb\nc\rd\r\n\x00", 5),
		"mixed in headers": func(n int) string { return strings.Repeat("A: b\r\r\nC: d\n\x00E: f\r", n) + "\r\n\r\nx" },
	}},
	{"6 encoded words", []string{"encoded words", "openings of encoded words"}, map[string]func(n int) string{
		"unknown charset":       field("Subject", "=?x-none?Q?=E9?= ", 2),
		"bad base64":            field("Subject", "=?utf-8?B?!!!!?= ", 2),
		"split characters":      field("Subject", "=?utf-8?Q?=C3?= =?utf-8?Q?=A9?= ", 2),
		"nested":                field("Subject", "=?utf-8?Q?=?utf-8?Q?", 3),
		"cut off":               field("Subject", "=?utf-8?B?YWJj", 3),
		"text before one":       func(n int) string { return "Subject: " + strings.Repeat("text ", 10*n) + "=?utf-8?Q?x?=\r\n\r\nbody" },
		"charset by turns":      field("Subject", "=?utf-8?Q?a?= =?koi8-r?Q?=C1?= ", 1),
		"in an address":         field("To", "=?utf-8?Q?a?= ", 3),
		"escapes of ISO 2022":   field("Subject", "=?iso-2022-jp?B?GyRCGyhC?= ", 2),
		"in an extension field": field("X-Extension", "=?x?y?", 5),
	}},
	{"7 addresses", []string{"quotation marks", "open comments", "open brackets", "domain literal", "phrases", "groups", "recipients"}, map[string]func(n int) string{
		"comment":  func(n int) string { return "To: a@b.c (" + strings.Repeat("x", 50*n) + ")\r\n\r\nbody" },
		"comments": field("To", "(x)", 10),
		"nested comments": func(n int) string {
			return "To: " + strings.Repeat("(", 10*n) + strings.Repeat(")", 10*n) + " a@b.c\r\n\r\nbody"
		},
		"empty addresses":               field("To", "<>,", 10),
		"at signs":                      field("To", "@", 30),
		"names without an address":      field("To", "name, ", 5),
		"line ends in quotation marks":  func(n int) string { return "To: \"" + strings.Repeat("\r\n a", 5*n) + "\"@b.c\r\n\r\nbody" },
		"escapes in quotation marks":    func(n int) string { return "To: \"" + strings.Repeat("\\\"", 10*n) + "\" <a@b.c>\r\n\r\nbody" },
		"words in an address":           field("To", "=?utf-8?Q?a=40b.c?=, ", 2),
		"domains beyond ASCII":          field("To", "a@b\u00fccher.example, ", 2),
		"dots":                          field("To", "a.", 20),
		"semicolons":                    field("To", "a@b.c;", 5),
		"missing commas":                field("To", "a@b.c ", 5),
		"addresses in quotation marks":  field("To", "\"a@b.c\" ", 3),
		"quotes of one kind in another": field("To", "'\"", 10),
		"Reply-To":                      func(n int) string { return "Reply-To: " + numbered("u%d@example.com,", n) + "\r\n\r\nbody" },
		"From":                          field("From", "a@b.c,", 10),
		"receipts":                      field("Disposition-Notification-To", "a@b.c,", 10),
		"routes":                        field("To", "<@a,@b:c@d>,", 3),
	}},
	{"8 multiparts", []string{"parts", "delimiters", "lines like delimiters", "nested multiparts", "nested messages", "names of nested multipart only"}, map[string]func(n int) string{
		"long boundary": func(n int) string {
			b := strings.Repeat("b", n)
			return minimal + "Content-Type: multipart/mixed; boundary=" + b + "\r\n\r\n" + strings.Repeat("--"+b[:min(n, 500)]+"\r\n", 20) + "--" + b + "\r\n\r\nx\r\n--" + b + "--"
		},
		"boundaries that are prefixes": func(n int) string {
			n = min(n, 90*n/1000+10)
			var b strings.Builder
			for i := range n {
				name := strings.Repeat("b", i%60+1)
				b.WriteString("Content-Type: multipart/mixed; boundary=" + name + "\r\n\r\n--" + name + "\r\n")
			}
			return minimal + b.String()
		},
		"never closed":             typed(mixedB, "--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\n\r\nx\r\n", 1),
		"preamble":                 typed(mixedB, "text -- with -- hyphens\r\n", 3),
		"epilogue":                 typed(mixedB+"\r\n\r\n--b\r\n\r\nx\r\n--b--", "text\r\n", 5),
		"closed again and again":   typed(mixedB, "--b--\r\n--b\r\n\r\nx\r\n", 1),
		"no boundary":              typed(mixedB, "--b\r\nContent-Type: multipart/mixed\r\n\r\n--x\r\ntext\r\n", 1),
		"stray fields":             typed(mixedB, "--b\r\nContent-Type: text/plain\r\nNote: x\r\n", 1),
		"messages without a blank": typed(mixedB, "--b\r\nContent-Type: message/rfc822\r\nSubject: x\r\n", 1),
		"digest":                   typed("Content-Type: multipart/digest; boundary=b", "--b\r\n\r\nSubject: x\r\n\r\nx\r\n", 1),
		"alternatives":             typed("Content-Type: multipart/alternative; boundary=b", "--b\r\nContent-Type: text/html\r\n\r\nx\r\n", 1),
		"related without a root":   typed("Content-Type: multipart/related; boundary=b; start=\"<x>\"", "--b\r\nContent-ID: <y>\r\nContent-Type: image/png\r\n\r\nx\r\n", 1),
		"Apple's pieces":           typed("X-Mailer: Apple Mail\r\n"+mixedB, "--b\r\n\r\nx\r\n--b\r\nContent-Type: image/png\r\n\r\nx\r\n", 1),
	}},
	{"9 transfer encodings", []string{"base64 junk", "quoted-printable escapes", "blanks at line ends", "uuencoded files", "openings of uuencoded files",
		"yEnc files", "openings of yEnc files", "openings of BinHex files", "BinHex runs"}, map[string]func(n int) string{
		"padding":        typed("Content-Type: a/b\r\nContent-Transfer-Encoding: base64", "QQ==", 10),
		"soft breaks":    typed("Content-Transfer-Encoding: quoted-printable", "=\r\n", 10),
		"uuencoded part": typed("Content-Type: a/b\r\nContent-Transfer-Encoding: x-uuencode", "begin 644 a\r\n", 5),
		"yEnc part":      typed("Content-Type: a/b\r\nContent-Transfer-Encoding: x-yencode", "=y\r\n", 5),
		"BinHex in base64": func(n int) string {
			return minimal + "Content-Type: application/mac-binhex40\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64Lines("(This file must be converted with BinHex 4.0)\r\n:"+strings.Repeat("NNNN", 10*n)+":")
		},
		"messages in base64": func(n int) string {
			return minimal + mixedB + "\r\n\r\n" + strings.Repeat("--b\r\nContent-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n"+base64Lines("Subject: x\r\n\r\nx"), n/10) + "--b--"
		},
	}},
	{"10 parameters", []string{"parameters", "continuations"}, map[string]func(n int) string{
		"duplicates": func(n int) string { return "Content-Type: text/plain" + strings.Repeat("; name=v", n) + "\r\n\r\nbody" },
		"gaps":       func(n int) string { return "Content-Type: text/plain" + numbered("; name*%d0=v", n) + "\r\n\r\nbody" },
		"encoded sections": func(n int) string {
			return "Content-Type: text/plain" + numbered("; name*%d*=%%C3%%A9", n) + "\r\n\r\nbody"
		},
		"unknown charset": field("Content-Disposition", "; filename*=x-none''%E9", 1),
		"blanks":          field("Content-Type", "a/b ; x = y ", 2),
		"words": func(n int) string {
			return "Content-Disposition: attachment; filename=\"" + strings.Repeat("=?utf-8?Q?x?= ", n) + "\"\r\n\r\nbody"
		},
		"a long name": func(n int) string {
			return "Content-Disposition: attachment; filename=\"" + strings.Repeat("../", 10*n) + "\"\r\n\r\nbody"
		},
		"quotation marks": field("Content-Type", "a/b; x=\"", 3),
		"comments":        field("Content-Type", "(", 20),
		"semicolons":      field("Content-Type", ";", 30),
	}},
	{"11 types", []string{"inline images", "tags", "open HTML comment", "entities", "enriched commands", "flowed lines"}, map[string]func(n int) string{
		"text that is an image": typed("Content-Type: text/plain", "\x89PNG\r\n\x1a\n\x00\x00", 5),
		"empty multiparts":      typed(mixedB, "--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c--\r\n", 1),
		"references to nothing": typed("Content-Type: text/html", "<img src=cid:x@y>", 2),
		"META elements":         typed("Content-Type: text/html", "<meta charset=x>", 3),
		"attributes": func(n int) string {
			return minimal + "Content-Type: text/html\r\n\r\n<a " + strings.Repeat("b=c ", 10*n) + ">"
		},
		"unknown encodings": typed(mixedB, "--b\r\nContent-Transfer-Encoding: x-none\r\nContent-Type: a/b\r\n\r\nx\r\n", 1),
	}},
	{"12 limits", []string{"reported recipients"}, map[string]func(n int) string{
		"keywords":   field("Keywords", "a, ", 5),
		"thread":     func(n int) string { return "Thread-Index: " + strings.Repeat("AAAA", 10*n) + "\r\n\r\nbody" },
		"surrogates": field("Subject", "\U0001F600", 5),
	}},
	{"13 dates", nil, map[string]func(n int) string{
		"digits":       field("Date", "1", 50),
		"comments":     field("Date", "(x) ", 10),
		"open comment": field("Date", "(", 30),
		"zones":        field("Date", "+0100 ", 5),
		"blanks": func(n int) string {
			return "Date: Tue, 5 Mar 2024" + strings.Repeat(" ", 30*n) + "14:07:09 +0100\r\n\r\nbody"
		},
		"many": func(n int) string { return strings.Repeat("Date: Tue, 5 Mar 2024 14:07:09 +0100\r\n", n) + "\r\nbody" },
		"of files": func(n int) string {
			return "Content-Disposition: attachment; creation-date=\"" + strings.Repeat("Tue, ", 10*n) + "\"\r\n\r\nbody"
		},
	}},
}

// eachBadInput calls visit for every message of the families.
func eachBadInput(t *testing.T, visit func(name string, make func(n int) string)) {
	t.Helper()
	for _, b := range badInputs {
		for _, name := range b.named {
			if hostile[name] == nil {
				t.Fatalf("no message is named %q", name)
			}
			visit(b.family+"/"+name, hostile[name])
		}
		for name, make := range b.more {
			visit(b.family+"/"+name, make)
		}
	}
}

// What a conversion allocates and reads grows with the message: eight times as much
// for eight times the message, with an allowance for buffers, which grow in steps.
// Quadratic growth would be sixty-four times as much.
// What a conversion without limits costs at most, a byte of the message. The memory is
// all that is allocated, most of it for a moment. docs/performance.md gives the figures;
// the limits are what bounds a message that has both size and parts.
const (
	memoryPerByte = 500
	memoryAlways  = 256 << 10
	stepsPerByte  = 150
	stepsAlways   = 20000
)

func TestBadInputsTakeLinearMemory(t *testing.T) {
	const n, doublings, maxRatio = 1500, 3, 2.5 // for each doubling
	allowed := math.Pow(maxRatio, doublings)
	eachBadInput(t, func(name string, make func(n int) string) {
		t.Run(name, func(t *testing.T) {
			eml := make(n << doublings)
			small, large := workOf(t, make(n)), workOf(t, eml)
			if most := memoryPerByte*uint64(len(eml)) + memoryAlways; large[0] > most {
				t.Errorf("%d bytes of memory for a message of %d, want at most %d", large[0], len(eml), most)
			}
			for i, what := range []string{"bytes allocated", "allocations", "bytes read"} {
				// A message of a few bytes costs something, too.
				const base = 32 << 10
				if float64(large[i]) > allowed*float64(max(small[i], base)) {
					t.Errorf("%s: %d, and %d for %d times as much", what, small[i], large[i], 1<<doublings)
				}
			}
		})
	})
}

func workOf(t *testing.T, eml string) [3]uint64 {
	t.Helper()
	src := &countingReaderAt{b: bytes.NewReader([]byte(eml))}
	o := mime2mapi.Options{Limits: noLimits, Unflow: true, PlainFromHTML: true}
	runtime.GC() // no buffer of an earlier conversion is left
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	res, err := mime2mapi.ConvertAt(context.Background(), src, int64(len(eml)), &o)
	if err != nil {
		t.Fatal(err)
	}
	if err := res.Verify(context.Background()); err != nil {
		t.Fatal(err)
	}
	res.Close()
	runtime.ReadMemStats(&after)
	return [3]uint64{after.TotalAlloc - before.TotalAlloc, after.Mallocs - before.Mallocs, src.n.Load()}
}

type countingReaderAt struct {
	b *bytes.Reader
	n atomic.Uint64
}

func (r *countingReaderAt) ReadAt(p []byte, off int64) (int, error) {
	n, err := r.b.ReadAt(p, off)
	r.n.Add(uint64(n))
	return n, err
}

var _ io.ReaderAt = (*countingReaderAt)(nil)
