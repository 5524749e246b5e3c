package tree_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/ical/tree"
)

func TestICAL_IN_039_UnescapeText(t *testing.T) {
	for in, want := range map[string]string{
		`plain`:           "plain",
		`a\nb\Nc`:         "a\nb\nc",
		`a\, b\; c\\ d`:   `a, b; c\ d`,
		`a, b; c`:         "a, b; c",
		`12\:30 \"x\" \.`: `12:30 "x" .`,
		`C:\temp\dir`:     `C:\temp\dir`,
		`a\`:              `a\`,
		`\A\Z\a\z\0\9`:    `\A\Z\a\z\0\9`,
		`a\\`:             `a\`,
		`\é\ x`:           `\é\ x`,
	} {
		if got := tree.UnescapeText(in); got != want {
			t.Errorf("UnescapeText(%q) = %q; want %q", in, got, want)
		}
	}
	if diff := cmp.Diff([]string{"a, b", "c", "", `d\`}, tree.SplitText(`a\, b,c,,d\\`)); diff != "" {
		t.Errorf("SplitText: -want +got:\n%s", diff)
	}
	if diff := cmp.Diff([]string{`a\;b`, "", "c"}, tree.SplitStructured(`a\;b;;c`)); diff != "" {
		t.Errorf("SplitStructured: -want +got:\n%s", diff)
	}
	if diff := cmp.Diff([]string{"1", "2"}, tree.SplitList(" 1, 2,,")); diff != "" {
		t.Errorf("SplitList: -want +got:\n%s", diff)
	}
}

func TestICAL_IN_070_DateByShape(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"20200229", "20200229"},
		{"20200229T235959", "20200229T235959"},
		{"20200229T235959Z", "20200229T235959Z"},
		{" 20200229t235959z ", "20200229T235959Z"},
		{"20161231T235960Z", "20161231T235959Z"},
		{"20200229T2359", "20200229T235900"},
		{"16010101T000000", "16010101T000000"},
		{"20210229", ""}, {"20201301", ""}, {"20200001", ""}, {"20200100", ""}, {"20200431", ""},
		{"20200101T240000", ""}, {"20200101T006000", ""}, {"20200101T000061", ""}, {"20200101T", ""},
		{"2020-1-1", ""}, {"", ""}, {"202001", ""}, {"2020010", ""}, {"20200101 000000", ""}, {"20200101T000000ZZ", ""},
		{"-0010101", ""}, {"abcd0101", ""}, {"2020ab01", ""}, {"202001ab", ""}, {"20200101Tab0000", ""}, {"20200101T00ab00", ""}, {"20200101T0000ab", ""}, {"20200101T-10000", ""},
	} {
		got, err := tree.ParseDateTime(c.in)
		if c.want == "" {
			if err == nil {
				t.Errorf("ParseDateTime(%q) = %v; want an error", c.in, got)
			}
			continue
		}
		if err != nil || got.String() != c.want || got.IsDate != (len(c.want) == 8) || got.UTC != (len(c.want) == 16) {
			t.Errorf("ParseDateTime(%q) = %+v, %v; want %s", c.in, got, err, c.want)
		}
	}
}

func TestICAL_IN_076_Duration(t *testing.T) {
	const h, m, s = time.Hour, time.Minute, time.Second
	for _, c := range []struct {
		in   string
		want tree.Duration
		ok   bool
	}{
		{"P2W", tree.Duration{Days: 14}, true},
		{"P1DT2H3M4S", tree.Duration{Days: 1, Time: 2*h + 3*m + 4*s}, true},
		{"-PT15M", tree.Duration{Time: -15 * m}, true},
		{"+P1D", tree.Duration{Days: 1}, true},
		{"-P1DT1H", tree.Duration{Days: -1, Time: -h}, true},
		{"PT0S", tree.Duration{}, true},
		{" pt1h ", tree.Duration{Time: h}, true},
		{"P1W1D", tree.Duration{Days: 8}, true},
		{"PT1.5S", tree.Duration{Time: s}, true},
		{"P1DT", tree.Duration{Days: 1}, true},
		{in: "P"}, {in: "PT"}, {in: ""}, {in: "15M"}, {in: "P15M"}, {in: "P1H"}, {in: "PT1X"}, {in: "PTM"},
		{in: "P9999999999D"}, {in: "PT99999999999999S"}, {in: "--P1D"}, {in: "P1"}, {in: "PT1.M"}, {in: "PT1.5"}, {in: "PTT1H"},
	} {
		got, err := tree.ParseDuration(c.in)
		if (err == nil) != c.ok || got != c.want {
			t.Errorf("ParseDuration(%q) = %+v, %v; want %+v", c.in, got, err, c.want)
		}
	}
	for d, want := range map[time.Duration]string{
		0: "PT0S", -15 * m: "-PT15M", 90 * m: "PT1H30M", 24 * h: "P1D", 49*h + 5*s: "P2DT1H5S", 15*h*7 + 0: "P4DT9H", 400 * time.Millisecond: "PT0S",
	} {
		if got := tree.FormatDuration(d); got != want {
			t.Errorf("FormatDuration(%v) = %s; want %s", d, got, want)
		}
	}
}

// A day that is added keeps the clock's time over a change of clocks; 24 hours
// don't.
func TestDurationAddTo(t *testing.T) {
	zone := time.FixedZone("", 3600)
	change := time.Date(2020, 3, 29, 1, 0, 0, 0, time.UTC)
	instant := func(wall time.Time) time.Time {
		u := wall.Add(-time.Hour)
		if u.Before(change) {
			return u
		}
		return u.Add(-time.Hour)
	}
	start := time.Date(2020, 3, 28, 12, 0, 0, 0, time.UTC)
	for in, want := range map[string]int{"P1D": 10, "PT24H": 11, "P1DT1H": 11} {
		d, err := tree.ParseDuration(in)
		if got := d.AddTo(start, instant); err != nil || got.UTC().Day() != 29 || got.UTC().Hour() != want {
			t.Errorf("%s later it is %v; want %d hours UTC", in, got.In(zone), want)
		}
	}
}

func TestPeriod(t *testing.T) {
	p, err := tree.ParsePeriod("20200101T000000Z/20200102T000000Z")
	if err != nil || p.Start.String() != "20200101T000000Z" || p.End.String() != "20200102T000000Z" || p.HasDuration {
		t.Errorf("%+v, %v", p, err)
	}
	p, err = tree.ParsePeriod("20200101T000000Z/PT1H")
	if err != nil || !p.HasDuration || p.Duration.Time != time.Hour {
		t.Errorf("%+v, %v", p, err)
	}
	for _, bad := range []string{"20200101T000000Z", "/PT1H", "20200101T000000Z/", "20200101T000000Z/-PT1H", "x/y"} {
		if p, err := tree.ParsePeriod(bad); err == nil {
			t.Errorf("ParsePeriod(%q) = %+v", bad, p)
		}
	}
}

func TestUTCOffset(t *testing.T) {
	for in, want := range map[string]time.Duration{
		"+0100": time.Hour, "-0330": -(3*time.Hour + 30*time.Minute), "+001608": 16*time.Minute + 8*time.Second,
		" 0100": time.Hour, "+01:00": time.Hour, "+1400": 14 * time.Hour, "-05": -5 * time.Hour, "+0000": 0, "-0000": 0,
	} {
		got, err := tree.ParseUTCOffset(in)
		if err != nil || got != want {
			t.Errorf("ParseUTCOffset(%q) = %v, %v; want %v", in, got, err, want)
		}
	}
	for _, bad := range []string{"", "+", "+1", "+010", "+2400", "+0160", "+010060", "abc", "+01000000", "--0100"} {
		if d, err := tree.ParseUTCOffset(bad); err == nil {
			t.Errorf("ParseUTCOffset(%q) = %v", bad, d)
		}
	}
	for d, want := range map[time.Duration]string{0: "+0000", -(30 * time.Minute): "-0030", 16*time.Minute + 8*time.Second: "+001608"} {
		if got := tree.FormatUTCOffset(d); got != want {
			t.Errorf("FormatUTCOffset(%v) = %s; want %s", d, got, want)
		}
	}
}
