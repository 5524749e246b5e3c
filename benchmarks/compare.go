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

// twoProcessors says what a second processor gains.
func (p *plan) twoProcessors() error {
	if !p.wants("GOMAXPROCS") {
		return nil
	}
	all, err := p.gains()
	if err != nil {
		return err
	}
	t := target{work: "5 KB mails a second, GOMAXPROCS 2 against 1", bound: 1.8, atLeast: true}
	p.printf("| %s | %s | %s | %s |\n", t.work, t.goal(), t.format(all[0].held), t.verdict(all[0].held))
	p.printf("\n| GOMAXPROCS 2 against 1 | with %s in memory | with nothing else |\n| --- | ---: | ---: |\n", megabytes(serverHeap))
	for _, g := range all {
		p.printf("| %s | %.2f | %.2f |\n", g.work, g.held, g.alone)
	}
	return nil
}
