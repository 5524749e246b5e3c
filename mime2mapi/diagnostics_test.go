package mime2mapi_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/mime2mapi"
	"github.com/google/go-cmp/cmp"
)

// Whatever is read more than once, a defect of it is told once.
func TestDiagnosticsAreToldOnce(t *testing.T) {
	files, err := filepath.Glob(emlDir + "/*.eml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no messages in %s: %v", emlDir, err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			res, err := mime2mapi.ConvertAt(context.Background(), bytes.NewReader(raw), int64(len(raw)), nil)
			if err != nil {
				t.Fatal(err)
			}
			defer res.Close()
			if err := res.Verify(context.Background()); err != nil {
				t.Fatal(err)
			}
			told := map[diag.Diagnostic]bool{}
			for _, d := range res.Diagnostics {
				if told[d] {
					t.Errorf("told again: %s", d)
				}
				told[d] = true
			}
		})
	}
}

// Diagnostics of embedded messages come in the order of the source.
func TestDiagnosticsOrder(t *testing.T) {
	const inner = "--b\nContent-Type: message/rfc822\n\nDate: never\n\nx\n"
	res := convert(t, "Date: never\nContent-Type: multipart/mixed; boundary=b\n\n"+inner+inner+inner+"--b--\n", nil)
	var got []string
	for _, d := range res.Diagnostics {
		if d.Code == diag.DateInvalid {
			got = append(got, d.Part+" "+d.Header)
		}
	}
	if diff := cmp.Diff([]string{" Date", "1 Date", "2 Date", "3 Date"}, got); diff != "" {
		t.Errorf("places of the dates (-want +got):\n%s", diff)
	}
}
