package address

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/internal/rfc2047"
)

// hostile lists of about n bytes, which a parser with a step back would read in
// quadratic time.
func hostile(n int) map[string]string {
	return map[string]string{
		"one comment":               "a@b (" + strings.Repeat("x", n) + ")",
		"open comments":             strings.Repeat("(", n),
		"open comments and address": strings.Repeat("(", n/2) + "<a@b>," + strings.Repeat(")", n/2),
		"open comments in brackets": "<" + strings.Repeat("(", n) + "a@b>",
		"nested comments":           strings.Repeat("(", n/2) + strings.Repeat(")", n/2) + "a@b",
		"one domain literal":        "a@[" + strings.Repeat("x", n) + "]",
		"open domain literals":      strings.Repeat("a@[", n/3),
		"marks":                     strings.Repeat(`"`, n|1),
		"marks that swallow":        strings.Repeat(`"a@b>,`, n/6),
		"marks that open":           strings.Repeat(`"a@b, `, n/6),
		"escaped marks":             strings.Repeat(`\"`, n/2),
		"phrases":                   strings.Repeat("a b,", n/4),
		"one phrase":                strings.Repeat("a ", n/2),
		"brackets":                  strings.Repeat("<", n),
		"brackets with text":        strings.Repeat("<a ", n/3),
		"brackets with marks":       strings.Repeat(`<"`, n/2),
		"closing brackets":          strings.Repeat(">", n),
		"square brackets":           strings.Repeat("[", n),
		"route":                     "<" + strings.Repeat("@a,", n/3),
		"route and spaces":          "<" + strings.Repeat(" ", n/2) + strings.Repeat("@a,", n/6),
		"groups":                    strings.Repeat("a:", n/2),
		"colons":                    strings.Repeat(":", n),
		"at-signs":                  strings.Repeat("@", n),
		"at-signs and spaces":       strings.Repeat("@ ", n/2),
		"dots and spaces":           strings.Repeat(". ", n/2) + "@a",
		"word heads":                strings.Repeat("=?x?q?", n/6),
		"word heads that swallow":   strings.Repeat("=?x?q? <a@b>, ", n/14) + "?=",
		"spaces":                    "a" + strings.Repeat(" ", n) + "@b",
		"separators":                strings.Repeat(",;", n/2),
		"addresses":                 strings.Repeat("a@b,", n/4),
		"addresses without comma":   strings.Repeat("a@b ", n/4),
		"brackets without comma":    strings.Repeat("<a@b>", n/5),
		"names after brackets":      "<a@b>" + strings.Repeat("x ", n/2) + "<c@d>",
		"quoted list":               `"` + strings.Repeat("a@b,", n/4) + `"`,
		"encoded address":           "=?x?q?" + strings.Repeat("a@", n/2) + "?=",
	}
}

// The test fails by its timeout when one of the lists takes quadratic time.
func TestParseHostile(t *testing.T) {
	for name, in := range hostile(2 << 20) {
		t.Run(name, func(t *testing.T) {
			r := ParseMax(in, nil, 100)
			if len(r.Mailboxes) > 100 || len(r.Defects) > 20 || len(r.Invalid) > MaxOthers {
				t.Errorf("%d mailboxes, %d defects, %d others", len(r.Mailboxes), len(r.Defects), len(r.Invalid))
			}
		})
	}
}

func FuzzAddress(f *testing.F) {
	for _, tt := range slices.Concat(wellFormedTests, damagedTests) {
		f.Add(tt.in)
	}
	for _, s := range hostile(100) {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		r := Parse(s, nil)
		if r.Total != len(r.Mailboxes) || r.Total != Count(s) {
			t.Fatalf("total %d, mailboxes %d, count %d", r.Total, len(r.Mailboxes), Count(s))
		}
		if r.Total > len(s) {
			t.Fatalf("%d bytes gave %d mailboxes", len(s), r.Total)
		}
		texts := slices.Concat(r.Invalid, r.Groups)
		for _, m := range r.Mailboxes {
			if m.Addr == "" {
				t.Fatalf("mailbox %q has no address", m)
			}
			texts = append(texts, m.Name, m.Addr, m.Comment, m.Group)
		}
		for _, text := range texts {
			if _, clean := rfc2047.Clean(text); !clean || !utf8.ValidString(text) {
				t.Fatalf("text %q holds control characters or is invalid", text)
			}
		}
		checkReread(t, r)
	})
}

// checkReread tests that the valid mailboxes of r, written and read, are the
// same.
func checkReread(t *testing.T, r Result) {
	var want []Mailbox
	var list []string
	for _, m := range r.Mailboxes {
		if !ValidAddrSpec(m.Addr) || strings.Contains(m.Addr, "=?") {
			continue
		}
		want = append(want, Mailbox{Name: m.Name, Addr: m.Addr})
		list = append(list, strings.TrimLeft(rfc2047.EncodePhrase(m.Name, nil, 0)+" <"+m.Addr+">", " "))
	}
	again := Parse(strings.ReplaceAll(strings.Join(list, ", "), "\r\n", ""), nil)
	if diff := cmp.Diff(want, again.Mailboxes); diff != "" {
		t.Fatalf("written as %q, read again it differs (-want +got):\n%s", list, diff)
	}
}

func BenchmarkParse(b *testing.B) {
	var to500 []string
	for i := range 500 {
		to500 = append(to500, `"First Last`+string(rune('a'+i%26))+`" <first.last@department.example.com>`)
	}
	inputs := hostile(300_000)
	inputs["500 recipients"] = strings.Join(to500, ", ")
	inputs["one recipient"] = to500[0]
	for name, in := range inputs {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(in)))
			for b.Loop() {
				Parse(in, nil)
			}
		})
	}
}
