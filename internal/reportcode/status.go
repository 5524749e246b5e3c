package reportcode

import (
	"fmt"
	"strings"
)

// A Status is an enhanced mail status code (RFC 3463): 5.1.1.
type Status struct{ Class, Subject, Detail int }

// maxDigits is how many digits each number of a status has at most.
const maxDigits = 3

// ParseStatus reads the status code at the beginning of a Status field's value
// (RFC 3464 2.3.4); a comment or text may follow.
func ParseStatus(value string) (Status, bool) {
	rest := strings.TrimLeft(value, " \t")
	var n [3]int
	for i := range n {
		if i > 0 {
			if rest == "" || rest[0] != '.' {
				return Status{}, false
			}
			rest = rest[1:]
		}
		var ok bool
		if n[i], rest, ok = number(rest); !ok {
			return Status{}, false
		}
	}
	if n[0] > 9 || rest != "" && (rest[0] == '.' || isLetter(rest[0])) {
		return Status{}, false
	}
	return Status{n[0], n[1], n[2]}, true
}

// number reads up to three digits at the beginning of s.
func number(s string) (n int, rest string, ok bool) {
	i := 0
	for i < len(s) && '0' <= s[i] && s[i] <= '9' {
		if i == maxDigits {
			return 0, s, false
		}
		n = 10*n + int(s[i]-'0')
		i++
	}
	return n, s[i:], i > 0
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// String returns the status as it stands in a Status field.
func (s Status) String() string { return fmt.Sprintf("%d.%d.%d", s.Class, s.Subject, s.Detail) }

// Number returns the value of PidTagNonDeliveryReportStatusCode: 511 of 5.1.1. A
// subject or detail of more than one digit counts as zero ([MS-OXCMAIL]
// 2.2.3.7.1.3).
func (s Status) Number() int32 {
	s = s.oneDigit()
	return int32(100*s.Class + 10*s.Subject + s.Detail)
}

// OfNumber returns the status that a value of PidTagNonDeliveryReportStatusCode
// stands for. It reports false where it stands for none.
func OfNumber(n int32) (Status, bool) {
	if n < 200 || n > 599 || n/100 == 3 {
		return Status{}, false
	}
	return Status{int(n) / 100, int(n) / 10 % 10, int(n) % 10}, true
}

func (s Status) oneDigit() Status {
	if s.Subject > 9 {
		s.Subject = 0
	}
	if s.Detail > 9 {
		s.Detail = 0
	}
	return s
}
