package mapi2mime_test

import (
	"strings"
	"testing"

	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mapi2mime"
)

// Where an address field is folded: between entries, within a name, before an
// address, and nowhere else.
func TestAddressFolding(t *testing.T) {
	type box = mapi.InternetAddress
	x := func(n int) string { return strings.Repeat("x", n) }
	for _, c := range []struct {
		name string
		to   []box
		want string
	}{
		{"one line", []box{{Address: "a@example.com"}, {Name: "B", Address: "b@example.com"}}, "To: a@example.com, B <b@example.com>"},
		{"between entries", []box{{Address: x(40) + "@example.com"}, {Address: x(10) + "@example.com"}},
			"To: " + x(40) + "@example.com,\r\n " + x(10) + "@example.com"},
		{"before an address", []box{{Name: x(40), Address: x(20) + "@example.com"}},
			"To: " + x(40) + "\r\n <" + x(20) + "@example.com>"},
		{"the last column", []box{{Name: x(36), Address: x(20) + "@example.com"}},
			"To: " + x(36) + " <" + x(20) + "@example.com>"},
		{"within a name", []box{{Name: strings.Repeat("größer ", 5) + "x", Address: "a@example.com"}, {Address: "b@example.com"}},
			"To: =?utf-8?B?Z3LDtsOfZXIgZ3LDtsOfZXIgZ3LDtsOfZXIgZ3LDtsOfZXIgZ3LDtsOfZXIg?=\r\n =?utf-8?B?eA==?= <a@example.com>, b@example.com"},
		{"an address that leaves no room on its line", []box{{Address: x(982) + "@example.com"}}, "To:\r\n " + x(982) + "@example.com"},
		{"the longest on one line", []box{{Address: x(981) + "@example.com"}}, "To: " + x(981) + "@example.com"},
		{"before its domain", []box{{Address: x(500) + "@" + x(480) + ".com"}, {Address: x(500) + "@" + x(495) + ".com"}},
			"To: " + x(500) + "@" + x(480) + ".com,\r\n <" + x(500) + "\r\n @" + x(495) + ".com>"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := note()
			m.Recipients = make([]mapi.Recipient, len(c.to))
			for i := range c.to {
				m.Recipients[i].SetInternet(&c.to[i], mapi.RecipientTo, int32(i))
			}
			w := write(t, m, nil)
			_, got, _ := strings.Cut(w.raw, "\r\nTo:")
			got, _, _ = strings.Cut("To:"+got, "\r\nSubject:")
			if got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

// A domain that is none makes no capsules.
func TestEncapsulationDomainThatIsNone(t *testing.T) {
	for _, domain := range []string{"gw example", "gw.example\r\nBcc: x", "gw>", "@"} {
		m := note()
		m.Recipients = []mapi.Recipient{row(func(p *mapi.Properties) {
			mapi.RecipientGroup.Set(p, mapi.Address{Name: "Carl", Type: "EX", Email: dn})
		})}
		w := write(t, m, &mapi2mime.Options{EncapsulationDomain: domain})
		w.want(t, "To", "Carl:;")
		for _, d := range w.res.Diagnostics {
			if d.Code == "address-encapsulated" {
				t.Errorf("%q: %v", domain, d)
			}
		}
	}
}
