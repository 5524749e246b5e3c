package mapi2mime_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mapi2mime"
)

func TestGenericFields(t *testing.T) {
	for _, c := range []struct {
		name, header, value string
		o                   mapi2mime.Options
		want                string // "" for none
		code                diag.Code
	}{
		{"OUT-HDR-004 written", "X-Mailer", "Example 1.0", mapi2mime.Options{}, "Example 1.0", ""},
		{"OUT-HDR-004 encoded", "X-Note", "Größe des Ganzen hier", mapi2mime.Options{}, "=?utf-8?Q?Gr=C3=B6=C3=9Fe_des_Ganzen_hier?=", ""},
		{"OUT-HDR-005 mapped from another property", "subject", "Other", mapi2mime.Options{}, "Hello", ""},
		{"OUT-HDR-005 recipients", "Bcc", "x@example.com", mapi2mime.Options{}, "", ""},
		{"OUT-HDR-005 structure", "Content-Type", "text/html", mapi2mime.Options{}, "text/plain; charset=utf-8", ""},
		{"OUT-HDR-005 resent blind copies", "Resent-Bcc", "x@example.com", mapi2mime.Options{}, "", ""},
		{"OUT-HDR-005 dates", "Date", "Tue, 5 Mar 2024 13:07:09 +0000", mapi2mime.Options{}, "Tue, 5 Mar 2024 13:07:09 +0000", ""},
		{"OUT-HDR-006 reserved", "X-MS-Exchange-Organization-AuthAs", "Internal", mapi2mime.Options{}, "", diag.ReservedHeaderDropped},
		{"OUT-HDR-006 reserved, another prefix", "X-Microsoft-Exchange-Forest-Foo", "x", mapi2mime.Options{}, "", diag.ReservedHeaderDropped},
		{"OUT-HDR-006 reserved, trusted", "X-MS-Exchange-Organization-AuthAs", "Internal", mapi2mime.Options{Trusted: true}, "Internal", ""},
		{"OUT-HDR-006 reserved and mapped", "X-MS-Exchange-Organization-SCL", "-1", mapi2mime.Options{}, "", diag.ReservedHeaderDropped},
		{"OUT-HDR-007 line break", "X-Note", "a\r\nBcc: x@example.com", mapi2mime.Options{}, "", diag.HeaderNotWritten},
		{"OUT-HDR-007 bare CR", "X-Note", "a\rb", mapi2mime.Options{}, "", diag.HeaderNotWritten},
		{"OUT-HDR-007 NUL", "X-Note", "a\x00b", mapi2mime.Options{}, "", diag.HeaderNotWritten},
		{"OUT-HDR-007 a fold is none", "X-Note", "a\r\n b", mapi2mime.Options{}, "a b", ""},
		{"no text", "X-Note", " \r\n", mapi2mime.Options{}, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := write(t, with(func(p *props) { generic(p, c.header, c.value) }), &c.o)
			w.want(t, c.header, c.want)
			if c.code == "" {
				w.wantNoDiagnostics(t)
			} else {
				w.wantCode(t, c.code)
			}
		})
	}
}

func TestGenericFieldOfSeveralValues(t *testing.T) {
	write(t, with(func(p *props) {
		p.Set(mapi.HeaderKey("X-List"), mapi.List([]string{"a", "b"}))
		p.Set(mapi.HeaderKey("X-Number"), mapi.Int32(1))
	}), nil).want(t, "X-List", "a, b", "X-Number", "")
}

func TestOUT_HDR_007_IllegalNames(t *testing.T) {
	for _, name := range []string{"X Note", "X:Note", "X-Note:", "Bcc: x@example.com\r\nX-Note", "X-Nöte", "X-\x00", "\tX", strings.Repeat("X", 1000)} {
		w := write(t, with(func(p *props) { generic(p, name, "value") }), nil)
		if strings.Contains(w.raw, "value") || strings.Contains(w.raw, "x@example.com") {
			t.Errorf("name %.40q was written", name)
		}
		w.wantCode(t, diag.HeaderNotWritten)
	}
	for _, n := range []int{59, 60, 200, 900, 990} {
		long, value := strings.Repeat("X", n), strings.Repeat("v", 300)
		write(t, with(func(p *props) { generic(p, long, value) }), nil).want(t, long, value)
	}
}

func TestOUT_HDR_022_ReservedFieldsOfEmbeddedMessages(t *testing.T) {
	m := note()
	generic(&m.Properties, "X-MS-Exchange-Organization-AuthAs", "Outer")
	inner := with(func(p *props) { generic(p, "X-MS-Exchange-Organization-AuthAs", "Inner") })
	m.Attachments = []*mapi.Attachment{{Message: inner}}
	for _, option := range []bool{false, true} {
		w := write(t, m, &mapi2mime.Options{TrustedEmbedded: option})
		if strings.Contains(w.raw, "Outer") {
			t.Errorf("the outermost message has the reserved field")
		}
		if got := strings.Contains(w.raw, "AuthAs: Inner"); got != option {
			t.Errorf("option %v: field of the embedded message written: %v", option, got)
		}
	}
}

func TestFieldsStandOnce(t *testing.T) {
	m := with(func(p *props) {
		for _, name := range []string{"From", "to", "Message-Id", "MIME-Version", "Content-Transfer-Encoding", "Thread-Topic", "Precedence", "List-Help"} {
			generic(p, name, "x")
		}
		mapi.PidTagConversationTopic.Set(p, "Hello")
		mapi.PidTagInternetPrecedence.Set(p, "bulk")
	})
	w := write(t, m, nil)
	header, _, _ := strings.Cut(w.raw, "\r\n\r\n")
	var names []string
	for line := range strings.SplitSeq(header, "\r\n") {
		if name, _, ok := strings.Cut(line, ":"); ok && line[0] != ' ' {
			names = append(names, strings.ToLower(name))
		}
	}
	slices.Sort(names)
	if u := slices.Compact(slices.Clone(names)); len(u) != len(names) {
		t.Errorf("fields %q", names)
	}
	w.want(t, "Precedence", "bulk", "List-Help", "x", "Thread-Topic", "Hello")
}
