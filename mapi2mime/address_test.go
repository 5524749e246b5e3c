package mapi2mime_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mapi2mime"
	"github.com/contentconv/contentconv/mime2mapi"
)

const dn = "/o=Example/ou=Users/cn=Recipients/cn=carl"

// row returns a recipient row with these properties, of kind To.
func row(set func(p *mapi.Properties)) mapi.Recipient {
	var r mapi.Recipient
	mapi.PidTagRecipientType.Set(&r.Properties, mapi.RecipientTo)
	set(&r.Properties)
	return r
}

// book resolves addresses of type EX.
type book map[string]string

func (b book) Resolve(_ context.Context, addressType, address string) (string, error) {
	if addressType != "EX" {
		return "", fmt.Errorf("type %s", addressType)
	}
	return b[address], nil
}

func TestAddressSources(t *testing.T) {
	ex := func(p *mapi.Properties) {
		mapi.PidTagDisplayName.Set(p, "Carl")
		mapi.PidTagAddressType.Set(p, "EX")
		mapi.PidTagEmailAddress.Set(p, dn)
	}
	for _, c := range []struct {
		name string
		o    mapi2mime.Options
		set  func(p *mapi.Properties)
		want string
		code diag.Code
	}{
		{"OUT-ADR-001 the SMTP property first", mapi2mime.Options{}, func(p *mapi.Properties) {
			mapi.PidTagSmtpAddress.Set(p, "carl@example.com")
			mapi.PidTagAddressType.Set(p, "SMTP")
			mapi.PidTagEmailAddress.Set(p, "other@example.com")
			mapi.PidTagEntryId.Set(p, (&mapi.OneOff{Name: "X", AddressType: "SMTP", Address: "third@example.com"}).Bytes())
		}, "X <carl@example.com>", ""},
		{"OUT-ADR-001 type and address before the entry id", mapi2mime.Options{}, func(p *mapi.Properties) {
			mapi.PidTagAddressType.Set(p, "SMTP")
			mapi.PidTagEmailAddress.Set(p, "other@example.com")
			mapi.PidTagEntryId.Set(p, (&mapi.OneOff{AddressType: "SMTP", Address: "third@example.com"}).Bytes())
		}, "other@example.com", ""},
		{"OUT-ADR-003 one-off SMTP entry id", mapi2mime.Options{}, func(p *mapi.Properties) {
			mapi.PidTagEntryId.Set(p, (&mapi.OneOff{Name: "Third", AddressType: "SMTP", Address: "third@example.com"}).Bytes())
		}, "Third <third@example.com>", ""},
		{"OUT-ADR-002 address book entry id resolved", mapi2mime.Options{Resolver: book{dn: "carl@example.com"}}, func(p *mapi.Properties) {
			mapi.PidTagDisplayName.Set(p, "Carl")
			mapi.PidTagEntryId.Set(p, (&mapi.AddressBookEntryID{DN: dn}).Bytes())
		}, "Carl <carl@example.com>", ""},
		{"OUT-ADR-002 the resolver before the capsule", mapi2mime.Options{Resolver: book{dn: "carl@example.com"}, EncapsulationDomain: "gw.example"}, ex,
			"Carl <carl@example.com>", ""},
		{"OUT-ADR-004 unresolvable: IMCEA", mapi2mime.Options{Resolver: book{}, EncapsulationDomain: "gw.example"}, ex,
			"Carl <IMCEAEX-_o=Example_ou=Users_cn=Recipients_cn=carl@gw.example>", diag.AddressEncapsulated},
		{"OUT-ADR-004 other types", mapi2mime.Options{EncapsulationDomain: "gw.example"}, func(p *mapi.Properties) {
			mapi.PidTagAddressType.Set(p, "FAX")
			mapi.PidTagEmailAddress.Set(p, "+1 (555) 0")
		}, "IMCEAFAX-+2B1+20+28555+29+200@gw.example", diag.AddressEncapsulated},
		{"without a domain: the name alone", mapi2mime.Options{}, ex, "Carl:;", diag.AddressUnresolved},
		{"a list of the sender's own has no address", mapi2mime.Options{EncapsulationDomain: "gw.example"}, func(p *mapi.Properties) {
			mapi.PidTagDisplayName.Set(p, "My friends")
			mapi.PidTagAddressType.Set(p, "MAPIPDL")
			mapi.PidTagEmailAddress.Set(p, "Unknown")
		}, "My friends:;", diag.AddressUnresolved},
		{"an X.500 name in the SMTP property", mapi2mime.Options{}, func(p *mapi.Properties) {
			mapi.PidTagDisplayName.Set(p, "Carl")
			mapi.PidTagSmtpAddress.Set(p, dn)
		}, "Carl:;", diag.AddressInvalid},
		{"a name that is the address", mapi2mime.Options{}, func(p *mapi.Properties) {
			mapi.PidTagDisplayName.Set(p, "carl@example.com")
		}, "carl@example.com", diag.AddressRepaired},
		{"brackets, blanks and NUL around", mapi2mime.Options{}, func(p *mapi.Properties) {
			mapi.PidTagSmtpAddress.Set(p, " <carl@example.com> \x00")
		}, "carl@example.com", ""},
		{"local part that needs quotes", mapi2mime.Options{}, func(p *mapi.Properties) {
			mapi.PidTagSmtpAddress.Set(p, "carl the great@example.com")
		}, `"carl the great"@example.com`, ""},
		{"no domain", mapi2mime.Options{}, func(p *mapi.Properties) {
			mapi.PidTagSmtpAddress.Set(p, "carl")
		}, "<carl>", ""},
		{"beyond ASCII", mapi2mime.Options{}, func(p *mapi.Properties) {
			mapi.PidTagSmtpAddress.Set(p, "jörg@exämple.com")
		}, "jörg@exämple.com", diag.AddressUTF8},
		{"nothing at all", mapi2mime.Options{}, func(p *mapi.Properties) {}, "undisclosed-recipients:;", ""},
		{"OUT-ADR-006 flags of submission beside the type", mapi2mime.Options{}, func(p *mapi.Properties) {
			mapi.PidTagRecipientType.Set(p, -0x80000000|mapi.RecipientTo)
			mapi.PidTagSmtpAddress.Set(p, "carl@example.com")
		}, "carl@example.com", ""},
		{"OUT-ADR-006 other types are ignored", mapi2mime.Options{}, func(p *mapi.Properties) {
			mapi.PidTagRecipientType.Set(p, 4)
			mapi.PidTagSmtpAddress.Set(p, "carl@example.com")
		}, "undisclosed-recipients:;", diag.RecipientIgnored},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := note()
			m.Recipients = []mapi.Recipient{row(c.set)}
			w := write(t, m, &c.o)
			w.want(t, "To", c.want)
			if c.code == "" {
				w.wantNoDiagnostics(t)
			} else {
				w.wantCode(t, c.code)
			}
			if got := w.res.SMTPUTF8; got != (c.code == diag.AddressUTF8) {
				t.Errorf("SMTPUTF8 is %v", got)
			}
		})
	}
}

// OUT-ADR-004: what one side encapsulates the other opens.
func TestOUT_ADR_004_CapsuleComesBack(t *testing.T) {
	m := note()
	m.Recipients = []mapi.Recipient{row(func(p *mapi.Properties) {
		mapi.RecipientGroup.Set(p, mapi.Address{Name: "Carl", Type: "EX", Email: dn})
	})}
	w := write(t, m, &mapi2mime.Options{EncapsulationDomain: "gw.example"})
	res, err := mime2mapi.Convert(context.Background(), strings.NewReader(w.raw), &mime2mapi.Options{Domains: []string{"gw.example"}})
	if err != nil {
		t.Fatal(err)
	}
	defer res.Close()
	if a := res.Message.Recipients[0].Address(); a.Type != "EX" || a.Email != dn || a.Name != "Carl" {
		t.Errorf("came back as %+v", a)
	}
}

// OUT-ADR-005: a capsule stands on one line whatever its length, and one that no
// line can hold is not used.
func TestOUT_ADR_005_CapsuleIsNeverFolded(t *testing.T) {
	for _, c := range []struct {
		name, capsule string
	}{
		{strings.Repeat("x", 100), strings.Repeat("x", 100)},
		{strings.Repeat("x", 900), strings.Repeat("x", 900)},
		{strings.Repeat(".", 900), ""},
	} {
		m := note()
		m.Recipients = []mapi.Recipient{row(func(p *mapi.Properties) {
			mapi.RecipientGroup.Set(p, mapi.Address{Name: "Carl", Type: "EX", Email: "/o=" + c.name})
		})}
		w := write(t, m, &mapi2mime.Options{EncapsulationDomain: "gw.example"})
		if c.capsule == "" {
			w.want(t, "To", "Carl:;")
		} else if !strings.Contains(w.raw, "<IMCEAEX-_o="+c.capsule+"@gw.example>") {
			t.Errorf("a capsule of %d characters is not on one line", len(c.capsule))
		}
	}
}

func TestBcc(t *testing.T) {
	message := func(class string) *mapi.Message {
		return note(func(m *mapi.Message, p *mapi.Properties) {
			mapi.PidTagMessageClass.Set(p, class)
			m.Recipients = append(m.Recipients, recipients(mapi.RecipientBcc, "secret@example.com")...)
		})
	}
	for _, c := range []struct {
		name, class string
		o           mapi2mime.Options
		want        bool
	}{
		{"OUT-ADR-007 not for submission", "IPM.Note", mapi2mime.Options{}, false},
		{"OUT-ADR-008 meetings", "IPM.Schedule.Meeting.Request", mapi2mime.Options{}, true},
		{"OUT-ADR-008 tasks", "IPM.TaskRequest", mapi2mime.Options{}, true},
		{"OUT-ADR-008 a class that only begins so", "IPM.TaskRequestor", mapi2mime.Options{}, false},
		{"OUT-ADR-009 for retrieval", "IPM.Note", mapi2mime.Options{Purpose: mapi2mime.Retrieval}, true},
		{"always", "IPM.Note", mapi2mime.Options{Bcc: mapi2mime.BccAlways}, true},
		{"never", "IPM.Schedule.Meeting.Request", mapi2mime.Options{Purpose: mapi2mime.Retrieval, Bcc: mapi2mime.BccNever}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := write(t, message(c.class), &c.o)
			if got := strings.Contains(w.raw, "secret@"); got != c.want {
				t.Errorf("blind copy written: %v", got)
			}
			if c.want {
				w.want(t, "Bcc", "secret@example.com")
			} else {
				w.wantCode(t, diag.BccOmitted)
			}
		})
		t.Run(c.name+", OUT-ADR-010 embedded", func(t *testing.T) {
			outer := note()
			outer.Attachments = []*mapi.Attachment{{Message: message(c.class)}}
			w := write(t, outer, &c.o)
			if got := strings.Contains(w.raw, "secret@"); got != c.want {
				t.Errorf("blind copy written: %v", got)
			}
		})
	}
}

func TestBccAloneIsUndisclosed(t *testing.T) {
	m := note()
	m.Recipients = recipients(mapi.RecipientBcc, "secret@example.com")
	write(t, m, nil).want(t, "To", "undisclosed-recipients:;", "Bcc", "")
}

func TestOUT_ADR_011_EmbeddedReportGoesToWhoReceivedIt(t *testing.T) {
	for _, c := range []struct {
		name  string
		group mapi.AddressGroup
		want  string
	}{
		{"represented", mapi.ReceivedRepresentingGroup, "Rob <rob@example.com>"},
		{"received by", mapi.ReceivedByGroup, "Rob <rob@example.com>"},
		{"neither", mapi.ReadReceiptGroup, "undisclosed-recipients:;"},
	} {
		t.Run(c.name, func(t *testing.T) {
			inner := note(func(m *mapi.Message, p *mapi.Properties) {
				mapi.PidTagMessageClass.Set(p, "REPORT.IPM.Note.NDR")
				c.group.SetInternet(p, &mapi.InternetAddress{Name: "Rob", Address: "rob@example.com"})
			})
			outer := note()
			outer.Attachments = []*mapi.Attachment{{Message: inner}}
			body := write(t, outer, nil).tree(t).part(t, 1).body
			if got := fieldsOf(string(body), "To"); len(got) != 1 || got[0] != c.want {
				t.Errorf("To is %q; want %q", got, c.want)
			}
		})
	}
}

func TestOriginators(t *testing.T) {
	set := func(p *mapi.Properties, g mapi.AddressGroup, name, addr string) {
		g.Delete(p)
		if addr != "" {
			g.SetInternet(p, &mapi.InternetAddress{Name: name, Address: addr})
		}
	}
	for _, c := range []struct {
		name                          string
		fromName, from, sndName, sndr string
		wantFrom, wantSender          string
	}{
		{"OUT-ADR-012 From is the represented", "Ann", "ann@example.com", "", "", "Ann <ann@example.com>", ""},
		{"OUT-ADR-013 same user", "Ann", "ann@example.com", "A. Nother", "ANN@example.com", "Ann <ann@example.com>", ""},
		{"OUT-ADR-014 another user", "Ann", "ann@example.com", "Sec", "sec@example.com", "Ann <ann@example.com>", "Sec <sec@example.com>"},
		{"the sender alone is From", "", "", "Sec", "sec@example.com", "Sec <sec@example.com>", ""},
		{"nobody", "", "", "", "", "", ""},
		{"From without an address is a name alone", "Ann", "no address", "Sec", "sec@example.com", "Ann:;", "Sec <sec@example.com>"},
		{"Sender without an address is none", "Ann", "ann@example.com", "Sec", "no address", "Ann <ann@example.com>", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := note(func(m *mapi.Message, p *mapi.Properties) {
				set(p, mapi.SentRepresentingGroup, c.fromName, c.from)
				set(p, mapi.SenderGroup, c.sndName, c.sndr)
			})
			write(t, m, nil).want(t, "From", c.wantFrom, "Sender", c.wantSender)
			if c.wantSender != "" {
				from := strings.TrimSuffix(strings.TrimPrefix(c.wantFrom, "Ann <"), ">")
				write(t, m, &mapi2mime.Options{SuppressSenderName: true}).want(t, "From", from, "Sender", "sec@example.com")
			}
		})
	}
}

func TestOUT_ADR_015_ReplyTo(t *testing.T) {
	entries := mapi.AddressList{{Name: "Semi; Colon", Address: "semi@example.com"}, {Name: "Two", Address: "two@example.com"}}
	for _, c := range []struct{ name, names, want string }{
		{"names of the same count", "One;Due", `One <semi@example.com>, Due <two@example.com>`},
		{"another count is ignored", "One;Due;Three", `"Semi; Colon" <semi@example.com>, Two <two@example.com>`},
		{"a semicolon that became a comma", "Semi, Colon;Two", `"Semi; Colon" <semi@example.com>, Two <two@example.com>`},
		{"no names", "", `"Semi; Colon" <semi@example.com>, Two <two@example.com>`},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := note(func(m *mapi.Message, p *mapi.Properties) {
				mapi.PidTagReplyRecipientEntries.Set(p, entries.Bytes())
				mapi.PidTagReplyRecipientNames.Set(p, c.names)
			})
			write(t, m, nil).want(t, "Reply-To", c.want)
		})
	}
}

// Names without entries are addresses, or those of the transport headers.
func TestReplyToNamesAlone(t *testing.T) {
	m := with(func(p *props) {
		mapi.PidTagReplyRecipientNames.Set(p, "one@example.com;Two; Three")
		mapi.PidTagTransportMessageHeaders.Set(p, "Reply-To: Two <two@example.com>, Other <other@example.com>\r\n")
	})
	write(t, m, nil).want(t, "Reply-To", "one@example.com, Two <two@example.com>, Three:;")
	m = with(func(p *props) {
		mapi.PidTagReplyRecipientNames.Set(p, "One;Two")
		mapi.PidTagTransportMessageHeaders.Set(p, "Reply-To: Two <two@example.com>\r\n")
	})
	write(t, m, nil).want(t, "Reply-To", "One:;, Two <two@example.com>")
}

func TestOUT_ADR_016_Receipts(t *testing.T) {
	const dnt, rrt = "Disposition-Notification-To", "Return-Receipt-To"
	for _, c := range []struct {
		name               string
		set                func(p *mapi.Properties)
		wantRead, wantSent string
	}{
		{"no flags", func(p *mapi.Properties) {
			mapi.ReadReceiptGroup.SetInternet(p, &mapi.InternetAddress{Address: "rr@example.com"})
		}, "", ""},
		{"flags that are false", func(p *mapi.Properties) {
			mapi.PidTagReadReceiptRequested.Set(p, false)
			mapi.PidTagOriginatorDeliveryReportRequested.Set(p, false)
		}, "", ""},
		{"the receipt's own address", func(p *mapi.Properties) {
			mapi.PidTagReadReceiptRequested.Set(p, true)
			mapi.PidTagOriginatorDeliveryReportRequested.Set(p, true)
			mapi.ReadReceiptGroup.SetInternet(p, &mapi.InternetAddress{Address: "rr@example.com"})
		}, "rr@example.com", "rr@example.com"},
		{"who sent it", func(p *mapi.Properties) {
			mapi.PidTagReadReceiptRequested.Set(p, true)
			mapi.PidTagOriginatorDeliveryReportRequested.Set(p, true)
			mapi.SenderGroup.SetInternet(p, &mapi.InternetAddress{Address: "sec@example.com"})
		}, "Ann <ann@example.com>", "sec@example.com"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := write(t, note(func(_ *mapi.Message, p *mapi.Properties) { c.set(p) }), nil)
			w.want(t, dnt, c.wantRead, rrt, c.wantSent)
		})
	}
}

func TestOUT_ADR_017_DisplayNames(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"atoms", "Ann Baker", "Ann Baker <a@example.com>"},
		{"comma", "Baker, Ann", `"Baker, Ann" <a@example.com>`},
		{"quotation mark and backslash", `A "B" \`, `"A \"B\" \\" <a@example.com>`},
		{"beyond ASCII", "Jörg", "=?utf-8?B?SsO2cmc=?= <a@example.com>"},
		{"mostly ASCII", "Jörg Baker", "=?utf-8?Q?J=C3=B6rg_Baker?= <a@example.com>"},
		{"looks like a word", "=?utf-8?Q?x?=", "=?utf-8?B?PT91dGYtOD9RP3g/PQ==?= <a@example.com>"},
		{"line breaks", "Ann\r\nBcc: x@example.com", `"Ann Bcc: x@example.com" <a@example.com>`},
		{"NUL and escape", "A\x00n\x1bn", "Ann <a@example.com>"},
		{"same as the address", "A@EXAMPLE.com", "a@example.com"},
		{"an address of another", "ceo@example.org", `"ceo@example.org" <a@example.com>`},
		{"blanks", "  ", "a@example.com"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := note(func(m *mapi.Message, p *mapi.Properties) {
				m.Recipients[0].SetInternet(&mapi.InternetAddress{Name: c.in, Address: "a@example.com"}, mapi.RecipientTo, 0)
			})
			write(t, m, nil).want(t, "To", c.want)
		})
	}
}

func TestResolverErrorFailsTheConversion(t *testing.T) {
	m := note()
	m.Recipients = []mapi.Recipient{row(func(p *mapi.Properties) {
		mapi.RecipientGroup.Set(p, mapi.Address{Name: "F", Type: "FAX", Email: "1"})
	})}
	_, err := mapi2mime.Convert(context.Background(), new(strings.Builder), m, &mapi2mime.Options{Resolver: book{}})
	var failure *diag.Error
	if !errors.As(err, &failure) || failure.Reason != diag.IO {
		t.Errorf("error is %v; want one of input/output", err)
	}
}

// Five hundred recipients make one field whose lines are short.
func TestManyRecipientsAreFolded(t *testing.T) {
	var list []string
	for i := range 500 {
		list = append(list, fmt.Sprintf("recipient.%d@department.example.com", i))
	}
	m := note()
	m.Recipients = recipients(mapi.RecipientCc, list...)
	w := write(t, m, nil)
	w.want(t, "Cc", strings.Join(list, ", "))
	for line := range strings.SplitSeq(w.raw, "\r\n") {
		if len(line) > 78 {
			t.Errorf("line of %d characters: %q", len(line), line)
		}
	}
}

// A resolver is asked once for each address, and what is no address is no answer.
func TestResolverIsAskedOnce(t *testing.T) {
	ex := func(email string) mapi.Recipient {
		return row(func(p *mapi.Properties) {
			mapi.RecipientGroup.Set(p, mapi.Address{Name: "Carl", Type: "EX", Email: email})
		})
	}
	m := note()
	m.Recipients = []mapi.Recipient{ex(dn), ex("/o=junk"), ex(dn), ex("/o=none"), ex(dn)}
	r := &countingBook{book: book{dn: " carl@example.com ", "/o=junk": "a@example.com\r\nBcc: b@example.com"}}
	w := write(t, m, &mapi2mime.Options{Resolver: r})
	w.want(t, "To", "Carl <carl@example.com>, Carl:;, Carl <carl@example.com>, Carl:;, Carl <carl@example.com>", "Bcc", "")
	if r.n != 3 {
		t.Errorf("the resolver was asked %d times", r.n)
	}
}

type countingBook struct {
	book
	n int
}

func (b *countingBook) Resolve(ctx context.Context, addressType, address string) (string, error) {
	b.n++
	return b.book.Resolve(ctx, addressType, address)
}

// A recipient of whom nothing can be written is reported.
func TestUnusableRecipientIsReported(t *testing.T) {
	m := note()
	m.Recipients = []mapi.Recipient{row(func(p *mapi.Properties) { mapi.PidTagEmailAddress.Set(p, "nobody at all") })}
	w := write(t, m, nil)
	w.want(t, "To", "undisclosed-recipients:;")
	w.wantCode(t, diag.AddressInvalid)
}
