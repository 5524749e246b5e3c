package mapi

import "time"

// Time is a FILETIME as stored: 100-nanosecond ticks since 1601-01-01 UTC. Zero
// and negative values mean "not set".
type Time int64

// unixEpoch is 1970-01-01 as a FILETIME.
const unixEpoch Time = 116444736000000000

// TimeNone is what clients store for "no date": 4501-01-01.
const TimeNone Time = 0x0CB34557A3DD4000

// MaxTime is the last time of the year 9999.
const MaxTime Time = 2650467743999999999

// TimeOf returns t as a Time. It reports false when t lies outside the years
// 1601 to 9999.
func TimeOf(t time.Time) (Time, bool) {
	s := t.Unix()
	if s < -11644473600 || s > 253402300799 {
		return 0, false
	}
	return Time(s*10_000_000) + Time(t.Nanosecond()/100) + unixEpoch, true
}

// Time returns the time in UTC. It reports false for "not set" and for times
// after the year 9999.
func (t Time) Time() (time.Time, bool) {
	if t <= 0 || t > MaxTime {
		return time.Time{}, false
	}
	d := int64(t - unixEpoch)
	return time.Unix(d/10_000_000, d%10_000_000*100).UTC(), true
}
