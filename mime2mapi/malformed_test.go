package mime2mapi_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/mime2mapi"
)

// What makes a message malformed is repaired by default, with a diagnostic, and
// a failure that names the place in Reject mode.
func TestMalformed(t *testing.T) {
	for _, c := range []struct {
		name, eml    string
		code         diag.Code
		part, header string
	}{
		{"unmatched quotation mark in a recipient's description",
			"From: a@example.com\r\nTo: \"Bob <b@example.com>, c@example.com\r\n\r\nx\r\n",
			diag.AddressQuoteUnclosed, "", "To"},
		{"header line without a colon",
			minimal + "this is no field\r\nSubject: x\r\n\r\nx\r\n",
			diag.HeaderLineInvalid, "", ""},
		{"header line without a colon in a part",
			minimal + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\nno field here\r\nX-A: b\r\n\r\nx\r\n--b--\r\n",
			diag.HeaderLineInvalid, "1", ""},
		{"unclosed multipart",
			minimal + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nx\r\n",
			diag.MultipartUnclosed, "", ""},
		{"invalid base64 in an attachment",
			minimal + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nx\r\n--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\naGVs!!!bG8=\r\n--b--\r\n",
			diag.Base64Invalid, "2", ""},
		{"invalid base64 in a body",
			minimal + "Content-Transfer-Encoding: base64\r\n\r\naGVs***bG8=\r\n",
			diag.Base64Invalid, "1", ""},
		{"multipart without a boundary",
			minimal + "Content-Type: multipart/mixed\r\n\r\nx\r\n",
			diag.BoundaryMissing, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			res := convert(t, c.eml, nil)
			if err := res.Verify(context.Background()); err != nil {
				t.Fatal(err)
			}
			found := false
			for _, d := range res.Diagnostics {
				if d.Code == c.code {
					found = true
					if !samePlace(d.Part, c.part) || c.header != "" && d.Header != c.header {
						t.Errorf("the diagnostic is at part %q, header %q; want %q, %q", d.Part, d.Header, c.part, c.header)
					}
				}
			}
			if !found {
				t.Errorf("no %s in %v", c.code, res.Diagnostics)
			}

			_, err := mime2mapi.Convert(context.Background(), strings.NewReader(c.eml), &mime2mapi.Options{Malformed: mime2mapi.Reject})
			var failure *diag.Error
			if !errors.As(err, &failure) {
				t.Fatalf("Reject: %v; want a failure", err)
			}
			if failure.Reason != diag.MalformedMIME || failure.Status != "5.6.0" {
				t.Errorf("Reject: %v, %s", failure.Reason, failure.Status)
			}
			if !samePlace(failure.Part, c.part) || c.header != "" && failure.Header != c.header {
				t.Errorf("Reject: part %q, header %q; want %q, %q", failure.Part, failure.Header, c.part, c.header)
			}
			if !strings.Contains(failure.Error(), c.code.Description()[:20]) {
				t.Errorf("Reject: %q does not say what is wrong", failure.Error())
			}
		})
	}
}

// samePlace takes the header block of a message and its only part for the same.
func samePlace(got, want string) bool { return got == want || want == "" && got == "1" }

func TestRejectAcceptsWellFormedMail(t *testing.T) {
	convert(t, withFile, &mime2mapi.Options{Malformed: mime2mapi.Reject})
}
