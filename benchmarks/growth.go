package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"time"
)

const (
	// maxRatio is how much more twice the input may cost.
	maxRatio = 2.3
	// failRatio is what no noise explains: growth that is quadratic has 4.
	failRatio = 3.0
)

// An atSize is what one size of an input takes.
type atSize struct {
	length int // of the input, in bytes
	time   time.Duration
	bytes  uint64 // allocated
}

// A growth is how the cost of a family grows as its input doubles.
type growth struct {
	ratio float64   // of CPU time, 2n / n
	bytes float64   // of bytes allocated, 2n / n
	again []float64 // ratio from n, 2n and 4n on, where the first said too much
	spent []float64 // and bytes
	per   float64   // bytes allocated per byte of the input
}

// counts are the ratios that count: the middle ones of those measured again, if any.
func (g growth) counts() (time, bytes float64) {
	if len(g.again) > 0 {
		return median(g.again), median(g.spent)
	}
	return g.ratio, g.bytes
}

func (g growth) beyond() bool { t, _ := g.counts(); return t > maxRatio || g.failed() }

// failed allows bytes more than time: a buffer that is pooled up to some size, and an
// allocation of the next class, are steps of their own.
func (g growth) failed() bool {
	t, b := g.counts()
	return max(t, b) > failRatio
}

func (g growth) verdict() string {
	switch {
	case g.failed():
		return fmt.Sprintf("beyond %.1f%s", failRatio, g.remeasured())
	case g.beyond():
		return fmt.Sprintf("beyond %.1f%s", maxRatio, g.remeasured())
	case len(g.again) > 0:
		return "within" + g.remeasured()
	}
	return ""
}

func (g growth) remeasured() string {
	return fmt.Sprintf(": time %.2f, bytes %.2f", g.again, g.spent)
}

// growthOf measures a family at n and 2n bytes; again, with twice the rounds and up to
// 8n, when that says more than it should.
func (p *plan) growthOf(f family, n int) growth {
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(collectBeyond))
	first := p.atSizes(f, p.rounds, n, 2*n)
	times, bytes := doublings(first)
	g := growth{ratio: times[0], bytes: bytes[0], per: float64(first[1].bytes) / float64(max(first[1].length, 1))}
	if g.beyond() {
		g.again, g.spent = doublings(p.atSizes(f, 2*p.rounds, n, 2*n, 4*n, 8*n))
	}
	return g
}

// doublings returns the ratios of time and of bytes allocated from each size to the
// next, as if the input had exactly doubled.
func doublings(costs []atSize) (times, bytes []float64) {
	for i := range costs[1:] {
		a, b := costs[i], costs[i+1]
		scale := 2 * float64(a.length) / float64(max(b.length, 1))
		times = append(times, float64(b.time)/float64(max(a.time, 1))*scale)
		bytes = append(bytes, float64(b.bytes)/float64(max(a.bytes, 1))*scale)
	}
	return times, bytes
}

// atSizes measures a family at some sizes by turns. The least of the rounds counts: what
// disturbs a process only ever makes it slower, and a pool that the collector has
// emptied only ever makes it allocate more.
func (p *plan) atSizes(f family, rounds int, sizes ...int) []atSize {
	least, inputs, repeat := make([]atSize, len(sizes)), make([][]byte, len(sizes)), make([]int, len(sizes))
	for i, n := range sizes {
		inputs[i] = f.make(n)
		f.read(inputs[i]) // pools are filled, tables are made
		least[i] = undisturbed(f, inputs[i], 1, 1)
		repeat[i] = int(p.stint/max(least[i].time, time.Microsecond)) + 1
	}
	for range rounds {
		for i := range sizes {
			batch := int(collectAfter/max(least[i].bytes, 1)) + 1
			c := undisturbed(f, inputs[i], repeat[i], batch)
			least[i].time, least[i].bytes = min(least[i].time, c.time), min(least[i].bytes, c.bytes)
		}
	}
	return least
}

const (
	// collectAfter is how many bytes runs leave before they are collected.
	collectAfter = 64 << 20
	// collectBeyond is the memory that has the collector run after all.
	collectBeyond = 1 << 30
)

// undisturbed returns what one run takes, of n, without the collector, which runs after
// each batch of them. Whether it happens to run within an input and not within one of
// half the size says nothing of either; what it costs in the long run goes with the
// bytes allocated.
func undisturbed(f family, input []byte, n, batch int) atSize {
	var total atSize
	var before, after runtime.MemStats
	for done := 0; done < n; {
		k := min(n-done, batch)
		runtime.GC()
		runtime.ReadMemStats(&before)
		start := processTime()
		for range k {
			f.read(input)
		}
		total.time += processTime() - start
		runtime.ReadMemStats(&after)
		total.bytes += after.TotalAlloc - before.TotalAlloc
		done += k
	}
	return atSize{len(input), total.time / time.Duration(n), total.bytes / uint64(n)}
}
