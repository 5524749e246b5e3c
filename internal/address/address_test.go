package address

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/charset"
	"github.com/contentconv/contentconv/internal/defect"
)

func codes(l defect.List) (out []diag.Code) {
	for _, d := range l {
		if !slices.Contains(out, d.Code) {
			out = append(out, d.Code)
		}
	}
	return out
}

// summary writes a result as text: "Name <addr>" with what else there is in
// parentheses, one mailbox after the other; then what is invalid.
func summary(r Result) string {
	var out []string
	for _, m := range r.Mailboxes {
		s := strings.TrimLeft(m.Name+" <"+m.Addr+">", " ")
		if m.Comment != "" {
			s += " (" + m.Comment + ")"
		}
		if m.Group != "" {
			s += " in " + m.Group
		}
		out = append(out, s)
	}
	for _, s := range r.Invalid {
		out = append(out, "invalid: "+s)
	}
	return strings.Join(out, " | ")
}

var (
	repaired = []diag.Code{diag.AddressRepaired}
	unclosed = []diag.Code{diag.AddressQuoteUnclosed}
	noAddr   = []diag.Code{diag.AddressInvalid}
	eightBit = []diag.Code{diag.HeaderEightBit}
	control  = []diag.Code{diag.HeaderControlRemoved}
)

type parseTest struct {
	name, in, want string
	codes          []diag.Code
}

var wellFormedTests = []parseTest{
	{"empty", "", "", nil},
	{"addr-spec", "a@b", "<a@b>", nil},
	{"angle brackets", "<a@b>", "<a@b>", nil},
	{"name of atoms", "John Doe <a@b>", "John Doe <a@b>", nil},
	{"quoted name", `"Doe, John" <a@b>`, "Doe, John <a@b>", nil},
	{"quoted pairs", `"J \"x\" \\ D" <a@b>`, `J "x" \ D <a@b>`, nil},
	{"quoted string among atoms", `John "Joe" Doe <a@b>`, "John Joe Doe <a@b>", nil},
	{"white space", "  John \t  Doe   < a@b >  ", "John Doe <a@b>", nil},
	{"dots in a name", "John Q. Public <a@b>", "John Q. Public <a@b>", nil},
	{"two", "a@b, c@d", "<a@b> | <c@d>", nil},
	{"address in a comment", "A (x <y@z>, B) <a@b>", "A <a@b> (x <y@z>, B)", nil},
	{"address at the end of a quoted name", `"A <y@z>," <a@b>`, "A <y@z>, <a@b>", nil},
	{"separators in quotation marks", `"a, b; c <d@e>" <a@b>, c@d`, "a, b; c <d@e> <a@b> | <c@d>", nil},
	{"empty entries", ",a@b,, ,c@d,", "<a@b> | <c@d>", nil},
	{"letter case", "Joe.Blow@Example.COM", "<Joe.Blow@Example.COM>", nil},
	{"apostrophe", "o'brien@b", "<o'brien@b>", nil},
	{"the address as its own name", `"a@b" <a@b>, c@d <c@d>`, "a@b <a@b> | c@d <c@d>", nil},
	{"quoted local part", `"john doe"@b, <"a,b"@c>`, `<"john doe"@b> | <"a,b"@c>`, nil},
	{"needless quotes of a local part", `"john"@b, <"j.d"@c>`, "<john@b> | <j.d@c>", nil},
	{"route", "<@x,@y:a@b>, Joe <@z:c@d>", "<a@b> | Joe <c@d>", nil},
	{"obsolete white space", "john . doe @ b . com, <john (x) . doe @ b . c>", "<john.doe@b.com> | <john.doe@b.c>", nil},
	{"domain literal", "a@[127.0.0.1], <b@[IPv6:::1]>", "<a@[127.0.0.1]> | <b@[IPv6:::1]>", nil},

	{"IN-ADR-007 encoded name", "=?utf-8?Q?J=C3=B6rg?= Doe <a@b>", "Jörg Doe <a@b>", nil},
	{"IN-ADR-007 adjacent words", "=?utf-8?Q?J=C3?= =?utf-8?Q?=B6rg?= <a@b>", "Jörg <a@b>", nil},
	{"IN-ADR-007 word in quotation marks", `"=?utf-8?Q?J=C3=B6rg?=" <a@b>`, "Jörg <a@b>", nil},
	{"IN-ADR-007 word touches the bracket", "=?utf-8?Q?J=C3=B6rg?=<a@b>", "Jörg <a@b>", nil},
	{"IN-ADR-007 specials in a word", "=?utf-8?Q?Doe,_John_<x@y>;?= <a@b>, c@d", "Doe, John <x@y>; <a@b> | <c@d>", nil},
	{"IN-ADR-007 encoded comma", "=?utf-8?Q?Doe=2C_John?= <a@b>", "Doe, John <a@b>", nil},
	{"IN-ADR-008 no name", "<a@b>, c@d", "<a@b> | <c@d>", nil},
	{"IN-ADR-009 comment is no name", "a@b (John Doe)", "<a@b> (John Doe)", nil},
	{"IN-ADR-009 comments anywhere", `(x) John (y) Doe (\)z(z)) <(p) a@b (q)> (=?utf-8?Q?=C3=B6?=)`, "John Doe <a@b> (ö)", nil},
	{"IN-ADR-009 comments of RFC 5322", `Pete(A nice \) chap) <pete(his account)@silly.test(his host)>`, `Pete <pete@silly.test> (A nice ) chap)`, nil},
	{"IN-ADR-009 comma in a comment", "a@b (x, y; z), c@d", "<a@b> (x, y; z) | <c@d>", nil},
	{"IN-ADR-018 group", "A Group: Joe <a@b>, c@d; e@f", "Joe <a@b> in A Group | <c@d> in A Group | <e@f>", nil},
	{"IN-ADR-018 group alone", "A Group(Some people)  :Joe <a@b>,  c@d; (the end)", "Joe <a@b> in A Group | <c@d> in A Group", nil},
	{"IN-ADR-018 empty group", "Undisclosed recipients:;", "", nil},
	{"IN-ADR-018 empty group with comments", "(Empty list)(start)Undisclosed recipients  :(nobody(that I know))  ;", "", nil},
	{"IN-ADR-018 groups after each other", "A: a@b;, =?utf-8?Q?=C3=B6?=: c@d;", "<a@b> in A | <c@d> in ö", nil},
	{"IN-ADR-026 raw UTF-8", "J\u00f6rg <a@b>, \"J\u00f6rg, K\" <c@d>", "Jörg <a@b> | Jörg, K <c@d>", nil},
	{"UTF-8 address", "<m\u00e4ry@ex\u00e4mple.net>, d\u00f6e@b", "<märy@exämple.net> | <döe@b>", nil},
	{"IDN stays", "a@xn--exmple-cua.net", "<a@xn--exmple-cua.net>", nil},
}

var damagedTests = []parseTest{
	{"IN-ADR-024 mark without a partner", `"John <a@b>, c@d`, "John <a@b> | <c@d>", unclosed},
	{"IN-ADR-024 mark without a partner, quoted name follows", `"John <a@b>, "Jane, X" <c@d>, e@f`, "John <a@b> | Jane, X <c@d> | <e@f>", unclosed},
	{"IN-ADR-024 closing mark alone", `John" <a@b>, "Jane" <c@d>`, "John <a@b> | Jane <c@d>", unclosed},
	{"IN-ADR-024 mark between", `"A" <a@b>, "B <c@d>, "C" <e@f>`, "A <a@b> | B <c@d> | C <e@f>", unclosed},
	{"IN-ADR-024 mark before a bare address", `"a@b, "c@d`, "<a@b> | <c@d>", unclosed},
	{"IN-ADR-024 mark in angle brackets", `<"a@b>, "Jane" <c@d>`, "<a@b> | Jane <c@d>", unclosed},
	{"IN-ADR-024 no closing bracket, comma", "John <a@b, Jane <c@d>", "John <a@b> | Jane <c@d>", repaired},
	{"IN-ADR-024 no closing bracket, semicolon", "John <a@b; c@d", "John <a@b> | <c@d>", repaired},
	{"IN-ADR-024 no closing bracket, next bracket", "John <a@b <c@d>", "John <a@b> | <c@d>", repaired},
	{"IN-ADR-024 no closing bracket, end", "John <a@b", "John <a@b>", repaired},
	{"IN-ADR-024 no closing bracket, route", "<@x, a@b, c@d", "<a@b> | <c@d> | invalid: <@x>", []diag.Code{diag.AddressRepaired, diag.AddressInvalid}},
	{"IN-ADR-024 no opening bracket", "John a@b>, c@d", "John <a@b> | <c@d>", repaired},
	{"IN-ADR-024 comment without an end", "a@b (John, c@d", "John <a@b> | <c@d>", repaired},
	{"IN-ADR-024 comment without an end before another", "A (x <a@b>, B (y) <c@d>", "A x <a@b> | B <c@d> (y)", repaired},
	{"IN-ADR-025 semicolons", "John <a@b>; c@d; ", "John <a@b> | <c@d>", repaired},
	{"IN-ADR-026 raw Latin-1", "J\xf6rg <a@b>, \"J\xf6rg, K\" <c@d>", "Jörg <a@b> | Jörg, K <c@d>", eightBit},
	{"IN-ADR-026 raw Latin-1 beside a word", "J\xf6rg =?utf-8?Q?=C3=B6?= <a@b>", "Jörg ö <a@b>", eightBit},
	{"IN-ADR-026 raw Latin-1 in a word", "=?iso-8859-1?Q?J\xf6rg?= <a@b>", "Jörg <a@b>", nil},
	{"IN-ADR-026 Latin-1 in an address", "<j\xf6rg@b> =?utf-8?Q?a?=", "a <jörg@b>", nil},
	{"IN-ADR-026 ISO-2022-JP", "\x1b$B%F%9%H\x1b(B <a@b>", "テスト <a@b>", eightBit},

	{"QUIRK double brackets", "<<a@b>>", "<a@b>", repaired},
	{"QUIRK bracket in a name", "A < B <a@b>", "A B <a@b>", repaired},
	{"QUIRK no comma", "<a@b> <c@d> Joe <e@f>", "<a@b> | <c@d> | Joe <e@f>", repaired},
	{"QUIRK no comma between bare addresses", "a@b c@d", "<a@b> | <c@d>", repaired},
	{"QUIRK several addresses in brackets", "Joe <a@b c@d>", "<a@b> | <c@d>", repaired},
	{"QUIRK name after the address", "<a@b> John", "John <a@b>", nil},
	{"QUIRK no brackets", "John Doe a@b", "John Doe <a@b>", repaired},
	{"QUIRK apostrophes", "'a@b', <'c@d'>", "<a@b> | <c@d>", repaired},
	{"apostrophes of a name stay", "'John' <a@b>", "'John' <a@b>", nil},
	{"QUIRK local part alone", "postmaster", "<postmaster>", repaired},
	{"QUIRK local parts alone", "a, b, c.d, e, f@g, h", "<a> | <b> | <c.d> | <e> | <f@g> | <h>", repaired},
	{"QUIRK local part in brackets", "Moderator <moderator>", "Moderator <moderator>", repaired},
	{"QUIRK local part with comment", "nsb (N. B.)", "<nsb> (N. B.)", repaired},
	{"QUIRK no domain", "John <a@>", "John <a@>", repaired},
	{"QUIRK two at-signs", "a@b@c", "<a@b@c>", repaired},
	{"QUIRK mailto", "Joe <mailto:a@b>, mailto:c@d, <MAILTO:e@f?subject=x>", "Joe <a@b> | <c@d> | <e@f>", repaired},
	{"QUIRK square brackets", "Joe Doe [mailto:a@b]; Jane [SMTP:c@d]", "Joe Doe <a@b> | Jane <c@d>", repaired},
	{"square brackets in a name", "Joe [Sales] <a@b>", "Joe [Sales] <a@b>", nil},
	{"QUIRK comma in a name", "Doe, John <a@b>, c@d", "Doe, John <a@b> | <c@d>", repaired},
	{"QUIRK commas in a name", "Doe, John, Dr. <a@b>", "Doe, John, Dr. <a@b>", repaired},
	{"QUIRK three commas in a name", "Doe, John, Dr., MD <a@b>", "Doe, John, Dr., MD <a@b>", repaired},
	{"QUIRK comma at the end of a name", "John Doe, <a@b>", "John Doe <a@b>", repaired},
	{"local part before an address without name", "postmaster, <a@b>", "<postmaster> | <a@b>", repaired},
	{"many entries without address before a name", "a, b, c, d, E <e@f>", "<a> | <b> | <c> | <d> | E <e@f>", repaired},
	{"semicolon in no name", "Doe Ray; John <a@b>", "John <a@b> | invalid: Doe Ray", []diag.Code{diag.AddressInvalid, diag.AddressRepaired}},
	{"QUIRK address in quotation marks", `"a@b", "Joe <c@d>"`, "<a@b> | Joe <c@d>", repaired},
	{"QUIRK address in quotation marks and brackets", `<"a@b">`, "<a@b>", repaired},
	{"QUIRK address before its name", "a@b <John Doe>, c@d <>", "John Doe <a@b> | <c@d>", repaired},
	{"group without end", "Undisclosed-recipients:", "", repaired},
	{"QUIRK empty group in the form of an address", "<undisclosed-recipients:@b.c>, a@b", "<a@b>", repaired},
	{"QUIRK empty group in brackets", "<undisclosed-recipients:@b.c;>", "", repaired},
	{"colon before an at-sign is no group", "<a b:@c>", "<a b:@c>", repaired},
	{"nested groups", "A: B: a@b;, c@d;", "<a@b> in B | <c@d>", repaired},

	{"QUIRK addr-spec in a word", "=?utf-8?Q?a=40b?=, =?utf-8?B?Y0Bk?=", "<a@b> | <c@d>", repaired},
	{"Mailsploit, name and address in a word", "=?utf-8?Q?Joe_<a@b>?=", "invalid: Joe <a@b>", noAddr},
	{"Mailsploit, NUL in a word", "=?utf-8?Q?a=40b=00?= <c@d>", "a@b <c@d>", control},
	{"Mailsploit, newline in a word", "=?utf-8?Q?a=40b=0A?= <c@d>", "a@b <c@d>", control},
	{"Mailsploit, word in an address", "=?utf-8?Q?a=40b=00?=@c", "<=?utf-8?Q?a=40b=00?=@c>", nil},
	{"Mailsploit, word in brackets", "<=?utf-8?Q?a=40b=0A?=@c>", "<=?utf-8?Q?a=40b=0A?=@c>", nil},
	{"word without end", "=?utf-8?Q?Joe <a@b>, =?utf-8?Q?Jane?= <c@d>", "Joe <a@b> | Jane <c@d>", []diag.Code{diag.WordInvalid}},
	{"word that would swallow", "=?utf-8?Q?Joe <a@b>, Jane?= <c@d>", "Joe <a@b> | Jane?= <c@d>", []diag.Code{diag.WordInvalid}},
	{"line breaks in a quoted local part", "\"a\r\nb\\\nc\"@d", `<abc@d>`, nil},
	{"line breaks in a local part that needs its quotes", "<\"a b\r\n\"@d>", `<"a b"@d>`, nil},
	{"NUL in an address", "<a\x00@b>", "<a@b>", control},
	{"control characters in a name", "J\x00o\x07e <a@b>", "Joe <a@b>", control},

	{"name alone", "Mary Smith", "invalid: Mary Smith", noAddr},
	{"quoted name alone", `"Mary"`, "invalid: Mary", noAddr},
	{"encoded name alone", "=?utf-8?Q?J=C3=B6rg?=", "invalid: Jörg", noAddr},
	{"empty brackets", "<>", "invalid: <>", noAddr},
	{"empty brackets with name", `"Mail System" <>, a@b`, "<a@b> | invalid: Mail System", noAddr},
	{"no address in brackets", "Joe <no address>", "invalid: Joe <no address>", noAddr},
	{"at-sign alone", "@", "invalid: <@>", noAddr},
	{"comment alone", "(mailbox in US-ASCII)", "invalid: mailbox in US-ASCII", noAddr},
	{"empty word alone", "=?utf-8?B??=", "invalid: =?utf-8?B??=", noAddr},
	{"marks alone", `""`, `invalid: ""`, noAddr},
}

func TestParse(t *testing.T) {
	for _, tt := range slices.Concat(wellFormedTests, damagedTests) {
		t.Run(tt.name, func(t *testing.T) {
			r := Parse(tt.in, nil)
			if diff := cmp.Diff(tt.want, summary(r)); diff != "" {
				t.Errorf("Parse(%q) differs (-want +got):\n%s", tt.in, diff)
			}
			if diff := cmp.Diff(tt.codes, codes(r.Defects)); diff != "" {
				t.Errorf("codes differ (-want +got):\n%s\n%v", diff, r.Defects)
			}
			if r.Total != len(r.Mailboxes) {
				t.Errorf("total is %d, there are %d", r.Total, len(r.Mailboxes))
			}
		})
	}
}

func TestGroups(t *testing.T) {
	r := Parse("A: a@b;, \"B, C\":;, D: E: c@d;", nil)
	if diff := cmp.Diff([]string{"A", "B, C", "D", "E"}, r.Groups); diff != "" {
		t.Errorf("groups differ (-want +got):\n%s", diff)
	}
}

func TestFallback(t *testing.T) {
	greek := charset.Lookup("iso-8859-7")
	for _, in := range []string{"\xe1\xe2 <a@b>", "\xe1\xe2 <a@b> (=?utf-8?Q?x?=)"} {
		if got := Parse(in, greek).Mailboxes[0].Name; got != "αβ" {
			t.Errorf("name of %q is %q, want αβ", in, got)
		}
	}
}

// The second byte of a Big5 character can be a backslash or an at-sign.
func TestMultibyteNames(t *testing.T) {
	big5 := charset.Lookup("big5")
	r := Parse("\"\xb3\x5c\" <a@b>, \xa4\x40 <c@d>", big5)
	if diff := cmp.Diff("許 <a@b> | 一 <c@d>", summary(r)); diff != "" {
		t.Errorf("mailboxes differ (-want +got):\n%s", diff)
	}
}

func TestParseMax(t *testing.T) {
	in := strings.Repeat("A: Joe <a@b>, c, d@e; Doe, John <f@g>, \"h@i\",", 1000)
	all := Parse(in, nil)
	if all.Total != 5000 {
		t.Fatalf("total is %d, want 5000", all.Total)
	}
	some := ParseMax(in, nil, 7)
	if some.Total != 5000 || len(some.Mailboxes) != 7 {
		t.Fatalf("total %d and %d mailboxes, want 5000 and 7", some.Total, len(some.Mailboxes))
	}
	if diff := cmp.Diff(all.Mailboxes[:7], some.Mailboxes); diff != "" {
		t.Errorf("mailboxes differ (-want +got):\n%s", diff)
	}
	if n := Count(in); n != 5000 {
		t.Errorf("Count gives %d, want 5000", n)
	}
}

func TestOthersAreBounded(t *testing.T) {
	r := Parse(strings.Repeat("no address;", 5000)+strings.Repeat("group:;", 5000), nil)
	if len(r.Invalid) != MaxOthers || len(r.Groups) != MaxOthers {
		t.Errorf("%d entries and %d groups were kept, want %d", len(r.Invalid), len(r.Groups), MaxOthers)
	}
}

func TestEntryOfManyWords(t *testing.T) {
	words := strings.Repeat("word ", 1000)
	for in, want := range map[string]string{
		words + "<a@b>":               words + "<a@b>",
		words + "a@b":                 words + "<a@b>",
		"<a@b> " + words:              words + "<a@b>",
		words + "<a@b> x <c@d>":       words + "<a@b> | x <c@d>",
		strings.Repeat("a@b ", 300):   strings.TrimSuffix(strings.Repeat("<a@b> | ", 300), " | "),
		strings.Repeat("a@b, ", 3000): strings.TrimSuffix(strings.Repeat("<a@b> | ", 3000), " | "),
	} {
		if diff := cmp.Diff(want, summary(Parse(in, nil))); diff != "" {
			t.Errorf("Parse(%.20q...) differs (-want +got):\n%s", in, diff)
		}
	}
}

func TestValidAddrSpec(t *testing.T) {
	for in, want := range map[string]bool{
		"a@b": true, "a.b+c@d.e": true, "o'brien@b": true, `"a b"@c`: true, `"a\"b"@c`: true,
		"a@[127.0.0.1]": true, "jörg@exämple.net": true, "a..b.@docomo.ne.jp": true,
		"": false, "a": false, "@b": false, "a@": false, "a@b@c": false, "a b@c": false, "<a@b>": false,
		"a@b c": false, "a@b,c": false, "a@b\r\nBcc: c@d": false, "\"a\r\n\"@b": false, "a\x00@b": false,
		`"a@b`: false, `"a"b@c`: false, "a@[b": false, "a@[b]c": false, "a@b..c": false, "a@.b": false,
		"a@b\xff": false, "a(x)@b": false, "a@b\u2028c": false,
	} {
		if got := ValidAddrSpec(in); got != want {
			t.Errorf("ValidAddrSpec(%q) is %v, want %v", in, got, want)
		}
	}
}
