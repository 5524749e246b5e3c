// Package reportcode holds what both directions of a conversion need to know of
// reports: which message class a report has, and which codes of MAPI an enhanced
// status code (RFC 3463) stands for. All of it is tables.
package reportcode

import "strings"

// A Kind is what a report says happened to a message. The kinds of delivery
// reports are in the order of their severity ([MS-OXCMAIL] 2.2.3.7.1.1).
type Kind uint8

const (
	Delivered Kind = iota
	Expanded
	Relayed
	Delayed
	Failed
	// Read and NotRead are those of receipts ([MS-OXCMAIL] 2.2.3.7.2).
	Read
	NotRead
)

type kindInfo struct {
	word    string // the Action of a delivery report, the disposition of a receipt
	suffix  string // of the message class
	general Status // where a delivery report has no status
}

var kinds = [...]kindInfo{
	Delivered: {"delivered", ".DR", Status{2, 0, 0}},
	Expanded:  {"expanded", ".Expanded.DR", Status{2, 0, 0}},
	Relayed:   {"relayed", ".Relayed.DR", Status{2, 0, 0}},
	Delayed:   {"delayed", ".Delayed.DR", Status{4, 0, 0}},
	Failed:    {"failed", ".NDR", Status{5, 0, 0}},
	Read:      {"displayed", ".IPNRN", Status{}},
	NotRead:   {"deleted", ".IPNNRN", Status{}},
}

// dispositions are the disposition types of receipts (RFC 8098 3.2.6.2, RFC 3798,
// RFC 2298).
var dispositions = map[string]Kind{
	"displayed": Read, "dispatched": Read, "processed": Read,
	"deleted": NotRead, "denied": NotRead, "failed": NotRead,
}

// Receipt reports whether the kind is one of receipts, not of delivery reports.
func (k Kind) Receipt() bool { return k >= Read }

// Word returns the value of the Action field of a delivery report (RFC 3464
// 2.3.3), or the disposition type of a receipt (RFC 8098 3.2.6.2).
func (k Kind) Word() string { return kinds[k].word }

// GeneralStatus returns the status that says no more than the kind does: 5.0.0 of
// a failure. Receipts have none.
func (k Kind) GeneralStatus() Status { return kinds[k].general }

// Class returns the message class of a report of that kind on a message of the
// class base, such as "REPORT.IPM.Note.NDR".
func (k Kind) Class(base string) string { return classPrefix + base + kinds[k].suffix }

const classPrefix = "REPORT."

// OfAction returns the kind that the value of an Action field names. Case,
// blanks and a comment behind the word do not count.
func OfAction(value string) (Kind, bool) {
	word := firstWord(value)
	for k := Delivered; k <= Failed; k++ {
		if strings.EqualFold(word, kinds[k].word) {
			return k, true
		}
	}
	return 0, false
}

// OfDisposition returns the kind that a disposition type names.
func OfDisposition(value string) (Kind, bool) {
	k, ok := dispositions[strings.ToLower(firstWord(value))]
	return k, ok
}

// OfClass takes a report's message class apart: the class of the message that it
// is about, and its kind. It reports false for the class of no report. Case does
// not count.
func OfClass(class string) (base string, k Kind, ok bool) {
	if len(class) < len(classPrefix) || !strings.EqualFold(class[:len(classPrefix)], classPrefix) {
		return "", 0, false
	}
	rest := class[len(classPrefix):]
	found := ""
	for i, info := range kinds {
		n := len(rest) - len(info.suffix)
		if n > 0 && strings.EqualFold(rest[n:], info.suffix) && len(info.suffix) > len(found) {
			base, k, found = rest[:n], Kind(i), info.suffix
		}
	}
	return base, k, found != ""
}

// firstWord returns the value up to a blank, a comment or a modifier.
func firstWord(s string) string {
	s = strings.TrimLeft(s, " \t")
	if i := strings.IndexAny(s, " \t(;/,"); i >= 0 {
		s = s[:i]
	}
	return s
}
