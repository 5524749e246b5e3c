package mimescan

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// fields shows a header's fields as name, colon and unfolded value.
func fields(h *Header) []string {
	var out []string
	for _, f := range h.Fields {
		out = append(out, f.Name+": "+f.Unfolded())
	}
	return out
}

func TestHeaderBlocks(t *testing.T) {
	for _, tt := range []struct {
		name    string
		msg     string // LF stands for CRLF
		want    []string
		body    string
		defects []string
	}{
		{"plain", "A: b\nC:d\n\nbody", []string{"A: b", "C: d"}, "body", nil},
		{"empty value", "A:\nB: \n\nbody", []string{"A: ", "B: "}, "body", nil},
		{"folded", "A: b\n  c\n\td\nE: f\n\nbody", []string{"A: b  c\td", "E: f"}, "body", nil},
		{"name on a line of its own", "A:\n b\n\nbody", []string{"A: b"}, "body", nil},
		{"no empty line at the end", "A: b\nC: d", []string{"A: b", "C: d"}, "", []string{"header-unterminated"}},
		{"no header", "\nbody", nil, "body", nil},
		{"no header and no empty line", "this is\nthe body", nil, "this is\r\nthe body", []string{"header-unterminated"}},

		{"blank before the colon", "Subject : x\nTo\t:y\n\nbody", []string{"Subject: x", "To: y"}, "body", []string{"header-name-invalid"}},
		{"name with bytes beyond ASCII", "\xc3\x9cber: x\nA: b\n\nbody", []string{"\xc3\x9cber: x", "A: b"}, "body", []string{"header-name-invalid"}},
		{"long name", strings.Repeat("x", 200) + ": y\n\nbody", []string{strings.Repeat("x", 200) + ": y"}, "body", nil},
		{"NUL in a value", "A: b\x00c\n\nbody", []string{"A: b\x00c"}, "body", []string{"nul-byte"}},

		{"line without a colon", "A: b\nnonsense\nSubject: c\n\nbody", []string{"A: b", "Subject: c"}, "body", []string{"header-line-invalid"}},
		{"name with a blank within", "A: b\nno field: at all\nSubject: c\n\nbody", []string{"A: b", "Subject: c"}, "body", []string{"header-line-invalid"}},
		{"no name", "A: b\n: c\nTo: d\n\nbody", []string{"A: b", "To: d"}, "body", []string{"header-line-invalid"}},
		{"first line without a colon", "nonsense\nSubject: c\n\nbody", []string{"Subject: c"}, "body", []string{"header-line-invalid"}},
		{"folded line first", " nonsense\nSubject: c\n\nbody", []string{"Subject: c"}, "body", []string{"header-line-invalid"}},
		{"several lines without a colon", "A: b\nthis\nthat\nMessage-ID: c\nother\nTo: d\n\nbody", []string{"A: b", "Message-ID: c", "To: d"}, "body",
			[]string{"header-line-invalid", "header-line-invalid", "header-line-invalid"}},
		{"more fields than junk", "A: b\nthis\nAa: 1\nBb: 2\n\nbody", []string{"A: b", "Aa: 1", "Bb: 2"}, "body", []string{"header-line-invalid"}},
		{"folded lines are no junk", "A: b\nthis\nAa: 1\n 2\n 3\n 4\nBb: 5\n\nbody", []string{"A: b", "Aa: 1 2 3 4", "Bb: 5"}, "body", []string{"header-line-invalid"}},
		{"address of a page with a hyphen is no field", "A: b\nLook at\nhttp://x/a-b:80/\nx/a-b: c\n\nBye", []string{"A: b"}, "Look at\r\nhttp://x/a-b:80/\r\nx/a-b: c\r\n\r\nBye", []string{"header-unterminated"}},
		{"field too far behind", "A: b\n" + strings.Repeat("some text\n", 400) + "Subject: c\n", []string{"A: b"}, strings.Repeat("some text\r\n", 400) + "Subject: c\r\n", []string{"header-unterminated"}},
		{"field not too far behind", "A: b\n" + strings.Repeat("some text\n", 300) + "Subject: c\n\n", []string{"A: b", "Subject: c"}, "", slices.Repeat([]string{"header-line-invalid"}, maxComplaints)},
		{"as much junk as fields", "A: b\nHello John,\nNote: buy milk\n\nBye", []string{"A: b"}, "Hello John,\r\nNote: buy milk\r\n\r\nBye", []string{"header-unterminated"}},
		{"body without an empty line before it", "A: b\nHello,\nhow are you?\n\nBye", []string{"A: b"}, "Hello,\r\nhow are you?\r\n\r\nBye", []string{"header-unterminated"}},
		{"one line of text without an empty line before it", "A: b\nHello\n\nBye", []string{"A: b"}, "Hello\r\n\r\nBye", []string{"header-unterminated"}},
		{"the same where the body is base64", "Content-Transfer-Encoding: base64\n<b@c>\n\nQUJD\n",
			[]string{"Content-Transfer-Encoding: base64"}, "QUJD\r\n", []string{"header-line-invalid"}},
		{"base64 without an empty line before it", "Content-Transfer-Encoding: base64\nQUJD\nQUJD\n\n",
			[]string{"Content-Transfer-Encoding: base64"}, "QUJD\r\nQUJD\r\n\r\n", []string{"header-unterminated"}},
		{"encoded word that lost its white space", "Subject: =?utf-8?Q?a?=\n=?utf-8?Q?b?=\nTo: x\n\nbody",
			[]string{"Subject: =?utf-8?Q?a?= =?utf-8?Q?b?=", "To: x"}, "body", []string{"header-line-invalid"}},
		{"line with a folded line behind", "To: Mary\n__\n <m@x>\nSubject: x\n\nbody", []string{"To: Mary __ <m@x>", "Subject: x"}, "body", []string{"header-line-invalid"}},

		{"parameter that lost its white space", "Content-Type: text/html;\ncharset=\"a:b\"\n\nbody", []string{"Content-Type: text/html; charset=\"a:b\""}, "body", []string{"header-line-invalid"}},
		{"boundary that lost its white space", "Content-Type: multipart/mixed;\nboundary=x\n\n--x\n\none\n--x--\n", []string{"Content-Type: multipart/mixed; boundary=x"}, "--x\r\n\r\none\r\n--x--\r\n", []string{"header-line-invalid"}},
		{"address that lost its white space", "To: a@b,\nc@d\n\nbody", []string{"To: a@b, c@d"}, "body", []string{"header-line-invalid"}},
		{"items that lost their white space", "X-Result: A (1),\nB (2)\nTo: x\n\nbody", []string{"X-Result: A (1), B (2)", "To: x"}, "body", []string{"header-line-invalid"}},
		{"field behind a comma", "To: a@b,\nCc: c@d\n\nbody", []string{"To: a@b,", "Cc: c@d"}, "body", nil},
		{"field behind a semicolon", "Content-Type: text/html;\nX-A: b=c\n\nbody", []string{"Content-Type: text/html;", "X-A: b=c"}, "body", nil},

		{"white space within a folded field", "A: b\n \t\n c\nTo: d\n\nbody", []string{"A: b \t c", "To: d"}, "body", nil},
		{"white space between fields", "A: b\n \nTo: d\n\nbody", []string{"A: b", "To: d"}, "body", nil},
		{"white space before the empty line", "A: b\n \n\nbody", []string{"A: b"}, "body", nil},
		{"white space in place of the empty line", "A: b\n \nbody\n", []string{"A: b"}, "body\r\n", []string{"header-unterminated"}},
		{"white space at the end", "A: b\n \n", []string{"A: b"}, "", []string{"header-unterminated"}},

		{"mbox", "From me Mon Jan  1\nA: b\n\nbody", []string{"A: b"}, "body", []string{"mbox-line-skipped"}},
		{"mbox, quoted", ">From me Mon Jan  1\nA: b\n\nbody", []string{"A: b"}, "body", []string{"mbox-line-skipped"}},
		{"mbox, no header", "From me\n\nbody", nil, "body", []string{"mbox-line-skipped"}},
		{"mbox line later", "A: b\nFrom me Mon Jan  1\nTo: c\n\nbody", []string{"A: b", "To: c"}, "body", []string{"header-line-invalid"}},
		{"From with a blank", "From : x\n\nbody", []string{"From: x"}, "body", []string{"header-name-invalid"}},
		{"empty lines first", "\n\n \nA: b\n\nbody", []string{"A: b"}, "body", nil},
		{"empty lines and no header", "\n\nbody", nil, "\r\nbody", nil},
		{"byte order mark", "\xef\xbb\xbfA: b\n\nbody", []string{"A: b"}, "body", nil},
		{"all three", "\xef\xbb\xbf\nFrom me\nA: b\n\nbody", []string{"A: b"}, "body", []string{"mbox-line-skipped"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			msg := strings.ReplaceAll(tt.msg, "\n", "\r\n")
			padded, _ := scan(t, padding+msg, Defaults())
			for _, chunk := range []int{0, 1, 64} {
				o := Defaults()
				o.chunk = chunk
				again, _ := scan(t, padding+msg, o)
				if d := cmp.Diff(detail(padded), detail(again)); d != "" {
					t.Errorf("padded (-64 KiB at once +%d):\n%s", chunk, d)
				}
				o = Defaults()
				o.chunk = chunk
				e, defects := scan(t, msg, o)
				checkTree(t, e, int64(len(msg)), Options{MaxParts: -1, MaxHeader: DefaultHeader})
				if d := cmp.Diff(tt.want, fields(&e.Header)); d != "" {
					t.Errorf("fields (-want +got):\n%s", d)
				}
				if d := cmp.Diff(tt.body, msg[e.Body:e.End]); d != "" {
					t.Errorf("body (-want +got):\n%s", d)
				}
				if d := cmp.Diff(tt.defects, defects); d != "" {
					t.Errorf("defects (-want +got):\n%s", d)
				}
			}
		})
	}
}

func TestLineEnds(t *testing.T) {
	const msg = "Subject: x\n y\nTo: z\nContent-Type: multipart/mixed; boundary=b\n\n--b\nA: b\n\none\n\n--b\n\ntwo\n--b--\n"
	for _, tt := range []struct {
		name, end string
		defects   []string
	}{
		{"CRLF", "\r\n", nil},
		{"LF", "\n", []string{"bare-lf"}},
		{"CR", "\r", []string{"bare-cr"}},
		{"CR CR LF", "\r\r\n", []string{"bare-cr"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			msg := strings.ReplaceAll(msg, "\n", tt.end)
			for _, chunk := range []int{0, 1, 2, 3, 64} {
				o := Defaults()
				o.chunk = chunk
				e, defects := scan(t, msg, o)
				if d := cmp.Diff([]string{"Subject: x y", "To: z", "Content-Type: multipart/mixed; boundary=b"}, fields(&e.Header)); d != "" {
					t.Errorf("fields (-want +got):\n%s", d)
				}
				if d := cmp.Diff(tt.defects, defects); d != "" {
					t.Errorf("defects (-want +got):\n%s", d)
				}
				var got []string
				for _, c := range e.Children {
					got = append(got, msg[c.Body:c.End])
				}
				if d := cmp.Diff([]string{"one" + tt.end, "two"}, got); d != "" {
					t.Errorf("parts (-want +got):\n%s", d)
				}
			}
		})
	}
}

// Where CR alone ends lines, CRLF and LF later on do too.
func TestLineEndsAfterCR(t *testing.T) {
	msg := "Content-Type: multipart/mixed; boundary=b\rX: " + strings.Repeat("x", 5000) + "\rjunk\r\nmore junk\r\nTo: y\nCc: z\r\r\r\n--b\r\n\r\none\r\n--b\n\ntwo\n--b--\r\n"
	for _, chunk := range []int{0, 1, 5} {
		o := Defaults()
		o.chunk = chunk
		e, defects := scan(t, msg, o)
		for _, want := range []string{"To: y", "Cc: z"} {
			if got := fields(&e.Header); !slices.Contains(got, want) {
				t.Errorf("no field %q", want)
			}
		}
		if d := cmp.Diff([]string{"bare-cr", "header-line-invalid", "header-line-invalid", "bare-lf"}, defects); d != "" {
			t.Errorf("defects (-want +got):\n%s", d)
		}
		if d := cmp.Diff([]string{"multipart/mixed", `1 text/plain "one"`, `2 text/plain "two"`}, outline(e, msg)); d != "" {
			t.Errorf("tree (-want +got):\n%s", d)
		}
	}
}

func TestMixedLineEnds(t *testing.T) {
	for _, tt := range []struct {
		name, msg string
		want      []string
		body      string
	}{
		{"CRLF and LF", "A: b\r\nC: d\n\r\nbody", []string{"A: b", "C: d"}, "body"},
		{"CR before a field", "A: b\rC: d\r\n\r\nbody\n", []string{"A: b", "C: d"}, "body\n"},
		{"CR within a value", "A: b\rc\r\n\r\nbody\n", []string{"A: b\rc"}, "body\n"},
		{"CR CR LF among others", "A: b\r\r\nC: d\r\n\r\nbody", []string{"A: b", "C: d"}, "body"},
		{"many CR within a value", "A: b" + strings.Repeat("\r", 20) + strings.Repeat("x", 100) + "\nC: d\n\nbody", []string{"A: b" + strings.Repeat("\r", 20) + strings.Repeat("x", 100), "C: d"}, "body"},
		{"many CR", "A: b" + strings.Repeat("\r", 20) + "\nC: d\n\nbody", []string{"A: b", "C: d"}, "body"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			padded, _ := scan(t, padding+tt.msg, Defaults())
			for _, chunk := range []int{0, 1, 3} {
				o := Defaults()
				o.chunk = chunk
				again, _ := scan(t, padding+tt.msg, o)
				if d := cmp.Diff(detail(padded), detail(again)); d != "" {
					t.Errorf("padded (-64 KiB at once +%d):\n%s", chunk, d)
				}
				e, _ := scan(t, tt.msg, o)
				var got []string
				for _, f := range e.Header.Fields {
					got = append(got, f.Name+": "+strings.Trim(f.Value, " \r"))
				}
				if d := cmp.Diff(tt.want, got); d != "" {
					t.Errorf("fields (-want +got):\n%s", d)
				}
				if d := cmp.Diff(tt.body, tt.msg[e.Body:e.End]); d != "" {
					t.Errorf("body (-want +got):\n%s", d)
				}
			}
		})
	}
}

func TestPartHeaders(t *testing.T) {
	for _, tt := range []scanCase{
		{"IN last line without an empty line behind is kept", mixed + "--b\nContent-Type: message/disposition-notification\n--b\nContent-Type: image/png\n--b--\n",
			[]string{"multipart/mixed", `1 message/disposition-notification ""`, `2 image/png ""`}, []string{"header-unterminated 1", "header-unterminated 2"}},
		{"body without an empty line", mixed + "--b\nContent-Type: text/html\n<p>one\n--b\ntwo\n\nmore\n--b--\n",
			[]string{"multipart/mixed", `1 text/html "<p>one"`, `2 text/plain "two\r\n\r\nmore"`}, []string{"header-unterminated 1", "header-unterminated 2"}},
		{"delimiter without an empty line before it", "Content-Type: multipart/mixed; boundary=" + strings.Repeat("b", 60) + "\n--" + strings.Repeat("b", 60) + "\n\none\n--" + strings.Repeat("b", 60) + "--\n",
			[]string{"multipart/mixed", `1 text/plain "one"`}, []string{"header-unterminated"}},
		{"mbox line of a part is no separator", mixed + "--b\nFrom here on\nit is text\n--b--\n",
			[]string{"multipart/mixed", `1 text/plain "From here on\r\nit is text"`}, []string{"header-unterminated 1"}},
	} {
		t.Run(tt.name, func(t *testing.T) { tt.run(t, Defaults()) })
	}
}

func TestHeaderLookup(t *testing.T) {
	e, _ := scan(t, "Received: 1\r\nSubject: a\r\nRECEIVED: 2\r\nreceived : 3\r\n\r\n", Defaults())
	h := &e.Header
	if f, ok := h.Get("received"); !ok || f.Value != " 1" {
		t.Errorf("Get = %q, %v", f.Value, ok)
	}
	if f, ok := h.GetLast("Received"); !ok || f.Value != " 3" || f.Name != "received" {
		t.Errorf("GetLast = %+v, %v", f, ok)
	}
	if _, ok := h.Get("Receive"); ok {
		t.Error("Get finds a field that isn't there")
	}
	if _, ok := h.GetLast("Receive"); ok {
		t.Error("GetLast finds a field that isn't there")
	}
	var all []string
	for f := range h.All("Received") {
		if all = append(all, f.Value); len(all) == 2 {
			break
		}
	}
	if d := cmp.Diff([]string{" 1", " 2"}, all); d != "" {
		t.Errorf("All (-want +got):\n%s", d)
	}
	if want := "Received: 1\r\nSubject: a\r\nRECEIVED: 2\r\nreceived : 3\r\n"; h.Raw != want {
		t.Errorf("Raw = %q, want %q", h.Raw, want)
	}
}

func TestHeaderBounds(t *testing.T) {
	line := "X-Field: " + strings.Repeat("y", 90) + "\r\n"
	for _, tt := range []struct {
		name   string
		header string
		max    int64
		fields int
		raw    int
		cut    bool
	}{
		{"one field of 10 MB", "Subject: " + strings.Repeat("x", 10<<20) + "\r\n", 0, 1, 10<<20 + 11, false},
		{"one field beyond the bound", "A: b\r\nSubject: " + strings.Repeat("x", 17<<20) + "\r\nC: d\r\n", 0, 1, 6, true},
		{"100,000 fields", strings.Repeat("A: b\r\n", 100000), 0, 100000, 600000, false},
		{"too many fields", strings.Repeat("a:\n", maxFields+5), 0, maxFields, 3 * maxFields, true},
		{"10,000 folded lines", "A:" + strings.Repeat(" b\r\n", 10000), 0, 1, 40002, false},
		{"at the bound", strings.Repeat(line, 10), int64(len(line) * 10), 10, len(line) * 10, false},
		{"beyond the bound", strings.Repeat(line, 11), int64(len(line) * 10), 10, len(line) * 10, true},
		{"beyond the bound by far", strings.Repeat(line, 1000), 1000, 9, len(line) * 9, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			o := Defaults()
			o.MaxHeader = tt.max
			e, defects := scan(t, tt.header+"\r\nbody", o)
			got := fmt.Sprintf("%d fields, %d bytes, %v", len(e.Header.Fields), len(e.Header.Raw), strings.Contains(fmt.Sprint(defects), "header-too-large"))
			if want := fmt.Sprintf("%d fields, %d bytes, %v", tt.fields, tt.raw, tt.cut); got != want {
				t.Errorf("got %s; want %s", got, want)
			}
			if e.Size() != 4 {
				t.Errorf("the body has %d bytes, want 4", e.Size())
			}
		})
	}
}

func TestUnfolded(t *testing.T) {
	for in, want := range map[string]string{
		"":                "",
		" \r\n ":          "",
		" a ":             "a",
		"a\r\n b":         "a b",
		"a\n\tb\r\r\n  c": "a\tb  c",
		"a\r b":           "a b",
		"a\r\nb":          "a b",
		"\r\n a\r\n":      "a",
	} {
		if got := (Field{Value: in}).Unfolded(); got != want {
			t.Errorf("Unfolded of %q = %q, want %q", in, got, want)
		}
	}
	f := Field{Value: " " + strings.Repeat("x", 100)}
	if n := testing.AllocsPerRun(10, func() { _ = f.Unfolded() }); n != 0 {
		t.Errorf("a value on one line costs %v allocations", n)
	}
}
