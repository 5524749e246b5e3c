package dsn_test

import (
	"strings"
	"testing"

	"github.com/contentconv/contentconv/dsn"
)

func TestEnvelopeErrors(t *testing.T) {
	addresses := map[string]string{
		"CR":                     "a\rb@example.com",
		"LF":                     "a\nb@example.com",
		"CRLF and a field":       "a@example.com\r\nBcc: c@example.com",
		"NUL":                    "a\x00@example.com",
		"escape":                 "a\x1b@example.com",
		"space":                  "a b@example.com",
		"U+2028":                 "a\u2028b@example.com",
		"direction override":     "a\u202eb@example.com",
		"invalid UTF-8":          "a\xff@example.com",
		"second address":         "a@example.com>,<b@example.com",
		"comma":                  "a,b@example.com",
		"comment":                "a(b)@example.com",
		"source route":           "@a,@b:c@example.com",
		"no local part":          "@example.com",
		"empty domain":           "a@",
		"two at signs":           "a@b@example.com",
		"space in the domain":    "a@exam ple.com",
		"CRLF in the domain":     "a@example\r\n.com",
		"open quote":             `"a@example.com`,
		"CRLF in quotes":         "\"a\r\n b\"@example.com",
		"text after quotes":      `"a"b@example.com`,
		"open literal":           "a@[192.0.2.1",
		"bracket in the literal": "a@[[192.0.2.1]",
		"long":                   strings.Repeat("a", 600) + "@example.com",
	}
	for name, addr := range addresses {
		t.Run("recipient "+name, func(t *testing.T) {
			env := envelope()
			env.Recipients = append(env.Recipients, dsn.Recipient{Address: addr})
			_, err := dsn.New(t.Context(), failure(), env, options())
			if e := wantError[*dsn.EnvelopeError](t, err); e.Field != "Recipients[1].Address" || strings.ContainsAny(e.Error(), "\r\n\x1b\x00") {
				t.Errorf("error is %v", e)
			}
		})
		t.Run("return path "+name, func(t *testing.T) {
			env := envelope()
			env.ReturnPath = addr
			_, err := dsn.New(t.Context(), failure(), env, options())
			if e := wantError[*dsn.EnvelopeError](t, err); e.Field != "ReturnPath" {
				t.Errorf("error is %v", e)
			}
		})
	}
	others := []struct {
		name   string
		change func(*dsn.Envelope)
		field  string
	}{
		{"empty recipient", func(e *dsn.Envelope) { e.Recipients[0].Address = "<>" }, "Recipients[0].Address"},
		{"return path without a domain", func(e *dsn.Envelope) { e.ReturnPath = "a" }, "ReturnPath"},
		{"ENVID with a line break", func(e *dsn.Envelope) { e.EnvelopeID = "a\r\nX: y" }, "EnvelopeID"},
		{"ENVID with a bad escape", func(e *dsn.Envelope) { e.EnvelopeID = "a+0g" }, "EnvelopeID"},
		{"ENVID with half an escape", func(e *dsn.Envelope) { e.EnvelopeID = "a+0" }, "EnvelopeID"},
		{"ENVID with =", func(e *dsn.Envelope) { e.EnvelopeID = "a=b" }, "EnvelopeID"},
		{"long ENVID", func(e *dsn.Envelope) { e.EnvelopeID = strings.Repeat("a", 101) }, "EnvelopeID"},
		{"host with a line break", func(e *dsn.Envelope) { e.ReceivedFrom = "a\nb" }, "ReceivedFrom"},
		{"ORCPT without a type", func(e *dsn.Envelope) { e.Recipients[0].Original = "a@example.com" }, "Recipients[0].Original"},
		{"ORCPT without an address", func(e *dsn.Envelope) { e.Recipients[0].Original = "rfc822;" }, "Recipients[0].Original"},
		{"ORCPT with a line break", func(e *dsn.Envelope) { e.Recipients[0].Original = "rfc822;a\r\nX:y" }, "Recipients[0].Original"},
		{"ORCPT type with a line break", func(e *dsn.Envelope) { e.Recipients[0].Original = "rfc\n822;a" }, "Recipients[0].Original"},
		{"ORCPT utf-8 with a control", func(e *dsn.Envelope) { e.Recipients[0].Original = "utf-8;a\u0085" }, "Recipients[0].Original"},
		{"ORCPT utf-8 with a bad escape", func(e *dsn.Envelope) { e.Recipients[0].Original = `utf-8;a\x{110000}` }, "Recipients[0].Original"},
		{"ORCPT utf-8 with a surrogate", func(e *dsn.Envelope) { e.Recipients[0].Original = `utf-8;a\x{D800}` }, "Recipients[0].Original"},
		{"ORCPT utf-8 with an open escape", func(e *dsn.Envelope) { e.Recipients[0].Original = `utf-8;a\x{E4` }, "Recipients[0].Original"},
		{"long ORCPT", func(e *dsn.Envelope) { e.Recipients[0].Original = "rfc822;" + strings.Repeat("a", 500) }, "Recipients[0].Original"},
	}
	for _, tt := range others {
		t.Run(tt.name, func(t *testing.T) {
			env := envelope()
			tt.change(&env)
			_, err := dsn.New(t.Context(), failure(), env, options())
			if e := wantError[*dsn.EnvelopeError](t, err); e.Field != tt.field {
				t.Errorf("error is %v", e)
			}
		})
	}
}

func TestRecipientForms(t *testing.T) {
	long := strings.Repeat("ü", 200) + "@example.com"
	tests := []struct {
		name      string
		recipient dsn.Recipient
		sevenBit  bool
		original  string
		final     string
	}{
		{"plain", dsn.Recipient{Address: "b@example.com"}, false, "", "rfc822; b@example.com"},
		{"brackets", dsn.Recipient{Address: "<b@example.com>"}, false, "", "rfc822; b@example.com"},
		{"dots of mobile carriers", dsn.Recipient{Address: "a..b.@example.com"}, false, "", "rfc822; a..b.@example.com"},
		{"quoted", dsn.Recipient{Address: `"a  b\"@,;"@example.com`}, false, "", `rfc822; "a  b\"@,;"@example.com`},
		{"literal", dsn.Recipient{Address: "a@[IPv6:2001:db8::1]"}, false, "", "rfc822; a@[IPv6:2001:db8::1]"},
		{"RFC 3461 xtext", dsn.Recipient{Address: "b@example.com", Original: "rfc822;a+2Bb+3Dc@example.com"}, false,
			"rfc822; a+b=c@example.com", "rfc822; b@example.com"},
		{"RFC 3461 xtext, lower case", dsn.Recipient{Address: "b@example.com", Original: "rfc822;a+2bb"}, false,
			"rfc822; a+b", "rfc822; b@example.com"},
		{"RFC 3461 control in xtext", dsn.Recipient{Address: "b@example.com", Original: "rfc822;a+0D+0AX:y"}, false,
			"rfc822; a+0D+0AX:y", "rfc822; b@example.com"},
		{"RFC 3461 blank xtext", dsn.Recipient{Address: "b@example.com", Original: "rfc822;+20"}, false,
			"rfc822; +20", "rfc822; b@example.com"},
		{"other type", dsn.Recipient{Address: "b@example.com", Original: "x400;/S+3Da"}, false,
			"x400; /S=a", "rfc822; b@example.com"},
		{"RFC 6533 recipient", dsn.Recipient{Address: "jörg@example.com"}, false, "", "utf-8; jörg@example.com"},
		{"RFC 6533 domain", dsn.Recipient{Address: "j@exämple.com"}, false, "", "utf-8; j@exämple.com"},
		{"RFC 6533 recipient in seven bits", dsn.Recipient{Address: "jörg+a=b@example.com"}, true, "",
			`utf-8; j\x{F6}rg\x{2B}a\x{3D}b@example.com`},
		{"RFC 6533 quoted, in seven bits", dsn.Recipient{Address: `"ö\" "@example.com`}, true, "",
			`utf-8; "\x{F6}\x{5C}"\x{20}"@example.com`},
		{"RFC 6533 in seven bits beyond the BMP", dsn.Recipient{Address: "😀@example.com"}, true, "", `utf-8; \x{1F600}@example.com`},
		{"RFC 6533 ORCPT decoded", dsn.Recipient{Address: "ö@example.com", Original: `utf-8;j\x{F6}rg@example.com`}, false,
			"utf-8; jörg@example.com", "utf-8; ö@example.com"},
		{"RFC 6533 ORCPT unitext", dsn.Recipient{Address: "b@example.com", Original: `UTF-8;jörg\x{2B}a@example.com`}, false,
			`utf-8; j\x{F6}rg\x{2B}a@example.com`, "rfc822; b@example.com"},
		{"RFC 6533 ORCPT that is no address", dsn.Recipient{Address: "ö@example.com", Original: `utf-8;a\x{D}\x{A}b`}, false,
			`utf-8; a\x{0D}\x{0A}b`, "utf-8; ö@example.com"},
		{"long", dsn.Recipient{Address: long}, false, "", "utf-8; " + long},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			env, o := envelope(), options()
			env.Recipients = []dsn.Recipient{tt.recipient}
			o.SevenBit = tt.sevenBit
			r := build(t, failure(), env, o)
			if got := r.status[1].Get("Original-Recipient"); got != tt.original {
				t.Errorf("Original-Recipient: %s", got)
			}
			if got := r.status[1].Get("Final-Recipient"); got != tt.final {
				t.Errorf("Final-Recipient: %s", got)
			}
		})
	}
	t.Run("too long when encoded", func(t *testing.T) {
		env, o := envelope(), options()
		env.Recipients, o.SevenBit = []dsn.Recipient{{Address: long}}, true
		_, err := dsn.New(t.Context(), failure(), env, o)
		if e := wantError[*dsn.EnvelopeError](t, err); e.Field != "Recipients[0]" {
			t.Errorf("error is %v", e)
		}
	})
}

func TestInternational(t *testing.T) {
	const utf8Header = "Subject: Grüße\r\n"
	tests := []struct {
		name       string
		change     func(*dsn.Envelope, *dsn.Options)
		header     string
		global     bool
		status     string
		third      string
		thirdCoded string
	}{
		{"ASCII", nil, "Subject: x\r\n", false, "message/delivery-status", "text/rfc822-headers", ""},
		{"header with bytes", nil, utf8Header, false, "message/delivery-status", "text/rfc822-headers", "quoted-printable"},
		{"recipient", func(e *dsn.Envelope, _ *dsn.Options) { e.Recipients[0].Address = "ö@example.com" }, utf8Header,
			true, "message/global-delivery-status", "message/global-headers", "8bit"},
		{"return path", func(e *dsn.Envelope, _ *dsn.Options) { e.ReturnPath = "ö@example.org" }, "Subject: x\r\n",
			true, "message/global-delivery-status", "text/rfc822-headers", ""},
		{"SMTPUTF8", func(e *dsn.Envelope, _ *dsn.Options) { e.SMTPUTF8 = true }, utf8Header,
			true, "message/global-delivery-status", "message/global-headers", "8bit"},
		{"header that is not UTF-8", func(e *dsn.Envelope, _ *dsn.Options) { e.SMTPUTF8 = true }, "Subject: Gr\xfc\xdfe\r\n",
			true, "message/global-delivery-status", "text/rfc822-headers", "quoted-printable"},
		{"seven bits", func(e *dsn.Envelope, o *dsn.Options) {
			e.SMTPUTF8, o.SevenBit, e.Recipients[0].Address = true, true, "ö@example.com"
		}, utf8Header, false, "message/delivery-status", "text/rfc822-headers", "quoted-printable"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			env, o := envelope(), options()
			if tt.change != nil {
				tt.change(&env, o)
			}
			r := build(t, withHeader(tt.header), env, o)
			if r.SMTPUTF8 != tt.global || r.EightBit != tt.global {
				t.Errorf("SMTPUTF8 %t, EightBit %t", r.SMTPUTF8, r.EightBit)
			}
			if r.parts[1].kind != tt.status || r.parts[2].kind != tt.third || r.parts[2].encoding != tt.thirdCoded {
				t.Errorf("parts are %s; %s, %s", r.parts[1].kind, r.parts[2].kind, r.parts[2].encoding)
			}
			if r.parts[2].body != tt.header {
				t.Errorf("header is %q", r.parts[2].body)
			}
			if !tt.global && strings.ContainsFunc(r.raw, func(c rune) bool { return c > 0x7E }) {
				t.Errorf("beyond ASCII:\n%s", r.raw)
			}
			if got := r.header.Get("To"); got != "<"+env.ReturnPath+">" {
				t.Errorf("To: %s", got)
			}
		})
	}
	t.Run("seven bits cannot reach an international return path", func(t *testing.T) {
		env, o := envelope(), options()
		env.ReturnPath, o.SevenBit = "ö@example.org", true
		_, err := dsn.New(t.Context(), failure(), env, o)
		if e := wantError[*dsn.OptionError](t, err); e.Name != "SevenBit" {
			t.Errorf("error is %v", e)
		}
	})
}
