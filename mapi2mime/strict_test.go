package mapi2mime

import (
	"net/mail"
	"strings"
	"testing"
)

func TestStrictAddressList(t *testing.T) {
	for s, want := range map[string]bool{
		"a@example.com":                   true,
		"a.b@example.com, c@d":            true,
		"A <a@example.com>":               true,
		"A B <a@example.com>":             true,
		`"A. B, C" <a@example.com>`:       true,
		`"A \" B" <a@example.com>`:        true,
		`"a b"@example.com`:               true,
		`A <"a b"@example.com>`:           true,
		"<a@example.com>":                 true,
		"G:; (no members)":                true,
		"G: a@b.c; (one) , d@e.f":         true,
		"G:; (a (b))":                     false,
		"G:; (a":                          false,
		"G:; (\\a)":                       false,
		"G:; (a) (b)":                     false,
		"a@[192.0.2.1]":                   true,
		"=?utf-8?Q?A_B?= <a@example.com>": true,
		"G:;":                             true,
		"G: ;":                            true,
		"G: a@b.c, D <d@e.f>;":            true,
		"G: a@b.c; , h@i.j":               true,
		"\tA  \t<a@example.com> ,\tb@example.com\t": true,
		"":                       false,
		"A":                      false,
		",":                      false,
		"a@example.com,":         false,
		",a@example.com":         false,
		"a@b.c,,d@e.f":           false,
		"a@b.c; d@e.f":           false,
		"A. B <a@example.com>":   false,
		"A <a@example.com":       false,
		"A <>":                   false,
		"A <a>":                  false,
		"a@":                     false,
		"a @example.com":         false,
		"a@ example.com":         false,
		"A <a@example.com> B":    false,
		"a b@example.com":        false,
		"a..b@example.com":       false,
		".a@example.com":         false,
		"a.@example.com":         false,
		`"A <a@example.com>`:     false,
		"\"A\x01\" <a@b.c>":      false,
		"a@example.com (A)":      false,
		"(A) a@example.com":      false,
		"Jörg <a@example.com>":   false,
		"\"Jörg\" <a@b.c>":       false,
		"j\xc3\xb6rg@b.c":        false,
		"A <@b.c:a@example.com>": false,
		"G: a@b.c":               false,
		"G: H: a@b.c;;":          false,
		"G. H:;":                 false,
		":;":                     false,
		"G:;;":                   false,
		"a@[1.2.3.4":             false,
		"A <a@b.c>, \x00":        false,
	} {
		if got := strictAddressList(s); got != want {
			t.Errorf("%q: %v", s, got)
		}
	}
}

func TestStrictWords(t *testing.T) {
	for s, want := range map[string]bool{
		"":                                  true,
		"plain":                             true,
		"=?utf-8?Q?a?=":                     true,
		"=?UTF-8?b?YQ==?= =?koi8-r?Q?a?= x": true,
		"x\t=?iso-2022-jp?B?YQ==?=":         true,
		"x=?utf-8?Q?a?=":                    false,
		"=?utf-8?Q?a?=x":                    false,
		"=?utf-8?Q?a?==?utf-8?Q?a?=":        false,
		"=?utf-8?Q?a b?=":                   false,
		"=?utf-8?Q?a":                       false,
		"=?utf-8*en?Q?a?=":                  false,
		"=?utf-7?Q?a?=":                     false,
		"=?utf-16?B?AGE=?=":                 false,
		"=?no-such?Q?a?=":                   false,
		"=?utf-8?Q?" + strings.Repeat("a", 64) + "?=": false,
		"=?utf-8?Q?" + strings.Repeat("a", 63) + "?=": true,
		"a =? b":   false,
		"a =?= b":  false,
		"=?utf-8?": false,
	} {
		if got := strictWords(s); got != want {
			t.Errorf("%q: %v", s, got)
		}
	}
}

// What passes is read by the standard library without complaint.
func FuzzStrictAddressList(f *testing.F) {
	for _, s := range []string{"a@b.c, D <e@f.g>", "G: a@b.c;", `"a\"b" <c@d.e>`, `"a"@b, <c@[1.2.3.4]>`, "A. <b@c.d>"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !strictAddressList(s) || strings.ContainsAny(s, "(") || strings.Contains(s, "=?") || len(s) > 1000 {
			return
		}
		if _, err := mail.ParseAddressList(s); err != nil && !strings.Contains(err.Error(), "empty group") && !strings.Contains(err.Error(), "domain") && !strings.Contains(s, `""`) {
			t.Errorf("%q: %v", s, err)
		}
	})
}
