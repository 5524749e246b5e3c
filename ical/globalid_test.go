package ical_test

import (
	"bytes"
	"encoding/hex"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/ical"
)

func unhex(t *testing.T, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(strings.Join(strings.Fields(s), ""))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// wrapped is the id of UID:abc@example.com.
const wrapped = `04 00 00 00 82 00 E0 00 74 C5 B7 10 1A 82 E0 08
	00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00
	00 00 00 00 1B 00 00 00 76 43 61 6C 2D 55 69 64
	01 00 00 00 61 62 63 40 65 78 61 6D 70 6C 65 2E
	63 6F 6D`

// outlooks is an id that Outlook made, of an instance.
const outlooks = `04 00 00 00 82 00 E0 00 74 C5 B7 10 1A 82 E0 08
	07 EA 0B 1E 80 F2 5B 4E 8A 8E DC 01 00 00 00 00
	00 00 00 00 10 00 00 00 E7 3C 73 F7 3F 1C 39 41
	BD D6 45 0F 64 07 03 F3`

func TestICAL_IN_100_ThirdPartyUID(t *testing.T) {
	g := ical.GlobalObjectIDOf("abc@example.com")
	if diff := cmp.Diff(unhex(t, wrapped), g.Bytes()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if n := len(g.Bytes()); n != 67 {
		t.Errorf("%d bytes; want 67", n)
	}
	if _, ok := g.Date(); ok {
		t.Error("it has a date")
	}
}

func TestICAL_IN_101_InstanceDate(t *testing.T) {
	g := ical.GlobalObjectIDOf("abc@example.com").WithDate(time.Date(2026, 11, 30, 23, 0, 0, 0, time.UTC))
	b := g.Bytes()
	if diff := cmp.Diff([]byte{0x07, 0xEA, 0x0B, 0x1E}, b[16:20]); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if diff := cmp.Diff(unhex(t, wrapped), g.Clean().Bytes()); diff != "" {
		t.Errorf("clean: -want +got:\n%s", diff)
	}
	if d, ok := g.Date(); !ok || d.Format("20060102") != "20261130" {
		t.Errorf("the date is %v, %v", d, ok)
	}
}

func TestGlobalObjectIDOfHexadecimal(t *testing.T) {
	own := unhex(t, outlooks)
	upper := strings.ToUpper(hex.EncodeToString(own))
	dated := func(date string) string { return upper[:32] + date + upper[40:] }
	for _, c := range []struct {
		name, uid string
		decoded   bool
		date      string
	}{
		{"ICAL-IN-102 an id in hexadecimal", upper, true, "20261130"},
		{"ICAL-IN-103 in lower case", strings.ToLower(upper), true, "20261130"},
		{"ICAL-IN-103 without a date", dated("00000000"), true, ""},
		{"ICAL-IN-103 a month too many", dated("07EA0D1E"), true, ""},
		{"ICAL-IN-103 a day too many", dated("07EA0B1F"), true, ""},
		{"ICAL-IN-103 a year too early", dated("06400B1E"), true, ""},
		{"ICAL-IN-103 the first year", dated("06410B1E"), true, "16011130"},
		{"ICAL-IN-103 the last year", dated("11940B1E"), true, "45001130"},
		{"ICAL-IN-103 a year too late", dated("11950B1E"), true, ""},
		{"ICAL-IN-102 81 digits", upper[:72] + "01000000" + "A", false, ""},
		{"ICAL-IN-102 82 digits", upper[:72] + "01000000" + "AB", true, "20261130"},
		{"ICAL-IN-102 80 digits", upper[:72] + "00000000", false, ""},
		{"ICAL-IN-102 an odd number", upper + "0", false, ""},
		{"ICAL-IN-102 a letter that is no digit", upper[:len(upper)-1] + "G", false, ""},
		{"ICAL-IN-102 another beginning", "05" + upper[2:], false, ""},
		{"ICAL-IN-104 data that is longer than it says", upper + "00", false, ""},
		{"ICAL-IN-104 data that is shorter than it says", upper[:len(upper)-2], false, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := ical.GlobalObjectIDOf(c.uid)
			if wrapped := bytes.HasPrefix(g.Data, []byte("vCal-Uid")); wrapped == c.decoded {
				t.Errorf("wrapped: %v", wrapped)
			}
			date := ""
			if d, ok := g.Date(); ok {
				date = d.Format("20060102")
			}
			if date != c.date {
				t.Errorf("the date is %q; want %q", date, c.date)
			}
			want := c.uid
			if c.decoded {
				want = strings.ToUpper(c.uid[:32] + "00000000" + c.uid[40:])
			}
			if got := g.UID(); got != want {
				t.Errorf("the UID comes back as %s\nwant %s", got, want)
			}
		})
	}
}

func TestICAL_OUT_003_UID(t *testing.T) {
	g, err := ical.ParseGlobalObjectID(unhex(t, outlooks))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(unhex(t, outlooks), g.Bytes()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	want := strings.ToUpper(strings.Join(strings.Fields(strings.Replace(outlooks, "07 EA 0B 1E", "00 00 00 00", 1)), ""))
	if got := g.UID(); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	for in, want := range map[string]string{"abc@example.com": "abc@example.com", "zo\xEB\x00": "zo\uFFFD", "é": "é"} {
		if got := ical.GlobalObjectIDOf(in).UID(); got != want {
			t.Errorf("%q: %q; want %q", in, got, want)
		}
	}
}

func TestParseGlobalObjectIDErrors(t *testing.T) {
	good := unhex(t, outlooks)
	long := append(bytes.Clone(good), 0)
	huge := bytes.Clone(good)
	copy(huge[36:], "\xFF\xFF\xFF\xFF")
	other := bytes.Clone(good)
	other[0] = 5
	for name, b := range map[string][]byte{"empty": nil, "short": good[:39], "cut": good[:50], "long": long, "huge": huge, "other": other} {
		if g, err := ical.ParseGlobalObjectID(b); err == nil {
			t.Errorf("%s: %+v", name, g)
		}
	}
}
