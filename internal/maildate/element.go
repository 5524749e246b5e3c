package maildate

import (
	"strings"
	"time"
)

// clock takes a time of day whose hour is t: minutes, and seconds with a
// fraction where they follow.
func (p *parser) clock(t token, separator string) bool {
	if len(t.text) > 2 {
		return false
	}
	p.hour, p.hasTime = value(t.text), true
	var ok bool
	if p.min, ok = p.clockPart(separator); !ok {
		return false
	}
	if p.peek().text != separator {
		return true
	}
	if p.sec, ok = p.clockPart(separator); !ok {
		return false
	}
	if after := p.peek(); (after.text == "." || after.text == ",") && !after.space {
		p.fraction()
	}
	return true
}

func (p *parser) clockPart(separator string) (int, bool) {
	if p.next().text != separator {
		return 0, false
	}
	t := p.next()
	if t.kind != number || len(t.text) > 2 {
		return 0, false
	}
	return value(t.text), true
}

// clockFollows reports whether a dot and two digits come next.
func (p *parser) clockFollows() bool {
	l := p.lexer
	dot, t := l.next(), l.next()
	return !dot.space && !t.space && t.kind == number && len(t.text) == 2
}

// fraction takes the fraction of a second, if digits follow the point.
func (p *parser) fraction() {
	l := p.lexer
	l.next()
	t := l.next()
	if t.kind != number || t.space {
		return
	}
	p.lexer = l
	digits := (t.text + "000000000")[:9]
	p.nsec = value(digits)
	p.repair("fraction of a second")
}

// compactClock takes hhmm or hhmmss, as ISO 8601 writes it after a T.
func (p *parser) compactClock(s string) bool {
	switch len(s) {
	case 6:
		p.sec = value(s[4:])
		fallthrough
	case 4:
		p.hour, p.min, p.hasTime = value(s[:2]), value(s[2:4]), true
		return true
	}
	return false
}

// compactDate takes yyyymmdd or yyyymmddhhmmss.
func (p *parser) compactDate(s string) bool {
	if p.hasYear || p.month != 0 || p.day != 0 {
		return false
	}
	p.repair("ISO 8601")
	if !p.setDate(value(s[6:8]), value(s[4:6])) {
		return false
	}
	p.setYear(s[:4])
	return len(s) == 8 || p.compactClock(s[8:])
}

// numericDate takes three numbers with the same separator, if t starts such.
//
// QUIRK: 2005-01-12 (ISO 8601), 12.01.2005 and 01/12/2005 are seen, though
// RFC 5322 3.3 names the month. Dots and hyphens go with day before month,
// slashes with month before day, unless a number over 12 tells otherwise.
func (p *parser) numericDate(t token) bool {
	l := p.lexer
	s1 := l.next()
	separator := s1.text
	if p.day != 0 || p.month != 0 || p.hasYear || !strings.Contains("-./", separator) || separator == "" {
		return false
	}
	second, s2, third := l.next(), l.next(), l.next()
	if second.kind != number || s2.text != separator || third.kind != number ||
		s1.space || second.space || s2.space || third.space {
		return false
	}
	a, b, c := t.text, second.text, third.text
	day, month, year := a, b, c
	switch {
	case len(a) > 2:
		day, year = c, a
	case separator == "/":
		day, month = b, a
	}
	if len(day) > 2 || len(month) > 2 || len(year) > 4 {
		return false
	}
	d, m := value(day), value(month)
	if m > 12 && len(a) <= 2 {
		d, m = m, d
	}
	if !p.setDate(d, m) {
		return false
	}
	p.repair("date in numbers")
	p.setYear(year)
	p.lexer = l
	return true
}

func (p *parser) setDate(day, month int) bool {
	if day == 0 || month == 0 || month > 12 {
		return false
	}
	p.day, p.month = day, time.Month(month)
	return true
}

// maxZoneHours bounds the hours of a zone; more is nonsense such as "+9999".
const maxZoneHours = 23

// numericZone takes the digits of a zone, after its sign.
//
// QUIRK: besides "+0530" there are "+05:30", "+5", "+05" and "-600"
// (RFC 5322 3.3 has four digits), and offsets out of range, which count as an
// unknown zone.
func (p *parser) numericZone(sign string) {
	digits := p.next().text
	p.hasZone, p.hasNumericZone = true, true
	hours, minutes := 0, 0
	switch n := len(digits); {
	case n == 4 || n == 3:
		hours, minutes = value(digits[:n-2]), value(digits[n-2:])
	case n <= 2:
		hours = value(digits)
		minutes = p.zoneMinutes()
	default:
		hours = maxZoneHours + 1
	}
	if len(digits) != 4 {
		p.repair("zone not of four digits")
	}
	if hours > maxZoneHours || minutes > 59 {
		p.repair("zone out of range, taken as UTC")
		hours, minutes = 0, 0
	}
	p.zone = hours*60 + minutes
	if sign == "-" {
		p.zone = -p.zone
	}
}

// zoneMinutes takes the minutes of "+05:30".
func (p *parser) zoneMinutes() int {
	l := p.lexer
	if l.next().text != ":" {
		return 0
	}
	t := l.next()
	if t.kind != number || len(t.text) != 2 {
		return 0
	}
	p.lexer = l
	return value(t.text)
}

// zoneName takes the name of a zone. A number after it, as in "GMT+2", counts
// in its stead; one before it, too.
func (p *parser) zoneName(name string) {
	if p.hasZone {
		return
	}
	minutes, known := zoneOf(name)
	switch {
	case known:
		p.zone = minutes
		if !isStandardZone(name) {
			p.repair("zone's name not of RFC 5322")
		}
	case isMilitaryZone(name):
		p.repair("military zone, taken as UTC")
	default:
		p.repair("unknown zone, taken as UTC")
	}
	p.hasZone = true
}
