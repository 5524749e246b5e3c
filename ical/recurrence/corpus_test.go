package recurrence_test

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/ical/recurrence"
)

var dumpedValue = regexp.MustCompile(`(?m)^\s*(?:\w+: )?0x([0-9A-F]+)`)

// Another program's dumps of patterns list the values of the fields in their order.
func TestCorpus(t *testing.T) {
	dir := os.Getenv("CONTENTCONV_CORPUS")
	if dir == "" {
		t.Skip("CONTENTCONV_CORPUS names no corpus; set it to run over one")
	}
	files, err := filepath.Glob(filepath.Join(dir, "pairs", "*", "*RECURRENCEPATTERN*", "*.bin"))
	if err != nil || len(files) == 0 {
		t.Skip("the corpus has no patterns")
	}
	for _, name := range files {
		blob, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(name[:len(name)-len(".bin")] + ".expected.txt")
		if err != nil {
			t.Fatal(err)
		}
		p, err := recurrence.Decode(blob, 1252)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var want []uint32
		for _, m := range dumpedValue.FindAllSubmatch(text, -1) {
			v, err := strconv.ParseUint(string(m[1]), 16, 32)
			if err != nil {
				t.Fatal(err)
			}
			want = append(want, uint32(v))
		}
		if diff := cmp.Diff(want, values(p)); diff != "" {
			t.Errorf("%s: -want +got:\n%s", name, diff)
		}
		again, err := p.Encode(1252)
		if err != nil || !bytes.Equal(again, blob) {
			t.Errorf("%s: written again it differs: %v", name, err)
		}
		if seq, err := p.Dates(); err != nil {
			t.Errorf("%s: %v", name, err)
		} else {
			for d := range seq {
				if d != p.StartDate {
					t.Errorf("%s: the first date is %v; want %v", name, d, p.StartDate)
				}
				break
			}
		}
	}
}

// values lists the fields that a dump has a line for.
func values(p *recurrence.AppointmentPattern) []uint32 {
	out := []uint32{uint32(p.ReaderVersion), uint32(p.WriterVersion), uint32(p.RecurFrequency), uint32(p.PatternType),
		uint32(p.CalendarType), uint32(p.FirstDateTime), p.Period, p.SlidingFlag}
	switch p.PatternType {
	case recurrence.PatternWeek:
		out = append(out, uint32(p.Days))
	case recurrence.PatternMonth, recurrence.PatternMonthEnd:
		out = append(out, p.Day)
	case recurrence.PatternMonthNth:
		out = append(out, uint32(p.Days), p.Nth)
	}
	out = append(out, uint32(p.EndType), p.OccurrenceCount, p.FirstDOW)
	for _, list := range [][]recurrence.Minutes{p.Deleted, p.Modified} {
		out = append(out, uint32(len(list)))
		for _, m := range list {
			out = append(out, uint32(m))
		}
	}
	out = append(out, uint32(p.StartDate), uint32(p.EndDate))
	if p.WriterVersion2 == 0 {
		return out
	}
	out = append(out, p.ReaderVersion2, p.WriterVersion2, p.StartTimeOffset, p.EndTimeOffset, uint32(len(p.Exceptions)))
	for i := range p.Exceptions {
		out = append(out, exceptionValues(&p.Exceptions[i])...)
	}
	out = append(out, uint32(len(p.ReservedBlock1)))
	for i := range p.Exceptions {
		e := &p.Exceptions[i]
		out = append(out, uint32(len(e.ChangeHighlight)), 0, uint32(len(e.ReservedBlockEE1)))
	}
	return append(out, uint32(len(p.ReservedBlock2)))
}

func exceptionValues(e *recurrence.Exception) []uint32 {
	out := []uint32{uint32(e.Start), uint32(e.End), uint32(e.Original), uint32(e.Flags)}
	for _, f := range []struct {
		flag  recurrence.OverrideFlags
		value uint32
	}{
		{recurrence.OverrideReminderDelta, e.ReminderDelta}, {recurrence.OverrideReminder, e.ReminderSet},
		{recurrence.OverrideBusyStatus, e.BusyStatus}, {recurrence.OverrideSubType, e.SubType},
	} {
		if e.Flags&f.flag != 0 {
			out = append(out, f.value)
		}
	}
	return out
}
