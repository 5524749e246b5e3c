package mime2mapi_test

import (
	"context"
	"encoding/base64"
	"strings"
	"testing"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mime2mapi"
)

// convert converts a message that must convert, and closes the result with the
// test.
func convert(t *testing.T, eml string, o *mime2mapi.Options) *mime2mapi.Result {
	t.Helper()
	res, err := mime2mapi.Convert(context.Background(), strings.NewReader(eml), o)
	if err != nil {
		t.Fatalf("Convert: %v", err)
	}
	t.Cleanup(func() { res.Close() })
	return res
}

// converted returns the properties of a message that must convert.
func converted(t *testing.T, eml string, o *mime2mapi.Options) *mapi.Properties {
	t.Helper()
	return &convert(t, eml, o).Message.Properties
}

func base64Lines(s string) string {
	e := base64.StdEncoding.EncodeToString([]byte(s))
	var b strings.Builder
	for len(e) > 76 {
		b.WriteString(e[:76] + "\r\n")
		e = e[76:]
	}
	return b.String() + e + "\r\n"
}

func wantCode(t *testing.T, list []diag.Diagnostic, code diag.Code) {
	t.Helper()
	for _, d := range list {
		if d.Code == code {
			return
		}
	}
	t.Errorf("no diagnostic %s in %v", code, list)
}
