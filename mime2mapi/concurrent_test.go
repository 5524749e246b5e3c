package mime2mapi_test

import (
	"context"
	"io"
	"strings"
	"sync"
	"testing"

	"github.com/contentconv/contentconv/mapi2mime"
	"github.com/contentconv/contentconv/mime2mapi"
)

const shared = "From: =?utf-8?Q?J=C3=B6rg?= <a@example.com>\r\nTo: b@example.com, \"C, D\" <c@example.com>\r\nSubject: RE: x\r\nX-Extension: y\r\nMIME-Version: 1.0\r\n" +
	"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Gr\u00fc\u00dfe</p>\r\n" +
	"--b\r\nContent-Type: image/png; name=a.png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n" +
	"--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: inner\r\n\r\ntext\r\n--b--\r\n"

// One Options of each kind and one Message serve 64 goroutines, in both directions.
// The race detector is what finds fault.
func TestSharedByGoroutines(t *testing.T) {
	const goroutines = 64
	ctx := context.Background()
	in := &mime2mapi.Options{Key: []byte("key"), PlainFromHTML: true, Domains: []string{"example.com"}}
	out := &mapi2mime.Options{Key: []byte("key")}
	one, err := mime2mapi.Convert(ctx, strings.NewReader(shared), in)
	if err != nil {
		t.Fatal(err)
	}
	defer one.Close()
	var want strings.Builder
	if _, err := mapi2mime.Convert(ctx, &want, one.Message, out); err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range goroutines {
		wg.Go(func() {
			var got strings.Builder
			if _, err := mapi2mime.Convert(ctx, &got, one.Message, out); err != nil || got.String() != want.String() {
				t.Errorf("to MIME: %v\n%s", err, got.String())
			}
			for _, a := range one.Message.Attachments {
				if a.Content == nil {
					continue
				}
				r, err := a.Content.Open(ctx)
				if err != nil {
					t.Error(err)
					continue
				}
				if b, err := io.ReadAll(r); err != nil || len(b) != 8 {
					t.Errorf("%d bytes of the picture (%v)", len(b), err)
				}
				r.Close()
			}
			res, err := mime2mapi.Convert(ctx, strings.NewReader(shared), in)
			if err != nil {
				t.Error(err)
				return
			}
			if !res.Message.Properties.Equal(one.Message.Properties) {
				t.Error("to MAPI: other properties")
			}
			res.Close()
		})
	}
	wg.Wait()
}
