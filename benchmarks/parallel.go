package main

import (
	"errors"
	"runtime"
	"sync"
	"time"
)

// rate returns how many small mails a second n goroutines convert on n processors.
func rate(n int, d time.Duration) (float64, error) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(n))
	eml := text(5 << 10)
	counts, errs := make([]int, n), make([]error, n)
	start := time.Now()
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			for time.Since(start) < 2*d && errs[i] == nil {
				errs[i] = toMAPI(eml)
				counts[i]++
			}
		})
	}
	wg.Wait()
	sum := 0
	for _, c := range counts {
		sum += c
	}
	return float64(sum) / time.Since(start).Seconds(), errors.Join(errs...)
}
