package main

import (
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"time"
)

// A plan is how much is measured and where the results go.
type plan struct {
	rounds int
	stint  time.Duration
	only   string
	size   int // of hostile input
	out    io.Writer
}

// A subject is a program that does the work of a case.
type subject struct {
	name string
	run  func() error
}

// A cost is what one run of a subject takes.
type cost struct {
	perRound []time.Duration // one run's time, in each round
	allocs   uint64
	bytes    uint64
}

func (c *cost) median() time.Duration { return median(c.perRound) }

// over returns the time of c as a multiple of that of ref: the median of the ratios
// of each round, so that what slows the machine down for a while counts for both.
func (c *cost) over(ref *cost) float64 {
	ratios := make([]float64, len(c.perRound))
	for i, t := range c.perRound {
		ratios[i] = float64(t) / float64(max(ref.perRound[i], 1))
	}
	return median(ratios)
}

func median[T int64 | float64 | time.Duration](v []T) T {
	if len(v) == 0 {
		return 0
	}
	s := slices.Sorted(slices.Values(v))
	return s[len(s)/2]
}

// measure runs the subjects by turns, in each round in another order.
func (p *plan) measure(subjects []subject) ([]*cost, error) {
	costs := make([]*cost, len(subjects))
	repeat := make([]int, len(subjects))
	for i, s := range subjects {
		c, n, err := p.calibrate(s)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", s.name, err)
		}
		costs[i], repeat[i] = c, n
	}
	for round := range p.rounds {
		for k := range subjects {
			i := (k + round) % len(subjects)
			t, err := timed(subjects[i].run, repeat[i])
			if err != nil {
				return nil, fmt.Errorf("%s: %w", subjects[i].name, err)
			}
			costs[i].perRound = append(costs[i].perRound, t)
		}
	}
	return costs, nil
}

// calibrate counts a subject's allocations, and finds how often it has to run to fill
// a stint.
func (p *plan) calibrate(s subject) (*cost, int, error) {
	if err := s.run(); err != nil { // pools are filled, tables are made
		return nil, 0, err
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := processTime()
	if err := s.run(); err != nil {
		return nil, 0, err
	}
	t := processTime() - start
	runtime.ReadMemStats(&after)
	n := int(p.stint/max(t, time.Microsecond)) + 1
	return &cost{allocs: after.Mallocs - before.Mallocs, bytes: after.TotalAlloc - before.TotalAlloc}, n, nil
}

// timed returns the time of one run, of n. What earlier runs left is collected first.
func timed(run func() error, n int) (time.Duration, error) {
	runtime.GC()
	start := processTime()
	for range n {
		if err := run(); err != nil {
			return 0, err
		}
	}
	return (processTime() - start) / time.Duration(n), nil
}

func (p *plan) wants(name string) bool { return strings.Contains(name, p.only) }

func (p *plan) printf(format string, args ...any) { fmt.Fprintf(p.out, format, args...) }
