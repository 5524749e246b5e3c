package mapi2mime_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"io"
	"mime/quotedprintable"
	"os"
	"slices"
	"strings"
	"testing"

	gomessage "github.com/emersion/go-message"
	_ "github.com/emersion/go-message/charset"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mapi2mime"
)

// note returns a small message: from Ann, to Bob, with a plain text.
func note(changes ...func(m *mapi.Message, p *mapi.Properties)) *mapi.Message {
	m := new(mapi.Message)
	p := &m.Properties
	mapi.PidTagMessageClass.Set(p, "IPM.Note")
	mapi.PidTagSubject.Set(p, "Hello")
	mapi.PidTagInternetMessageId.Set(p, "<id@example.com>")
	mapi.PidTagClientSubmitTime.Set(p, sent)
	mapi.SentRepresentingGroup.SetInternet(p, &mapi.InternetAddress{Name: "Ann", Address: "ann@example.com"})
	mapi.PidTagBody.Set(p, "Text\r\n")
	mapi.PidTagInternetCodepage.Set(p, 65001)
	m.Recipients = recipients(mapi.RecipientTo, "bob@example.org")
	for _, change := range changes {
		change(m, p)
	}
	return m
}

// sent is 2024-03-05 13:07:09 UTC.
const sent mapi.Time = 133541176290000000

func recipients(kind int32, addresses ...string) []mapi.Recipient {
	rows := make([]mapi.Recipient, len(addresses))
	for i, a := range addresses {
		rows[i].SetInternet(&mapi.InternetAddress{Address: a}, kind, int32(i))
	}
	return rows
}

// A written message, as a reader sees it.
type written struct {
	raw string
	res *mapi2mime.Result
}

// write converts a message that must convert.
func write(t *testing.T, m *mapi.Message, o *mapi2mime.Options) written {
	t.Helper()
	if o == nil {
		o = &mapi2mime.Options{Key: []byte("test")}
	}
	var b bytes.Buffer
	res, err := mapi2mime.Convert(context.Background(), &b, m, o)
	if err != nil {
		t.Fatalf("Convert: %v", err)
	}
	checkLines(t, b.Bytes())
	if res.Size != int64(b.Len()) {
		t.Errorf("size is %d, %d bytes were written", res.Size, b.Len())
	}
	return written{b.String(), res}
}

// fields returns the unfolded values of the fields of that name in the root
// header block.
func (w written) fields(name string) []string { return fieldsOf(w.raw, name) }

func fieldsOf(entity, name string) []string {
	header, _, _ := strings.Cut(entity, "\r\n\r\n")
	header = strings.NewReplacer("\r\n ", " ", "\r\n\t", "\t").Replace(header)
	var out []string
	for line := range strings.SplitSeq(header, "\r\n") {
		if n, v, ok := strings.Cut(line, ":"); ok && strings.EqualFold(n, name) {
			out = append(out, strings.TrimPrefix(v, " "))
		}
	}
	return out
}

// field returns the one field of that name, "" for none.
func (w written) field(t *testing.T, name string) string {
	t.Helper()
	f := w.fields(name)
	if len(f) > 1 {
		t.Errorf("%d fields %s: %q", len(f), name, f)
	}
	if len(f) == 0 {
		return ""
	}
	return f[0]
}

// want checks the values of fields: name, value, and so on; "" for no field.
func (w written) want(t *testing.T, pairs ...string) {
	t.Helper()
	for i := 0; i < len(pairs); i += 2 {
		if got := w.field(t, pairs[i]); got != pairs[i+1] {
			t.Errorf("%s is %q; want %q", pairs[i], got, pairs[i+1])
		}
	}
}

func (w written) wantCode(t *testing.T, codes ...diag.Code) {
	t.Helper()
	for _, code := range codes {
		if !slices.ContainsFunc(w.res.Diagnostics, func(d diag.Diagnostic) bool { return d.Code == code }) {
			t.Errorf("no diagnostic %s in %v", code, w.res.Diagnostics)
		}
	}
}

func (w written) wantNoDiagnostics(t *testing.T) {
	t.Helper()
	if len(w.res.Diagnostics) > 0 {
		t.Errorf("diagnostics: %v", w.res.Diagnostics)
	}
}

// An entity is one node of a message as go-message reads it.
type entity struct {
	gomessage.Header
	kind     string
	body     []byte // decoded
	children []entity
}

// tree reads a message with go-message.
func (w written) tree(t *testing.T) entity {
	t.Helper()
	return readTree(t, []byte(w.raw))
}

func readTree(t *testing.T, raw []byte) entity {
	t.Helper()
	e, err := gomessage.Read(bytes.NewReader(raw))
	if err != nil && !gomessage.IsUnknownCharset(err) {
		t.Fatalf("go-message: %v", err)
	}
	return treeOf(t, e)
}

func treeOf(t *testing.T, e *gomessage.Entity) entity {
	t.Helper()
	kind, _, err := e.Header.ContentType()
	if err != nil {
		t.Errorf("go-message: Content-Type: %v", err)
	}
	out := entity{Header: e.Header, kind: kind}
	if mr := e.MultipartReader(); mr != nil {
		for {
			child, err := mr.NextPart()
			if err == io.EOF {
				return out
			}
			if err != nil && !gomessage.IsUnknownCharset(err) {
				t.Fatalf("go-message: %v", err)
			}
			out.children = append(out.children, treeOf(t, child))
		}
	}
	if out.body, err = io.ReadAll(e.Body); err != nil {
		t.Errorf("go-message: %v", err)
	}
	return out
}

// shape describes a tree, as in "mixed(plain, image/png)".
func (e entity) shape() string {
	name := strings.TrimPrefix(strings.TrimPrefix(e.kind, "multipart/"), "text/")
	if e.children == nil {
		return name
	}
	var parts []string
	for _, c := range e.children {
		parts = append(parts, c.shape())
	}
	return name + "(" + strings.Join(parts, ", ") + ")"
}

// part returns the child with these indexes, from 0.
func (e entity) part(t *testing.T, path ...int) entity {
	t.Helper()
	for _, i := range path {
		if i >= len(e.children) {
			t.Fatalf("%s has no part %d", e.shape(), i)
		}
		e = e.children[i]
	}
	return e
}

// decodeBody decodes a body of which the transfer encoding is known.
func decodeBody(t *testing.T, encoding, body string) string {
	t.Helper()
	var r io.Reader = strings.NewReader(body)
	switch encoding {
	case "base64":
		r = base64.NewDecoder(base64.StdEncoding, r)
	case "quoted-printable":
		r = quotedprintable.NewReader(r)
	}
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func readFile(t *testing.T, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// boundary returns the boundary of the root.
func (w written) boundary(t *testing.T) string {
	t.Helper()
	root := w.tree(t)
	_, params, err := root.ContentType()
	if err != nil {
		t.Fatal(err)
	}
	return params["boundary"]
}
