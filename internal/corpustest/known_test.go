package corpustest

import (
	"bufio"
	"fmt"
	"os"
	"slices"
	"strings"
)

// knownFile lists the cases in which this library and an expectation differ, and
// why: input, field and reason, separated by tabs. A line of '#' is a remark.
const knownFile = "testdata/known-differences.tsv"

// crlfVariant marks the input of a case whose line ends were turned to CRLF. A
// listed difference is one of both variants.
const crlfVariant = " (CRLF)"

type caseID struct{ input, field string }

func (id caseID) String() string { return id.input + ": " + id.field }

// A knownDifference is one line of the file and what a run showed of it.
type knownDifference struct {
	reason string
	failed bool
}

type knownDifferences struct {
	list   map[caseID]*knownDifference
	inputs map[string]bool // that the corpus has
}

func readKnown() (knownDifferences, error) {
	known := knownDifferences{map[caseID]*knownDifference{}, map[string]bool{}}
	f, err := os.Open(knownFile)
	if err != nil {
		return known, err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		line := lines.Text()
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		cells := strings.Split(line, "\t")
		if len(cells) != 3 || cells[2] == "" {
			return known, fmt.Errorf("%s:%d: want input, field and reason", knownFile, n)
		}
		id := caseID{cells[0], cells[1]}
		if known.list[id] != nil {
			return known, fmt.Errorf("%s:%d: listed twice", knownFile, n)
		}
		known.list[id] = &knownDifference{reason: cells[2]}
	}
	return known, lines.Err()
}

// see notes a result and reports whether its case is listed.
func (k knownDifferences) see(r result) bool {
	input := strings.TrimSuffix(r.input, crlfVariant)
	k.inputs[input] = true
	d := k.list[caseID{input, r.field}]
	if d != nil && r.err != nil {
		d.failed = true
	}
	return d != nil
}

// stale returns the listed cases that did not fail although the corpus has their
// input.
func (k knownDifferences) stale() []string {
	var out []string
	for id, d := range k.list {
		if !d.failed && k.inputs[id.input] {
			out = append(out, id.String())
		}
	}
	slices.Sort(out)
	return out
}
