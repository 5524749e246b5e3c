package main

import (
	"errors"
	"runtime"
	"sync"
	"time"
)

// serverHeap is what a server holds beside the mail in hand. Without it the collector
// runs every few milliseconds, and what it does in between is most of what is measured.
const serverHeap = 64 << 20

// A gain is how much more of some work is done with two processors than with one.
type gain struct {
	work  string
	alone float64 // with next to nothing else in memory
	held  float64 // with serverHeap
}

// gains measures two processors against one, by the clock: this library, another, and
// what Go's allocator and collector gain without either.
func (p *plan) gains() ([]gain, error) {
	eml := text(5 << 10)
	var all []gain
	for _, s := range []subject{
		{library, func() error { return toMAPI(eml) }},
		{goMessage, func() error { return walkGoMessage(eml) }},
		{"twenty allocations of 256 bytes", func() error { return allocate(20, 256) }},
	} {
		alone, err := p.gain(s.run)
		if err != nil {
			return nil, err
		}
		heap := make([]byte, serverHeap)
		held, err := p.gain(s.run)
		runtime.KeepAlive(heap)
		if err != nil {
			return nil, err
		}
		all = append(all, gain{s.name, alone, held})
	}
	return all, nil
}

// allocate allocates n times on the heap, as the compiler does not know the size.
func allocate(n, size int) error {
	for range n {
		runtime.KeepAlive(make([]*int, size/8))
	}
	return nil
}

// gain is the median of the rounds.
func (p *plan) gain(run func() error) (float64, error) {
	var ratios []float64
	for range p.rounds {
		one, err := rate(1, p.stint, run)
		if err != nil {
			return 0, err
		}
		two, err := rate(2, p.stint, run)
		if err != nil {
			return 0, err
		}
		ratios = append(ratios, two/one)
	}
	return median(ratios), nil
}

// rate returns how often a second n goroutines do the work on n processors.
func rate(n int, d time.Duration, run func() error) (float64, error) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(n))
	runtime.GC()
	counts, errs := make([]int, n), make([]error, n)
	start := time.Now()
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			count, err := 0, error(nil)
			for ; time.Since(start) < 3*d && err == nil; count++ {
				err = run()
			}
			counts[i], errs[i] = count, err
		})
	}
	wg.Wait()
	sum := 0
	for _, c := range counts {
		sum += c
	}
	return float64(sum) / time.Since(start).Seconds(), errors.Join(errs...)
}
