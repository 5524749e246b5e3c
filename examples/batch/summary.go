package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"sync"
)

// An outcome is what became of one message.
type outcome struct {
	done        bool
	reason      string // of a failure
	before      bool   // in an earlier run
	interrupted bool
}

// A summary counts outcomes.
type summary struct {
	mu                sync.Mutex
	converted, before int
	reasons           map[string]int
}

func newSummary() *summary { return &summary{reasons: make(map[string]int)} }

func (s *summary) add(o outcome) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case o.interrupted:
	case o.done && o.before:
		s.before++
	case o.done:
		s.converted++
	default:
		s.reasons[o.reason]++
	}
}

func (s *summary) failures() (n int) {
	for _, count := range s.reasons {
		n += count
	}
	return n
}

func (s *summary) print(w io.Writer) {
	fmt.Fprintf(w, "%d converted", s.converted)
	if s.before > 0 {
		fmt.Fprintf(w, ", %d in an earlier run", s.before)
	}
	fmt.Fprintf(w, ", %d failed\n", s.failures())
	for _, reason := range slices.Sorted(maps.Keys(s.reasons)) {
		fmt.Fprintf(w, "  %s: %d\n", reason, s.reasons[reason])
	}
}
