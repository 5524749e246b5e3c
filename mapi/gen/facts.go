package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// A property is one row of the data.
type property struct {
	name  string // canonical
	tag   uint32 // of a tagged property, else 0
	set   string // of a named property: a name of sets.tsv
	lid   uint32
	str   string
	ptype string // such as PtypString
}

type set struct {
	name string
	guid string // as it is printed: {XXXXXXXX-...}
	use  string
}

// facts is what the data files say, in their order.
type facts struct {
	sets       []set
	properties []property // sorted by canonical name
}

func readFacts(dir string) (*facts, error) {
	f := new(facts)
	err := readTable(filepath.Join(dir, "sets.tsv"), 3, func(c []string) error {
		f.sets = append(f.sets, set{c[0], c[1], c[2]})
		_, err := guidBytes(c[1])
		return err
	})
	if err != nil {
		return nil, err
	}
	err = readTable(filepath.Join(dir, "properties.tsv"), 5, func(c []string) error {
		p, err := f.numbered(c)
		f.properties = append(f.properties, p)
		return err
	})
	if err != nil {
		return nil, err
	}
	err = readTable(filepath.Join(dir, "names.tsv"), 4, func(c []string) error {
		p := property{name: c[0], set: c[1], str: c[2], ptype: c[3]}
		if f.set(p.set) == nil {
			return fmt.Errorf("%s: unknown set %s", p.name, p.set)
		}
		f.properties = append(f.properties, p)
		return nil
	})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(f.properties, func(a, b property) int { return strings.Compare(a.name, b.name) })
	return f, f.check()
}

// numbered reads a row of properties.tsv: name, tag, set with GUID, LID, type.
func (f *facts) numbered(c []string) (property, error) {
	p := property{name: c[0], ptype: c[4]}
	if c[1] != "" {
		n, err := strconv.ParseUint(c[1], 0, 32)
		p.tag = uint32(n)
		return p, err
	}
	name, guid, _ := strings.Cut(c[2], " ")
	s := f.set(name)
	if s == nil || s.guid != guid {
		return p, fmt.Errorf("%s: set %s is not the one of sets.tsv", p.name, c[2])
	}
	n, err := strconv.ParseUint(c[3], 0, 32)
	p.set, p.lid = name, uint32(n)
	return p, err
}

func (f *facts) set(name string) *set {
	i := slices.IndexFunc(f.sets, func(s set) bool { return s.name == name })
	if i < 0 {
		return nil
	}
	return &f.sets[i]
}

// check finds rows that contradict each other.
func (f *facts) check() error {
	names := make(map[string]bool)
	ids := make(map[property]string)
	for _, p := range f.properties {
		id := p
		id.name, id.ptype = "", ""
		switch {
		case names[p.name]:
			return fmt.Errorf("%s occurs twice", p.name)
		case ids[id] != "":
			return fmt.Errorf("%s and %s are one property", p.name, ids[id])
		case types[p.ptype].code == 0:
			return fmt.Errorf("%s: unknown type %q", p.name, p.ptype)
		case p.tag != 0 && types[p.ptype].code != uint16(p.tag):
			return fmt.Errorf("%s: tag 0x%08X is not of type %s", p.name, p.tag, p.ptype)
		}
		names[p.name], ids[id] = true, p.name
	}
	return nil
}

// readTable calls row with the columns of each line of a tab-separated file,
// without comments and the line of column names.
func readTable(name string, columns int, row func([]string) error) error {
	text, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	heading := true
	for i, line := range strings.Split(string(text), "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		if heading {
			heading = false
			continue
		}
		c := strings.Split(line, "\t")
		if len(c) != columns {
			return fmt.Errorf("%s:%d: %d columns, want %d", name, i+1, len(c), columns)
		}
		if err := row(c); err != nil {
			return fmt.Errorf("%s:%d: %w", name, i+1, err)
		}
	}
	return nil
}
