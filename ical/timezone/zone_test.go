package timezone_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/ical/timezone"
	"github.com/contentconv/contentconv/ical/tree"
)

func windowsKeys(t *testing.T) []string {
	t.Helper()
	data, err := os.ReadFile("data/windowszones.tsv")
	if err != nil {
		t.Fatal(err)
	}
	var keys []string
	for line := range strings.SplitSeq(string(data), "\n") {
		if key, _, ok := strings.Cut(line, "\t"); ok && !strings.HasPrefix(line, "#") {
			keys = append(keys, key)
		}
	}
	return keys
}

// offsets lists the offset of a zone every six hours of a year.
func offsets(loc *time.Location, year int) []int {
	var out []int
	for t := time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC); t.Year() == year; t = t.Add(6 * time.Hour) {
		_, o := t.In(loc).Zone()
		out = append(out, o)
	}
	return out
}

func same(a, b []int) bool { return cmp.Equal(a, b) }

// Each zone of Windows goes through a definition and through a VTIMEZONE, and every
// six hours of the year it is as far from UTC as before.
func TestZonesGoThroughBothForms(t *testing.T) {
	irregular := map[string]bool{
		"Morocco Standard Time":   true, // its changes follow the moon
		"West Bank Standard Time": true,
	}
	for _, key := range windowsKeys(t) {
		z := timezone.Named(key)
		if z == nil {
			t.Errorf("%s is no zone", key)
			continue
		}
		for _, year := range []int{2024, 2026} {
			want := offsets(z.Location(), year)
			d, err := z.Definition(time.Date(year, 7, 1, 0, 0, 0, 0, time.UTC), true)
			if err != nil {
				t.Errorf("%s in %d: %v", key, year, err)
				continue
			}
			if d, err = timezone.DecodeDefinition(d.Encode()); err != nil {
				t.Fatal(err)
			}
			r := d.Effective(year)
			loc, err := r.Location(key)
			if err != nil {
				t.Fatal(err)
			}
			if !same(want, offsets(loc, year)) && !irregular[key] && !changed(z.Location(), year) {
				t.Errorf("%s in %d by its rule %+v is another zone", key, year, r)
			}
			checkComponent(t, key, r, loc, year)
		}
	}
}

// changed reports whether a zone has changes of another kind than two in the year.
func changed(loc *time.Location, year int) bool {
	n, list := 0, offsets(loc, year)
	for i := 1; i < len(list); i++ {
		if list[i] != list[i-1] {
			n++
		}
	}
	return n%2 != 0
}

// checkComponent writes the rule as a VTIMEZONE, and reads it.
func checkComponent(t *testing.T, key string, r timezone.Rule, loc *time.Location, year int) {
	t.Helper()
	var b strings.Builder
	if err := tree.Write(&b, r.Component(key)); err != nil {
		t.Fatal(err)
	}
	s, err := tree.Parse([]byte(b.String()), nil)
	if err != nil {
		t.Fatal(err)
	}
	z, err := timezone.ParseComponent(s.Components[0])
	if err != nil {
		t.Errorf("%s: %v", key, err)
		return
	}
	for _, y := range []int{1950, year} {
		if !same(offsets(loc, y), offsets(z.Location(), y)) {
			t.Errorf("%s in %d by its VTIMEZONE is another zone:\n%s", key, y, b.String())
		}
	}
	if back, err := z.RuleAt(time.Date(year, 7, 1, 0, 0, 0, 0, time.UTC)); err != nil {
		t.Errorf("%s: %v", key, err)
	} else if back.StandardDate.Milliseconds = r.StandardDate.Milliseconds; r.HasDaylight() {
		back.DaylightDate.Milliseconds = r.DaylightDate.Milliseconds
		if back != r {
			t.Errorf("%s comes back as %+v; want %+v", key, back, r)
		}
	}
}

func TestRuleAt(t *testing.T) {
	at := func(month, wday, nth, hour, minute uint16) timezone.SystemTime {
		return timezone.SystemTime{Month: month, DayOfWeek: wday, Day: nth, Hour: hour, Minute: minute}
	}
	midnight := func(month, wday, nth uint16) timezone.SystemTime {
		return timezone.SystemTime{Month: month, DayOfWeek: wday, Day: nth, Hour: 23, Minute: 59, Second: 59, Milliseconds: 999}
	}
	for _, c := range []struct {
		zone, when string
		want       timezone.Rule
	}{
		{"Europe/Berlin", "2026-07-01", timezone.Rule{Bias: -60, DaylightBias: -60, StandardDate: at(10, 0, 5, 3, 0), DaylightDate: at(3, 0, 5, 2, 0)}},
		{"Europe/Berlin", "2026-12-31", timezone.Rule{Bias: -60, DaylightBias: -60, StandardDate: at(10, 0, 5, 3, 0), DaylightDate: at(3, 0, 5, 2, 0)}},
		{"Europe/Berlin", "2024-12-31", timezone.Rule{Bias: -60, DaylightBias: -60, StandardDate: at(10, 0, 5, 3, 0), DaylightDate: at(3, 0, 5, 2, 0)}},
		{"America/Los_Angeles", "2026-01-01", pacific},
		{"America/New_York", "2006-07-01", timezone.Rule{Bias: 300, DaylightBias: -60, StandardDate: at(10, 0, 5, 2, 0), DaylightDate: at(4, 0, 1, 2, 0)}},
		{"Asia/Kolkata", "2026-07-01", timezone.Rule{Bias: -330}},
		{"Europe/Dublin", "2026-07-01", timezone.Rule{DaylightBias: -60, StandardDate: at(10, 0, 5, 2, 0), DaylightDate: at(3, 0, 5, 1, 0)}},
		{"Australia/Lord_Howe", "2026-01-01", timezone.Rule{Bias: -630, DaylightBias: -30, StandardDate: at(4, 0, 1, 2, 0), DaylightDate: at(10, 0, 1, 2, 0)}},
		{"Asia/Beirut", "2026-07-01", timezone.Rule{Bias: -120, DaylightBias: -60, StandardDate: at(10, 0, 5, 0, 0), DaylightDate: at(3, 0, 5, 0, 0)}},
		{"America/Nuuk", "2026-07-01", timezone.Rule{Bias: 120, DaylightBias: -60, StandardDate: at(10, 0, 5, 0, 0), DaylightDate: at(3, 6, 5, 23, 0)}},
		{"Africa/Cairo", "2026-07-01", timezone.Rule{Bias: -120, DaylightBias: -60, StandardDate: midnight(10, 4, 5), DaylightDate: at(4, 5, 5, 0, 0)}},
		{"Europe/Moscow", "2026-07-01", timezone.Rule{Bias: -180}},
		{"America/Santiago", "2026-07-01", timezone.Rule{Bias: 240, DaylightBias: -60, StandardDate: midnight(4, 6, 1), DaylightDate: midnight(9, 6, 1)}},
	} {
		loc, err := timezone.Load(c.zone)
		if err != nil {
			t.Fatal(err)
		}
		when, err := time.Parse("2006-01-02", c.when)
		if err != nil {
			t.Fatal(err)
		}
		got, err := timezone.RuleAt(loc, when)
		if diff := cmp.Diff(c.want, got); diff != "" || err != nil {
			t.Errorf("%s on %s: %v, -want +got:\n%s", c.zone, c.when, err, diff)
		}
	}
	loc, err := timezone.Load("Europe/Amsterdam")
	if err != nil {
		t.Fatal(err)
	}
	if r, err := timezone.RuleAt(loc, time.Date(1850, 1, 1, 0, 0, 0, 0, time.UTC)); err == nil {
		t.Errorf("local mean time has the rule %+v", r)
	}
}

func TestRuleLocation(t *testing.T) {
	loc, err := pacific.Location("Pacific Standard Time")
	if err != nil || loc.String() != "Pacific Standard Time" {
		t.Fatal(loc, err)
	}
	la, err := timezone.Load("America/Los_Angeles")
	if err != nil {
		t.Fatal(err)
	}
	for year := 2007; year < 2100; year++ {
		if !same(offsets(la, year), offsets(loc, year)) {
			t.Errorf("in %d it isn't Los Angeles", year)
		}
	}
	for year, month := range map[int]time.Month{1905: 7, 1969: 7, 1970: 7, 1971: 7, 1972: 7} {
		_, summer := time.Date(year, month, 1, 0, 0, 0, 0, time.UTC).In(loc).Zone()
		_, winter := time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC).In(loc).Zone()
		if summer != -7*3600 || winter != -8*3600 {
			t.Errorf("in %d it is %d and %d seconds from UTC", year, summer, winter)
		}
	}
	// The change of 1969 is to the second where the rule says, too.
	change := time.Date(1969, 3, 9, 10, 0, 0, 0, time.UTC)
	_, before := change.Add(-time.Second).In(loc).Zone()
	_, after := change.In(loc).Zone()
	if before != -8*3600 || after != -7*3600 {
		t.Errorf("at the change of 1969 it goes from %d to %d", before, after)
	}
	for name, r := range map[string]timezone.Rule{
		"too far":     {Bias: 1441},
		"a day":       {Bias: -1440},
		"daylight":    {DaylightBias: 1440, StandardDate: pacific.StandardDate, DaylightDate: pacific.DaylightDate},
		"daylight 2":  {DaylightBias: -1440, StandardDate: pacific.StandardDate, DaylightDate: pacific.DaylightDate},
		"the extreme": {Bias: -2147483648, StandardBias: -2147483648},
	} {
		if loc, err := r.Location(""); err == nil {
			t.Errorf("%s: %v", name, loc)
		}
	}
	for _, date := range []timezone.SystemTime{
		{}, {Month: 13, Day: 1}, {Month: 3}, {Month: 3, Day: 6}, {Month: 3, Day: 1, DayOfWeek: 7}, {Month: 3, Day: 1, Hour: 24},
		{Month: 3, Day: 1, Minute: 60}, {Month: 3, Day: 1, Second: 60}, {Year: 1, Month: 3}, {Year: 1, Month: 3, Day: 32}, pacific.StandardDate,
	} {
		r := pacific
		if r.DaylightDate = date; r.HasDaylight() {
			t.Errorf("daylight time begins on %+v", date)
		}
	}
	odd := pacific
	odd.StandardDate.Day = 6
	if loc, err := odd.Location(""); err != nil || odd.HasDaylight() || !same(offsets(loc, 2026), offsets(time.FixedZone("", -8*3600), 2026)) {
		t.Errorf("a rule with a date that is none: %v", err)
	}
	dated := timezone.Rule{DaylightBias: -60, DaylightDate: timezone.SystemTime{Year: 1, Month: 3, Day: 21, Hour: 2}, StandardDate: timezone.SystemTime{Year: 1, Month: 9, Day: 21, Hour: 2}}
	loc, err = dated.Location("")
	if err != nil {
		t.Fatal(err)
	}
	for _, year := range []int{1960, 1999, 2024, 2026} {
		at := time.Date(year, 3, 21, 2, 0, 0, 0, time.UTC)
		_, before := at.Add(-time.Second).In(loc).Zone()
		_, after := at.In(loc).Zone()
		if before != 0 || after != 3600 {
			t.Errorf("a rule with days of the month, in %d: from %d to %d", year, before, after)
		}
	}
}
