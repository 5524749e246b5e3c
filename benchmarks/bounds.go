package main

import (
	"fmt"
	"runtime"
	"slices"

	"github.com/contentconv/contentconv/limits"
)

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

// bounds measures each family at n and 2n bytes. It fails when one grows as no noise
// explains.
func (p *plan) bounds() error {
	failed, err := p.boundsOf(slices.Concat(mailFamilies(), formatFamilies(), writeFamilies()), p.size)
	if err == nil && failed > 0 {
		err = fmt.Errorf("%d inputs beyond a ratio of %.1f: see the table", failed, failRatio)
	}
	return err
}

// boundsOf returns how many families are beyond failRatio.
func (p *plan) boundsOf(families []family, n int) (failed int, err error) {
	p.printf("| input | CPU time, 2n / n | bytes allocated, 2n / n | bytes allocated per byte | |\n| --- | ---: | ---: | ---: | --- |\n")
	beyond := 0
	for _, f := range families {
		if !p.wants(f.name) {
			continue
		}
		if err := checkFamily(f, n); err != nil {
			return failed, err
		}
		g := p.growthOf(f, n)
		if g.beyond() {
			beyond++
		}
		if g.failed() {
			failed++
		}
		p.printf("| %s | %.2f | %.2f | %.1f | %s |\n", f.name, g.ratio, g.bytes, g.per, g.verdict())
		runtime.GC()
	}
	p.printf("\n%d inputs beyond a ratio of %.1f when measured again.\n", beyond, maxRatio)
	return failed, nil
}

// checkFamily sees that a family is of the size asked for.
func checkFamily(f family, n int) error {
	if got := len(f.make(n)); got < n/4 || got > 4*n {
		return fmt.Errorf("%s: %d bytes where about %d are meant", f.name, got, n)
	}
	return nil
}
