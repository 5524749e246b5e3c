package timezone

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"slices"
	"time"
)

// A change is a moment, in seconds since 1970, from which on a zone is at an offset from
// UTC.
type change struct {
	at     int64
	offset time.Duration
}

// newLocation returns a zone that is at offset before until the first change, and
// after the last one follows tail, a rule in the form of POSIX's TZ variable, unless
// that is "". Changes are sorted.
//
// It goes by way of the compiled form of RFC 9636, the one door that package time
// has for zones of one's own.
func newLocation(name string, before time.Duration, changes []change, tail string) (*time.Location, error) {
	offsets := []time.Duration{before}
	var kinds []byte
	for _, c := range changes {
		i := slices.Index(offsets, c.offset)
		if i < 0 {
			i = len(offsets)
			if offsets = append(offsets, c.offset); i > 255 {
				return nil, fmt.Errorf("a time zone with more than 256 offsets from UTC")
			}
		}
		kinds = append(kinds, byte(i))
	}
	const names = "LMT\x00"
	b := header(0, 0, 0) // the 32-bit block of version 1, which is empty
	b = append(b, header(len(changes), len(offsets), len(names))...)
	for _, c := range changes {
		b = binary.BigEndian.AppendUint64(b, uint64(c.at))
	}
	b = append(b, kinds...)
	for _, o := range offsets {
		b = binary.BigEndian.AppendUint32(b, uint32(int32(o/time.Second)))
		b = append(b, 0, 0)
	}
	b = append(b, names...)
	b = append(b, "\n"+tail+"\n"...)
	return time.LoadLocationFromTZData(name, b)
}

// header returns the head of a block of RFC 9636, section 3.1.
func header(changes, kinds, names int) []byte {
	b := append([]byte("TZif2"), make([]byte, 15)...)
	for _, n := range [...]int{0, 0, 0, changes, kinds, names} {
		b = binary.BigEndian.AppendUint32(b, uint32(n))
	}
	return b
}

// posix returns a rule in the form of the TZ variable.
func (r Rule) posix() string {
	standard, daylight := r.Offsets()
	s := posixOffset(standard)
	if !r.HasDaylight() {
		return s
	}
	return s + posixOffset(daylight) + "," + r.DaylightDate.posix() + "," + r.StandardDate.posix()
}

// posixOffset returns an offset with a name that says the same, as "<+01>-01:00:00".
func posixOffset(d time.Duration) string {
	s := int(d / time.Second)
	sign, other := '+', '-'
	if s < 0 {
		s, sign, other = -s, '-', '+'
	}
	return fmt.Sprintf("<%c%02d%02d>%c%02d:%02d:%02d", sign, s/3600, s/60%60, other, s/3600, s/60%60, s%60)
}

// posix returns when the clock changes in the form of the TZ variable.
func (s SystemTime) posix() string {
	c := int(s.clock() / time.Second)
	clock := fmt.Sprintf("/%02d:%02d:%02d", c/3600, c/60%60, c%60)
	if s.Year == 0 {
		return fmt.Sprintf("M%d.%d.%d%s", s.Month, s.Day, s.DayOfWeek, clock)
	}
	// A day of the year that is not leap: the 29th of February counts as the 28th.
	// The clock, which can be that of the day's end, stands behind it.
	date := SystemTime{Year: s.Year, Month: s.Month, Day: s.Day}
	return fmt.Sprintf("J%d%s", date.in(2001).YearDay(), clock)
}

// The changes of a rule are listed until lastListed; from then on it is the tail.
// Package time reckons tails before 1970 wrongly by a day.
const (
	firstListed = 1900
	lastListed  = 1971
)

// Location returns a zone that follows the rule in every year from 1900 on.
func (r Rule) Location(name string) (*time.Location, error) {
	if err := r.check(); err != nil {
		return nil, err
	}
	standard, daylight := r.Offsets()
	var list []change
	if r.HasDaylight() {
		for year := firstListed; year <= lastListed; year++ {
			list = append(list,
				change{r.DaylightDate.in(year).Add(-standard).Unix(), daylight},
				change{r.StandardDate.in(year).Add(-daylight).Unix(), standard})
		}
		slices.SortStableFunc(list, func(a, b change) int { return cmp.Compare(a.at, b.at) })
	}
	return newLocation(name, standard, list, r.posix())
}
