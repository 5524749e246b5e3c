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

// ticks is the number of ticks in a second.
const ticks = 10_000_000

// TimeOf returns t as a Time. It reports false when t lies outside the years
// 1601 to 9999, or is the very beginning of 1601, which means "not set".
func TimeOf(t time.Time) (Time, bool) {
	s := t.Unix()
	if s < -int64(unixEpoch/ticks) || s > int64((MaxTime-unixEpoch)/ticks) {
		return 0, false
	}
	ft := Time(s*ticks) + Time(t.Nanosecond()/100) + unixEpoch
	return ft, ft > 0
}

// Time returns the time in UTC. It reports false for "not set" and for times
// after the year 9999.
func (t Time) Time() (time.Time, bool) {
	if t <= 0 || t > MaxTime {
		return time.Time{}, false
	}
	d := int64(t - unixEpoch)
	return time.Unix(d/ticks, d%ticks*100).UTC(), true
}
