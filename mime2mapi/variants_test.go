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
// with. That holds for every message of testdata that has no other line ends than
// CRLF and LF.
func TestLineEnds(t *testing.T) {
	files, err := filepath.Glob(emlDir + "/*.eml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no messages in %s: %v", emlDir, err)
	}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if lf := []byte(withLF(raw)); bytes.IndexByte(lf, '\r') < 0 {
			t.Run(filepath.Base(file), func(t *testing.T) {
				sameObject(t, lf, bytes.ReplaceAll(lf, []byte("\n"), []byte("\r\n")))
			})
		}
	}
}

// Old Macintosh programs wrote CR alone, and their own formats with it.
func TestLineEndsCR(t *testing.T) {
	for name, file := range map[string]string{
		"IN-ATT-006 name on the begin line": "attach-x-uuencode.eml",
		"IN-ATT-030 BinHex":                 "attach-binhex.eml",
		"IN-ATT-035 uuencoded text":         "uuencode-body.eml",
		"IN-BODY-005 nested multiparts":     "alternative-nested.eml",
	} {
		t.Run(name, func(t *testing.T) {
			raw, err := os.ReadFile(filepath.Join(emlDir, file))
			if err != nil {
				t.Fatal(err)
			}
			lf := []byte(withLF(raw))
			sameObject(t, lf, bytes.ReplaceAll(lf, []byte("\n"), []byte("\r")))
		})
	}
}

func sameObject(t *testing.T, raw, variant []byte) {
	t.Helper()
	if diff := cmp.Diff(objectOf(t, raw), objectOf(t, variant)); diff != "" {
		t.Errorf("with other line ends (-LF):\n%s", diff)
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

// withLF returns text with LF, which is what a CR is too unless it stands between
// others.
func withLF(b []byte) string {
	b = bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n"))
	if bytes.IndexByte(b, '\n') < 0 {
		b = bytes.ReplaceAll(b, []byte("\r"), []byte("\n"))
	}
	return string(b)
}
