package timezone

import (
	"strings"
	"time"

	"github.com/contentconv/contentconv/ical/tree"
)

// Named returns the zone that a name alone means, or nil: a key of Windows, a zone of
// the IANA database, or a distance from UTC. Case doesn't matter. "Local" and "" mean
// nothing.
//
// QUIRK: programs put a path before an IANA name, as in
// "/freeassociation.sourceforge.net/Tzfile/Europe/Berlin", and Exchange names UTC
// "tzone://Microsoft/Utc".
func Named(name string) *Zone {
	id := cleanID(name)
	if strings.EqualFold(id, "tzone://Microsoft/Utc") {
		z := UTC()
		z.ID = id
		return z
	}
	if iana, key, ok := FromWindows(id); ok {
		if loc, err := Load(iana); err == nil {
			return &Zone{ID: id, KeyName: key, Source: FromWindowsKey, location: loc}
		}
	}
	for _, suffix := range suffixes(id) {
		loc, err := Load(suffix)
		if err != nil {
			continue
		}
		z := &Zone{ID: id, KeyName: id, Source: FromIANA, location: loc}
		if key, ok := ToWindows(suffix); ok {
			z.KeyName = key
		}
		return z
	}
	if d, ok := offsetName(id); ok {
		return &Zone{ID: id, KeyName: id, Source: FromOffset, location: time.FixedZone(id, int(d/time.Second))}
	}
	return nil
}

// keyName returns the KeyName of the zone that [Named] returns for a name, or the name.
func keyName(name string) string {
	id := cleanID(name)
	if strings.EqualFold(id, "tzone://Microsoft/Utc") {
		return UTC().KeyName
	}
	if _, key, ok := FromWindows(id); ok {
		return key
	}
	for _, suffix := range suffixes(id) {
		if exists(suffix) {
			if key, ok := ToWindows(suffix); ok {
				return key
			}
			return id
		}
	}
	if _, ok := offsetName(id); ok {
		return id
	}
	return name
}

// suffixes returns the name, and for a path its last three, two and one elements
// that an IANA name may be, the longest first.
func suffixes(id string) []string {
	out := []string{id}
	if !strings.HasPrefix(id, "/") && strings.Count(id, "/") < 2 {
		return out
	}
	parts := strings.Split(id, "/")
	for n := 3; n >= 2; n-- {
		if len(parts) > n {
			out = append(out, strings.Join(parts[len(parts)-n:], "/"))
		}
	}
	return out
}

// offsetName reads a name that is nothing but a distance from UTC, such as "UTC+2",
// "GMT-03:30" or "+0100".
func offsetName(id string) (time.Duration, bool) {
	s := strings.ToUpper(id)
	s = strings.TrimSuffix(strings.TrimPrefix(s, "("), ")")
	for _, prefix := range []string{"UTC", "GMT"} {
		s = strings.TrimSpace(strings.TrimPrefix(s, prefix))
	}
	if len(s) < 2 || s[0] != '+' && s[0] != '-' {
		return 0, false
	}
	hours, minutes, colon := strings.Cut(s[1:], ":")
	if len(hours) == 1 || len(hours) == 3 && !colon {
		hours = "0" + hours
	}
	d, err := tree.ParseUTCOffset(s[:1] + hours + minutes)
	return d, err == nil && d > -16*time.Hour && d < 16*time.Hour
}
