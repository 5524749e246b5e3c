package rtf

import "strings"

// A budget bounds the bytes that several outputs hold together.
type budget struct{ limit, left int64 }

func newBudget(limit int64) *budget { return &budget{limit, limit} }

// take takes n bytes, or returns a *LimitError.
func (b *budget) take(n int) error {
	if b.left -= int64(n); b.left < 0 {
		return &LimitError{Limit: b.limit}
	}
	return nil
}

// An output collects text within a budget. What passes it is dropped, and err says
// so.
type output struct {
	b      strings.Builder
	budget *budget
	err    error
}

func (o *output) write(p []byte) {
	if o.grow(len(p)) {
		o.b.Write(p)
	}
}

func (o *output) writeString(s string) {
	if o.grow(len(s)) {
		o.b.WriteString(s)
	}
}

func (o *output) grow(n int) bool {
	if o.err == nil {
		o.err = o.budget.take(n)
	}
	return o.err == nil
}

func (o *output) String() string { return o.b.String() }
