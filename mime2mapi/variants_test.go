package mime2mapi_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mime2mapi"
	"github.com/google/go-cmp/cmp"
)

// Line ends are transport: a message gives the same object whichever it came
// with. That holds for every message of testdata whose line ends are LF alone.
func TestLineEnds(t *testing.T) {
	files, err := filepath.Glob(emlDir + "/*.eml")
	if err != nil {
		t.Fatal(err)
	}
	compared := 0
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.IndexByte(raw, '\r') >= 0 {
			continue
		}
		compared++
		t.Run(filepath.Base(file), func(t *testing.T) {
			want := objectOf(t, raw)
			got := objectOf(t, bytes.ReplaceAll(raw, []byte("\n"), []byte("\r\n")))
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("with CRLF (-LF +CRLF):\n%s", diff)
			}
		})
	}
	if compared == 0 {
		t.Error("no message of testdata has LF alone")
	}
}

// objectOf returns the whole message object as text, with LF in all contents.
func objectOf(t *testing.T, raw []byte) map[string]any {
	t.Helper()
	res, err := mime2mapi.ConvertAt(context.Background(), bytes.NewReader(raw), int64(len(raw)), &mime2mapi.Options{Key: []byte("fixed")})
	if err != nil {
		t.Fatal(err)
	}
	defer res.Close()
	return describe(t, res.Message)
}

func describe(t *testing.T, m *mapi.Message) map[string]any {
	t.Helper()
	out := map[string]any{"properties": describeProperties(t, &m.Properties)}
	rows := []any{}
	for i := range m.Recipients {
		rows = append(rows, describeProperties(t, &m.Recipients[i].Properties))
	}
	files := []any{}
	for _, a := range m.Attachments {
		row := map[string]any{"properties": describeProperties(t, &a.Properties)}
		if a.Message != nil {
			row["message"] = describe(t, a.Message)
		} else {
			row["content"] = withLF(content(t, a))
		}
		files = append(files, row)
	}
	out["recipients"], out["attachments"] = rows, files
	return out
}

func describeProperties(t *testing.T, p *mapi.Properties) []string {
	t.Helper()
	var out []string
	for property := range p.All() {
		v := property.Value
		if b, ok := v.Bytes(); ok {
			v = mapi.String(withLF(b))
		} else if s, ok := v.Text(); ok {
			v = mapi.String(withLF([]byte(s)))
		}
		out = append(out, fmt.Sprintf("%v: %v", property.Key(), plain(t, v)))
	}
	return out
}

func withLF(b []byte) string { return string(bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n"))) }
