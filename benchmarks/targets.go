package main

import (
	"fmt"
	"time"
)

// A target is what the library is to reach. value takes it from the results, if they
// have what it needs.
type target struct {
	work    string
	bound   float64
	atLeast bool
	unit    string
	value   func(results) (float64, bool)
}

func (t *target) goal() string {
	if t.atLeast {
		return "at least " + t.format(t.bound)
	}
	return "at most " + t.format(t.bound)
}

func (t *target) format(v float64) string {
	if t.unit == "" {
		return fmt.Sprintf("%.2f", v)
	}
	return fmt.Sprintf("%.3g %s", v, t.unit)
}

// verdict says whether v reaches the target, or by which factor it misses it.
func (t *target) verdict(v float64) string {
	missed := v / t.bound
	if t.atLeast {
		missed = t.bound / v
	}
	if missed <= 1 {
		return "met"
	}
	return fmt.Sprintf("missed by a factor of %.2f", missed)
}

// ratio is the time of subject a over that of b, in one comparison.
func ratio(comparison, a, b string) func(results) (float64, bool) {
	return func(r results) (float64, bool) {
		x, y := r[comparison][a], r[comparison][b]
		if x == nil || y == nil {
			return 0, false
		}
		return x.over(y), true
	}
}

// perRecipient is what each of n recipients takes more than none, in microseconds.
func perRecipient(n int) func(results) (float64, bool) {
	return func(r results) (float64, bool) {
		c := r[fmt.Sprintf("to MAPI, properties read: %d recipients", n)]
		if c == nil {
			return 0, false
		}
		more := c[library].median() - c[noRecipients].median()
		return float64(more) / float64(n) / float64(time.Microsecond), true
	}
}

var targets = []target{
	{"structure of a message of 10 MB: go-message / scan", 12, true, "", ratio("to MAPI: attachments, 10 MB", goMessage, scanOnly)},
	{"to MAPI, 10 MB, attachments read: go-message / this", goalToMAPI, true, "", ratio("to MAPI: attachments, 10 MB", goMessage, library)},
	{"to MAPI, 100 MB, attachments read: go-message / this", goalToMAPI, true, "", ratio("to MAPI: attachments, 100 MB", goMessage, library)},
	{"to MAPI, text of 5 KB: this / go-message", 0.6, false, "", ratio("to MAPI: text, 5 KB", library, goMessage)},
	{"to MAPI, newsletter of 60 KB: this / go-message", 0.3, false, "", ratio("to MAPI: newsletter, 60 KB", library, goMessage)},
	{"invitation of 4 KB to a meeting: this / go-message", 2.5, false, "", ratio("to a meeting: invitation, 4 KB", library, goMessage)},
	{"allocations, text of 5 KB to MAPI", 60, false, "allocations", func(r results) (float64, bool) {
		c := r["to MAPI: text, 5 KB"][library]
		if c == nil {
			return 0, false
		}
		return float64(c.allocs), true
	}},
	{"each of 500 recipients", 1, false, "µs", perRecipient(500)},
	{"each of 12288 recipients", 1, false, "µs", perRecipient(12288)},
	{"to MIME, 10 MB: go-message / this", goalToMIME, true, "", ratio("to MIME: attachments, 10 MB", goMessageOut, library)},
	{"to MIME, 100 MB: go-message / this", goalToMIME, true, "", ratio("to MIME: attachments, 100 MB", goMessageOut, library)},
	{"text of 5 KB: to MIME / to MAPI", 1, false, "", ratio("to MIME: text, 5 KB", library, otherWay)},
	{"to a .msg file, 100 MB: io.Copy of the decoded lines / this", 2, true, "", ratio("to .msg, a file: attachments, 100 MB", decodedCopy, library)},
	{"open a .msg of 100 MB and list its properties", 1, false, "ms", func(r results) (float64, bool) {
		c := r["open .msg and list: attachments, 100 MB"][library]
		if c == nil {
			return 0, false
		}
		return float64(c.median()) / float64(time.Millisecond), true
	}},
}
