package walltime_test

import (
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/contentconv/contentconv/internal/walltime"
)

func TestInstant(t *testing.T) {
	for _, c := range []struct{ zone, wall, want string }{
		{"UTC", "2020-03-29 02:30", "2020-03-29 02:30"},
		{"Europe/Berlin", "2020-01-01 00:00", "2019-12-31 23:00"},
		{"Europe/Berlin", "2020-07-01 00:00", "2020-06-30 22:00"},
		{"Europe/Berlin", "2020-03-29 01:59", "2020-03-29 00:59"},
		{"Europe/Berlin", "2020-03-29 02:30", "2020-03-29 01:30"}, // skipped: by the offset before
		{"Europe/Berlin", "2020-03-29 03:00", "2020-03-29 01:00"},
		{"Europe/Berlin", "2020-10-25 02:30", "2020-10-25 00:30"}, // twice: the first
		{"Europe/Berlin", "2020-10-25 03:00", "2020-10-25 02:00"},
		{"America/New_York", "2020-03-08 02:30", "2020-03-08 07:30"},
		{"America/New_York", "2020-11-01 01:30", "2020-11-01 05:30"},
		{"Australia/Lord_Howe", "2020-10-04 02:15", "2020-10-03 15:45"},
		{"Pacific/Apia", "2011-12-30 12:00", "2011-12-30 22:00"},  // a day that never was
		{"Europe/Berlin", "2040-12-31 12:00", "2040-12-31 11:00"}, // the last day of a leap year
		{"America/New_York", "2041-01-01 00:00", "2041-01-01 05:00"},
		{"Pacific/Kiritimati", "2020-01-01 00:00", "2019-12-31 10:00"},
	} {
		loc, err := time.LoadLocation(c.zone)
		if err != nil {
			t.Fatal(err)
		}
		wall, err := time.Parse("2006-01-02 15:04", c.wall)
		if err != nil {
			t.Fatal(err)
		}
		got := walltime.Instant(wall, loc)
		if s := got.Format("2006-01-02 15:04"); s != c.want {
			t.Errorf("%s in %s is %s UTC; want %s", c.wall, c.zone, s, c.want)
		}
	}
}

// Of undoes Instant wherever the clock shows the time at all.
func TestRoundTrip(t *testing.T) {
	loc, err := time.LoadLocation("America/Santiago")
	if err != nil {
		t.Fatal(err)
	}
	for at := time.Date(2022, 1, 1, 0, 0, 0, 0, time.UTC); at.Year() < 2023; at = at.Add(20 * time.Minute) {
		wall := walltime.Of(at, loc)
		if back := walltime.Of(walltime.Instant(wall, loc), loc); !back.Equal(wall) {
			t.Fatalf("%v becomes %v", wall, back)
		}
	}
}
