package main

import (
	"fmt"
	"runtime"
	"slices"

	"github.com/contentconv/contentconv/limits"
)

// maxRatio is how much more twice the input may cost.
const maxRatio = 2.3

// unlimited leaves only the bounds that every conversion has, so that a limit doesn't
// hide the cost of what is beyond it.
var unlimited = limits.Limits{MaxMimeTextHeaderLength: limits.None, MaxMimeSubjectLength: limits.None, MSize: limits.None, MaxMimeRecipients: limits.None,
	MaxRecipientPropertyLength: limits.None, MaxBodyPartsTotal: limits.None, MaxEmbeddedMessageDepth: limits.None}

// A family is one kind of hostile input, of about n bytes, and what reads it. A
// reader's error is an outcome like another: it too has to come in linear time.
type family struct {
	name string
	make func(n int) []byte
	read func([]byte) error
}

// bounds measures each family at n and 2n bytes.
func (p *plan) bounds() error {
	return p.boundsOf(slices.Concat(mailFamilies(), formatFamilies()), p.size)
}

func (p *plan) boundsOf(families []family, n int) error {
	p.printf("| input | CPU time, 2n / n | bytes allocated, 2n / n | bytes allocated per byte | |\n| --- | ---: | ---: | ---: | --- |\n")
	beyond := 0
	for _, f := range families {
		if !p.wants(f.name) {
			continue
		}
		if err := checkFamily(f, n); err != nil {
			return err
		}
		small, large := f.make(n), f.make(2*n)
		costs, err := p.measure([]subject{
			{"n", func() error { f.read(small); return nil }},
			{"2n", func() error { f.read(large); return nil }},
		})
		if err != nil {
			return err
		}
		verdict := ""
		// Inputs of 2n bytes aren't always exactly twice as long.
		scale := 2 * float64(len(small)) / float64(max(len(large), 1))
		ratio := costs[1].over(costs[0]) * scale
		if ratio > maxRatio {
			verdict = fmt.Sprintf("beyond %.1f", maxRatio)
			beyond++
		}
		p.printf("| %s | %.2f | %.2f | %.1f | %s |\n", f.name, ratio,
			float64(costs[1].bytes)/float64(max(costs[0].bytes, 1))*scale, float64(costs[1].bytes)/float64(max(len(large), 1)), verdict)
		runtime.GC()
	}
	p.printf("\n%d inputs beyond a ratio of %.1f.\n", beyond, maxRatio)
	return nil
}

// checkFamily sees that a family is of the size asked for.
func checkFamily(f family, n int) error {
	if got := len(f.make(n)); got < n/4 || got > 4*n {
		return fmt.Errorf("%s: %d bytes where about %d are meant", f.name, got, n)
	}
	return nil
}
