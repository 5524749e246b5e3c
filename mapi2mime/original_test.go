package mapi2mime_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mapi2mime"
)

var retrieval = mapi2mime.Options{Purpose: mapi2mime.Retrieval, Key: []byte("test")}

// header returns the header block as it was written.
func (w written) header() string {
	header, _, _ := strings.Cut(w.raw, "\r\n\r\n")
	return header + "\r\n"
}

// A message that was received comes back with the header block that it came with:
// order, case of names, folding, words, repeated fields.
func TestHeaderBlockComesBack(t *testing.T) {
	const block = "Return-Path: <ann@example.com>\r\n" +
		"Received: from a by b\r\n\tfor c; Tue, 5 Mar 2024 13:07:10 +0000\r\n" +
		"DKIM-Signature: v=1; a=rsa-sha256; d=example.com;\r\n\tb=AbC=\r\n" +
		"Received: from d by a\r\n" +
		"SUBJECT: =?iso-8859-1?q?Gr=FC=DFe?=\r\n" +
		"X-Spam: one\r\n" +
		"MIME-Version: 1.0 (a mailer)\r\n" +
		"To: Friends: bob@example.org, \"Cy\" <cy@example.org>;\r\n" +
		"X-Spam: two\r\n" +
		"X-Priority: 3 (Normal)\r\n" +
		"Sender: \"A. Nother\" <ANN@example.com>\r\n" +
		"From: =?utf-8?Q?Ann?= <ann@example.com>\r\n" +
		"Date: Tue,  5 Mar 2024 05:07:09 -0800\r\n" +
		"Message-Id: <id@example.com>\r\n" +
		"Sensitivity: Normal\r\n" +
		"References: <a@example.com>\r\n <b@example.com>\r\n" +
		"Content-Type: text/plain;\r\n charset=utf-8\r\n" +
		"Content-Transfer-Encoding: 7bit\r\n"
	m := with(func(p *props) {
		mapi.PidTagTransportMessageHeaders.Set(p, block)
		mapi.PidTagSubject.Set(p, "Grüße")
		mapi.PidTagInternetReferences.Set(p, "<a@example.com> <b@example.com>")
		mapi.PidTagSensitivity.Set(p, 0)
		mapi.SenderGroup.SetInternet(p, &mapi.InternetAddress{Name: "Ann", Address: "ann@example.com"})
		generic(p, "x-spam", "one")
	})
	m.Recipients = make([]mapi.Recipient, 2)
	m.Recipients[0].SetInternet(&mapi.InternetAddress{Address: "bob@example.org"}, mapi.RecipientTo, 0)
	m.Recipients[1].SetInternet(&mapi.InternetAddress{Name: "Cy", Address: "cy@example.org"}, mapi.RecipientTo, 1)
	w := write(t, m, &retrieval)
	if diff := cmp.Diff(block, w.header()); diff != "" {
		t.Errorf("header block differs (-want +got):\n%s", diff)
	}
	w.wantNoDiagnostics(t)
	if w := write(t, m, nil); strings.Contains(w.raw, "Received") || strings.Contains(w.raw, "two") {
		t.Errorf("a submitted message has a trace")
	}
}

// What the properties say otherwise stands in the place of the old.
func TestHeaderBlockIsBroughtUpToDate(t *testing.T) {
	const id = "Message-ID: <id@example.com>\r\n"
	one := func(name, s string) func(p *props) { return func(p *props) { generic(p, name, s) } }
	for _, c := range []struct {
		name, block string
		set         func(p *props)
		want        string // the fields at its place; the rest is of no concern
	}{
		{"another subject", "Subject: Old\r\nX-A: b\r\n", nil, "Subject: Hello\r\nX-A: b\r\n"},
		{"two subjects", "Subject: Hello\r\nSubject: Other\r\nX-A: b\r\n", nil, "Subject: Hello\r\nX-A: b\r\n"},
		{"a date that was repaired", "Date: 2024-03-05 13:07:09\r\nX-A: b\r\n", nil, "Date: Tue, 5 Mar 2024 13:07:09 +0000\r\nX-A: b\r\n"},
		{"two dates", "Date: 5 Mar 2024 13:07:09 +0000\r\nDate: 6 Mar 2024 13:07:09 +0000\r\n", nil, "Date: 5 Mar 2024 13:07:09 +0000\r\nFrom:"},
		{"another sender", "From: Eve <eve@example.com>\r\n", nil, "From: Ann <ann@example.com>\r\n"},
		{"another name", "From: Eve <ann@example.com>\r\n", nil, "From: Ann <ann@example.com>\r\n"},
		{"a second author", "From: Ann <ann@example.com>, Eve <eve@example.com>\r\n", nil, "From: Ann <ann@example.com>, Eve <eve@example.com>\r\n"},
		{"an obsolete form", "From: A. Nn <ann@example.com>\r\n", func(p *props) { mapi.PidTagSentRepresentingName.Set(p, "A. Nn") }, "From: \"A. Nn\" <ann@example.com>\r\n"},
		{"a Sender who is another", "Sender: eve@example.com\r\nX-A: b\r\n", nil, "X-A: b\r\n"},
		{"recipients less one", "To: bob@example.org, eve@example.org\r\n", nil, "To: bob@example.org\r\n"},
		{"recipients in two fields", "To: bob@example.org\r\nTo: eve@example.org\r\nX-A: b\r\n", nil, "To: bob@example.org\r\nX-A: b\r\n"},
		{"a copy that is gone", "Cc: eve@example.org\r\nX-A: b\r\n", nil, "X-A: b\r\n"},
		{"a blind copy that is gone", "Bcc: eve@example.org\r\nX-A: b\r\n", nil, "X-A: b\r\n"},
		{"a reply address that is gone", "Reply-To: eve@example.org\r\nX-A: b\r\n", nil, "X-A: b\r\n"},
		{"a receipt that is gone", "Disposition-Notification-To: eve@example.org\r\nX-A: b\r\n", nil, "X-A: b\r\n"},
		{"blind copies told of elsewhere", "Resent-Bcc: eve@example.org\r\nX-A: b\r\n", nil, "X-A: b\r\n"},
		{"importance that was raised", "X-Priority: 3\r\nX-A: b\r\n", func(p *props) { mapi.PidTagImportance.Set(p, 2) }, "Importance: High\r\nX-Priority: 1\r\nX-A: b\r\n"},
		{"importance by an invalid word", "Priority: x\r\nX-A: b\r\n", func(p *props) { mapi.PidTagImportance.Set(p, 0) }, "Importance: Low\r\nX-Priority: 5\r\nX-A: b\r\n"},
		{"importance that was lowered", "X-Priority: 1\r\nX-A: b\r\n", nil, "X-A: b\r\n"},
		{"importance as it was", "X-MSMail-Priority: High\r\nX-A: b\r\n", func(p *props) { mapi.PidTagImportance.Set(p, 2) }, "X-MSMail-Priority: High\r\nX-A: b\r\n"},
		{"importance by the field that counts", "X-Priority: 1\r\nImportance: low\r\nPriority: normal\r\nX-A: b\r\n", func(p *props) { mapi.PidTagImportance.Set(p, 0) },
			"X-Priority: 1\r\nImportance: low\r\nPriority: normal\r\nX-A: b\r\n"},
		{"importance by a field that does not count", "X-Priority: 1\r\nImportance: low\r\nX-A: b\r\n", func(p *props) { mapi.PidTagImportance.Set(p, 2) },
			"Importance: High\r\nX-Priority: 1\r\nX-A: b\r\n"},
		{"copies to nobody", "Cc: undisclosed recipients:;\r\nX-A: b\r\n", nil, "Cc: undisclosed recipients:;\r\nX-A: b\r\n"},
		{"copies to nobody, in an odd form", "Cc: undisclosed. recipients:;\r\nX-A: b\r\n", nil, "X-A: b\r\n"},
		{"a name beside the proper one", "X-List-Help: <mailto:a@b>\r\nList-Help: <mailto:c@d>\r\nX-A: b\r\n", func(p *props) { mapi.PidTagListHelp.Set(p, "<mailto:c@d>") },
			"X-List-Help: <mailto:a@b>\r\nList-Help: <mailto:c@d>\r\nX-A: b\r\n"},
		{"a name instead of the proper one", "X-List-Help: <mailto:a@b>\r\nX-A: b\r\n", func(p *props) { mapi.PidTagListHelp.Set(p, "<mailto:c@d>") },
			"List-Help: <mailto:c@d>\r\nX-A: b\r\n"},
		{"a name that does for the proper one", "X-List-Help: <mailto:a@b>\r\nX-A: b\r\n", func(p *props) { mapi.PidTagListHelp.Set(p, "<mailto:a@b>") },
			"X-List-Help: <mailto:a@b>\r\nX-A: b\r\n"},
		{"a flag that is gone", "X-Message-Flag: x\r\nX-A: b\r\n", nil, "X-A: b\r\n"},
		{"a reference that is gone", "References: <a@b>\r\nX-A: b\r\n", nil, "X-A: b\r\n"},
		{"sensitivity that is gone", "Sensitivity: Private\r\nX-A: b\r\n", func(p *props) { mapi.PidTagSensitivity.Set(p, 0) }, "X-A: b\r\n"},
		{"another value of an extension", "X-B: old\r\nX-A: b\r\nX-B: second\r\n", one("X-B", "new"), "X-B: new\r\nX-A: b\r\nFrom:"},
		{"the size of the old body", "Lines: 12\r\nContent-Length: 500\r\nContent-MD5: x\r\nX-A: b\r\n", nil, "X-A: b\r\n"},
		{"the old structure", "Content-Type: multipart/mixed; boundary=x\r\nContent-Transfer-Encoding: base64\r\nX-A: b\r\n", nil,
			"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 7bit\r\nX-A: b\r\n"},
		{"another version of MIME", "MIME-Version: 2.0\r\nX-A: b\r\n", nil, "MIME-Version: 1.0\r\nX-A: b\r\n"},
		{"a word that few decode", "Subject: =?utf-7?Q?Hello?=\r\n", nil, "Subject: Hello\r\n"},
		{"a word within a word", "Subject: Hel=?us-ascii?Q?lo?=\r\n", nil, "Subject: Hello\r\n"},
		{"a word with a language", "Subject: =?us-ascii*en?Q?Hello?=\r\n", nil, "Subject: Hello\r\n"},
		{"a fold of blanks", "X-A: b\r\n \r\n c\r\n", nil, "X-A: b c\r\n"},
		{"bytes beyond ASCII", "X-A: größer als es sein sollte und mehr\r\n", nil, "X-A: =?utf-8?Q?gr=C3=B6=C3=9Fer_als_es_sein_sollte_und_mehr?=\r\n"},
		{"bytes beyond ASCII beside words", "X-A: ö =?utf-8?Q?=C3=B6?=\r\n", nil, "X-A: =?utf-8?B?w7Ygw7Y=?=\r\n"},
		{"line ends of LF", "X-A: b\n\tc\nX-B: d\n", nil, "X-A: b\r\n\tc\r\nX-B: d\r\n"},
		{"no field", "Microsoft Mail Internet Headers Version 2.0\r\nX-A: b\r\n", nil, "X-A: b\r\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := with(func(p *props) {
				mapi.PidTagTransportMessageHeaders.Set(p, id+c.block)
				if c.set != nil {
					c.set(p)
				}
			})
			w := write(t, m, &retrieval)
			if got := strings.TrimPrefix(w.raw, id); !strings.HasPrefix(got, c.want) {
				t.Errorf("got\n%.300s\nwant\n%s", got, c.want)
			}
			for _, name := range []string{"Subject", "From", "To", "Date", "Message-ID", "MIME-Version", "Content-Type"} {
				if n := len(w.fields(name)); n != 1 {
					t.Errorf("%d fields %s", n, name)
				}
			}
		})
	}
}

// Options hold for what comes from the header block.
func TestHeaderBlockAndOptions(t *testing.T) {
	const block = "Message-ID: <id@example.com>\r\nKeywords: Red\r\nSender: Ann <ann@example.com>\r\nFrom: Ann <ann@example.com>\r\n" +
		"X-MS-Exchange-Organization-AuthAs: Internal\r\nX-MS-Exchange-Organization-SCL: 5\r\nX-MS-Has-Attach: yes\r\nBcc: bcc@example.com\r\n"
	m := with(func(p *props) {
		mapi.PidTagTransportMessageHeaders.Set(p, block)
		mapi.PidNameKeywords.Set(p, []string{"Red"})
		mapi.SenderGroup.SetInternet(p, &mapi.InternetAddress{Name: "Ann", Address: "ann@example.com"})
		mapi.PidTagContentFilterSpamConfidenceLevel.Set(p, 5)
	})
	m.Recipients = append(m.Recipients, recipients(mapi.RecipientBcc, "bcc@example.com")...)
	m.Attachments = []*mapi.Attachment{file("x", nil)}
	w := write(t, m, &retrieval)
	w.want(t, "Keywords", "Red", "Sender", "Ann <ann@example.com>", "X-MS-Exchange-Organization-AuthAs", "",
		"X-MS-Exchange-Organization-SCL", "", "X-MS-Has-Attach", "yes", "Bcc", "bcc@example.com")
	w.wantCode(t, diag.ReservedHeaderDropped)
	w = write(t, m, &mapi2mime.Options{Purpose: mapi2mime.Retrieval, Trusted: true, NoKeywords: true, SuppressSenderName: true,
		NoHasAttach: true, Bcc: mapi2mime.BccNever})
	w.want(t, "Keywords", "", "Sender", "", "From", "ann@example.com", "X-MS-Exchange-Organization-AuthAs", "Internal",
		"X-MS-Exchange-Organization-SCL", "5", "X-MS-Has-Attach", "", "Bcc", "")
}

// A header block that belongs to another message gives its trace alone, as one
// does of which nothing is known.
func TestForeignHeaderBlock(t *testing.T) {
	for _, c := range []struct {
		name, block string
		ours        bool
	}{
		{"the same Message-ID", "Message-ID: <id@example.com>\r\nSubject: Other\r\n", true},
		{"the same Message-ID without brackets", "Message-ID: id@example.com\r\n", true},
		{"another Message-ID", "Subject: Hello\r\nMessage-ID: <other@example.com>\r\n", false},
		{"the same subject", "Subject: =?utf-8?Q?Hello?=\r\n", true},
		{"another subject", "Subject: Re: Hello\r\n", false},
		{"the same date", "Date: Tue, 5 Mar 2024 14:07:09 +0100\r\n", true},
		{"another date", "Date: Tue, 5 Mar 2024 14:07:09 +0000\r\n", false},
		{"the same sender", "From: x <Ann@example.com>\r\n", true},
		{"another sender", "From: Ann <eve@example.com>\r\n", false},
		{"nothing", "", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := with(func(p *props) {
				mapi.PidTagTransportMessageHeaders.Set(p, "Received: from a\r\nX-A: b\r\n"+c.block)
			})
			w := write(t, m, &retrieval)
			want := ""
			if c.ours {
				want = "b"
			}
			w.want(t, "Received", "from a", "X-A", want)
		})
	}
}

// A delivery report keeps its addressees, of whom its properties have the first
// alone.
func TestAddresseesOfAReport(t *testing.T) {
	const id = "Message-ID: <id@example.com>\r\n"
	for _, c := range []struct{ name, block, to, cc string }{
		{"in Cc", "Cc: ann@example.com\r\n", "", "ann@example.com"},
		{"one of several", "To: x:; (none)\r\nCc: ann@example.com, bob@example.com\r\n", "x:; (none)", "ann@example.com, bob@example.com"},
		{"another", "To: eve@example.com\r\nCc: bob@example.com\r\n", "ann@example.com", ""},
		{"in an odd form", "To: (a) ann@example.com\r\nCc: bob@example.com\r\n", "ann@example.com", ""},
		{"in two fields", "To: ann@example.com\r\nTo: eve@example.com\r\n", "ann@example.com", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := with(func(p *props) {
				mapi.PidTagMessageClass.Set(p, "REPORT.IPM.Note.NDR")
				mapi.PidTagTransportMessageHeaders.Set(p, id+c.block)
				mapi.ReceivedByGroup.SetInternet(p, &mapi.InternetAddress{Address: "ann@example.com"})
			})
			write(t, m, &retrieval).want(t, "To", c.to, "Cc", c.cc)
		})
	}
}

// Where neither the message nor the block has a field that tells messages apart,
// they belong together.
func TestHeaderBlockOfNobody(t *testing.T) {
	m := new(mapi.Message)
	mapi.PidTagTransportMessageHeaders.Set(&m.Properties, "X-A: b\r\n")
	write(t, m, &retrieval).want(t, "X-A", "b")
	mapi.PidTagSubject.Set(&m.Properties, "s")
	write(t, m, &retrieval).want(t, "X-A", "")
}

// A list on a line that is too long is folded between its entries, never within a
// name.
func TestLongAddressLineOfTheHeaderBlock(t *testing.T) {
	const odd = `"two  blanks" <a@example.com>`
	list := strings.Repeat("bob@example.org, ", 60) + odd
	m := with(func(p *props) {
		mapi.PidTagTransportMessageHeaders.Set(p, "Message-ID: <id@example.com>\r\nTo: "+list+"\r\n")
	})
	m.Recipients = append(recipients(mapi.RecipientTo, slices.Repeat([]string{"bob@example.org"}, 60)...), row(func(p *props) {
		mapi.RecipientGroup.SetInternet(p, &mapi.InternetAddress{Name: "two  blanks", Address: "a@example.com"})
	}))
	w := write(t, m, &retrieval)
	w.want(t, "To", list)
	if !strings.Contains(w.raw, odd) {
		t.Errorf("the name is folded: %s", w.header())
	}
}

// The diagnostics of the fields of a header block come in its order, every time.
func TestHeaderBlockDiagnosticsInOrder(t *testing.T) {
	block, want := "Subject: Hello\r\n", []string(nil)
	for _, name := range []string{"D", "A", "F", "C", "E", "B"} {
		name = "X-MS-Exchange-Organization-" + name
		block += name + ": x\r\n"
		want = append(want, name)
	}
	w := write(t, with(func(p *props) { mapi.PidTagTransportMessageHeaders.Set(p, block) }), &retrieval)
	var got []string
	for _, d := range w.res.Diagnostics {
		if d.Code == diag.ReservedHeaderDropped {
			got = append(got, d.Header)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("dropped fields (-want +got):\n%s", diff)
	}
}
