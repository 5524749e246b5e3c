package timezone_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/contentconv/contentconv/ical/timezone"
	"github.com/contentconv/contentconv/ical/tree"
	"github.com/contentconv/contentconv/internal/walltime"
)

// Any bytes are a zone, in one of three forms, or refused; what is read can be used
// and written.
func FuzzTimeZone(f *testing.F) {
	f.Add(unhex(f, pacificStruct), int64(1_700_000_000))
	f.Add(unhex(f, pacificRecur), int64(0))
	for _, z := range []string{berlinStandard + berlinDaylight, observance("STANDARD", "19701025T030000", "+0200", "+0100", "RDATE:20271031T030000,20280101T000000", yearlyOctober+";UNTIL=20300101")} {
		f.Add([]byte("BEGIN:VTIMEZONE\nTZID:Europe/Berlin\n"+z+"END:VTIMEZONE\n"), int64(2_000_000_000))
	}
	f.Fuzz(func(t *testing.T, b []byte, seconds int64) {
		at := time.Unix(seconds%(100*365*86400), 0)
		if r, err := timezone.DecodeStruct(b); err == nil {
			use(t, r, at)
		}
		if d, err := timezone.DecodeDefinition(b); err == nil {
			use(t, d.Effective(at.Year()), at)
			one := d.Encode()
			if again, err := timezone.DecodeDefinition(one); err != nil || !bytes.Equal(again.Encode(), one) {
				t.Fatalf("%x is read as %+v: %v", one, again, err)
			}
		}
		s, err := tree.Parse(b, nil)
		if err != nil {
			return
		}
		for _, c := range s.Components {
			z, err := timezone.ParseComponent(c)
			if err != nil {
				continue
			}
			if r, err := z.RuleAt(at); err == nil {
				use(t, r, at)
			}
			agree(t, z, at)
			if r, err := timezone.RuleAt(z.Location(), at); err == nil {
				use(t, r, at)
			}
		}
	})
}

// agree compares what a zone says of a moment with what its location says.
func agree(t *testing.T, z *timezone.Zone, at time.Time) {
	t.Helper()
	if got, want := z.Instant(at), walltime.Instant(at, z.Location()); !got.Equal(want) {
		t.Errorf("%v is %v; its location says %v", at, got, want)
	}
	if got, want := z.Wall(at), walltime.Of(at, z.Location()); !got.Equal(want) {
		t.Errorf("at %v the clock shows %v; that of its location %v", at, got, want)
	}
}

// use makes a zone of a rule and a VTIMEZONE of it, which says the same.
func use(t *testing.T, r timezone.Rule, at time.Time) {
	t.Helper()
	loc, err := r.Location("x")
	if err != nil {
		return
	}
	z, err := r.Zone("x")
	if err != nil {
		t.Fatalf("%+v is a location, and no zone: %v", r, err)
	}
	agree(t, z, at)
	standard, daylight := r.Offsets()
	if _, o := at.In(loc).Zone(); o != int(standard/time.Second) && o != int(daylight/time.Second) {
		t.Errorf("%+v is %d seconds from UTC", r, o)
	}
	if _, err := timezone.ParseComponent(r.Component("x")); err != nil {
		t.Errorf("%+v: %v", r, err)
	}
}
