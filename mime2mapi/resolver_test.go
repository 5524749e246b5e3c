package mime2mapi_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mime2mapi"
)

// book is an address book of one person.
type book struct{ err error }

func (b book) Resolve(_ context.Context, smtp string) (*mime2mapi.Entry, error) {
	if strings.EqualFold(smtp, "ann@example.com") {
		return &mime2mapi.Entry{DisplayName: "Baker, Ann", DN: "/o=Example/cn=ann"}, nil
	}
	return nil, b.err
}

func TestIN_ADR_010_AddressBookHit(t *testing.T) {
	res := convert(t, "From: Ann <ann@example.com>\r\nTo: Annie <Ann@Example.com>, Bob <bob@example.com>\r\nReply-To: ann@example.com\r\n\r\nx\r\n",
		&mime2mapi.Options{Resolver: book{}})
	known := func(smtp string) mapi.Address {
		return mapi.Address{Name: "Baker, Ann", Type: "EX", Email: "/o=Example/cn=ann", SMTP: smtp}
	}
	p := &res.Message.Properties
	for name, g := range map[string]*mapi.AddressGroup{"SentRepresenting": &mapi.SentRepresentingGroup, "Sender": &mapi.SenderGroup} {
		if diff := cmp.Diff(known("ann@example.com"), g.Get(p)); diff != "" {
			t.Errorf("%s -want +got:\n%s", name, diff)
		}
		id, _ := g.EntryID.Get(p)
		if e, ok := mapi.ParseEntryID(id, nil).(*mapi.AddressBookEntryID); !ok || e.DN != "/o=Example/cn=ann" {
			t.Errorf("%s: the entry id is %#v; want that of the address book", name, mapi.ParseEntryID(id, nil))
		}
	}
	to := res.Message.Recipients
	if diff := cmp.Diff(known("Ann@Example.com"), to[0].Address()); diff != "" {
		t.Errorf("a known recipient -want +got:\n%s", diff)
	}
	row := &to[0].Properties
	for name, tag := range map[string]mapi.Tag[[]byte]{"PidTagEntryId": mapi.PidTagEntryId, "PidTagRecipientEntryId": mapi.PidTagRecipientEntryId, "PidTagRecordKey": mapi.PidTagRecordKey} {
		if _, ok := mapi.ParseEntryID(tag.Or(row, nil), nil).(*mapi.AddressBookEntryID); !ok {
			t.Errorf("%s of a known recipient is not of the address book", name)
		}
	}
	if got := string(mapi.PidTagSearchKey.Or(row, nil)); got != "EX:/O=EXAMPLE/CN=ANN\x00" {
		t.Errorf("search key %q", got)
	}
	if diff := cmp.Diff(mapi.Address{Name: "Bob", Type: "SMTP", Email: "bob@example.com", SMTP: "bob@example.com"}, to[1].Address()); diff != "" {
		t.Errorf("an unknown recipient -want +got:\n%s", diff)
	}
	if got := mapi.PidTagDisplayTo.Or(p, ""); got != "Baker, Ann; Bob" {
		t.Errorf("PidTagDisplayTo is %q", got)
	}
	list, err := mapi.ParseFlatEntryList(mapi.PidTagReplyRecipientEntries.Or(p, nil))
	if err != nil || len(list) != 1 {
		t.Fatalf("reply list %v, %v", list, err)
	}
	if _, ok := mapi.ParseEntryID(list[0], nil).(*mapi.AddressBookEntryID); !ok {
		t.Error("a known Reply-To is not of the address book")
	}
}

func TestResolverErrorFailsTheConversion(t *testing.T) {
	down := errors.New("directory is down")
	_, err := mime2mapi.Convert(context.Background(), strings.NewReader(minimal+"\r\nx"), &mime2mapi.Options{Resolver: book{down}})
	var failure *diag.Error
	if !errors.As(err, &failure) || failure.Reason != diag.IO || !errors.Is(err, down) {
		t.Errorf("%v; want reason input/output with the resolver's error", err)
	}
}
