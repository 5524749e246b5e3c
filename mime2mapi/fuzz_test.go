package mime2mapi_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
	"unicode/utf8"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mime2mapi"
)

// FuzzConvert converts anything, in both modes. Whatever the bytes are, there is
// a result or a failure with a reason that is none of ours, every part is
// accounted for, every attachment can be read, and the object is good JSON.
func FuzzConvert(f *testing.F) {
	seeds, err := filepath.Glob("../testdata/eml/*.eml")
	if err != nil || len(seeds) == 0 {
		f.Fatalf("no seeds: %v", err)
	}
	for _, name := range seeds {
		b, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b, false)
	}
	f.Add([]byte(withFile), true)
	f.Fuzz(func(t *testing.T, eml []byte, reject bool) {
		o := &mime2mapi.Options{Key: []byte("fuzz"), MaxBodyText: 4096}
		if reject {
			o.Malformed = mime2mapi.Reject
		}
		ctx := context.Background()
		res, err := mime2mapi.ConvertAt(ctx, bytes.NewReader(eml), int64(len(eml)), o)
		if err != nil {
			checkFailure(t, err, reject)
			return
		}
		defer res.Close()
		checkParts(t, res)
		var out bytes.Buffer
		if err := mapi.EncodeJSON(ctx, &out, res.Message); err != nil {
			t.Fatal(err)
		}
		if !json.Valid(out.Bytes()) {
			t.Fatal("the JSON is not valid")
		}
		if err := res.Verify(ctx); err != nil {
			t.Fatal(err)
		}
		again, err := mime2mapi.Convert(ctx, iotestReader{bytes.NewReader(eml)}, o)
		if err != nil {
			t.Fatalf("converts from a file and not from a stream: %v", err)
		}
		defer again.Close()
		if !again.Message.Properties.Equal(res.Message.Properties) {
			t.Fatal("a file and a stream give different properties")
		}
	})
}

func checkFailure(t *testing.T, err error, reject bool) {
	t.Helper()
	var failure *diag.Error
	switch {
	case !errors.As(err, &failure):
		t.Fatalf("%v is no *diag.Error", err)
	case failure.Reason == diag.Internal:
		t.Fatalf("%v\n%s", err, failure.Stack)
	case failure.Reason == diag.MalformedMIME && reject, failure.Reason == diag.LimitExceeded:
	default:
		t.Fatalf("unexpected reason: %v", err)
	}
	if !utf8.ValidString(err.Error()) {
		t.Fatalf("the error is not valid UTF-8: %q", err)
	}
}

// checkParts tests that parts have numbers of their own, and a reason where they
// are dropped.
func checkParts(t *testing.T, res *mime2mapi.Result) {
	t.Helper()
	seen := make(map[string]bool)
	for _, p := range res.Parts {
		if p.Number == "" || seen[p.Number] {
			t.Fatalf("part number %q is empty or not unique", p.Number)
		}
		seen[p.Number] = true
		if (p.To == mime2mapi.Dropped) != (p.Reason != "") {
			t.Fatalf("part %s goes to %v for the reason %q", p.Number, p.To, p.Reason)
		}
	}
	if len(res.Parts) == 0 {
		wantCode(t, res.Diagnostics, diag.MultipartEmpty)
	}
}

// iotestReader reads a few bytes at a time.
type iotestReader struct{ r io.Reader }

func (r iotestReader) Read(p []byte) (int, error) { return r.r.Read(p[:min(len(p), 7)]) }
