package maildate

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/diag"
)

const layout = "2006-01-02T15:04:05.999999999-07:00"

// A repair of "" means that the date must give no defect.
var parseTests = []struct{ name, in, want, repair string }{
	{"IN-HDR-002 current form", "Wed, 12 Jan 2005 08:08:12 +0100", "2005-01-12T08:08:12+01:00", ""},
	{"IN-HDR-002 west of Greenwich", "Wed, 12 Jan 2005 08:08:12 -0330", "2005-01-12T08:08:12-03:30", ""},
	{"IN-HDR-002 unknown zone -0000 is UTC", "Wed, 12 Jan 2005 08:08:12 -0000", "2005-01-12T08:08:12+00:00", ""},
	{"no day of the week", "12 Jan 2005 08:08:12 +0100", "2005-01-12T08:08:12+01:00", ""},
	{"no seconds", "Wed, 12 Jan 2005 08:08 +0100", "2005-01-12T08:08:00+01:00", ""},
	{"one digit day", "Sat, 1 Jan 2005 08:08:12 +0000", "2005-01-01T08:08:12+00:00", ""},
	{"comment at the end", "Wed, 12 Jan 2005 08:08:12 +0100 (CET)", "2005-01-12T08:08:12+01:00", ""},
	{"nested comment with escape", `Wed, 12 Jan 2005 08:08:12 +0100 (a(b\)c)d)`, "2005-01-12T08:08:12+01:00", ""},
	{"comment before the zone", "Wed, 20 Sep 1995 00:19:00 (EDT) -0400", "1995-09-20T00:19:00-04:00", ""},
	{"obsolete white space and comment", "Fri, 21 Nov 1997 09(comment):   55  :  06 -0600", "1997-11-21T09:55:06-06:00", ""},
	{"eight-bit comment", "Sat, 20 Sep 2008 20:04:30 +0300 (\xf9\xf2\xe5\xef)", "2008-09-20T20:04:30+03:00", ""},
	{"two digit year before 50", "12 Jan 05 08:08:12 GMT", "2005-01-12T08:08:12+00:00", ""},
	{"two digit year 49", "12 Jan 49 08:08:12 GMT", "2049-01-12T08:08:12+00:00", ""},
	{"two digit year from 50", "Thu, 12 Jan 50 08:08:12 GMT", "1950-01-12T08:08:12+00:00", ""},
	{"three digit year", "12 Jan 105 08:08:12 GMT", "2005-01-12T08:08:12+00:00", ""},
	{"zone UT", "12 Jan 2005 08:08:12 UT", "2005-01-12T08:08:12+00:00", ""},
	{"zone Z", "12 Jan 2005 08:08:12 Z", "2005-01-12T08:08:12+00:00", ""},
	{"zone EST", "12 Jan 2005 08:08:12 EST", "2005-01-12T08:08:12-05:00", ""},
	{"zone EDT", "12 Jul 2005 08:08:12 edt", "2005-07-12T08:08:12-04:00", ""},
	{"zone CST", "12 Jan 2005 08:08:12 CST", "2005-01-12T08:08:12-06:00", ""},
	{"zone CDT", "12 Jul 2005 08:08:12 CDT", "2005-07-12T08:08:12-05:00", ""},
	{"zone MST", "12 Jan 2005 08:08:12 MST", "2005-01-12T08:08:12-07:00", ""},
	{"zone MDT", "12 Jul 2005 08:08:12 MDT", "2005-07-12T08:08:12-06:00", ""},
	{"zone PST", "12 Jan 2005 08:08:12 PST", "2005-01-12T08:08:12-08:00", ""},
	{"zone PDT", "12 Jul 2005 08:08:12 PDT", "2005-07-12T08:08:12-07:00", ""},
	{"military zone is unknown", "12 Jan 2005 08:08:12 B", "2005-01-12T08:08:12+00:00", "military zone, taken as UTC"},
	{"zone of other names", "12 Jan 2005 08:08:12 CET", "2005-01-12T08:08:12+01:00", "zone's name not of RFC 5322"},
	{"unknown zone", "12 Jan 2005 08:08:12 XYZZY", "2005-01-12T08:08:12+00:00", "unknown zone, taken as UTC"},
	{"no zone", "12 Jan 2005 08:08:12", "2005-01-12T08:08:12+00:00", "no zone"},
	{"zone +08xx is decimal", "12 Jan 2005 08:08:12 +0845", "2005-01-12T08:08:12+08:45", ""},
	{"zone -09xx is decimal", "12 Jan 2005 08:08:12 -0930", "2005-01-12T08:08:12-09:30", ""},
	{"zone +9999", "12 Jan 2005 08:08:12 +9999", "2005-01-12T08:08:12+00:00", "zone out of range, taken as UTC"},
	{"zone of many digits", "12 Jan 2005 08:08:12 +010000", "2005-01-12T08:08:12+00:00", "zone not of four digits"},
	{"zone with colon", "12 Jan 2005 08:08:12 +05:30", "2005-01-12T08:08:12+05:30", "zone not of four digits"},
	{"zone of three digits", "Mon, 21 Aug 95 13:30:57 -600", "1995-08-21T13:30:57-06:00", "zone not of four digits"},
	{"zone of hours alone", "12 Jan 2005 08:08:12 +5", "2005-01-12T08:08:12+05:00", "zone not of four digits"},
	{"zone GMT+2", "12 Jan 2005 08:08:12 GMT+2", "2005-01-12T08:08:12+02:00", "zone not of four digits"},
	{"zone GMT -0500", "12 Jan 2005 08:08:12 GMT -0500", "2005-01-12T08:08:12-05:00", ""},
	{"zone and its name", "12 Jan 2005 08:08:12 -0500 EST", "2005-01-12T08:08:12-05:00", ""},
	{"wrong day of the week", "Fri, 12 Jan 2005 08:08:12 +0100", "2005-01-12T08:08:12+01:00", "wrong day of the week"},
	{"foreign day of the week", "Mi, 12 Jan 2005 08:08:12 +0100", "2005-01-12T08:08:12+01:00", "unknown word"},
	{"full names", "Wednesday, 12 January 2005 08:08:12 +0100", "2005-01-12T08:08:12+01:00", "month not shortened"},
	{"other case", "WED, 12 JAN 2005 08:08:12 +0100", "2005-01-12T08:08:12+01:00", ""},
	{"sept", "12 Sept 2005 08:08:12 +0100", "2005-09-12T08:08:12+01:00", "month not shortened"},
	{"date alone", "1 Jan 2020", "2020-01-01T00:00:00+00:00", "no time of day"},
	{"date and zone", "1 Jan 2020 +0200", "2020-01-01T00:00:00+02:00", "no time of day"},
	{"asctime", "Wed Jan 12 08:08:12 2005", "2005-01-12T08:08:12+00:00", "elements in another order"},
	{"date command", "Wed Jan 12 08:08:12 EST 2005", "2005-01-12T08:08:12-05:00", "elements in another order"},
	{"asctime with zone", "Wed Jan 12 08:08:12 2005 -0500", "2005-01-12T08:08:12-05:00", "elements in another order"},
	{"asctime with zone before year", "Wed Jan 12 08:08:12 +0100 2005", "2005-01-12T08:08:12+01:00", "elements in another order"},
	{"US order", "Jan 12, 2005 08:08:12 +0000", "2005-01-12T08:08:12+00:00", "elements in another order"},
	{"afternoon", "May 8, 2005 1:17 PM", "2005-05-08T13:17:00+00:00", "elements in another order"},
	{"noon", "8 May 2005 12:17 pm +0000", "2005-05-08T12:17:00+00:00", "12-hour clock"},
	{"midnight", "8 May 2005 12:17 a.m. +0000", "2005-05-08T00:17:00+00:00", "12-hour clock"},
	{"needless PM", "8 May 2005 13:17 PM +0000", "2005-05-08T13:17:00+00:00", "12-hour clock"},
	{"hour alone", "8 May 2005 3PM +0000", "2005-05-08T15:00:00+00:00", "12-hour clock"},
	{"ordinal", "8th May 2005 13:17 +0000", "2005-05-08T13:17:00+00:00", "ordinal number"},
	{"hyphens", "12-Jan-2005 08:08:12 -0500", "2005-01-12T08:08:12-05:00", "elements separated by -"},
	{"hyphens and short year", "12-Jan-05 08:08:12 GMT", "2005-01-12T08:08:12+00:00", "elements separated by -"},
	{"dots in the time", "12 Jan 2005 08.08.12 +0100", "2005-01-12T08:08:12+01:00", "dots in the time of day"},
	{"dots in the date", "12.01.2005 08:08:12 +0100", "2005-01-12T08:08:12+01:00", "date in numbers"},
	{"slashes", "01/12/2005 08:08:12", "2005-01-12T08:08:12+00:00", "date in numbers"},
	{"slashes, day first", "13/01/2005 08:08:12", "2005-01-13T08:08:12+00:00", "date in numbers"},
	{"ISO 8601", "2005-01-12T08:08:12+01:00", "2005-01-12T08:08:12+01:00", "date in numbers"},
	{"ISO 8601 in UTC with fraction", "2005-01-12T08:08:12.25Z", "2005-01-12T08:08:12.25+00:00", "date in numbers"},
	{"ISO 8601 with space", "2005-01-12 08:08:12 -0500", "2005-01-12T08:08:12-05:00", "date in numbers"},
	{"ISO 8601 date", "2005-01-12", "2005-01-12T00:00:00+00:00", "date in numbers"},
	{"ISO 8601 basic", "20050112T080812Z", "2005-01-12T08:08:12+00:00", "ISO 8601"},
	{"digits alone", "20050112080812", "2005-01-12T08:08:12+00:00", "ISO 8601"},
	{"24:00", "Wed, 12 Jan 2005 24:00:00 +0000", "2005-01-13T00:00:00+00:00", "24:00"},
	{"leap second", "31 Dec 2016 23:59:60 +0000", "2017-01-01T00:00:00+00:00", ""},
	{"year 1", "Mon, 1 Jan 0001 00:00:00 +0000", "0001-01-01T00:00:00+00:00", ""},
	{"year 9999", "31 Dec 9999 23:59:59 +0000", "9999-12-31T23:59:59+00:00", ""},
	{"beyond 32-bit seconds", "19 Jan 2038 03:14:08 +0000", "2038-01-19T03:14:08+00:00", ""},
	{"beyond unsigned 32-bit seconds", "7 Feb 2106 06:28:16 +0000", "2106-02-07T06:28:16+00:00", ""},
	{"day before the FILETIME epoch", "31 Dec 1600 23:59:59 +0000", "1600-12-31T23:59:59+00:00", ""},
	{"comment without end", "12 Jan 2005 08:08:12 +0100 (CET", "2005-01-12T08:08:12+01:00", "comment without an end"},
	{"dot after the year", "12. Jan 2005. 08:08:12 +0100", "2005-01-12T08:08:12+01:00", ""},
	{"dash before the time", "12 Jan 2005 - 08:08:12 +0100", "2005-01-12T08:08:12+01:00", "elements separated by -"},
	{"p.m. and zone", "8 May 2005 1:17 p.m. EST", "2005-05-08T13:17:00-05:00", "12-hour clock"},
	{"number of no meaning", "12 Jan 2005 08:08:12 +0100 7", "2005-01-12T08:08:12+01:00", "number of no meaning"},
	{"in quotes", `"12 Jan 2005 08:08:12 +0100"`, "2005-01-12T08:08:12+01:00", "characters that no date has"},
}

func TestParse(t *testing.T) {
	for _, tt := range parseTests {
		t.Run(tt.name, func(t *testing.T) {
			got, ok, defects := Parse(tt.in)
			if !ok {
				t.Fatalf("Parse(%q) gives no date: %v", tt.in, defects)
			}
			if diff := cmp.Diff(tt.want, got.Format(layout)); diff != "" {
				t.Errorf("Parse(%q) differs (-want +got):\n%s", tt.in, diff)
			}
			repair := ""
			if len(defects) > 0 {
				repair, _, _ = strings.Cut(defects[0].Detail, ": ")
				if defects[0].Code != diag.DateRepaired {
					t.Errorf("code is %s, want %s", defects[0].Code, diag.DateRepaired)
				}
			}
			if repair != tt.repair {
				t.Errorf("repair is %q, want %q", repair, tt.repair)
			}
		})
	}
}

func TestParseInvalid(t *testing.T) {
	for _, tt := range []struct{ name, in string }{
		{"IN-HDR-003 text", "Whenever"},
		{"IN-HDR-003 empty", ""},
		{"IN-HDR-003 unknown month", "Pn, 29 paX 2007 21:13:00 +0100"},
		{"IN-HDR-003 comment alone", "(12 Jan 2005 08:08:12 +0100)"},
		{"no year", "Wed, 12 Jan 08:08:12 +0100"},
		{"year 0", "12 Jan 0000 08:08:12 +0100"},
		{"year 10000", "12 Jan 10000 08:08:12 +0100"},
		{"year beyond 32 bits", "12 Jan 4294967296 08:08:12 +0100"},
		{"day 0", "0 Jan 2005 08:08:12 +0100"},
		{"day 31 in April", "31 Apr 2005 08:08:12 +0100"},
		{"29 February in a common year", "29 Feb 2005 08:08:12 +0100"},
		{"month 13", "2005-13-12 08:08:12"},
		{"hour 25", "12 Jan 2005 25:08:12 +0100"},
		{"minute 60", "12 Jan 2005 08:60:12 +0100"},
		{"second 61", "12 Jan 2005 08:08:61 +0100"},
		{"24:00 of the last day", "31 Dec 9999 24:00:00 +0000"},
		{"24:01", "12 Jan 2005 24:01:00 +0100"},
		{"no minutes", "12 Jan 2005 08:x +0100"},
		{"no seconds", "12 Jan 2005 08:08:x +0100"},
		{"date in numbers after a date", "Jan 2005 20050112 08:08:12 +0100"},
		{"separators that differ", "2005-01/12 08:08:12"},
		{"numbers apart", "2005- 01-12 08:08:12"},
		{"too long", "12 Jan 2005 08:08:12 +0100" + strings.Repeat(" x", 500)},
		{"long comments", strings.Repeat("(", 1<<20)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, ok, defects := Parse(tt.in)
			if ok || !got.IsZero() {
				t.Fatalf("Parse gives %v, want none", got)
			}
			if len(defects) != 1 || defects[0].Code != diag.DateInvalid {
				t.Errorf("defects are %v, want one %s", defects, diag.DateInvalid)
			}
		})
	}
}

func TestFormat(t *testing.T) {
	for _, tt := range []struct {
		in   time.Time
		want string
	}{
		{time.Date(2005, 1, 12, 8, 8, 12, 0, time.UTC), "Wed, 12 Jan 2005 08:08:12 +0000"},
		{time.Date(2005, 1, 2, 8, 8, 12, 0, time.FixedZone("", -12600)), "Sun, 2 Jan 2005 08:08:12 -0330"},
	} {
		if got := Format(tt.in); got != tt.want {
			t.Errorf("Format gives %q, want %q", got, tt.want)
		}
	}
}

func FuzzDate(f *testing.F) {
	for _, tt := range parseTests {
		f.Add(tt.in)
	}
	f.Fuzz(func(t *testing.T, s string) {
		checkUsual(t, s)
		got, ok, defects := Parse(s)
		if !ok {
			if !got.IsZero() || !defects.Has(diag.DateInvalid) {
				t.Fatalf("no date, yet %v and %v", got, defects)
			}
			return
		}
		if y := got.Year(); y < 1 || y > 9999 {
			t.Fatalf("year %d", y)
		}
		again, ok, defects := Parse(Format(got))
		if !ok || len(defects) > 0 || !again.Equal(got.Truncate(time.Second)) {
			t.Fatalf("%v, formatted and parsed, is %v, %v, %v", got, again, ok, defects)
		}
	})
}

// The quick way gives what the whole parser gives without a repair.
func checkUsual(t *testing.T, s string) {
	t.Helper()
	quick, ok := usual(s)
	if !ok {
		return
	}
	want, ok, defects := parse(s)
	if !ok || len(defects) > 0 || !want.Equal(quick) || want.Format(time.RFC3339) != quick.Format(time.RFC3339) {
		t.Errorf("%q is %v, want %v, %v", s, quick, want, defects)
	}
}

func TestUsual(t *testing.T) {
	for in, want := range map[string]bool{
		"Wed, 12 Jan 2005 08:08:12 +0100":          true,
		"Wed, 12 Jan 2005 08:08:12 +0100 (CET)":    true,
		"Sun, 2 Jan 2005 08:08:12 -0330":           true,
		"Sun, 02 Jan 2005 08:08:12 -0000":          true,
		"Mon, 29 Feb 2016 00:00:00 +0000":          true,
		"Tue, 12 Jan 2005 08:08:12 +0100":          false, // a Wednesday
		"Wed, 30 Feb 2005 08:08:12 +0100":          false,
		"Wed, 12 Jan 2005 08:08:60 +0100":          false,
		"Wed, 12 anF 2005 08:08:12 +0100":          false,
		"Wed, 12 JAN 2005 08:08:12 +0100":          false,
		"Wed, 12 Jan 2005 08:08:12 GMT":            false,
		"Wed, 12 Jan 2005 08:08:12 +0100 (CET":     false,
		"Wed, 12 Jan 2005 08:08:12 +0100 (C(E)T)":  false,
		"Wed,  12 Jan 2005 08:08:12 +0100":         false,
		"Wed, 012 Jan 2005 08:08:12 +0100":         false,
		"12 Jan 2005 08:08:12 +0100":               false,
		"Wed, 12 Jan 2005 08:08:12 +0100 and more": false,
	} {
		if _, ok := usual(in); ok != want {
			t.Errorf("usual(%q) is %v", in, ok)
		}
		checkUsual(t, in)
	}
}

func BenchmarkParse(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Parse("Wed, 12 Jan 2005 08:08:12 +0100 (CET)")
	}
}
