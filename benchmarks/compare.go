package main

import (
	"fmt"
	"os"
	"runtime/debug"
)

// results are the costs that were measured, by comparison and subject.
type results map[string]map[string]*cost

// compare measures every comparison and prints the tables.
func (p *plan) compare(s sizes) error {
	dir, err := os.MkdirTemp("", "benchmarks-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	p.printf("| work | program | time, this library = 1 | allocations | KB allocated |\n| --- | --- | ---: | ---: | ---: |\n")
	got := make(results)
	for _, c := range cases(s, dir) {
		if !p.wants(c.name) {
			continue
		}
		subjects, err := c.make()
		if err != nil {
			return fmt.Errorf("%s: %w", c.name, err)
		}
		costs, err := p.measure(subjects)
		if err != nil {
			return fmt.Errorf("%s: %w", c.name, err)
		}
		got[c.name] = make(map[string]*cost)
		for i, subject := range subjects {
			got[c.name][subject.name] = costs[i]
			p.printf("| %s | %s | %.2f | %d | %d |\n", c.name, subject.name, costs[i].over(costs[0]), costs[i].allocs, (costs[i].bytes+1023)>>10)
		}
		debug.FreeOSMemory()
	}
	p.printf("\n| target | goal | measured | |\n| --- | ---: | ---: | --- |\n")
	for _, t := range targets {
		if v, ok := t.value(got); ok {
			p.printf("| %s | %s | %s | %s |\n", t.work, t.goal(), t.format(v), t.verdict(v))
		}
	}
	return p.twoProcessors()
}

// twoProcessors compares the rate of small mails with GOMAXPROCS 2 and 1, by the clock.
func (p *plan) twoProcessors() error {
	if !p.wants("GOMAXPROCS") {
		return nil
	}
	var ratios []float64
	for range p.rounds {
		one, err := rate(1, p.stint)
		if err != nil {
			return err
		}
		two, err := rate(2, p.stint)
		if err != nil {
			return err
		}
		ratios = append(ratios, two/one)
	}
	v := median(ratios)
	t := target{work: "5 KB mails a second, GOMAXPROCS 2 against 1", bound: 1.8, atLeast: true}
	p.printf("| %s | %s | %s | %s |\n", t.work, t.goal(), t.format(v), t.verdict(v))
	return nil
}
