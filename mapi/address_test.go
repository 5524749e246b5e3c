package mapi_test

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/mapi"
)

func TestSearchKey(t *testing.T) {
	for _, tt := range []struct {
		name string
		key  mapi.SearchKey
		want string
	}{
		{"MAPI-S-001 IN-ADR-013 upper case and NUL", mapi.SearchKey{AddressType: "smtp", Address: "Jo@x.org"}, "SMTP:JO@X.ORG\x00"},
		{"MAPI-S-001 only ASCII changes", mapi.SearchKey{AddressType: "SMTP", Address: "jör{@x"}, "SMTP:JöR{@X\x00"},
		{"NUL within", mapi.SearchKey{AddressType: "EX", Address: "/o=\x00x"}, "EX:/O=X\x00"},
	} {
		if got := string(tt.key.Bytes()); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
	for _, tt := range []struct {
		name string
		in   string
		want mapi.SearchKey
		ok   bool
	}{
		{"MAPI-S-001 as written", "SMTP:JO@X.ORG\x00", mapi.SearchKey{AddressType: "SMTP", Address: "JO@X.ORG"}, true},
		{"MAPI-S-001 lower case", "smtp:jo@x.org\x00", mapi.SearchKey{AddressType: "smtp", Address: "jo@x.org"}, true},
		{"MAPI-S-001 without NUL", "SMTP:A@B", mapi.SearchKey{AddressType: "SMTP", Address: "A@B"}, true},
		{"MAPI-S-001 UTF-16", "E\x00X\x00:\x00/\x00\x00\x00", mapi.SearchKey{AddressType: "EX", Address: "/"}, true},
		{"colon in the address", "X400:a:b", mapi.SearchKey{AddressType: "X400", Address: "a:b"}, true},
		{"no type", ":a@b", mapi.SearchKey{}, false},
		{"no colon", "SMTP", mapi.SearchKey{}, false},
		{"empty", "", mapi.SearchKey{}, false},
		{"random bytes", "\x8f\x02:\x11", mapi.SearchKey{}, false},
	} {
		if got, ok := mapi.ParseSearchKey([]byte(tt.in)); got != tt.want || ok != tt.ok {
			t.Errorf("%s: %q %v, want %q %v", tt.name, got, ok, tt.want, tt.ok)
		}
	}
	t.Run("MAPI-S-001 tolerant compare", func(t *testing.T) {
		a, _ := mapi.ParseSearchKey([]byte("smtp:jo@x.org"))
		b, _ := mapi.ParseSearchKey([]byte("SMTP:JO@X.ORG\x00"))
		if !a.Equal(b) || a.Equal(mapi.SearchKey{AddressType: "SMTP", Address: "jo@x.de"}) {
			t.Error("wrong")
		}
	})
}

func TestAddressGroupGet(t *testing.T) {
	oneOff := (&mapi.OneOff{Name: "One Off", AddressType: "SMTP", Address: "oneoff@x.org"}).Bytes()
	book := (&mapi.AddressBookEntryID{DN: "/o=x/cn=y"}).Bytes()
	wrapped := func(b []byte) []byte { return (&mapi.WrappedEntryID{Type: 0xB5, Inner: b}).Bytes() }
	type row struct {
		name, addressType, email, smtp string
		entryID                        []byte
		searchKey                      string
	}
	for _, tt := range []struct {
		name string
		row  row
		want mapi.Address
	}{
		{"MAPI-S-002 OUT-ADR-001 SMTP property first", row{"N", "SMTP", "email@x.org", "smtp@x.org", oneOff, "SMTP:KEY@X.ORG"},
			mapi.Address{Name: "N", Type: "SMTP", Email: "email@x.org", SMTP: "smtp@x.org"}},
		{"MAPI-S-002 SMTP property beside EX", row{"N", "EX", "/o=x", "smtp@x.org", nil, ""},
			mapi.Address{Name: "N", Type: "EX", Email: "/o=x", SMTP: "smtp@x.org"}},
		{"MAPI-S-002 then the e-mail address", row{"N", "smtp", "email@x.org", "", oneOff, "SMTP:KEY@X.ORG"},
			mapi.Address{Name: "N", Type: "smtp", Email: "email@x.org", SMTP: "email@x.org"}},
		{"MAPI-S-002 e-mail address without type that looks like one", row{"N", "", "email@x.org", "", oneOff, ""},
			mapi.Address{Name: "N", Email: "email@x.org", SMTP: "email@x.org"}},
		{"MAPI-S-002 wrong type EX", row{"N", "EX", "email@x.org", "", nil, ""},
			mapi.Address{Name: "N", Type: "EX", Email: "email@x.org", SMTP: "email@x.org"}},
		{"another system's address with an @ is none", row{"N", "NOTES", "User/Org@Domain", "", nil, ""},
			mapi.Address{Name: "N", Type: "NOTES", Email: "User/Org@Domain"}},
		{"MAPI-S-002 X.500 names are none", row{"N", "SMTP", "/o=x/cn=y@z", "", nil, ""},
			mapi.Address{Name: "N", Type: "SMTP", Email: "/o=x/cn=y@z"}},
		{"MAPI-S-002 OUT-ADR-003 then the one-off entry id", row{"N", "EX", "/o=x", "", oneOff, "SMTP:KEY@X.ORG"},
			mapi.Address{Name: "N", Type: "EX", Email: "/o=x", SMTP: "oneoff@x.org"}},
		{"MAPI-S-002 only an entry id", row{"", "", "", "", oneOff, ""},
			mapi.Address{Name: "One Off", Type: "SMTP", Email: "oneoff@x.org", SMTP: "oneoff@x.org"}},
		{"wrapped entry id", row{"", "", "", "", wrapped(wrapped(oneOff)), ""},
			mapi.Address{Name: "One Off", Type: "SMTP", Email: "oneoff@x.org", SMTP: "oneoff@x.org"}},
		{"address book entry id", row{"N", "", "", "", book, ""},
			mapi.Address{Name: "N", Type: "EX", Email: "/o=x/cn=y"}},
		{"MAPI-S-002 then the search key", row{"N", "EX", "/o=x", "", book, "SMTP:KEY@X.ORG\x00"},
			mapi.Address{Name: "N", Type: "EX", Email: "/o=x", SMTP: "KEY@X.ORG"}},
		{"search key of EX", row{"N", "", "", "", nil, "EX:/O=X"},
			mapi.Address{Name: "N", Type: "EX", Email: "/O=X"}},
		{"name from the entry id", row{"", "SMTP", "email@x.org", "email@x.org", oneOff, ""},
			mapi.Address{Name: "One Off", Type: "SMTP", Email: "email@x.org", SMTP: "email@x.org"}},
		{"broken entry id", row{"N", "", "", "", oneOff[:19], "junk"}, mapi.Address{Name: "N"}},
		{"nothing", row{}, mapi.Address{}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, g := range []*mapi.AddressGroup{&mapi.SenderGroup, &mapi.RecipientGroup} {
				var p mapi.Properties
				setText(&p, g.Name, tt.row.name)
				setText(&p, g.AddressType, tt.row.addressType)
				setText(&p, g.EmailAddress, tt.row.email)
				setText(&p, g.SmtpAddress, tt.row.smtp)
				if tt.row.entryID != nil {
					g.EntryID.Set(&p, tt.row.entryID)
				}
				if tt.row.searchKey != "" {
					g.SearchKey.Set(&p, []byte(tt.row.searchKey))
				}
				if diff := cmp.Diff(tt.want, g.Get(&p)); diff != "" {
					t.Error(diff)
				}
			}
		})
	}
}

func setText(p *mapi.Properties, tag mapi.Tag[string], s string) {
	if s != "" {
		tag.Set(p, s)
	}
}

func TestAddressGroupSet(t *testing.T) {
	groups := map[string]*mapi.AddressGroup{
		"sender": &mapi.SenderGroup, "from": &mapi.SentRepresentingGroup, "received by": &mapi.ReceivedByGroup,
		"received representing": &mapi.ReceivedRepresentingGroup, "read receipt": &mapi.ReadReceiptGroup,
	}
	var p mapi.Properties
	for _, g := range groups {
		g.Set(&p, mapi.Address{Name: "Jo", Email: "jo@x.org"})
	}
	if p.Len() != 6*len(groups) {
		t.Errorf("the groups share properties: %v", keys(&p))
	}
	for name, g := range groups {
		t.Run("IN-ADR-011 one-off entry id of "+name, func(t *testing.T) {
			id, _ := g.EntryID.Get(&p)
			if !bytes.Equal(id, unhex(t, oneOffJo)) {
				t.Errorf("% x", id)
			}
			if key, _ := g.SearchKey.Get(&p); string(key) != "SMTP:JO@X.ORG\x00" {
				t.Errorf("%q", key)
			}
			want := mapi.Address{Name: "Jo", Type: "SMTP", Email: "jo@x.org", SMTP: "jo@x.org"}
			if diff := cmp.Diff(want, g.Get(&p)); diff != "" {
				t.Error(diff)
			}
		})
	}
	t.Run("EX", func(t *testing.T) {
		var p mapi.Properties
		g := &mapi.SenderGroup
		g.Set(&p, mapi.Address{Email: "a@b"})
		want := mapi.Address{Name: "N", Type: "EX", Email: "/o=x/cn=y"}
		g.Set(&p, want)
		if diff := cmp.Diff(want, g.Get(&p)); diff != "" {
			t.Error(diff)
		}
		id, _ := g.EntryID.Get(&p)
		if diff := cmp.Diff(mapi.EntryID(&mapi.AddressBookEntryID{DN: "/o=x/cn=y"}), mapi.ParseEntryID(id, nil)); diff != "" {
			t.Error(diff)
		}
		if g.Delete(&p); p.Len() != 0 {
			t.Error(keys(&p))
		}
	})
	t.Run("other types are one-offs", func(t *testing.T) {
		var p mapi.Properties
		mapi.SenderGroup.Set(&p, mapi.Address{Type: "FAX", Email: "+1 5", SMTP: "IMCEAFAX-+2B1+205@x.org"})
		id, _ := mapi.PidTagSenderEntryId.Get(&p)
		want := &mapi.OneOff{Name: "+1 5", AddressType: "FAX", Address: "+1 5", Flags: 0x8001}
		if diff := cmp.Diff(mapi.EntryID(want), mapi.ParseEntryID(id, nil)); diff != "" {
			t.Error(diff)
		}
		if s := mapi.SenderGroup.Get(&p).SMTP; s != "IMCEAFAX-+2B1+205@x.org" {
			t.Error(s)
		}
	})
}

// internetSize is how many properties the row of an Internet address has.
const internetSize = 16

func TestRecipient(t *testing.T) {
	slab := []mapi.InternetAddress{{Name: "Jo", Address: "Jo@x.org"}, {Address: "b@x.org"}}
	rows := make([]mapi.Recipient, len(slab))
	for i := range slab {
		rows[i].SetInternet(&slab[i], mapi.RecipientCc, int32(i))
	}
	t.Run("IN-ADR-027 properties of a row", func(t *testing.T) {
		id := (&mapi.OneOff{Name: "Jo", AddressType: "SMTP", Address: "Jo@x.org", Flags: mapi.OneOffNoRichInfo}).Bytes()
		var want mapi.Properties
		mapi.PidTagRowid.Set(&want, 0)
		mapi.PidTagRecipientType.Set(&want, 2)
		mapi.PidTagDisplayName.Set(&want, "Jo")
		mapi.PidTagTransmittableDisplayName.Set(&want, "Jo")
		mapi.PidTagAddressType.Set(&want, "SMTP")
		mapi.PidTagEmailAddress.Set(&want, "Jo@x.org")
		mapi.PidTagSmtpAddress.Set(&want, "Jo@x.org")
		mapi.PidTagEntryId.Set(&want, id)
		mapi.PidTagRecipientEntryId.Set(&want, id)
		mapi.PidTagRecordKey.Set(&want, id)
		mapi.PidTagSearchKey.Set(&want, []byte("SMTP:JO@X.ORG\x00"))
		mapi.PidTagObjectType.Set(&want, 6)
		mapi.PidTagDisplayType.Set(&want, 0)
		mapi.PidTagResponsibility.Set(&want, true)
		mapi.PidTagRecipientFlags.Set(&want, 1)
		mapi.PidTagSendRichInfo.Set(&want, false)
		if diff := cmp.Diff(want, rows[0].Properties); diff != "" {
			t.Error(diff)
		}
		if rows[0].Properties.Len() != internetSize {
			t.Error(rows[0].Properties.Len())
		}
	})
	t.Run("IN-ADR-014 case of the address is kept", func(t *testing.T) {
		if a := rows[0].Address(); a.Email != "Jo@x.org" || a.SMTP != "Jo@x.org" {
			t.Error(a)
		}
	})
	t.Run("IN-ADR-008 no name: the address is it", func(t *testing.T) {
		if s := mapi.PidTagDisplayName.Or(&rows[1].Properties, ""); s != "b@x.org" {
			t.Error(s)
		}
		if n := mapi.PidTagRowid.Or(&rows[1].Properties, -1); n != 1 {
			t.Error(n)
		}
	})
	t.Run("a row that has properties", func(t *testing.T) {
		var r mapi.Recipient
		mapi.PidTagComment.Set(&r.Properties, "c")
		mapi.PidTagDisplayName.Set(&r.Properties, "old")
		r.SetInternet(&slab[0], mapi.RecipientTo, 0)
		if s := mapi.PidTagDisplayName.Or(&r.Properties, ""); s != "Jo" || r.Properties.Len() != internetSize+1 {
			t.Error(s, r.Properties.Len())
		}
	})
	t.Run("kind without flags", func(t *testing.T) {
		var r mapi.Recipient
		if r.Kind() != mapi.RecipientTo {
			t.Error(r.Kind())
		}
		mapi.PidTagRecipientType.Set(&r.Properties, 0x10000003)
		if r.Kind() != mapi.RecipientBcc {
			t.Error(r.Kind())
		}
	})
	t.Run("twins of the usual properties", func(t *testing.T) {
		var r mapi.Recipient
		mapi.PidTagRecipientDisplayName.Set(&r.Properties, "N")
		mapi.PidTagRecipientEntryId.Set(&r.Properties, unhex(t, oneOffJo))
		want := mapi.Address{Name: "Jo", Type: "SMTP", Email: "jo@x.org", SMTP: "jo@x.org"}
		if diff := cmp.Diff(want, r.Address()); diff != "" {
			t.Error(diff)
		}
		mapi.PidTagRecipientEntryId.Delete(&r.Properties)
		if diff := cmp.Diff(mapi.Address{Name: "N"}, r.Address()); diff != "" {
			t.Error(diff)
		}
	})
}

func TestIMCEA(t *testing.T) {
	for _, tt := range []struct {
		name, typ, address, encoded string
	}{
		{"MAPI-S-003 OUT-ADR-004 EX", "EX", "/O=ORG/OU=EX 1/CN=jo.x", "IMCEAEX-_O=ORG_OU=EX+201_CN=jo+2Ex@x.org"},
		{"underscore and plus", "EX", "/_+", "IMCEAEX-_+5F+2B@x.org"},
		{"fax", "FAX", "Jo@+1 (5)", "IMCEAFAX-Jo+40+2B1+20+285+29@x.org"},
		{"not ASCII", "EX", "/cn=ö", "IMCEAEX-_cn=+C3+B6@x.org"},
		{"hyphen", "X400", "a-b=c", "IMCEAX400-a-b=c@x.org"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := mapi.EncodeIMCEA(tt.typ, tt.address, "x.org"); got != tt.encoded {
				t.Errorf("encoded as %q, want %q", got, tt.encoded)
			}
			typ, address, domain, ok := mapi.DecodeIMCEA(tt.encoded)
			if typ != tt.typ || address != tt.address || domain != "x.org" || !ok {
				t.Errorf("decoded as %q %q %q %v", typ, address, domain, ok)
			}
		})
	}
	for _, tt := range []struct {
		name, in, typ, address, domain string
		ok                             bool
	}{
		{"IN-ADR-016 any case of the prefix", "imceaEx-_o=x@d", "EX", "/o=x", "d", true},
		{"MAPI-S-003 lower-case digits", "IMCEAEX-+2f@d", "EX", "/", "d", true},
		{"other bytes are literal", "IMCEAEX-a.b@d", "EX", "a.b", "d", true},
		{"no domain", "IMCEAEX-_o=x", "EX", "/o=x", "", true},
		{"cut off digits", "IMCEAEX-a+2@d", "", "", "", false},
		{"no digits", "IMCEAEX-a+2G@d", "", "", "", false},
		{"not UTF-8", "IMCEAEX-+FF@d", "", "", "", false},
		{"line break", "IMCEAEX-a+0D+0Ab@d", "", "", "", false},
		{"NUL", "IMCEAEX-a+00@d", "", "", "", false},
		{"no type", "IMCEA-a@d", "", "", "", false},
		{"no hyphen", "IMCEAEX@d", "", "", "", false},
		{"hyphen in the domain", "IMCEAEX@d-e", "", "", "", false},
		{"no address", "IMCEAEX-@d", "", "", "", false},
		{"type of other characters", "IMCEA E-a@d", "", "", "", false},
		{"ordinary address", "jo@x.org", "", "", "", false},
		{"empty", "", "", "", "", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			typ, address, domain, ok := mapi.DecodeIMCEA(tt.in)
			if !ok {
				domain = ""
			}
			if typ != tt.typ || address != tt.address || domain != tt.domain || ok != tt.ok {
				t.Errorf("%q %q %q %v", typ, address, domain, ok)
			}
		})
	}
	ours := func(domain string) bool { return domain == "ours.org" }
	t.Run("IN-ADR-015 taken out in our domain", func(t *testing.T) {
		a := mapi.InternetAddress{Name: "N", Address: "IMCEAEX-_O=X_CN=Y+20Z@ours.org"}
		got, ok := a.Decapsulate(ours)
		want := mapi.Address{Name: "N", Type: "EX", Email: "/O=X/CN=Y Z", SMTP: a.Address}
		if diff := cmp.Diff(want, got); diff != "" || !ok {
			t.Error(ok, diff)
		}
	})
	t.Run("IN-ADR-017 left alone in another domain", func(t *testing.T) {
		a := mapi.InternetAddress{Address: "IMCEAEX-_O=X@theirs.org"}
		if got, ok := a.Decapsulate(ours); ok {
			t.Error(got)
		}
	})
}
