package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// A task is one piece of work on one file, which this library and others do in
// processes of their own, each with its start-up taken off.
type task struct {
	name    string
	work    string // of this library, by its name in works
	others  []string
	file    func() ([]byte, error)
	content int // bytes that whoever does it has to come across at least
}

// processes runs the tasks and prints the table.
func (p *plan) processes(s sizes) error {
	dir, err := os.MkdirTemp("", "benchmarks-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	programs, err := findPrograms(dir)
	if err != nil {
		return err
	}
	p.printf("| work | program | time, this library = 1 | runs in a round |\n| --- | --- | ---: | ---: |\n")
	for _, t := range tasks(s) {
		if !p.wants(t.name) {
			continue
		}
		if err := p.task(t, programs, dir); err != nil {
			return fmt.Errorf("%s: %w", t.name, err)
		}
	}
	p.printf("\n")
	printMissing(p, programs)
	return nil
}

func printMissing(p *plan, programs []*program) {
	for _, q := range programs {
		if q.missing != "" {
			p.printf("%s: skipped: %s\n", q.name, q.missing)
		}
	}
}

func (p *plan) task(t task, programs []*program, dir string) error {
	contents, err := t.file()
	if err != nil {
		return err
	}
	file := filepath.Join(dir, "input")
	if err := os.WriteFile(file, contents, 0o600); err != nil {
		return err
	}
	var children []*child
	for _, q := range programs {
		if q.does(t) {
			children = append(children, &child{command: q.commandFor(t), file: file, content: t.content})
		}
	}
	costs, err := p.measureChildren(children)
	if err != nil {
		return err
	}
	for i, c := range children {
		p.printf("| %s | %s | %.2f | %d |\n", t.name, c.version, costs[i].over(costs[0]), c.times)
	}
	return nil
}

// leastWork is how much time a child is to take in a round, beyond its start-up: the
// start-up differs by tens of milliseconds from one time to the next.
func (p *plan) leastWork() time.Duration { return 20 * p.stint }

// measureChildren runs the children by turns, in each round in another order.
func (p *plan) measureChildren(children []*child) ([]*cost, error) {
	costs := make([]*cost, len(children))
	for i, c := range children {
		if err := c.calibrate(p.leastWork()); err != nil {
			return nil, err
		}
		costs[i] = new(cost)
	}
	for round := range p.rounds {
		for k := range children {
			i := (k + round) % len(children)
			t, err := children[i].perRun()
			if err != nil {
				return nil, err
			}
			costs[i].perRound = append(costs[i].perRound, t)
		}
	}
	return costs, nil
}

// tasks are all that is compared with programs in other languages.
func tasks(s sizes) []task {
	type input struct {
		name    string
		eml     func(int) []byte
		n       int
		content int
	}
	inputs := []input{
		{"text, 5 KB", text, 5 << 10, 0},
		{"newsletter, " + megabytes(s.newsletter), newsletter, s.newsletter, s.newsletter / 2},
		// Who writes mail adds a text, and may not have more parts than the reader.
		{fmt.Sprintf("%d parts", s.parts-1), parts, s.parts - 1, 0},
		{fmt.Sprintf("%d recipients", s.recipients[0]), recipients, s.recipients[0], 0},
		{"attachments, " + megabytes(s.attachments[0]), attachments, s.attachments[0], s.attachments[0] * 9 / 10},
	}
	all := []task{}
	for _, in := range inputs {
		asMsg := func() ([]byte, error) {
			var b bytes.Buffer
			err := toMsg(&b, in.eml(in.n))
			return b.Bytes(), err
		}
		asMail := func() ([]byte, error) { return in.eml(in.n), nil }
		all = append(all,
			task{"read .msg: " + in.name, workReadMsg, []string{"poi", "msgreader"}, asMsg, in.content},
			task{".msg to MIME: " + in.name, workConvertMsg, []string{"msgconvert"}, asMsg, in.content},
			task{"read a mail: " + in.name, workReadMail, []string{"email", "mailparser"}, asMail, in.content})
	}
	return all
}
