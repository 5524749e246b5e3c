package mapi_test

import (
	"bytes"
	"encoding/hex"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/contentconv/contentconv/mapi"
)

func FuzzEntryID(f *testing.F) {
	for _, s := range []string{
		oneOffJo, oneOffHead + "0190" + ascii("Jo\x00SMTP\x00jo@x.org\x00"), oneOffHead, addressBookHead + "01000000 00000000 2f6f00",
		contactHead + "03000000 04000000 00000000 ffffffff 00", wrappedHead + "b5" + oneOffJo, "",
	} {
		f.Add(unhex(f, s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		id := mapi.ParseEntryID(b, nil)
		if id == nil {
			if len(b) >= 20 {
				t.Error("nothing was read")
			}
			return
		}
		if o, ok := id.(*mapi.OneOff); ok {
			for _, s := range []string{o.Name, o.AddressType, o.Address} {
				if !utf8.ValidString(s) || strings.ContainsRune(s, 0) {
					t.Errorf("%q is no text", s)
				}
			}
			if strings.Trim(o.AddressType, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" || o.AddressType == "" {
				return // may be taken for 8-bit text
			}
			o.Flags |= mapi.OneOffUnicode
		}
		if diff := cmp.Diff(id, mapi.ParseEntryID(id.Bytes(), nil), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("written and read again it differs: %s", diff)
		}
	})
}

func FuzzFlatEntryList(f *testing.F) {
	for _, s := range []string{
		"", "00000000 00000000", "02000000 0d000000 01000000 aa000000 01000000 bb", "ffffffff ffffffff ffffffff", "01000000 08000000 04000000 01020304",
	} {
		f.Add(unhex(f, s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		l, err := mapi.ParseFlatEntryList(b)
		size := 0
		for _, e := range l {
			size += 4 + len(e)
		}
		if size > len(b) {
			t.Fatalf("%d bytes out of %d", size, len(b))
		}
		again, err2 := mapi.ParseFlatEntryList(l.Bytes())
		if err2 != nil || !slices.EqualFunc(l, again, bytes.Equal) {
			t.Errorf("written and read again it differs: %v (first: %v)", err2, err)
		}
	})
}

func FuzzConversationIndex(f *testing.F) {
	for _, s := range []string{exampleIndex, newerIndex, newerIndex + "9f84c13840 8000475e5f", exampleIndex + "0034630ba0 ff", ""} {
		f.Add(unhex(f, s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		x, err := mapi.ParseConversationIndex(b)
		if (err == nil) != (len(b) >= 22) {
			t.Fatal(err, len(b))
		}
		if err == nil {
			if len(x.Replies) != (len(b)-22)/5 {
				t.Errorf("%d replies in %d bytes", len(x.Replies), len(b))
			}
			last := mapi.Time(-1 << 63)
			for _, r := range x.Replies {
				if r.Time < last || r.Time > mapi.MaxTime {
					t.Errorf("%d comes after %d", r.Time, last)
				}
				last = r.Time
			}
		}
		field := mapi.EncodeThreadIndex(b)
		got, err := mapi.DecodeThreadIndex(field)
		switch {
		case len(b) < 22 || b[0] != 1:
			if err == nil {
				t.Errorf("%q is an index", field)
			}
		case err != nil || !bytes.HasPrefix(b, got) || len(got) > 255:
			t.Errorf("%s from %q, %v", hex.EncodeToString(got), field, err)
		}
		_, _ = mapi.DecodeThreadIndex(string(b))
	})
}

func FuzzSearchKey(f *testing.F) {
	f.Add([]byte("SMTP:JO@X.ORG\x00"))
	f.Add([]byte("E\x00X\x00:\x00/\x00\x00\x00"))
	f.Add([]byte("a:\xff"))
	f.Fuzz(func(t *testing.T, b []byte) {
		k, ok := mapi.ParseSearchKey(b)
		if !ok {
			return
		}
		again, ok := mapi.ParseSearchKey(k.Bytes())
		if !ok || !again.Equal(k) {
			t.Errorf("%q becomes %q", k, again)
		}
	})
}

func FuzzIMCEA(f *testing.F) {
	f.Add("IMCEAEX-_O=ORG_CN=jo+2Ex@x.org")
	f.Add("imceafax-+2B1@x")
	f.Fuzz(func(t *testing.T, s string) {
		typ, address, domain, ok := mapi.DecodeIMCEA(s)
		if !ok {
			return
		}
		typ2, address2, domain2, ok := mapi.DecodeIMCEA(mapi.EncodeIMCEA(typ, address, domain))
		if !ok || typ2 != typ || address2 != address || domain2 != domain {
			t.Errorf("%q: %q %q %q becomes %q %q %q", s, typ, address, domain, typ2, address2, domain2)
		}
	})
}

func FuzzSplitSubject(f *testing.F) {
	for _, s := range []string{"RE: x", "Re:x", "😀a: ", "\x01\x05RE: x", "\xff:x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		prefix, normalized := mapi.SplitSubject(s)
		whole := prefix + normalized
		if strings.HasPrefix(whole, "\x01") {
			return // the mark of a store, once more
		}
		if p, n := mapi.SplitSubject(whole); p != prefix || n != normalized {
			t.Errorf("%q %q becomes %q %q", prefix, normalized, p, n)
		}
	})
}
