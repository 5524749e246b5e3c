package mapi2mime_test

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mapi2mime"
)

// TestCorpusMsg converts the .msg files of a corpus: each becomes mail that reads
// back as it was, or fails with a reason that is not our own.
func TestCorpusMsg(t *testing.T) {
	dir := os.Getenv("CONTENTCONV_CORPUS")
	if dir == "" {
		t.Skip("CONTENTCONV_CORPUS names no corpus; set it to run over one")
	}
	n := 0
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".msg" {
			return err
		}
		raw, err := os.ReadFile(path)
		if err != nil || !bytes.HasPrefix(raw, []byte("\xD0\xCF\x11\xE0")) {
			return err
		}
		n++
		t.Run(filepath.Base(path), func(t *testing.T) { convertMsg(t, raw) })
		return nil
	})
	if err != nil || n == 0 {
		t.Fatalf("%d files, %v", n, err)
	}
}

func convertMsg(t *testing.T, raw []byte) {
	o := fixed
	o.EncapsulationDomain = "gateway.example"
	file, err := mapi2mime.ReadMsg(context.Background(), bytes.NewReader(raw), int64(len(raw)), &o)
	var out bytes.Buffer
	var converted *mapi2mime.Result
	if err == nil {
		converted, err = mapi2mime.Convert(context.Background(), &out, file.Message, &o)
	}
	if err != nil {
		var failure *diag.Error
		if !errors.As(err, &failure) || failure.Reason == diag.Internal {
			t.Errorf("%v\n%s", err, failure.Stack)
		}
		return
	}
	checkLines(t, out.Bytes())
	res := toMAPI(t, out.Bytes())
	p := &res.Message.Properties
	if want, got := strings.Join(strings.Fields(mapi.Subject(&file.Message.Properties)), " "), strings.Join(strings.Fields(mapi.Subject(p)), " "); got != want {
		t.Errorf("subject is %q; want %q", got, want)
	}
	unresolved, dropped := 0, 0
	for _, d := range converted.Diagnostics {
		if d.Code == diag.AddressUnresolved && (d.Header == "To" || d.Header == "Cc") {
			unresolved++
		}
	}
	for _, part := range converted.Parts {
		if part.Reason != "" && !strings.Contains(part.Place, ".") {
			dropped++
		}
	}
	if want, got := len(file.Message.Recipients), len(res.Message.Recipients)+unresolved; got != want {
		t.Errorf("%d recipients, %d came back", want, got)
	}
	if want, got := len(file.Message.Attachments), len(res.Message.Attachments)+dropped; got < want {
		t.Errorf("%d attachments, %d came back", want, got)
	}
	if mapi.PidTagBody.Or(&file.Message.Properties, "") != "" && !mapi.PidTagBody.Has(p) {
		t.Errorf("the plain text is gone")
	}
	again := toMIME(t, res.Message)
	third := toMAPI(t, again)
	if !bytes.Equal(again, toMIME(t, third.Message)) {
		t.Errorf("the second conversion differs from the third")
	}
}
