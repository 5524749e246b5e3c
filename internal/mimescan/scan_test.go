package mimescan

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/diag"
)

// scan scans a message and returns its root and what was reported.
func scan(t testing.TB, msg string, o Options) (*Entity, []string) {
	t.Helper()
	var defects []string
	o.Record = func(code diag.Code, part, header, detail string) {
		d := string(code)
		if part != "" {
			d += " " + part
		}
		if strings.ContainsAny(detail, "\r\n\x00") {
			t.Errorf("%s: detail %q", code, detail)
		}
		defects = append(defects, d)
	}
	e, err := Scan(context.Background(), strings.NewReader(msg), 0, int64(len(msg)), o)
	if err != nil {
		t.Fatalf("Scan: %v", err)
	}
	return e, defects
}

// outline shows a tree, an entity a line: its path, its media type, and, where it
// is a leaf, its body.
func outline(e *Entity, msg string) []string {
	var out []string
	e.Walk(func(e *Entity) bool {
		line := e.Path + " " + e.ContentType.Full
		if e.Leaf() {
			line += fmt.Sprintf(" %q", msg[e.Body:e.End])
		}
		out = append(out, strings.TrimLeft(line, " "))
		return true
	})
	return out
}

type scanCase struct {
	name    string
	msg     string // LF stands for CRLF
	want    []string
	defects []string
}

func (tt scanCase) run(t *testing.T, o Options) *Entity {
	t.Helper()
	msg := strings.ReplaceAll(tt.msg, "\n", "\r\n")
	e, defects := scan(t, msg, o)
	if d := cmp.Diff(tt.want, outline(e, msg)); d != "" {
		t.Errorf("tree (-want +got):\n%s", d)
	}
	if d := cmp.Diff(tt.defects, defects); d != "" {
		t.Errorf("defects (-want +got):\n%s", d)
	}
	for _, msg := range []string{msg, padding + msg} {
		whole, defects := scan(t, msg, o)
		for _, o.chunk = range []int{1, 2, 7, 64} {
			small, again := scan(t, msg, o)
			if d := cmp.Diff(detail(whole), detail(small)); d != "" {
				t.Errorf("read %d bytes at once (-64 KiB +%d):\n%s", o.chunk, o.chunk, d)
			}
			if d := cmp.Diff(defects, again); d != "" {
				t.Errorf("defects with %d bytes at once (-64 KiB +%d):\n%s", o.chunk, o.chunk, d)
			}
		}
		o.chunk = 0
	}
	return e
}

// padding is a header field longer than what is looked at at the beginning of a
// message, so that what is behind it comes in pieces.
var padding = "X-Padding: " + strings.Repeat("x", lookLength) + "\r\n"

// detail shows all there is in a tree.
func detail(e *Entity) []string {
	var out []string
	e.Walk(func(e *Entity) bool {
		out = append(out, fmt.Sprintf("%q %q %d %d %d %v %v %v %v %v %v %q", e.Path, e.Section(), e.Start, e.Body, e.End,
			e.ContentType.Full, e.DeclaredType.Full, e.DefaultType, e.Encoding, e.Multipart, e.Header.Fields, e.Header.Raw))
		return true
	})
	return out
}

const mixed = "Content-Type: multipart/mixed; boundary=b\n\n"

func TestStructure(t *testing.T) {
	for _, tt := range []scanCase{
		{"empty", "", []string{`text/plain ""`}, nil},
		{"header alone", "Subject: x\n", []string{`text/plain ""`}, []string{"header-unterminated"}},
		{"header and empty line", "Subject: x\n\n", []string{`text/plain ""`}, nil},
		{"IN-BODY-014 no Content-Type", "Subject: x\n\nbody\n", []string{`text/plain "body\r\n"`}, nil},
		{"type given", "Content-Type: TEXT/HTML; charset=x\n\n<p>", []string{`text/html "<p>"`}, nil},
		{"two parts", mixed + "preamble\n--b\n\none\n--b\nContent-Type: image/png\n\ntwo\n\n--b--\nepilogue\n",
			[]string{"multipart/mixed", `1 text/plain "one"`, `2 image/png "two\r\n"`}, []string{"multipart-text-ignored", "multipart-text-ignored"}},
		{"first line of the body", mixed + "--b\n\none\n--b--",
			[]string{"multipart/mixed", `1 text/plain "one"`}, nil},
		{"empty parts", mixed + "--b\n--b\n\n--b\n\n\n--b--\n",
			[]string{"multipart/mixed", `1 text/plain ""`, `2 text/plain ""`, `3 text/plain ""`}, nil},
		{"binary part that ends in CR", mixed + "--b\nContent-Type: image/png\n\none\r\n--b--\n",
			[]string{"multipart/mixed", `1 image/png "one\r"`}, nil},
		{"part with a header alone", mixed + "--b\nContent-Type: image/png\n\n--b--\n",
			[]string{"multipart/mixed", `1 image/png ""`}, nil},
		{"nested", mixed + "--b\nContent-Type: multipart/alternative; boundary=c\n\n--c\n\none\n--c\nContent-Type: text/html\n\ntwo\n--c--\n\n--b\n\nthree\n--b--\n",
			[]string{"multipart/mixed", "1 multipart/alternative", `1.1 text/plain "one"`, `1.2 text/html "two"`, `2 text/plain "three"`}, nil},
		{"IN-BODY-015 digest", "Content-Type: multipart/digest; boundary=b\n\n--b\n\nSubject: x\n\none\n--b\nContent-Type: text/plain\n\ntwo\n--b--\n",
			[]string{"multipart/digest", "1 message/rfc822", `1 text/plain "one"`, `2 text/plain "two"`}, nil},
		{"IN-BODY-016 unknown subtype", "Content-Type: multipart/x-own; boundary=b\n\n--b\n\none\n--b--\n",
			[]string{"multipart/x-own", `1 text/plain "one"`}, nil},
		{"subtype lacks", "Content-Type: multipart; boundary=b\n\n--b\n\none\n--b--\n",
			[]string{"multipart/mixed", `1 text/plain "one"`}, []string{"content-type-invalid"}},
		{"IN-BODY-027 no parts", mixed + "--b--\n", []string{"multipart/mixed"}, []string{"multipart-empty"}},
		{"IN-BODY-027 no body", mixed, []string{"multipart/mixed"}, []string{"multipart-empty"}},
		{"multipart encoding is ignored", "Content-Transfer-Encoding: base64\n" + mixed + "--b\n\none\n--b--\n",
			[]string{"multipart/mixed", `1 text/plain "one"`}, []string{"multipart-encoded"}},
		{"first Content-Type counts", "Content-Type: text/html\nContent-Type: text/plain\nContent-Type: image/png\n\nx",
			[]string{`text/html "x"`}, []string{"header-duplicate"}},
		{"no type, but a name, in a root", "Content-Type: pdf; name=a.pdf\n\nx", []string{`text/plain "x"`}, []string{"content-type-invalid"}},
		{"IN-ATT-051 no type, but a name, in a part", mixed + "--b\nContent-Type: pdf; name=a.pdf\n\nx\n--b--\n", []string{"multipart/mixed", `1 application/octet-stream "x"`}, []string{"content-type-invalid 1"}},
		{"IN-ATT-037 unknown encoding", "Content-Transfer-Encoding: base9000\n\nx", []string{`text/plain "x"`}, []string{"encoding-unknown"}},
		{"misspelt encoding", "Content-Transfer-Encoding: 7-bit;\n\nx", []string{`text/plain "x"`}, []string{"encoding-repaired"}},
	} {
		t.Run(tt.name, func(t *testing.T) { tt.run(t, Defaults()) })
	}
}

func TestBoundaries(t *testing.T) {
	long := strings.Repeat("x", 4096)
	for _, tt := range []scanCase{
		{"one character", "Content-Type: multipart/mixed; boundary=x\n\n--x\n\none\n--x--\n",
			[]string{"multipart/mixed", `1 text/plain "one"`}, nil},
		{"4 KiB", "Content-Type: multipart/mixed; boundary=" + long + "\n\n--" + long + "\n\none\n--" + long + "--\n",
			[]string{"multipart/mixed", `1 text/plain "one"`}, []string{"boundary-too-long"}},
		{"beyond what is looked for", "Content-Type: multipart/mixed; boundary=" + strings.Repeat("y", maxBoundary+1) + "\n\n--y\n\none\n",
			[]string{`text/plain "--y\r\n\r\none\r\n"`}, []string{"boundary-missing"}},
		{"semicolon in quotes, comment behind", "Content-Type: multipart/mixed; boundary=\"a;b\" (c;d)\n\n--a;b\n\none\n--a;b--\n",
			[]string{"multipart/mixed", `1 text/plain "one"`}, nil},
		{"hyphens within", "Content-Type: multipart/mixed; boundary=\"----a--\"\n\n------a--\n\none\n------a----\n",
			[]string{"multipart/mixed", `1 text/plain "one"`}, nil},
		{"blank at the end", "Content-Type: multipart/mixed; boundary=\"b \"\n\n--b \n\none\n--b --\n",
			[]string{"multipart/mixed", `1 text/plain "one"`}, nil},
		{"white space behind delimiters", mixed + "--b \t\n\none\n--b--  \nepilogue\n",
			[]string{"multipart/mixed", `1 text/plain "one"`}, []string{"multipart-text-ignored"}},
		{"a kilobyte of white space behind", mixed + "--b\n\none\n--b" + strings.Repeat(" ", 1000) + "\n\ntwo\n--b--\n",
			[]string{"multipart/mixed", `1 text/plain "one"`, `2 text/plain "two"`}, nil},
		{"too much white space behind", mixed + "--b\n\none\n--b" + strings.Repeat(" ", 2000) + "\n--b--\n",
			[]string{"multipart/mixed", `1 text/plain "one\r\n--b` + strings.Repeat(" ", 2000) + `"`}, nil},
		{"text behind the boundary", mixed + "--b\n\none\n--b x\n--bx\n--b-\n--b--x\n---b\n-- b\n--b--\n",
			[]string{"multipart/mixed", `1 text/plain "one\r\n--b x\r\n--bx\r\n--b-\r\n--b--x\r\n---b\r\n-- b"`}, nil},
		{"text behind a long boundary", "Content-Type: multipart/mixed; boundary=12345678\n\n--12345678 ignored\n\none\n--123456789 text\n--12345678-- ignored\n--12345678x\n",
			[]string{"multipart/mixed", `1 text/plain "one\r\n--123456789 text"`}, []string{"delimiter-repaired", "multipart-text-ignored"}},
		{"within a line", mixed + "--b\n\none --b\n --b\n>--b--\n--b--\n",
			[]string{"multipart/mixed", `1 text/plain "one --b\r\n --b\r\n>--b--"`}, nil},
		{"prefix of the other", mixed + "--b\nContent-Type: multipart/mixed; boundary=bb\n\n--bb\n\none\n--bb--\n--b\n\ntwo\n--b--\n",
			[]string{"multipart/mixed", "1 multipart/mixed", `1.1 text/plain "one"`, `2 text/plain "two"`}, nil},
		{"closing one of the other", mixed + "--b\nContent-Type: multipart/mixed; boundary=b--\n\n--b--\n\none\n--b----\n--b\n\ntwo\n--b--\n",
			[]string{"multipart/mixed", "1 multipart/mixed", `1.1 text/plain "one"`, `2 text/plain "two"`}, nil},
		{"missing", "Content-Type: multipart/mixed\n\n--b\n\none\n--b--\n",
			[]string{`text/plain "--b\r\n\r\none\r\n--b--\r\n"`}, []string{"boundary-missing"}},
		{"empty", "Content-Type: multipart/mixed; boundary=\"\"\n\none\n",
			[]string{`text/plain "one\r\n"`}, []string{"boundary-missing"}},
		{"never found", mixed + "one\n--c\ntwo\n",
			[]string{`text/plain "one\r\n--c\r\ntwo\r\n"`}, []string{"boundary-not-found"}},
		{"closing one alone, text before", mixed + "one\n--b--\n",
			[]string{`text/plain "one"`}, []string{"boundary-not-found"}},
		{"closing one alone, text behind", mixed + "--b--\none\n",
			[]string{`text/plain "--b--\r\none\r\n"`}, []string{"boundary-not-found"}},
		{"closing one alone, notice before", mixed + "This is a multi-part message in MIME format.\n\n--b--\n",
			[]string{"multipart/mixed"}, []string{"multipart-empty"}},
		{"notice before an empty part", mixed + "This is a multi-part message in MIME format.\n\n--b\n\n--b--\n",
			[]string{"multipart/mixed", `1 text/plain ""`}, nil},
		{"text that begins like the notice", mixed + "This is a multi-part story. " + strings.Repeat("x", 500) + "\n\n--b--\n",
			[]string{`text/plain "This is a multi-part story. ` + strings.Repeat("x", 500) + `\r\n"`}, []string{"boundary-not-found"}},
		{"text before an empty part", mixed + "one\n--b\n",
			[]string{`text/plain "one"`}, []string{"boundary-not-found"}},
		{"repeated, proper", mixed + "--b\n" + mixed + "--b\n\none\n--b--\n--b\n\ntwo\n--b--\n",
			[]string{"multipart/mixed", "1 multipart/mixed", `1.1 text/plain "one"`, `2 text/plain "two"`}, []string{"boundary-repeated 1"}},
		{"repeated, closed once", mixed + "--b\n" + mixed + "--b\n\none\n--b\n\ntwo\n--b--\n",
			[]string{"multipart/mixed", "1 multipart/mixed", `1.1 text/plain "one"`, `1.2 text/plain "two"`}, []string{"boundary-repeated 1", "multipart-unclosed"}},
		{"repeated by siblings", mixed + "--b\nContent-Type: multipart/mixed; boundary=c\n\n--c\n\none\n--c--\n--b\nContent-Type: multipart/mixed; boundary=c\n\n--c\n\ntwo\n--c--\n--b--\n",
			[]string{"multipart/mixed", "1 multipart/mixed", `1.1 text/plain "one"`, "2 multipart/mixed", `2.1 text/plain "two"`}, nil},
		{"part behind the closing one", mixed + "--b\n\none\n--b--\n--b\n\ntwo\n--b--\n",
			[]string{"multipart/mixed", `1 text/plain "one"`, `2 text/plain "two"`}, []string{"multipart-reopened"}},
		{"closed twice", mixed + "--b\n\none\n--b--\n--b--\n", []string{"multipart/mixed", `1 text/plain "one"`}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) { tt.run(t, Defaults()) })
	}
}

func TestUnclosed(t *testing.T) {
	const nested = mixed + "--b\nContent-Type: multipart/mixed; boundary=c\n\n--c\n\none\n"
	for _, tt := range []scanCase{
		{"at the end", mixed + "--b\n\none\n", []string{"multipart/mixed", `1 text/plain "one\r\n"`}, []string{"multipart-unclosed"}},
		{"in a delimiter", mixed + "--b\n\none\n--b-", []string{"multipart/mixed", `1 text/plain "one\r\n--b-"`}, []string{"multipart-unclosed"}},
		{"in a header", mixed + "--b\n\none\n--b\nContent-Type: image/p",
			[]string{"multipart/mixed", `1 text/plain "one"`, `2 image/p ""`}, []string{"header-unterminated 2", "multipart-unclosed"}},
		{"ended by the parent's delimiter", nested + "--b\n\ntwo\n--b--\n",
			[]string{"multipart/mixed", "1 multipart/mixed", `1.1 text/plain "one"`, `2 text/plain "two"`}, []string{"multipart-unclosed 1"}},
		{"ended by the parent's closing delimiter", nested + "--b--\n--c\n",
			[]string{"multipart/mixed", "1 multipart/mixed", `1.1 text/plain "one"`}, []string{"multipart-unclosed 1", "multipart-text-ignored"}},
		{"both at the end", nested,
			[]string{"multipart/mixed", "1 multipart/mixed", `1.1 text/plain "one\r\n"`}, []string{"multipart-unclosed 1", "multipart-unclosed"}},
		{"delimiter in place of the closing one", mixed + "--b\n\none\n--b\n\n",
			[]string{"multipart/mixed", `1 text/plain "one"`}, []string{"multipart-unclosed"}},
		{"boundary not found within", mixed + "--b\nContent-Type: multipart/mixed; boundary=c\n\none\n--b\n\ntwo\n--b--\n",
			[]string{"multipart/mixed", `1 text/plain "one"`, `2 text/plain "two"`}, []string{"boundary-not-found 1"}},
	} {
		t.Run(tt.name, func(t *testing.T) { tt.run(t, Defaults()) })
	}
}

func TestMessages(t *testing.T) {
	const message = "Content-Type: message/rfc822\n\n"
	for _, tt := range []scanCase{
		{"in a multipart", mixed + "--b\n" + message + "Subject: x\n\none\n--b--\n",
			[]string{"multipart/mixed", "1 message/rfc822", `1 text/plain "one"`}, nil},
		{"multipart in a message", mixed + "--b\n" + message + "Content-Type: multipart/mixed; boundary=c\n\n--c\n\none\n--c\n\ntwo\n--c--\n\n--b\n\nthree\n--b--\n",
			[]string{"multipart/mixed", "1 message/rfc822", "1 multipart/mixed", `1.1 text/plain "one"`, `1.2 text/plain "two"`, `2 text/plain "three"`}, nil},
		{"message in message", message + message + message + "\nbody",
			[]string{"message/rfc822", "1 message/rfc822", "1.1 message/rfc822", `1.1.1 text/plain "body"`}, nil},
		{"the other types", mixed + "--b\nContent-Type: message/global\n\nA: b\n\none\n--b\nContent-Type: message/news\n\nA: b\n\ntwo\n--b\nContent-Type: message/partial\n\nA: b\n\nthree\n--b--\n",
			[]string{"multipart/mixed", "1 message/global", `1 text/plain "one"`, "2 message/news", `2 text/plain "two"`, `3 message/partial "A: b\r\n\r\nthree"`}, nil},
		{"encoded", "Content-Transfer-Encoding: base64\n" + message + "U3ViamVjdDog", []string{`message/rfc822 "U3ViamVjdDog"`}, nil},
		{"unknown encoding", "Content-Transfer-Encoding: base9000\n" + message + "A: b\n\nx", []string{"message/rfc822", `1 text/plain "x"`}, []string{"encoding-unknown"}},
		{"cut by a delimiter", mixed + "--b\n" + message + "Content-Type: text/html\n--b--\n",
			[]string{"multipart/mixed", "1 message/rfc822", `1 text/html ""`}, []string{"header-unterminated 1"}},
		{"empty", mixed + "--b\n" + message + "--b--\n", []string{"multipart/mixed", "1 message/rfc822", `1 text/plain ""`}, nil},
		{"unclosed within", mixed + "--b\n" + message + "Content-Type: multipart/mixed; boundary=c\n\n--c\n\none\n--b--\n",
			[]string{"multipart/mixed", "1 message/rfc822", "1 multipart/mixed", `1.1 text/plain "one"`}, []string{"multipart-unclosed 1"}},
	} {
		t.Run(tt.name, func(t *testing.T) { tt.run(t, Defaults()) })
	}
}

func TestSection(t *testing.T) {
	for _, tt := range []struct {
		msg, prefix string
		want        []string // path, section
	}{
		{"\nx", "", []string{"/1"}},
		{mixed + "--b\n\none\n--b--\n", "", []string{"/", "1/1"}},
		{"Content-Type: message/rfc822\n\n\nx", "", []string{"/1", "1/1.1"}},
		{mixed + "--b\nContent-Type: message/rfc822\n\nA: b\n\none\n--b--\n", "", []string{"/", "1/1", "1/1.1"}},
		{mixed + "--b\n\none\n--b--\n", "2.3", []string{"2.3/2.3", "2.3.1/2.3.1"}},
		{"\nx", "2.3", []string{"2.3/2.3.1"}},
	} {
		o := Defaults()
		o.Path = tt.prefix
		e, _ := scan(t, tt.msg, o)
		var got []string
		e.Walk(func(e *Entity) bool {
			got = append(got, e.Path+"/"+e.Section())
			return true
		})
		if d := cmp.Diff(tt.want, got); d != "" {
			t.Errorf("%q (-want +got):\n%s", tt.msg, d)
		}
	}
}

func TestMultipartBecomesText(t *testing.T) {
	for _, field := range []string{"multipart/mixed; charset=koi8-r; boundary=b", "multipart/mixed; x=y; charset=koi8-r"} {
		e, _ := scan(t, "Content-Type: "+field+"\n\ntext\n", Defaults())
		if got := e.ContentType.Get("charset"); e.ContentType.Full != "text/plain" || got != "koi8-r" || len(e.ContentType.Params) != 1 {
			t.Errorf("%s: %s, charset %q, %v", field, e.ContentType.Full, got, e.ContentType.Params)
		}
		if e.DeclaredType.Full != "multipart/mixed" || e.DefaultType {
			t.Errorf("%s: declared %q, default %v", field, e.DeclaredType.Full, e.DefaultType)
		}
	}
}

func TestParents(t *testing.T) {
	e, _ := scan(t, mixed+"--b\nContent-Type: message/rfc822\n\nA: b\n\none\n--b--\n", Defaults())
	part := e.Children[0]
	if !e.IsRoot() || e.Parent != nil || part.IsRoot() || part.Parent != e || !part.Message.IsRoot() || part.Message.Parent != part {
		t.Errorf("the tree is not linked as it should be")
	}
	if part.Leaf() || !part.Message.Leaf() || part.Message.Size() != 3 {
		t.Errorf("leaf: part %v, message %v of %d bytes", part.Leaf(), part.Message.Leaf(), part.Message.Size())
	}
	n := 0
	e.Walk(func(e *Entity) bool { n++; return e.Multipart })
	if n != 2 {
		t.Errorf("Walk went on below a part it was told to leave out: %d visits", n)
	}
}
