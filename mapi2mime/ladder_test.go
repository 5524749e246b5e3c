package mapi2mime_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mapi2mime"
)

// A sender of the organisation's own, of whom the usual properties have the X.500
// name alone.
func exSender(p *props) {
	for _, g := range []*mapi.AddressGroup{&mapi.SentRepresentingGroup, &mapi.SenderGroup} {
		g.Delete(p)
		g.Name.Set(p, "Carl")
		g.AddressType.Set(p, "EX")
		g.EmailAddress.Set(p, dn)
		g.EntryID.Set(p, (&mapi.AddressBookEntryID{DN: dn}).Bytes())
	}
}

// Where the Internet address of an X.500 name is looked for, and in which order:
// each case has all that the cases below it have.
func TestLadder(t *testing.T) {
	const (
		smtp     = 0x5D02001F // that of the represented
		creator  = 0x5D0A001F
		modifier = 0x5D0B001F
	)
	rungs := []struct {
		name   string
		set    func(m *mapi.Message, p *props, o *mapi2mime.Options)
		want   string
		source mapi2mime.AddressSource
	}{
		{"the SMTP property", func(_ *mapi.Message, p *props, _ *mapi2mime.Options) {
			mapi.Tag[string](smtp).Set(p, "property@example.com")
		}, "Carl <property@example.com>", mapi2mime.AddressProperty},
		{"an e-mail address with a wrong type", func(_ *mapi.Message, p *props, _ *mapi2mime.Options) {
			mapi.PidTagSentRepresentingEmailAddress.Set(p, "email@example.com")
		}, "Carl <email@example.com>", mapi2mime.AddressEmail},
		{"the one-off entry id", func(_ *mapi.Message, p *props, _ *mapi2mime.Options) {
			id := (&mapi.OneOff{Name: "Carl", AddressType: "SMTP", Address: "oneoff@example.com"}).Bytes()
			mapi.PidTagSentRepresentingEntryId.Set(p, id)
		}, "Carl <oneoff@example.com>", mapi2mime.AddressEntryID},
		{"the search key", func(_ *mapi.Message, p *props, _ *mapi2mime.Options) {
			mapi.PidTagSentRepresentingSearchKey.Set(p, []byte("SMTP:KEY@EXAMPLE.COM\x00"))
		}, "Carl <KEY@EXAMPLE.COM>", mapi2mime.AddressSearchKey},
		{"a recipient with the same X.500 name", func(m *mapi.Message, _ *props, _ *mapi2mime.Options) {
			m.Recipients = append(m.Recipients, row(func(p *props) {
				mapi.RecipientGroup.Set(p, mapi.Address{Name: "C", Type: "EX", Email: "/O=EXAMPLE/ou=users/cn=recipients/cn=Carl", SMTP: "recipient@example.com"})
			}))
		}, "Carl <recipient@example.com>", mapi2mime.AddressMessage},
		{"the From field of the transport headers", func(_ *mapi.Message, p *props, _ *mapi2mime.Options) {
			mapi.PidTagTransportMessageHeaders.Set(p, "Subject: x\r\nFrom: C. Arl\r\n <headers@example.com>\r\n")
		}, "Carl <headers@example.com>", mapi2mime.AddressHeaders},
		{"who created the message", func(_ *mapi.Message, p *props, _ *mapi2mime.Options) {
			mapi.PidTagCreatorName.Set(p, "carl")
			mapi.Tag[string](creator).Set(p, "creator@example.com")
		}, "Carl <creator@example.com>", mapi2mime.AddressCreator},
		{"who changed it last", func(_ *mapi.Message, p *props, _ *mapi2mime.Options) {
			mapi.PidTagLastModifierName.Set(p, "C")
			mapi.PidTagLastModifierEntryId.Set(p, (&mapi.AddressBookEntryID{DN: dn}).Bytes())
			mapi.Tag[string](modifier).Set(p, "modifier@example.com")
		}, "Carl <modifier@example.com>", mapi2mime.AddressCreator},
		{"the resolver", func(_ *mapi.Message, _ *props, o *mapi2mime.Options) {
			o.Resolver = book{dn: "book@example.com"}
		}, "Carl <book@example.com>", mapi2mime.AddressResolver},
		{"a capsule", func(_ *mapi.Message, _ *props, o *mapi2mime.Options) {
			o.EncapsulationDomain = "gw.example"
		}, "Carl <IMCEAEX-_o=Example_ou=Users_cn=Recipients_cn=carl@gw.example>", mapi2mime.AddressEncapsulated},
		{"nothing", func(*mapi.Message, *props, *mapi2mime.Options) {}, "Carl:;", mapi2mime.AddressNone},
	}
	for i, c := range rungs {
		t.Run("OUT-ADR-001 "+c.name, func(t *testing.T) {
			var o mapi2mime.Options
			m := with(exSender)
			for j := len(rungs) - 1; j >= i; j-- {
				rungs[j].set(m, &m.Properties, &o)
			}
			w := write(t, m, &o)
			w.want(t, "From", c.want)
			if got := w.use(t, "From"); got.Source != c.source {
				t.Errorf("source is %v; want %v", got.Source, c.source)
			}
		})
	}
}

// use returns the first entry of a field as the result has it.
func (w written) use(t *testing.T, header string) mapi2mime.AddressUse {
	t.Helper()
	for _, u := range w.res.Addresses {
		if u.Header == header {
			return u
		}
	}
	t.Fatalf("no use of %s in %v", header, w.res.Addresses)
	return mapi2mime.AddressUse{}
}

// A capsule that another entry has is no answer.
func TestCapsulesOfOthersAreNoAddress(t *testing.T) {
	m := with(exSender)
	m.Recipients = append(m.Recipients, row(func(p *props) {
		mapi.RecipientGroup.Set(p, mapi.Address{Name: "C", Type: "EX", Email: dn, SMTP: "IMCEAEX-_o=x@gw.example"})
	}))
	write(t, m, &mapi2mime.Options{Resolver: book{dn: "book@example.com"}}).want(t, "From", "Carl <book@example.com>")
}

// What is near to being someone's address and is not.
func TestLadderIsNotDeceived(t *testing.T) {
	const creator = 0x5D0A001F
	for _, c := range []struct {
		name string
		set  func(p *props)
		want string
	}{
		{"a creator of another name", func(p *props) {
			mapi.PidTagCreatorName.Set(p, "Dora")
			mapi.Tag[string](creator).Set(p, "dora@example.com")
		}, "Carl:;"},
		{"a creator without a name", func(p *props) { mapi.Tag[string](creator).Set(p, "creator@example.com") }, "Carl <creator@example.com>"},
		{"a creator without a name, of another entry id", func(p *props) {
			mapi.PidTagCreatorEntryId.Set(p, (&mapi.AddressBookEntryID{DN: "/o=x"}).Bytes())
			mapi.Tag[string](creator).Set(p, "creator@example.com")
		}, "Carl:;"},
		{"the new Outlook's address of no one", func(p *props) {
			mapi.PidTagCreatorName.Set(p, "Carl")
			mapi.Tag[string](creator).Set(p, "41fc56@Shadow.Outlook.com")
		}, "Carl:;"},
		{"headers with two mailboxes of other names", func(p *props) {
			mapi.PidTagTransportMessageHeaders.Set(p, "From: A <a@example.com>, B <b@example.com>\r\n")
		}, "Carl:;"},
		{"headers with two mailboxes, one of the name", func(p *props) {
			mapi.PidTagTransportMessageHeaders.Set(p, "From: A <a@example.com>, \"'CARL'\" <c@example.com>\r\n")
		}, "Carl <c@example.com>"},
		{"headers with two mailboxes of the name", func(p *props) {
			mapi.PidTagTransportMessageHeaders.Set(p, "From: Carl <a@example.com>, Carl <c@example.com>\r\n")
		}, "Carl:;"},
		{"the second From field", func(p *props) {
			mapi.PidTagTransportMessageHeaders.Set(p, "From: Carl <a@example.com>\r\nFrom: Carl <c@example.com>\r\n")
		}, "Carl <a@example.com>"},
		{"the headers of another message", func(p *props) {
			mapi.PidTagTransportMessageHeaders.Set(p, "From: Carl <a@example.com>\r\nMessage-ID: <other@example.com>\r\n")
		}, "Carl:;"},
		{"an X.500 name in the headers", func(p *props) {
			mapi.PidTagTransportMessageHeaders.Set(p, "From: Carl <"+dn+">\r\n")
		}, "Carl:;"},
		{"a name that is an X.500 name", func(p *props) {
			mapi.PidTagSentRepresentingName.Set(p, "/O=Labs/ou=x/cn=Recipients/cn=0123456789abcdef0123456789ABCDEF-Carl")
		}, "Carl:;"},
		{"a name that is the address, of an entry in a directory", func(p *props) {
			mapi.PidTagSentRepresentingName.Set(p, "carl@example.com")
		}, "carl@example.com"},
		{"a name that holds an address, of an entry in a directory", func(p *props) {
			mapi.PidTagSentRepresentingName.Set(p, "Carl (carl@example.com)")
		}, `"Carl (carl@example.com)":;`},
	} {
		t.Run("OUT-ADR-001 "+c.name, func(t *testing.T) {
			w := write(t, with(exSender, c.set), nil)
			w.want(t, "From", c.want, "Sender", "")
		})
	}
}

// Who sent a message for someone else is another person: From's address is not
// Sender's.
func TestSenderOfTheTransportHeaders(t *testing.T) {
	secretary := func(p *props) {
		exSender(p)
		mapi.PidTagSenderName.Set(p, "Sec")
		mapi.PidTagSenderEmailAddress.Set(p, "/o=Example/cn=sec")
	}
	for _, c := range []struct{ name, headers, from, sender string }{
		{"OUT-ADR-014 both fields", "From: C <c@example.com>\r\nSender: S <s@example.com>\r\n", "Carl <c@example.com>", "Sec <s@example.com>"},
		{"OUT-ADR-014 no Sender field", "From: C <c@example.com>\r\n", "Carl <c@example.com>", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := with(secretary, func(p *props) { mapi.PidTagTransportMessageHeaders.Set(p, c.headers) })
			write(t, m, nil).want(t, "From", c.from, "Sender", c.sender)
		})
	}
}

// Of a sender of whom the properties say nothing only the message's own headers
// tell.
func TestSenderOfTheTransportHeadersAlone(t *testing.T) {
	for headers, want := range map[string]string{
		"From: A <a@example.com>\r\nSubject: Hello\r\n": "a@example.com",
		"From: A <a@example.com>\r\nSubject: Other\r\n": "",
	} {
		m := with(func(p *props) {
			mapi.SentRepresentingGroup.Delete(p)
			mapi.PidTagTransportMessageHeaders.Set(p, headers)
		})
		write(t, m, nil).want(t, "From", want)
	}
}

// Recipients without an Internet address get the one that the message was sent to.
func TestRecipientsOfTheTransportHeaders(t *testing.T) {
	m := with(func(p *props) {
		mapi.PidTagTransportMessageHeaders.Set(p, "To: Ann Two <two@example.com>, Carl\r\n <carl@example.com>\r\n"+
			"Cc: =?utf-8?Q?J=C3=B6rg?= <joerg@example.com>\r\nCC: Twin <a@example.com>, Twin <b@example.com>\r\n")
	})
	m.Recipients = nil
	for _, name := range []string{"Carl", "JÖRG", "Twin", "Ann"} {
		m.Recipients = append(m.Recipients, row(func(p *props) {
			mapi.RecipientGroup.Set(p, mapi.Address{Name: name, Type: "EX", Email: "/o=x/cn=" + name})
		}))
	}
	write(t, m, nil).want(t, "To", "Carl <carl@example.com>, =?utf-8?B?SsOWUkc=?= <joerg@example.com>, Twin:;, Ann:;")
}

// OUT-ADR-004: what an IMCEA address in a property stands for is looked for as
// well, and it is written as it is where nothing is known of it.
func TestOUT_ADR_004_CapsulesAreOpened(t *testing.T) {
	const capsule = "IMCEAEX-_o=Example_ou=Users_cn=Recipients_cn=carl@gw.example"
	carl := mapi.Address{Name: "Carl", Type: "EX", Email: dn, SMTP: "carl@example.com"}
	ours := mapi2mime.Options{EncapsulationDomain: "GW.example"}
	theirs := mapi2mime.Options{EncapsulationDomain: "other.example", Resolver: book{dn: "book@example.com"}}
	known := ours
	known.Resolver = book{dn: "book@example.com"}
	for _, c := range []struct {
		name, address string
		o             mapi2mime.Options
		rows          []mapi.Address
		want          string
		source        mapi2mime.AddressSource
	}{
		{"nothing is known", capsule, ours, nil, capsule, mapi2mime.AddressProperty},
		{"a recipient has both", capsule, mapi2mime.Options{}, []mapi.Address{carl}, "carl@example.com", mapi2mime.AddressCapsule},
		{"the resolver knows it", capsule, known, nil, "book@example.com", mapi2mime.AddressCapsule},
		{"another organisation's", capsule, theirs, nil, capsule, mapi2mime.AddressProperty},
		{"of type SMTP", "IMCEASMTP-jo+40x+2Eorg@gw.example", ours, nil, "jo@x.org", mapi2mime.AddressCapsule},
		{"of type SMTP, another's", "IMCEASMTP-jo+40x+2Eorg@gw.example", theirs, nil, "IMCEASMTP-jo+40x+2Eorg@gw.example", mapi2mime.AddressProperty},
		{"of what is no address", "IMCEASMTP-jo+20x@gw.example", ours, nil, "IMCEASMTP-jo+20x@gw.example", mapi2mime.AddressProperty},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := note()
			m.Recipients = recipients(mapi.RecipientTo, c.address)
			for _, a := range c.rows {
				r := row(func(p *props) { mapi.RecipientGroup.Set(p, a) })
				mapi.PidTagRecipientType.Set(&r.Properties, mapi.RecipientCc)
				m.Recipients = append(m.Recipients, r)
			}
			w := write(t, m, &c.o)
			w.want(t, "To", c.want)
			if got := w.use(t, "To"); got.Source != c.source || got.Address != c.want {
				t.Errorf("use is %+v; want source %v", got, c.source)
			}
		})
	}
}

func TestDisplayNamesAlone(t *testing.T) {
	for _, c := range []struct {
		name, to, cc, headers string
		wantTo, wantCc        string
	}{
		{"names", "Ann; Bob", "", "", "Ann:;, Bob:;", ""},
		{"addresses", "ann@example.com; 'bob@example.com';", "Cy <cy@example.com>; Di (di@example.com); mailto:ed@example.com", "",
			"ann@example.com, bob@example.com", "Cy <cy@example.com>, Di <di@example.com>, ed@example.com"},
		{"the headers know the addresses", "Ann; Bob", "", "To: Bob <bob@example.com>, Ann <ann@example.com>\r\n",
			"Ann <ann@example.com>, Bob <bob@example.com>", ""},
		{"the headers alone", "", "", "Subject: Hello\r\nTo: Bob <bob@example.com>, ann@example.com\r\nCc: cy@example.com\r\nBcc: di@example.com\r\n",
			"Bob <bob@example.com>, ann@example.com", "cy@example.com"},
		{"the headers of another message", "", "", "Message-ID: <other@example.com>\r\nSubject: Hello\r\nTo: Bob <bob@example.com>\r\n",
			"undisclosed-recipients:;", ""},
		{"the headers of nobody knows which message", "", "", "To: Bob <bob@example.com>\r\n", "undisclosed-recipients:;", ""},
		{"blanks and semicolons", " ; ;", ";", "", "undisclosed-recipients:;", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := with(func(p *props) {
				mapi.PidTagDisplayTo.Set(p, c.to)
				mapi.PidTagDisplayCc.Set(p, c.cc)
				mapi.PidTagTransportMessageHeaders.Set(p, c.headers)
			})
			m.Recipients = nil
			write(t, m, nil).want(t, "To", c.wantTo, "Cc", c.wantCc, "Bcc", "")
		})
	}
	t.Run("OUT-ADR-007 blind copies", func(t *testing.T) {
		m := with(func(p *props) { mapi.PidTagDisplayBcc.Set(p, "Ann") })
		m.Recipients = nil
		write(t, m, nil).want(t, "Bcc", "", "To", "undisclosed-recipients:;")
		write(t, m, &mapi2mime.Options{Purpose: mapi2mime.Retrieval}).want(t, "Bcc", "Ann:;")
	})
	t.Run("a table beside the names", func(t *testing.T) {
		write(t, with(func(p *props) { mapi.PidTagDisplayTo.Set(p, "Ann") }), nil).want(t, "To", "bob@example.org")
	})
}

// What has no address anywhere is not looked up.
func TestResolverIsNotAskedForLists(t *testing.T) {
	r := new(countingBook)
	m := note()
	m.Recipients = nil
	for _, typ := range []string{"MAPIPDL", "unknown"} {
		m.Recipients = append(m.Recipients, row(func(p *props) {
			mapi.RecipientGroup.Set(p, mapi.Address{Name: "N", Type: typ, Email: "Unknown"})
		}))
	}
	write(t, m, &mapi2mime.Options{Resolver: r}).want(t, "To", "N:;, N:;")
	if r.n != 0 {
		t.Errorf("the resolver was asked %d times", r.n)
	}
}

func TestAddressesBeyondASCII(t *testing.T) {
	for _, c := range []struct {
		name, address string
		o             mapi2mime.Options
		want          string
		code          diag.Code
		smtputf8      bool
	}{
		{"a domain", "jo@bücher.example", mapi2mime.Options{}, "Jo <jo@xn--bcher-kva.example>", diag.AddressDomainEncoded, false},
		{"a domain, by option", "jo@bücher.example", mapi2mime.Options{ASCIIAddresses: true}, "Jo <jo@xn--bcher-kva.example>", diag.AddressDomainEncoded, false},
		{"a domain in UTF-8", "jo@bücher.example", mapi2mime.Options{UTF8Headers: true}, "Jo <jo@bücher.example>", diag.AddressUTF8, true},
		{"a local part", "jörg@example.com", mapi2mime.Options{}, "Jo <jörg@example.com>", diag.AddressUTF8, true},
		{"both", "jörg@bücher.example", mapi2mime.Options{}, "Jo <jörg@bücher.example>", diag.AddressUTF8, true},
		{"a domain that has no ASCII form", "jo@b\u00ADb.example", mapi2mime.Options{}, "Jo <jo@b\u00ADb.example>", diag.AddressUTF8, true},
		{"a local part, by option", "jörg@example.com", mapi2mime.Options{ASCIIAddresses: true},
			"=?utf-8?Q?Jo_j=C3=B6rg=40example=2Ecom?=:;", diag.AddressDowngraded, false},
		{"the option changes nothing in UTF-8", "jörg@example.com", mapi2mime.Options{ASCIIAddresses: true, UTF8Headers: true},
			"Jo <jörg@example.com>", diag.AddressUTF8, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := note()
			m.Recipients[0].SetInternet(&mapi.InternetAddress{Name: "Jo", Address: c.address}, mapi.RecipientTo, 0)
			w := write(t, m, &c.o)
			w.want(t, "To", c.want)
			w.wantCode(t, c.code)
			if w.res.SMTPUTF8 != c.smtputf8 {
				t.Errorf("SMTPUTF8 is %v", w.res.SMTPUTF8)
			}
		})
	}
}

func TestSimpleNames(t *testing.T) {
	m := with(func(p *props) {
		mapi.Tag[string](0x4031001F).Set(p, "Simple Ann")
		mapi.SenderGroup.SetInternet(p, &mapi.InternetAddress{Name: "Säc", Address: "sec@example.com"})
		mapi.Tag[string](0x4030001F).Set(p, "Simple Sec")
	})
	m.Recipients = append(m.Recipients, row(func(p *props) {
		mapi.RecipientGroup.Set(p, mapi.Address{Name: "Jörg", Type: "SMTP", Email: "joerg@example.com"})
		mapi.PidTagAddressBookDisplayNamePrintable.Set(p, "Joerg")
	}))
	write(t, m, &mapi2mime.Options{SimpleNames: true}).want(t,
		"From", "Simple Ann <ann@example.com>", "Sender", "Simple Sec <sec@example.com>", "To", "bob@example.org, Joerg <joerg@example.com>")
	write(t, m, nil).want(t, "From", "Ann <ann@example.com>")
}

// The result says what was written, in its order.
func TestAddressUses(t *testing.T) {
	m := note()
	m.Attachments = []*mapi.Attachment{{Message: note()}}
	var got []mapi2mime.AddressUse
	got = append(got, write(t, m, nil).res.Addresses...)
	want := []mapi2mime.AddressUse{
		{Header: "From", Address: "ann@example.com", Source: mapi2mime.AddressProperty},
		{Header: "To", Address: "bob@example.org", Source: mapi2mime.AddressProperty},
		{Place: "1", Header: "From", Address: "ann@example.com", Source: mapi2mime.AddressProperty},
		{Place: "1", Header: "To", Address: "bob@example.org", Source: mapi2mime.AddressProperty},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("uses differ (-want +got):\n%s", diff)
	}
	names := ""
	for s := range mapi2mime.AddressDowngraded + 2 {
		names += s.String() + " "
	}
	if want := "none smtp-property email-property entry-id search-key capsule name message headers creator resolver encapsulated downgraded  "; names != want {
		t.Errorf("names are %q", names)
	}
}
