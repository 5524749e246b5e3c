package main

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"time"
)

// once runs every case one time.
func once(out io.Writer) *plan { return &plan{rounds: 1, out: out} }

func TestCompare(t *testing.T) {
	small := sizes{attachments: []int{40 << 10}, recipients: []int{3}, newsletter: 2 << 10, parts: 4, depth: 3, fields: 5}
	var out bytes.Buffer
	if err := once(&out).compare(small); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{library, scanOnly, goMessage, goMessageOut, decodedCopy, mscfbList, enmimeReading, standardWalk} {
		if !strings.Contains(out.String(), "| "+name+" |") {
			t.Errorf("%s is not in the table", name)
		}
	}
}

// Each target is taken from a comparison that exists.
func TestTargets(t *testing.T) {
	all := make(results)
	for _, c := range cases(fullSizes, "") {
		all[c.name] = make(map[string]*cost)
		for _, s := range []string{library, scanOnly, goMessage, goMessageOut, decodedCopy, otherWay, noRecipients} {
			all[c.name][s] = &cost{}
		}
	}
	for _, want := range targets {
		if _, ok := want.value(all); !ok {
			t.Errorf("%s: no comparison has it", want.work)
		}
	}
}

func TestBounds(t *testing.T) {
	var out bytes.Buffer
	families := slices.Concat(mailFamilies(), formatFamilies(), writeFamilies())
	if _, err := once(&out).boundsOf(families, 16<<10); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(out.String(), "\n"); n != len(families)+4 {
		t.Errorf("%d lines for %d families:\n%s", n, len(families), out.String())
	}
}

// Messages are as large as they say, wherever they are read.
func TestLargeMail(t *testing.T) {
	m := newLargeMail(100_000)
	whole, err := io.ReadAll(io.NewSectionReader(m, 0, m.size))
	if err != nil || int64(len(whole)) != m.size || m.size > 100_000 || m.size < 99_900 {
		t.Fatal(len(whole), m.size, err)
	}
	if !bytes.HasPrefix(whole, []byte(m.head)) || !bytes.HasSuffix(whole, []byte(m.line+m.tail)) {
		t.Error("the ends are not what they should be")
	}
	part := make([]byte, 50_000)
	for _, off := range []int64{0, 7, 1000, 12_345} {
		if _, err := m.ReadAt(part, off); err != nil || !bytes.Equal(part, whole[off:off+50_000]) {
			t.Errorf("other bytes at %d (%v)", off, err)
		}
	}
}

func TestTwoProcessors(t *testing.T) {
	broken := errors.New("broken")
	if r, err := rate(2, time.Millisecond, func() error { return allocate(20, 256) }); err != nil || r <= 0 {
		t.Error(r, err)
	}
	if _, err := rate(2, time.Second, func() error { return broken }); !errors.Is(err, broken) {
		t.Error(err)
	}
}
