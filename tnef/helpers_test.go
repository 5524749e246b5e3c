package tnef_test

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/tnef"
)

// write returns the stream of m.
func write(t testing.TB, m *mapi.Message, o *tnef.WriteOptions) []byte {
	t.Helper()
	var buf bytes.Buffer
	n, said, err := tnef.Write(t.Context(), &buf, m, o)
	if err != nil {
		t.Fatal(err)
	}
	if _, before, err := tnef.Check(t.Context(), m, o); err != nil || !cmp.Equal(said, before) {
		t.Fatalf("Check says %v, %v; Write %v", before, err, said)
	}
	if n != int64(buf.Len()) {
		t.Fatalf("Write says %d bytes and writes %d", n, buf.Len())
	}
	if size, err := tnef.Size(t.Context(), m, o); err != nil || size != n {
		t.Fatalf("Size is %d, %v; %d bytes were written", size, err, n)
	}
	return buf.Bytes()
}

func read(t testing.TB, stream []byte, o *tnef.ReadOptions) *tnef.Result {
	t.Helper()
	res, err := tnef.Read(t.Context(), bytes.NewReader(stream), int64(len(stream)), o)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

// content returns the bytes of an attachment.
func content(t testing.TB, a *mapi.Attachment) []byte {
	t.Helper()
	if a.Content == nil {
		t.Fatal("the attachment has no content")
	}
	r, err := a.Content.Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// describe lists a message in lines: properties, then recipients and attachments
// with an indent.
func describe(t testing.TB, m *mapi.Message) string {
	t.Helper()
	var b strings.Builder
	describeTo(t, &b, m, "")
	return b.String()
}

func describeTo(t testing.TB, b *strings.Builder, m *mapi.Message, indent string) {
	bag(b, &m.Properties, indent)
	for i := range m.Recipients {
		fmt.Fprintf(b, "%srecipient\n", indent)
		bag(b, &m.Recipients[i].Properties, indent+"  ")
	}
	for _, a := range m.Attachments {
		fmt.Fprintf(b, "%sattachment\n", indent)
		bag(b, &a.Properties, indent+"  ")
		if a.Content != nil {
			fmt.Fprintf(b, "%s  content %q\n", indent, content(t, a))
		}
		if a.Message != nil {
			fmt.Fprintf(b, "%s  message\n", indent)
			describeTo(t, b, a.Message, indent+"    ")
		}
	}
}

func bag(b *strings.Builder, p *mapi.Properties, indent string) {
	for q := range p.All() {
		name, ok := mapi.TagName(q.Tag())
		switch {
		case q.Name != nil:
			if name, _, ok = mapi.NameOf(*q.Name); !ok {
				name = fmt.Sprintf("%#v", *q.Name)
			}
		case !ok:
			name = fmt.Sprintf("0x%04X", q.ID)
		}
		v := q.Value.Any()
		switch x := v.(type) {
		case []byte:
			v = fmt.Sprintf("%X", x)
		case string:
			v = fmt.Sprintf("%q", x)
		case mapi.Time:
			if u, ok := x.Time(); ok {
				v = u.Format("2006-01-02 15:04:05")
			}
		}
		fmt.Fprintf(b, "%s%s %s = %v\n", indent, name, strings.TrimPrefix(q.Value.Type().String(), "Ptyp"), v)
	}
}

// check compares what is in a message with the lines of want, whose indent is
// that of its first line.
func check(t testing.TB, m *mapi.Message, want string) {
	t.Helper()
	if diff := cmp.Diff(unindent(want), describe(t, m)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func unindent(s string) string {
	s = strings.Trim(s, "\n\t ")
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		lines[i] = strings.TrimLeft(l, "\t")
	}
	if s == "" {
		return ""
	}
	return strings.Join(lines, "\n") + "\n"
}

// reported returns the diagnostics as lines of code and detail.
func reported(res *tnef.Result) string {
	var b strings.Builder
	for _, d := range res.Diagnostics {
		fmt.Fprintf(&b, "%s: %s\n", d.Code, d.Detail)
	}
	return b.String()
}

// checkReport compares the diagnostics.
func checkReport(t testing.TB, res *tnef.Result, want string) {
	t.Helper()
	if diff := cmp.Diff(unindent(want), reported(res)); diff != "" {
		t.Errorf("diagnostics -want +got:\n%s", diff)
	}
}
