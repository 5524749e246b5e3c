package maildate

import (
	"strings"
	"time"
)

// A parser collects the elements of a date in whatever order they come.
type parser struct {
	lexer

	year, day            int
	month                time.Month
	hour, min, sec, nsec int
	half                 byte // 'a' or 'p' of a 12-hour clock, or 0
	zone                 int  // minutes east of UTC
	weekday              time.Weekday
	hasYear, hasTime     bool
	hasZone, hasWeekday  bool
	hasNumericZone       bool
	previous             token
	repaired             string // the first repair
}

func (p *parser) repair(what string) {
	if p.repaired == "" {
		p.repaired = what
	}
}

// scan takes the elements out of s. It returns why s is no date, or "".
func (p *parser) scan(s string) (why string) {
	s = strings.TrimSpace(s)
	if s == "" {
		return "no date"
	}
	if len(s) > maxDate {
		return "too long for a date"
	}
	p.lexer = lexer{s: s}
	for {
		t := p.next()
		ok := true
		switch t.kind {
		case end:
			return ""
		case number:
			ok = p.number(t)
		case word:
			p.word(t)
		case sign:
			p.sign(t)
		}
		if !ok {
			return "number out of place"
		}
		p.previous = t
	}
}

// number takes an element that starts with a number.
func (p *parser) number(t token) bool {
	after := p.peek()
	switch {
	case after.text == ":" && !p.hasTime:
		return p.clock(t, ":")
	case p.numericDate(t):
		return true
	case after.text == "." && p.day != 0 && p.month != 0 && !p.hasTime && len(t.text) <= 2 && p.clockFollows():
		// QUIRK: some clients write 08.08.12 (RFC 5322 3.3 has colons).
		p.repair("dots in the time of day")
		return p.clock(t, ".")
	case p.previous.text == "T" && !t.space && !p.hasTime:
		return p.compactClock(t.text)
	}
	return p.plain(t, after)
}

// plain takes a number that stands alone.
func (p *parser) plain(t, after token) bool {
	switch n := len(t.text); {
	case n > 14:
		return false
	case n == 8 || n == 14:
		return p.compactDate(t.text)
	case n > 4:
		return false
	case n <= 2 && !p.hasTime && p.day != 0 && isHalf(after.text):
		p.hour, p.hasTime = value(t.text), true
	case n <= 2 && p.day == 0:
		if p.month != 0 {
			p.repair("elements in another order")
		}
		p.day = value(t.text)
		return p.day != 0
	case !p.hasYear:
		p.setYear(t.text)
	default:
		p.repair("number of no meaning")
	}
	return true
}

// setYear sets the year from two, three or four digits (RFC 5322 4.3).
func (p *parser) setYear(digits string) {
	p.hasYear = true
	p.year = value(digits)
	switch len(digits) {
	case 1, 2:
		p.year += 1900
		if p.year < 1950 {
			p.year += 100
		}
	case 3:
		// QUIRK: programs that print the years since 1900 wrote 105 for 2005.
		p.year += 1900
	}
}

// word takes the name of a day, a month, a half of the day or a zone.
func (p *parser) word(t token) {
	if m := monthOf(t.text); m != 0 && p.month == 0 {
		p.month = m
		if len(t.text) != 3 {
			p.repair("month not shortened")
		}
		return
	}
	if d, ok := weekdayOf(t.text); ok {
		p.weekday, p.hasWeekday = d, true
		return
	}
	after := p.peek()
	upper := strings.ToUpper(t.text)
	switch {
	case upper == "T" && !p.hasTime && p.hasYear && after.kind == number:
		p.previous = token{text: "T"}
	case isHalf(t.text) && p.hasTime && p.half == 0:
		// QUIRK: a 12-hour clock, "1:17 PM" or "1:17 p.m.".
		p.half = t.text[0] | 0x20
		p.repair("12-hour clock")
	case len(upper) == 1 && p.previous.text == "." && upper == "M":
	case !t.space && p.previous.kind == number && strings.Contains(" ST ND RD TH ", " "+upper+" "):
		p.repair("ordinal number")
	case p.hasTime || p.hasYear:
		p.zoneName(t.text)
	default:
		p.repair("unknown word")
	}
}

func isHalf(w string) bool {
	switch strings.ToUpper(w) {
	case "AM", "PM", "A", "P":
		return true
	}
	return false
}

// sign takes a character that is neither letter nor digit: the sign of a zone,
// or what separates elements.
func (p *parser) sign(t token) {
	if after := p.peek(); (t.text == "+" || t.text == "-") && after.kind == number && !p.hasNumericZone &&
		(p.hasTime || t.space && !after.space && len(after.text) == 4 && p.hasYear) {
		p.numericZone(t.text)
		return
	}
	switch t.text {
	case ",", ".":
	case "-", "/":
		p.repair("elements separated by " + t.text)
	default:
		p.repair("characters that no date has")
	}
}

// time returns the time that the elements give, or why they give none.
func (p *parser) time() (t time.Time, why string) {
	switch {
	case p.day == 0 || p.month == 0 || !p.hasYear:
		return t, "not a date"
	case p.year < 1 || p.year > 9999:
		return t, "year out of range"
	case p.day > daysIn(p.month, p.year):
		return t, "day out of range"
	}
	if !p.hasTime {
		p.repair("no time of day")
	}
	p.twelveHours()
	if p.hour == 24 && p.min == 0 && p.sec == 0 {
		p.repair("24:00")
	} else if p.hour > 23 || p.min > 59 || p.sec > 60 {
		return t, "time of day out of range"
	}
	if !p.hasZone {
		p.repair("no zone")
	}
	location := time.UTC
	if p.zone != 0 {
		location = time.FixedZone("", p.zone*60)
	}
	// A leap second is the first second of the next minute.
	t = time.Date(p.year, p.month, p.day, p.hour, p.min, p.sec, p.nsec, location)
	if t.Year() > 9999 {
		return time.Time{}, "year out of range"
	}
	if p.hasWeekday && p.hour < 24 && p.sec < 60 && t.Weekday() != p.weekday {
		p.repair("wrong day of the week")
	}
	return t, ""
}

// twelveHours turns a 12-hour clock's hour into that of a 24-hour clock.
func (p *parser) twelveHours() {
	switch {
	case p.half == 0 || p.hour > 12 || p.hour == 0:
		// QUIRK: "13:17 PM" is seen; its hour needs no help.
	case p.half == 'p' && p.hour < 12:
		p.hour += 12
	case p.half == 'a' && p.hour == 12:
		p.hour = 0
	}
}

func daysIn(m time.Month, year int) int {
	return time.Date(year, m+1, 0, 0, 0, 0, 0, time.UTC).Day()
}
