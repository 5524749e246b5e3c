package mapi2mime_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/contentconv/contentconv/mapi2mime"
)

// The names stand in the records of traces.
func TestNamesOfOptions(t *testing.T) {
	var got []string
	for i := range uint8(4) {
		got = append(got, fmt.Sprint(mapi2mime.Purpose(i&1), mapi2mime.BodyFormat(i), mapi2mime.TextEncoding(i), mapi2mime.BccRule(i), mapi2mime.Source(i)))
	}
	want := "Submission Best AutoEncoding BccByPurpose body|Retrieval Plain QuotedPrintable BccAlways attachment|" +
		"Submission HTML Base64 BccNever message|Retrieval Both   properties"
	if s := strings.Join(got, "|"); s != want {
		t.Errorf("names are %q", s)
	}
}
