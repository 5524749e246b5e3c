package mime2mapi_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/limits"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mime2mapi"
)

func readTestdata(t *testing.T, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(emlDir, name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// A header block beyond 16 MiB is cut, and the body is there all the same.
func TestHugeHeader(t *testing.T) {
	var eml strings.Builder
	eml.WriteString("Subject: Kept\r\n")
	line := strings.Repeat("x", 1<<16)
	for range 17 << 4 {
		eml.WriteString("X-Long: " + line + "\r\n")
	}
	eml.WriteString("To: late@example.com\r\n\r\nThe body\r\n")
	res := convert(t, eml.String(), nil)
	p := &res.Message.Properties
	if got := mapi.PidTagSubject.Or(p, ""); got != "Kept" {
		t.Errorf("the subject is %q", got)
	}
	if got := mapi.PidTagBody.Or(p, ""); got != "The body\r\n" {
		t.Errorf("the body is %.80q", got)
	}
	if n := len(mapi.PidTagTransportMessageHeaders.Or(p, "")); n > 16<<20 {
		t.Errorf("%d bytes of transport headers", n)
	}
	wantCode(t, res.Diagnostics, diag.HeaderTooLarge)
}

func TestIN_THD_009_NamedHeadersAreCapped(t *testing.T) {
	var eml strings.Builder
	for i := range mime2mapi.MaxNamedHeaders + 5 {
		fmt.Fprintf(&eml, "X-Number-%d: %d\r\n", i, i)
	}
	res := convert(t, eml.String()+"X-Number-0: again\r\n\r\n", nil)
	p := &res.Message.Properties
	for i, want := range map[int]bool{0: true, mime2mapi.MaxNamedHeaders - 1: true, mime2mapi.MaxNamedHeaders: false} {
		if _, got := p.Get(mapi.HeaderKey(fmt.Sprintf("x-number-%d", i))); got != want {
			t.Errorf("field %d has a property: %v; want %v", i, got, want)
		}
	}
	wantCode(t, res.Diagnostics, diag.HeaderNotPromoted)
	if !strings.Contains(mapi.PidTagTransportMessageHeaders.Or(p, ""), "X-Number-1004: 1004") {
		t.Error("a field without a property is not in the transport headers")
	}
}

// A failure has no result, whichever way the message comes.
func TestFailureHasNoResult(t *testing.T) {
	const eml = "Subject: too long\r\n\r\n"
	o := &mime2mapi.Options{Limits: limits.Limits{MaxMimeSubjectLength: 3}}
	if res, err := mime2mapi.Convert(context.Background(), strings.NewReader(eml), o); res != nil || err == nil {
		t.Errorf("Convert: %v, %v", res, err)
	}
	if res, err := mime2mapi.ConvertAt(context.Background(), strings.NewReader(eml), int64(len(eml)), o); res != nil || err == nil {
		t.Errorf("ConvertAt: %v, %v", res, err)
	}
}

// A size that no source has is an error and no panic.
func TestNegativeSize(t *testing.T) {
	res, err := mime2mapi.ConvertAt(context.Background(), strings.NewReader("x"), -1, nil)
	if res != nil || err == nil {
		t.Errorf("%v, %v; want an error", res, err)
	}
}

// Damage within an attachment is known when Convert returns, if that rejects it.
func TestRejectReadsEveryPart(t *testing.T) {
	const eml = "Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\naGVs!!!bG8=\r\n"
	if res := convert(t, eml, nil); len(res.Diagnostics) > 0 {
		t.Errorf("diagnostics before the attachment is read: %v", res.Diagnostics)
	}
	if _, err := mime2mapi.Convert(context.Background(), strings.NewReader(eml), &mime2mapi.Options{Malformed: mime2mapi.Reject}); err == nil {
		t.Error("damaged base64 was not rejected")
	}
}
