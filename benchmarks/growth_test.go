package main

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"
)

// A ratio is that of inputs that double, whatever their lengths are.
func TestDoublings(t *testing.T) {
	times, bytes := doublings([]atSize{{100, 10 * time.Millisecond, 1000}, {200, 40 * time.Millisecond, 2000}, {300, 60 * time.Millisecond, 3000}})
	if !slices.Equal(times, []float64{4, 2}) || !slices.Equal(bytes, []float64{2, 2}) {
		t.Error(times, bytes)
	}
}

func TestVerdict(t *testing.T) {
	for name, c := range map[string]struct {
		growth growth
		want   string
	}{
		"linear":                {growth{ratio: 2.1, bytes: 2}, ""},
		"a pool's limit":        {growth{ratio: 2.1, bytes: 2.9}, ""},
		"disturbed once":        {growth{ratio: 3.5, bytes: 2, again: []float64{2, 2.1, 4}, spent: []float64{2, 2, 2}}, "within: time [2.00 2.10 4.00], bytes [2.00 2.00 2.00]"},
		"more than linear":      {growth{ratio: 2.4, bytes: 2, again: []float64{2.4, 2.5, 2.6}, spent: []float64{2, 2, 2}}, "beyond 2.3: time [2.40 2.50 2.60], bytes [2.00 2.00 2.00]"},
		"quadratic":             {growth{ratio: 3.8, bytes: 2, again: []float64{3.8, 3.9, 4}, spent: []float64{2, 2, 2}}, "beyond 3.0: time [3.80 3.90 4.00], bytes [2.00 2.00 2.00]"},
		"quadratic allocations": {growth{ratio: 2, bytes: 4, again: []float64{2, 2, 2}, spent: []float64{4, 4, 4}}, "beyond 3.0: time [2.00 2.00 2.00], bytes [4.00 4.00 4.00]"},
	} {
		t.Run(name, func(t *testing.T) {
			if beyond, failed := strings.HasPrefix(c.want, "beyond"), strings.HasPrefix(c.want, "beyond 3"); c.growth.beyond() != beyond || c.growth.failed() != failed {
				t.Errorf("beyond %t, failed %t", c.growth.beyond(), c.growth.failed())
			}
			if got := c.growth.verdict(); got != c.want {
				t.Errorf("%s, not %s", got, c.want)
			}
		})
	}
}

// Memory that grows with the square of the input is found, whatever else the machine
// does: allocations are counted, not timed.
func TestQuadraticMemory(t *testing.T) {
	f := family{"squares", func(n int) []byte { return make([]byte, n) }, func(b []byte) error {
		for range len(b) / 64 {
			clear(make([]byte, len(b)))
		}
		return nil
	}}
	var out bytes.Buffer
	failed, err := once(&out).boundsOf([]family{f}, 2<<10)
	if err != nil || failed != 1 || !strings.Contains(out.String(), "| beyond 3.0: ") {
		t.Errorf("%d failed, %v:\n%s", failed, err, out.String())
	}
}
