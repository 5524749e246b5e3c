package recurrence_test

import (
	"encoding/hex"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/ical/recurrence"
)

func unhex(t *testing.T, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(strings.Join(strings.Fields(s), ""))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func at(t testing.TB, s string) time.Time {
	t.Helper()
	for _, layout := range []string{"2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02"} {
		if v, err := time.Parse(layout, s); err == nil {
			return v
		}
	}
	t.Fatalf("%q is no time", s)
	return time.Time{}
}

func minutes(t testing.TB, s string) recurrence.Minutes {
	t.Helper()
	m, ok := recurrence.MinutesOf(at(t, s))
	if !ok {
		t.Fatalf("%q is out of range", s)
	}
	return m
}

func rule(t testing.TB, s string) *recurrence.Rule {
	t.Helper()
	r, err := recurrence.ParseRule(s)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// The six patterns, each with the rule that leads to it and back.
func TestICAL_IN_110_Examples(t *testing.T) {
	for _, c := range []struct {
		name, start, rule, back, blob string
		duration                      time.Duration
		excluded                      string
		exception                     *recurrence.Exception
		allDay                        bool
	}{
		{
			name: "A", start: "2008-02-13 14:00", duration: 30 * time.Minute, rule: "FREQ=WEEKLY;BYDAY=WE",
			blob: `04 30 04 30 0B 20 01 00 00 00 C0 21 00 00 01 00
				00 00 00 00 00 00 08 00 00 00 23 20 00 00 0A 00
				00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 3F
				C3 0C DF 80 E9 5A 06 30 00 00 09 30 00 00 48 03
				00 00 66 03 00 00 00 00 00 00 00 00 00 00 00 00`,
		},
		{
			name: "B", start: "2026-11-23 15:30", duration: 30 * time.Minute, rule: "FREQ=DAILY;COUNT=30;INTERVAL=3", excluded: "2026-11-29",
			blob: `04 30 04 30 0A 20 00 00 00 00 A0 05 00 00 E0 10
				00 00 00 00 00 00 22 20 00 00 1E 00 00 00 00 00
				00 00 01 00 00 00 00 11 5A 0D 00 00 00 00 40 EF
				59 0D A0 D8 5B 0D 06 30 00 00 09 30 00 00 A2 03
				00 00 C0 03 00 00 00 00 00 00 00 00 00 00 00 00`,
		},
		{
			name: "C", start: "2026-12-31", duration: 24 * time.Hour, allDay: true,
			rule: "FREQ=MONTHLY;UNTIL=20270630;INTERVAL=2;BYMONTHDAY=-1",
			blob: `04 30 04 30 0C 20 02 00 00 00 60 AE 00 00 02 00
				00 00 00 00 00 00 1F 00 00 00 21 20 00 00 04 00
				00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 C5
				5A 0D 20 BF 5E 0D 06 30 00 00 09 30 00 00 00 00
				00 00 A0 05 00 00 00 00 00 00 00 00 00 00 00 00`,
		},
		{
			name: "D", start: "2026-11-30 09:00", duration: 15 * time.Minute,
			rule: "FREQ=MONTHLY;COUNT=12;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
			blob: `04 30 04 30 0C 20 03 00 00 00 00 00 00 00 01 00
				00 00 00 00 00 00 3E 00 00 00 05 00 00 00 22 20
				00 00 0C 00 00 00 00 00 00 00 00 00 00 00 00 00
				00 00 A0 16 5A 0D C0 67 61 0D 06 30 00 00 09 30
				00 00 1C 02 00 00 2B 02 00 00 00 00 00 00 00 00
				00 00 00 00`,
		},
		{
			name: "E", start: "2027-06-20 10:00", duration: time.Hour,
			rule: "FREQ=YEARLY;BYDAY=SU;BYMONTH=6;BYSETPOS=3",
			blob: `04 30 04 30 0D 20 03 00 00 00 60 51 03 00 0C 00
				00 00 00 00 00 00 01 00 00 00 03 00 00 00 23 20
				00 00 0A 00 00 00 00 00 00 00 00 00 00 00 00 00
				00 00 E0 86 5E 0D DF 80 E9 5A 06 30 00 00 09 30
				00 00 58 02 00 00 94 02 00 00 00 00 00 00 00 00
				00 00 00 00`,
		},
		{
			name: "F", start: "2026-11-23 09:00", duration: time.Hour, rule: "FREQ=WEEKLY;COUNT=5;BYDAY=MO;WKST=MO",
			exception: &recurrence.Exception{
				Start: minutes(t, "2026-12-01 11:00"), End: minutes(t, "2026-12-01 12:30"), Original: minutes(t, "2026-11-30 09:00"),
				Flags: recurrence.OverrideSubject | recurrence.OverrideLocation, Subject: "Moved: Café", Location: "Room B",
			},
			blob: `04 30 04 30 0B 20 01 00 00 00 00 00 00 00 01 00
				00 00 00 00 00 00 02 00 00 00 22 20 00 00 05 00
				00 00 01 00 00 00 01 00 00 00 A0 16 5A 0D 01 00
				00 00 40 1C 5A 0D 40 EF 59 0D C0 8C 5A 0D 06 30
				00 00 09 30 00 00 1C 02 00 00 58 02 00 00 01 00
				D4 1E 5A 0D 2E 1F 5A 0D BC 18 5A 0D 11 00 0C 00
				0B 00 4D 6F 76 65 64 3A 20 43 61 66 E9 07 00 06
				00 52 6F 6F 6D 20 42 00 00 00 00 04 00 00 00 00
				00 00 00 00 00 00 00 D4 1E 5A 0D 2E 1F 5A 0D BC
				18 5A 0D 0B 00 4D 00 6F 00 76 00 65 00 64 00 3A
				00 20 00 43 00 61 00 66 00 E9 00 06 00 52 00 6F
				00 6F 00 6D 00 20 00 42 00 00 00 00 00 00 00 00
				00`,
		},
	} {
		t.Run("ICAL-IN-110 example "+c.name, func(t *testing.T) {
			s := recurrence.Series{Rule: rule(t, c.rule), Start: at(t, c.start), Duration: c.duration}
			if c.excluded != "" {
				s.Excluded = []time.Time{at(t, c.excluded)}
			}
			if c.exception != nil {
				s.Exceptions = []recurrence.Exception{*c.exception}
			}
			p, err := s.Pattern()
			if err != nil {
				t.Fatal(err)
			}
			got, err := p.Encode(1252)
			if err != nil {
				t.Fatal(err)
			}
			want := unhex(t, c.blob)
			if diff := cmp.Diff(hex.Dump(want), hex.Dump(got)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			decoded, err := recurrence.Decode(want, 1252)
			if err != nil {
				t.Fatal(err)
			}
			again, err := decoded.Encode(1252)
			if err != nil || !cmp.Equal(want, again) {
				t.Errorf("decoded and encoded it is\n%s%v", hex.Dump(again), err)
			}
			if c.exception != nil {
				e := decoded.Exceptions[0]
				e.SubjectBytes, e.LocationBytes, e.ChangeHighlight = nil, nil, nil
				if diff := cmp.Diff(*c.exception, e); diff != "" {
					t.Errorf("exception -want +got:\n%s", diff)
				}
			}
			r, err := decoded.Rule(&recurrence.RuleOptions{AllDay: c.allDay})
			if err != nil || r.String() != c.rule {
				t.Errorf("ICAL-OUT-042: the rule is %v, %v; want %s", r, err, c.rule)
			}
		})
	}
}
