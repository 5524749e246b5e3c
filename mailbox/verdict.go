package mailbox

import "fmt"

// OnFailure says what becomes of an item that cannot be converted.
type OnFailure uint8

const (
	// Hide leaves the item out of what a client sees.
	Hide OnFailure = iota
	// Substitute serves a message in its place that says why, and carries the
	// original as an attachment.
	Substitute
	// Fail shows the item, and fails when it is asked for. That is what Exchange
	// 5.0 did; some clients then stop at that message on every login, and never
	// reach those behind it.
	Fail
)

func (f OnFailure) String() string {
	switch f {
	case Hide:
		return "hide"
	case Substitute:
		return "substitute"
	case Fail:
		return "error"
	}
	return fmt.Sprintf("OnFailure(%d)", uint8(f))
}

// MarshalText returns the name of f: hide, substitute or error.
func (f OnFailure) MarshalText() ([]byte, error) { return []byte(f.String()), nil }

// UnmarshalText sets f to the value of that name, so that a flag can be one (see
// flag.TextVar).
func (f *OnFailure) UnmarshalText(text []byte) error {
	for _, v := range []OnFailure{Hide, Substitute, Fail} {
		if v.String() == string(text) {
			*f = v
			return nil
		}
	}
	return fmt.Errorf("%q is none of hide, substitute and error", text)
}

// State is what a client sees of an item.
type State uint8

const (
	// Served items are written as they are.
	Served State = iota + 1
	// Substituted items are there as a message that says why they are not.
	Substituted
	// Hidden items are not there.
	Hidden
	// Failed items are there, and an error when asked for.
	Failed
)

func (s State) String() string {
	switch s {
	case Served:
		return "served"
	case Substituted:
		return "substituted"
	case Hidden:
		return "hidden"
	case Failed:
		return "failed"
	}
	return fmt.Sprintf("State(%d)", uint8(s))
}

// A Verdict is what became of an item.
type Verdict struct {
	State State
	// Size is the number of octets that [Policy.Write] writes: those of the
	// message or of its substitute, 0 for hidden and failed items.
	Size int64
	// Reason is the failure in one line, "" for served items. TraceID is the id
	// of its trace record, "" if there is none.
	Reason  string
	TraceID string
	// Remembered says that the verdict comes from the memory: the item was not
	// converted this time.
	Remembered bool
}
