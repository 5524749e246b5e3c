package mapi_test

import (
	"bytes"
	"encoding/hex"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"

	"github.com/contentconv/contentconv/mapi"
)

// unhex reads hexadecimal digits with spaces between them.
func unhex(t testing.TB, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(strings.Join(strings.Fields(s), ""))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

const (
	oneOffHead = "00000000 812b1fa4bea310199d6e00dd010f5402 0000 "
	oneOffJo   = oneOffHead + `0180 4a006f000000 53004d0054005000 0000
		6a006f0040007800 2e006f0072006700 0000`
	addressBookHead = "00000000 dca740c8c042101ab4b908002b2fe182 "
	contactHead     = "00000000 fe42aa0a18c71a10e8850b651c240000 "
	wrappedHead     = "00000000 c091add3519dcf11a4a900aa0047faa4 "
)

func ascii(s string) string { return hex.EncodeToString([]byte(s)) }

func TestParseEntryID(t *testing.T) {
	cyrillic := func(b []byte) string {
		s, _ := charmap.Windows1251.NewDecoder().Bytes(b)
		return string(s)
	}
	contact := mapi.GUID(unhex(t, contactHead)[4:])
	jo := &mapi.OneOff{Name: "Jo", AddressType: "SMTP", Address: "jo@x.org", Flags: 0x8001}
	for _, tt := range []struct {
		name   string
		hex    string
		decode func([]byte) string
		want   mapi.EntryID
	}{
		{"MAPI-E-001 one-off", oneOffJo, nil, jo},
		{"MAPI-E-001 rare flags are kept", oneOffHead + "1790 4a000000 46000000 31000000", nil,
			&mapi.OneOff{Name: "J", AddressType: "F", Address: "1", Flags: 0x9017}},
		{"MAPI-E-002 8-bit one-off with code page", oneOffHead + "0100 c8e2e0ed00" + ascii("SMTP\x00a@b\x00"), cyrillic,
			&mapi.OneOff{Name: "Иван", AddressType: "SMTP", Address: "a@b", Flags: 0x0001}},
		{"MAPI-E-002 8-bit one-off of unknown code page", oneOffHead + "0000 4afc7200" + ascii("SMTP\x00a@b\x00"), nil,
			&mapi.OneOff{Name: "Jür", AddressType: "SMTP", Address: "a@b"}},
		{"MAPI-E-002 8-bit text under the Unicode flag", oneOffHead + "0190" + ascii("Jo\x00SMTP\x00jo@x.org\x00"), nil,
			&mapi.OneOff{Name: "Jo", AddressType: "SMTP", Address: "jo@x.org", Flags: 0x1001}},
		{"Chinese name is no 8-bit text", oneOffHead + "0180 2d4e8765 0000 53004d0054005000 0000 61004000 6200 0000", nil,
			&mapi.OneOff{Name: "中文", AddressType: "SMTP", Address: "a@b", Flags: 0x8001}},
		{"strange address type is no sign of 8-bit text", oneOffHead + "0180 dd003000 0000 2500 0000 61000000", nil,
			&mapi.OneOff{Name: "Ý0", AddressType: "%", Address: "a", Flags: 0x8001}},
		{"pair and half a pair", oneOffHead + "0080 3dd800de 3dd8 0000 53000000 3dd8", nil,
			&mapi.OneOff{Name: "😀\uFFFD", AddressType: "S", Address: "\uFFFD", Flags: 0x8000}},
		{"MAPI-E-003 no last terminator and an odd byte", oneOffHead + "0180 4a000000 53000000 61004000 62", nil,
			&mapi.OneOff{Name: "J", AddressType: "S", Address: "a@", Flags: 0x8001}},
		{"MAPI-E-003 no address", oneOffHead + "0180 4a000000 5300", nil, &mapi.OneOff{Name: "J", AddressType: "S", Flags: 0x8001}},
		{"MAPI-E-003 no strings", oneOffHead + "0180", nil, &mapi.OneOff{Flags: 0x8001}},
		{"MAPI-E-003 no flags", oneOffHead, nil, &mapi.OneOff{}},
		{"MAPI-E-003 no provider", "00000000 812b1fa4bea310199d6e00dd010f54", nil, nil},
		{"nothing", "", nil, nil},
		{"MAPI-E-004 address book", addressBookHead + "01000000 01000000" + ascii("/o=x/cn=y\x00rest"), nil,
			&mapi.AddressBookEntryID{Type: 1, DN: "/o=x/cn=y"}},
		{"address book without terminator", addressBookHead + "01000000 00000000" + ascii("/o=x"), nil, &mapi.AddressBookEntryID{DN: "/o=x"}},
		{"address book cut off", addressBookHead + "01000000 000000", nil, &mapi.AddressBookEntryID{}},
		{"MAPI-E-005 contact", contactHead + "03000000 04000000 01000000 02000000 aabbcc", nil,
			&mapi.ContactEntryID{Type: 4, Index: 1, Inner: []byte{0xAA, 0xBB}}},
		{"contact that claims too much", contactHead + "03000000 05000000 ff000000 ffffffff aa", nil,
			&mapi.ContactEntryID{Type: 5, Index: 255, Inner: []byte{0xAA}}},
		{"contact cut off", contactHead + "03000000", nil, &mapi.OpaqueEntryID{Provider: contact, Data: []byte{3, 0, 0, 0}}},
		{"folder of contacts", contactHead + "03000000 03000000 11111111 22222222", nil,
			&mapi.OpaqueEntryID{Provider: contact, Data: unhex(t, "03000000 03000000 11111111 22222222")}},
		{"wrapped", wrappedHead + "b5 0102", nil, &mapi.WrappedEntryID{Type: 0xB5, Inner: []byte{1, 2}}},
		{"wrapped nothing", wrappedHead, nil, &mapi.WrappedEntryID{}},
		{"store, flags", "87000000 38a1bb1005e5101aa1bb08002b2a56c2 0000", nil,
			&mapi.OpaqueEntryID{Flags: [4]byte{0x87}, Provider: mapi.GUID(unhex(t, "38a1bb1005e5101aa1bb08002b2a56c2")), Data: []byte{0, 0}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := mapi.ParseEntryID(unhex(t, tt.hex), tt.decode)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestEntryIDBytes(t *testing.T) {
	for _, tt := range []struct {
		name string
		id   mapi.EntryID
		hex  string
	}{
		{"MAPI-E-001 IN-ADR-012 one-off", &mapi.OneOff{Name: "Jo", AddressType: "SMTP", Address: "jo@x.org", Flags: mapi.OneOffNoRichInfo}, oneOffJo},
		{"one-off that wants TNEF", &mapi.OneOff{}, oneOffHead + "0080 0000 0000 0000"},
		{"one-off beyond the BMP", &mapi.OneOff{Name: "😀"}, oneOffHead + "0080 3dd800de 0000 0000 0000"},
		{"NUL in a field does not shift the others", &mapi.OneOff{Name: "a\x00b", AddressType: "\x00"}, oneOffHead + "0080 61006200 0000 0000 0000"},
		{"MAPI-E-004 address book", &mapi.AddressBookEntryID{Type: 1, DN: "/o\x00=x"}, addressBookHead + "01000000 01000000 2f6f3d78 00"},
		{"MAPI-E-005 contact", &mapi.ContactEntryID{Type: 4, Index: 1, Inner: []byte{0xAA}}, contactHead + "03000000 04000000 01000000 01000000 aa"},
		{"wrapped", &mapi.WrappedEntryID{Type: 0xB5, Inner: []byte{1}}, wrappedHead + "b501"},
		{"opaque", &mapi.OpaqueEntryID{Flags: [4]byte{1, 2, 3, 4}, Data: []byte{1}}, "01020304 00000000000000000000000000000000 01"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(hex.Dump(unhex(t, tt.hex)), hex.Dump(tt.id.Bytes())); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestFlatEntryList(t *testing.T) {
	type list = mapi.FlatEntryList
	for _, tt := range []struct {
		name string
		hex  string
		want list
		ok   bool
	}{
		{"empty", "00000000 00000000", nil, true},
		{"MAPI-E-006 IN-ADR-020 padding between", "02000000 0d000000 01000000 aa000000 01000000 bb", list{{0xAA}, {0xBB}}, true},
		{"MAPI-E-006 padding after the last", "02000000 10000000 01000000 aa000000 01000000 bb000000", list{{0xAA}, {0xBB}}, true},
		{"MAPI-E-006 no padding needed", "01000000 08000000 04000000 01020304", list{{1, 2, 3, 4}}, true},
		{"empty entries", "02000000 08000000 00000000 00000000", list{{}, {}}, true},
		{"rest after the list", "01000000 05000000 01000000 aa ffffff", list{{0xAA}}, true},
		{"more entries than the count", "01000000 0d000000 01000000 aa000000 01000000 bb", list{{0xAA}}, true},
		{"MAPI-E-006 count too large", "ffffffff 05000000 01000000 aa", list{{0xAA}}, false},
		{"MAPI-E-006 length too large", "02000000 0d000000 01000000 aa000000 ffffffff bb", list{{0xAA}}, false},
		{"entry beyond the size", "02000000 05000000 01000000 aa000000 01000000 bb", list{{0xAA}}, false},
		{"size too large", "01000000 ffffffff 01000000 aa", list{{0xAA}}, true},
		{"length cut off", "01000000 03000000 010000", nil, false},
		{"no header", "01000000 000000", nil, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := mapi.ParseFlatEntryList(unhex(t, tt.hex))
			if diff := cmp.Diff(tt.want, got); diff != "" || (err == nil) != tt.ok {
				t.Error(err, diff)
			}
		})
	}
	t.Run("MAPI-E-006 written with padding between only", func(t *testing.T) {
		got := list{{0xAA}, {1, 2, 3, 4}, {0xBB}}.Bytes()
		want := unhex(t, "03000000 15000000 01000000 aa000000 04000000 01020304 01000000 bb")
		if !bytes.Equal(got, want) {
			t.Errorf("% x", got)
		}
	})
	t.Run("IN-ADR-019 reply recipients in order", func(t *testing.T) {
		l := mapi.AddressList{{Name: "Jo", Address: "jo@x.org"}, {Address: "b@x.org"}}
		got, err := mapi.ParseFlatEntryList(l.Bytes())
		if err != nil || len(got) != 2 {
			t.Fatal(err, len(got))
		}
		if !bytes.Equal(got[0], unhex(t, oneOffJo)) {
			t.Errorf("% x", got[0])
		}
		want := &mapi.OneOff{Name: "b@x.org", AddressType: "SMTP", Address: "b@x.org", Flags: 0x8001}
		if diff := cmp.Diff(mapi.EntryID(want), mapi.ParseEntryID(got[1], nil)); diff != "" {
			t.Error(diff)
		}
	})
}
