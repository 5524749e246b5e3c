package mapi_test

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/contentconv/contentconv/mapi"
)

// TestCorpus compares the parsers with what another program printed of the same
// values. CONTENTCONV_CORPUS names the folder of the corpus; it is no part of the
// repository.
func TestCorpus(t *testing.T) {
	dir := os.Getenv("CONTENTCONV_CORPUS")
	if dir == "" {
		t.Skip("CONTENTCONV_CORPUS names no corpus; set it to run over one")
	}
	for kind, check := range map[string]func(t *testing.T, b []byte, want fields){
		"ENTRYID": checkEntryID, "CONVERSATIONINDEX": checkIndex, "FLATENTRYLIST": checkFlatList,
	} {
		blobs, err := filepath.Glob(filepath.Join(dir, "pairs/*/blob-"+kind+"-*/*.bin"))
		if err != nil || len(blobs) == 0 {
			t.Errorf("no values of kind %s: %v", kind, err)
		}
		for _, blob := range blobs {
			t.Run(strings.TrimSuffix(filepath.Base(blob), ".bin"), func(t *testing.T) {
				b, err := os.ReadFile(blob)
				if err != nil {
					t.Fatal(err)
				}
				text, err := os.ReadFile(strings.TrimSuffix(blob, ".bin") + ".expected.txt")
				if err != nil {
					t.Fatal(err)
				}
				check(t, b, readFields(string(text)))
			})
		}
	}
}

// fields are lines of the form "name = value", with the number of tabs before
// them.
type fields []field

type field struct {
	depth       int
	name, value string
}

func readFields(text string) fields {
	var list fields
	for s := bufio.NewScanner(strings.NewReader(text)); s.Scan(); {
		line := strings.TrimLeft(s.Text(), "\t")
		name, value, _ := strings.Cut(line, " = ")
		list = append(list, field{len(s.Text()) - len(line), name, strings.TrimSpace(value)})
	}
	return list
}

// at returns the nth value of that name, and its first word's number.
func (f fields) at(name string, n int) (value string, number uint64) {
	for _, e := range f {
		if e.name == name {
			if n--; n < 0 {
				word, _, _ := strings.Cut(e.value, " ")
				number, _ = strconv.ParseUint(word, 0, 64)
				return e.value, number
			}
		}
	}
	return "", 0
}

func (f fields) has(name string) bool {
	for _, e := range f {
		if e.name == name {
			return true
		}
	}
	return false
}

func checkEntryID(t *testing.T, b []byte, want fields) {
	id := mapi.ParseEntryID(b, nil)
	provider, _ := want.at("Provider GUID", 0)
	if id == nil {
		if provider != "" {
			t.Errorf("nothing was read, want one of %s", provider)
		}
		return
	}
	raw := id.Bytes()
	if guid := mapi.GUID(raw[4:20]).String(); !strings.HasPrefix(provider, guid) {
		t.Errorf("provider %s, want %s", guid, provider)
	}
	if !bytes.HasPrefix(b, raw) {
		t.Errorf("written as %x, was %x", raw, b)
	}
	checkInner(t, id, want)
}

func checkInner(t *testing.T, id mapi.EntryID, want fields) {
	switch id := id.(type) {
	case *mapi.AddressBookEntryID:
		dn, _ := want.at("X500DN", 0)
		_, typ := want.at("Type", 0)
		if id.DN != dn || uint64(id.Type) != typ {
			t.Errorf("%q of type %d, want %q of type %d", id.DN, id.Type, dn, typ)
		}
	case *mapi.ContactEntryID:
		_, typ := want.at("Type", 0)
		_, index := want.at("Index", 0)
		_, size := want.at("EntryIDCount", 0)
		if uint64(id.Type) != typ || uint64(id.Index) != index || uint64(len(id.Inner)) != size {
			t.Errorf("type %d, index %d, %d bytes, want %d, %d, %d", id.Type, id.Index, len(id.Inner), typ, index, size)
		}
	case *mapi.WrappedEntryID:
		if _, typ := want.at("Wrapped Entry Type", 0); uint64(id.Type) != typ {
			t.Errorf("type 0x%X, want 0x%X", id.Type, typ)
		}
		inner := mapi.ParseEntryID(id.Inner, nil)
		if provider, _ := want.at("Provider GUID", 1); inner == nil || !strings.HasPrefix(provider, mapi.GUID(id.Inner[4:20]).String()) {
			t.Fatalf("%x within, want one of %s", id.Inner, provider)
		}
		if want.has("X500DN") {
			checkInner(t, inner, want)
		}
	case *mapi.OpaqueEntryID:
		if want.has("X500DN") || want.has("EntryIDCount") || want.has("Wrapped Entry Type") {
			t.Errorf("%x was not read", id.Bytes())
		}
	}
}

func checkIndex(t *testing.T, b []byte, want fields) {
	x, err := mapi.ParseConversationIndex(b)
	if err != nil {
		t.Fatal(err)
	}
	_, high := want.at("HighDateTime", 0)
	_, low := want.at("LowDateTime", 0)
	if got := uint64(x.Time); got != high<<32|low<<16 {
		t.Errorf("time 0x%X, want 0x%X%04X0000", got, high, low)
	}
	// The other program takes the id for a GUID whose numbers are big-endian.
	guid, _ := want.at("GUID", 0)
	if got := fmt.Sprintf("{%X-%X-%X-%X-%X}", x.ID[0:4], x.ID[4:6], x.ID[6:8], x.ID[8:10], x.ID[10:]); !sameBytes(got, guid) {
		t.Errorf("id %s, want %s", got, guid)
	}
	for i, r := range x.Replies {
		_, coarse := want.at("DeltaCode", i)
		_, delta := want.at("TimeDelta", i)
		_, random := want.at("Random", i)
		_, level := want.at("ResponseLevel", i)
		if r.Coarse != (coarse != 0) || uint64(r.Delta) != delta || uint64(r.Random) != random<<4|level {
			t.Errorf("reply %d is %+v, want %d %d %d %d", i, r, coarse, delta, random, level)
		}
	}
	if more, _ := want.at("DeltaCode", len(x.Replies)); more != "" {
		t.Errorf("%d replies, want more", len(x.Replies))
	}
}

// sameBytes compares GUIDs in either byte order of their first three groups.
func sameBytes(a, b string) bool {
	g, err1 := mapi.ParseGUID(a)
	h, err2 := mapi.ParseGUID(b)
	if err1 != nil || err2 != nil {
		return false
	}
	swapped := mapi.GUID{h[3], h[2], h[1], h[0], h[5], h[4], h[7], h[6]}
	copy(swapped[8:], h[8:])
	return g == h || g == swapped
}

func checkFlatList(t *testing.T, b []byte, want fields) {
	l, err := mapi.ParseFlatEntryList(b)
	_, count := want.at("cEntries", 0)
	_, second := want.at("Size", 1)
	// A value that claims more than it holds is damaged; then its first entries count.
	damaged := second > uint64(len(b))
	if (err != nil) != damaged || !damaged && uint64(len(l)) != count {
		t.Errorf("%d entries, %v, want %d", len(l), err, count)
	}
	for i, e := range l {
		if _, size := want.at("Size", i); uint64(len(e)) != size {
			t.Errorf("entry %d has %d bytes, want %d", i, len(e), size)
		}
	}
	if provider, _ := want.at("Provider GUID", 0); len(l) == 0 || !strings.HasPrefix(provider, mapi.GUID(l[0][4:20]).String()) {
		t.Errorf("first entry %s, want one of %s", hex.EncodeToString(b), provider)
	}
}
