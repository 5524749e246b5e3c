package recurrence_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/contentconv/contentconv/ical/recurrence"
)

// A pattern of any bytes is read or refused; what is read is written and read as
// the same, and its occurrences and its rule can be asked for.
func FuzzRecurrence(f *testing.F) {
	b, err := everything(f).Encode(1252)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	for _, s := range []string{"FREQ=DAILY;INTERVAL=3;COUNT=9", "FREQ=WEEKLY;BYDAY=MO,WE;INTERVAL=2", "FREQ=YEARLY", "FREQ=MONTHLY;BYMONTHDAY=-1;UNTIL=20280101"} {
		r, err := recurrence.ParseRule(s)
		if err != nil {
			f.Fatal(err)
		}
		p, err := (&recurrence.Series{Rule: r, Start: time.Date(2027, 5, 31, 0, 0, 0, 0, time.UTC)}).Pattern()
		if err != nil {
			continue
		}
		if b, err := p.Encode(0); err == nil {
			f.Add(b)
		}
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		p, err := recurrence.Decode(b, 1252)
		if p == nil {
			return
		}
		if seq, err := p.Occurrences(); err == nil {
			n := 0
			for range seq {
				if n++; n == 200 {
					break
				}
			}
		}
		p.Excluded()
		if r, err := p.Rule(nil); err == nil {
			if _, err := recurrence.ParseRule(r.String()); err != nil {
				t.Errorf("the rule %v: %v", r, err)
			}
		}
		if err != nil {
			return
		}
		one, err := p.Encode(1252)
		if err != nil {
			t.Fatalf("what was read isn't written: %v", err)
		}
		q, err := recurrence.Decode(one, 1252)
		if err != nil {
			t.Fatalf("what was written isn't read: %v", err)
		}
		two, err := q.Encode(1252)
		if err != nil || !bytes.Equal(one, two) {
			t.Fatalf("%x\nbecomes %x, %v", one, two, err)
		}
	})
}

// Any rule is read or refused, and what is made of it is a pattern whose first
// occurrence is the start.
func FuzzRule(f *testing.F) {
	for _, s := range []string{"FREQ=DAILY;COUNT=3", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;WKST=SU", "FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20290101T000000Z",
		"FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=31", "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1", "RSCALE=GREGORIAN;FREQ=YEARLY;SKIP=OMIT"} {
		f.Add(s, int64(60000), int64(3))
	}
	f.Fuzz(func(t *testing.T, text string, hours, excluded int64) {
		r, err := recurrence.ParseRule(text)
		if err != nil {
			return
		}
		if again, err := recurrence.ParseRule(r.String()); err != nil || again.String() != r.String() {
			t.Fatalf("%q is read as %v, and that as %v: %v", text, r, again, err)
		}
		start := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(hours%1_000_000) * time.Hour)
		s := recurrence.Series{Rule: r, Start: start, Duration: time.Hour, Excluded: []time.Time{start.AddDate(0, 0, int(excluded%1000))}}
		p, err := s.Pattern()
		if err != nil {
			return
		}
		dates, err := p.Dates()
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		for d := range dates {
			if got := d + recurrence.Minutes(p.StartTimeOffset); !got.Time().Equal(start) {
				t.Errorf("%q from %v begins on %v", text, start, got)
			}
			break
		}
	})
}
