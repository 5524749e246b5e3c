package maildate

import (
	"strings"
	"time"
)

// usualForm is what follows the day in most dates: 0 stands for a digit, + for a
// sign and a for a letter.
const usualForm = "aaa 0000 00:00:00 +0000"

// monthNames are the months as dates have them, in their order.
const monthNames = "JanFebMarAprMayJunJulAugSepOctNovDec"

// usual reads the form that nearly all mail has (RFC 5322 section 3.3), such as
// "Wed, 12 Jan 2005 08:08:12 +0100 (CET)". It reports false for every other one and
// for what [parse] would repair or refuse.
func usual(s string) (t time.Time, ok bool) {
	if len(s) < len("Wed, 2 ") || s[3] != ',' || s[4] != ' ' {
		return t, false
	}
	weekday, s := s[:3], s[5:]
	digits, s, _ := strings.Cut(s, " ")
	if len(digits) > 2 || !isDigits(digits) || len(s) < len(usualForm) || !hasUsualForm(s) || !isComment(s[len(usualForm):]) {
		return t, false
	}
	month, day, year := strings.Index(monthNames, s[:3]), value(digits), value(s[4:8])
	hour, minute, second := value(s[9:11]), value(s[12:14]), value(s[15:17])
	zone, odd := 60*value(s[19:21]), value(s[21:23])
	if month < 0 || month%3 != 0 || year == 0 || hour > 23 || minute > 59 || second > 59 || zone > 14*60 || odd > 59 {
		return t, false
	}
	location := time.UTC
	switch zone += odd; {
	case zone != 0 && s[18] == '-':
		location = time.FixedZone("", -60*zone)
	case zone != 0:
		location = time.FixedZone("", 60*zone)
	}
	t = time.Date(year, time.Month(month/3+1), day, hour, minute, second, 0, location)
	// A day that the month doesn't have is one of another month.
	return t, t.Day() == day && t.Weekday().String()[:3] == weekday
}

// hasUsualForm reports whether s begins as usualForm says.
func hasUsualForm(s string) bool {
	for i := range len(usualForm) {
		c := s[i]
		ok := c == usualForm[i]
		switch usualForm[i] {
		case '0':
			ok = '0' <= c && c <= '9'
		case '+':
			ok = c == '+' || c == '-'
		case 'a':
			ok = 'a' <= c|0x20 && c|0x20 <= 'z'
		}
		if !ok {
			return false
		}
	}
	return true
}

func isDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// isComment reports whether s is nothing, or one plain comment behind a blank.
func isComment(s string) bool {
	n := len(s)
	return n == 0 || n > 2 && s[:2] == " (" && s[n-1] == ')' && !strings.ContainsAny(s[2:n-1], `()\`)
}
