package maildate

import (
	"strings"
	"time"
)

// monthOf returns the month that a word of three letters or more names, in any
// case, in full or shortened, or 0.
func monthOf(w string) time.Month {
	if len(w) < 3 {
		return 0
	}
	for m := time.January; m <= time.December; m++ {
		name := m.String()
		if len(w) <= len(name) && strings.EqualFold(w, name[:len(w)]) {
			return m
		}
	}
	return 0
}

// weekdayOf is [monthOf] for days of the week.
func weekdayOf(w string) (d time.Weekday, ok bool) {
	if len(w) < 3 {
		return 0, false
	}
	for d := time.Sunday; d <= time.Saturday; d++ {
		name := d.String()
		if len(w) <= len(name) && strings.EqualFold(w, name[:len(w)]) {
			return d, true
		}
	}
	return 0, false
}

// zones holds offsets from UTC in minutes. The first two lines are those of
// RFC 5322 section 4.3; the others are seen in mail and have one common
// meaning. What is not here counts as unknown, the military zones too, which
// RFC 822 defined with the wrong sign.
var zones = map[string]int{
	"UT": 0, "GMT": 0, "Z": 0, "UTC": 0,
	"EST": -300, "EDT": -240, "CST": -360, "CDT": -300, "MST": -420, "MDT": -360, "PST": -480, "PDT": -420,
	"WET": 0, "WEST": 60, "BST": 60, "CET": 60, "CEST": 120, "MET": 60, "MEST": 120, "MEZ": 60, "MESZ": 120,
	"EET": 120, "EEST": 180, "SAST": 120, "MSK": 180, "MSD": 240,
	"HKT": 480, "SGT": 480, "AWST": 480, "JST": 540, "KST": 540, "ACST": 570, "ACDT": 630,
	"AEST": 600, "AEDT": 660, "NZST": 720, "NZDT": 780,
	"HST": -600, "AKST": -540, "AKDT": -480, "AST": -240, "ADT": -180, "NST": -210, "NDT": -150,
}

// standardZones are the names that RFC 5322 gives a meaning.
const standardZones = " UT GMT Z EST EDT CST CDT MST MDT PST PDT "

func zoneOf(w string) (minutes int, known bool) {
	minutes, known = zones[strings.ToUpper(w)]
	return minutes, known
}

func isStandardZone(w string) bool {
	return strings.Contains(standardZones, " "+strings.ToUpper(w)+" ")
}

// isMilitaryZone reports whether w is one letter other than J (RFC 822).
func isMilitaryZone(w string) bool { return len(w) == 1 && w[0]|0x20 != 'j' }
