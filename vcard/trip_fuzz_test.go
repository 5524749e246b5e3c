package vcard_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/vcard"
)

// FuzzTrip converts any card to a contact and back: from the second trip on the card
// is the same.
func FuzzTrip(f *testing.F) {
	for _, c := range importCases {
		f.Add([]byte(card(c.lines...)))
	}
	f.Add([]byte("BEGIN:VCARD\nN;ENCODING=QUOTED-PRINTABLE:=\n=41\nEND:VCARD"))
	f.Fuzz(func(t *testing.T, data []byte) {
		trip := func(card []byte) []string {
			got, err := vcard.Import(t.Context(), card, nil)
			if err != nil {
				return nil
			}
			if !vcard.IsContact(got.Message) {
				t.Fatalf("%q became no contact", card)
			}
			return write(t, got.Message)
		}
		join := func(lines []string) []byte { return []byte(strings.Join(lines, "\r\n") + "\r\n") }
		first := trip(data)
		if first == nil {
			return
		}
		second := trip(join(first))
		if second == nil {
			t.Fatalf("what was written cannot be read: %q", first)
		}
		if diff := cmp.Diff(second, trip(join(second))); diff != "" {
			t.Errorf("the second trip changes the card:\n%s", diff)
		}
	})
}
