package mime2mapi_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/mime2mapi"
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
