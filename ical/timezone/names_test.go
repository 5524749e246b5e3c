package timezone_test

import (
	"testing"
	"time"

	"github.com/contentconv/contentconv/ical/timezone"
)

func TestICAL_IN_086_Names(t *testing.T) {
	for _, c := range []struct {
		name, key, location string
		source              timezone.Source
	}{
		{"W. Europe Standard Time", "W. Europe Standard Time", "Europe/Berlin", timezone.FromWindowsKey},
		{"w. europe standard time", "W. Europe Standard Time", "Europe/Berlin", timezone.FromWindowsKey},
		{"UTC", "UTC", "Etc/UTC", timezone.FromWindowsKey},
		{"Mexico Standard Time", "Mexico Standard Time", "America/Mexico_City", timezone.FromWindowsKey},
		{"Europe/Berlin", "W. Europe Standard Time", "Europe/Berlin", timezone.FromIANA},
		{"europe/berlin", "W. Europe Standard Time", "Europe/Berlin", timezone.FromIANA},
		{"Asia/Kolkata", "India Standard Time", "Asia/Kolkata", timezone.FromIANA},
		{"Asia/Calcutta", "India Standard Time", "Asia/Calcutta", timezone.FromIANA},
		{"Europe/Kyiv", "FLE Standard Time", "Europe/Kyiv", timezone.FromIANA},
		{"US/Pacific", "Pacific Standard Time", "US/Pacific", timezone.FromIANA},
		{"America/Argentina/Buenos_Aires", "Argentina Standard Time", "America/Argentina/Buenos_Aires", timezone.FromIANA},
		{"/freeassociation.sourceforge.net/Tzfile/Europe/Berlin", "W. Europe Standard Time", "Europe/Berlin", timezone.FromIANA},
		{"/softwarestudio.org/Olson_20011030_5/America/Argentina/Buenos_Aires", "Argentina Standard Time", "America/Argentina/Buenos_Aires", timezone.FromIANA},
		{`"Europe/Berlin"`, "W. Europe Standard Time", "Europe/Berlin", timezone.FromIANA},
		{"Antarctica/Troll", "Antarctica/Troll", "Antarctica/Troll", timezone.FromIANA},
		{"tzone://Microsoft/Utc", "UTC", "UTC", timezone.FromIANA},
		{"UTC+2", "UTC+2", "UTC+2", timezone.FromOffset},
		{"GMT-03:30", "GMT-03:30", "GMT-03:30", timezone.FromOffset},
		{"(UTC+01:00)", "(UTC+01:00)", "(UTC+01:00)", timezone.FromOffset},
		{"", "", "", 0},
		{"Local", "", "", 0},
		{"local", "", "", 0},
		{"Factory", "", "", 0},
		{"Customized Time Zone", "", "", 0},
		{"tzone://Microsoft/Custom", "", "", 0},
		{"(UTC+01:00) Amsterdam, Berlin", "", "", 0},
		{"../../etc/passwd", "", "", 0},
		{"/etc/localtime", "", "", 0},
		{"UTC+99", "", "", 0},
		{"Berlin", "", "", 0},
	} {
		z := timezone.Named(c.name)
		if c.source == 0 {
			if z != nil {
				t.Errorf("ICAL-IN-088: %q is the zone %v", c.name, z.Location())
			}
			continue
		}
		if z == nil {
			t.Errorf("%q is no zone", c.name)
			continue
		}
		if z.KeyName != c.key || z.Location().String() != c.location || z.Source != c.source {
			t.Errorf("%q: key %q, location %v, source %d; want %q, %s, %d", c.name, z.KeyName, z.Location(), z.Source, c.key, c.location, c.source)
		}
	}
	z := timezone.Named("GMT-03:30")
	if _, o := time.Now().In(z.Location()).Zone(); o != -12600 {
		t.Errorf("GMT-03:30 is %d seconds from UTC", o)
	}
}

func TestICAL_IN_088_HostZoneIsNeverLoaded(t *testing.T) {
	for _, name := range []string{"", "Local", "local", "LOCAL", "localtime", "posixrules", "nothing/here", "Europe"} {
		if loc, err := timezone.Load(name); err == nil {
			t.Errorf("Load(%q) is %v", name, loc)
		}
	}
}

// The database is the package's own: the host's doesn't change it.
func TestICAL_IN_089_HostDatabaseDoesNotCount(t *testing.T) {
	t.Setenv("ZONEINFO", t.TempDir())
	t.Setenv("TZ", "Asia/Tokyo")
	loc, err := timezone.Load("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	if _, o := time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC).In(loc).Zone(); o != 7200 {
		t.Errorf("Berlin is %d seconds from UTC in July", o)
	}
}
