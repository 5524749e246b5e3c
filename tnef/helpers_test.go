package tnef_test

import (
	"bytes"
	"fmt"
	"io"
	"testing"

	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/tnef"
)

// write returns the stream of m.
func write(t testing.TB, m *mapi.Message, o *tnef.WriteOptions) []byte {
	t.Helper()
	var buf bytes.Buffer
	n, _, err := tnef.Write(t.Context(), &buf, m, o)
	if err != nil {
		t.Fatal(err)
	}
	if n != int64(buf.Len()) {
		t.Fatalf("Write says %d bytes and writes %d", n, buf.Len())
	}
	if size, err := tnef.Size(t.Context(), m, o); err != nil || size != n {
		t.Fatalf("Size is %d, %v; %d bytes were written", size, err, n)
	}
	return buf.Bytes()
}

// read returns the message of a stream. Everything may pass but what the options
// say.
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

var _ = fmt.Sprint
