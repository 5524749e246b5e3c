package recurrence_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/ical/recurrence"
)

// everything has each optional field.
func everything(t testing.TB) *recurrence.AppointmentPattern {
	p := &recurrence.AppointmentPattern{
		Pattern: recurrence.Pattern{
			ReaderVersion: 0x3004, WriterVersion: 0x3004, RecurFrequency: recurrence.Monthly, PatternType: recurrence.PatternMonthNth,
			Period: 1, Days: 2, Nth: 4, EndType: recurrence.EndNever, OccurrenceCount: 10, FirstDOW: 1,
			StartDate: minutes(t, "2026-11-23"), EndDate: recurrence.Never,
			Deleted: []recurrence.Minutes{minutes(t, "2026-12-28")}, Modified: []recurrence.Minutes{minutes(t, "2026-12-29")},
		},
		ReaderVersion2: 0x3006, WriterVersion2: 0x3009, StartTimeOffset: 540, EndTimeOffset: 600,
		ReservedBlock1: []byte{1, 2}, ReservedBlock2: []byte{3},
		Exceptions: []recurrence.Exception{{
			Start: minutes(t, "2026-12-29 09:00"), End: minutes(t, "2026-12-29 10:00"), Original: minutes(t, "2026-12-28 09:00"),
			Flags: 0x3FF, Subject: "Ω", Location: "1", SubjectBytes: []byte("?"), LocationBytes: []byte("1"),
			MeetingType: 1, ReminderDelta: 2, ReminderSet: 3, BusyStatus: 4, Attachment: 5, SubType: 6, ApptColor: 7,
			ChangeHighlight: []byte{0, 0, 0, 0, 9}, ReservedBlockEE1: []byte{4}, ReservedBlockEE2: []byte{5, 6},
		}},
	}
	return p
}

func TestEveryField(t *testing.T) {
	want := everything(t)
	b, err := want.Encode(1252)
	if err != nil {
		t.Fatal(err)
	}
	got, err := recurrence.Decode(b, 1252)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	got.WriterVersion2, got.Exceptions[0].ChangeHighlight = 0x3008, nil
	older, err := got.Encode(1252)
	if err != nil || len(older) != len(b)-9 {
		t.Errorf("by an older writer: %d bytes, %v; want %d", len(older), err, len(b)-9)
	}
	again, err := recurrence.Decode(older, 1252)
	if diff := cmp.Diff(got, again); diff != "" || err != nil {
		t.Errorf("by an older writer: %v, -want +got:\n%s", err, diff)
	}
}

// A text is converted where its bytes are not given.
func TestCodePage(t *testing.T) {
	p := everything(t)
	p.Exceptions[0].Subject, p.Exceptions[0].SubjectBytes = "Привет", nil
	for page, want := range map[int]string{1251: "\xCF\xF0\xE8\xE2\xE5\xF2", 1252: "??????", 0: "??????", 99999: "??????"} {
		b, err := p.Encode(page)
		if err != nil || !bytes.Contains(b, []byte(want)) {
			t.Errorf("code page %d: %q is not in the bytes, %v", page, want, err)
		}
		got, err := recurrence.Decode(b, page)
		if err != nil || got.Exceptions[0].Subject != "Привет" {
			t.Errorf("code page %d: %+v, %v", page, got, err)
		}
	}
}

// A task's pattern ends behind EndDate.
func TestBarePattern(t *testing.T) {
	p := everything(t)
	b := p.Pattern.Encode()
	got, err := recurrence.Decode(b, 1252)
	if err != nil || got.WriterVersion2 != 0 || !cmp.Equal(got.Pattern, p.Pattern) {
		t.Errorf("%+v, %v", got, err)
	}
	if again, err := got.Encode(1252); err != nil || !bytes.Equal(again, b) {
		t.Errorf("%x, %v; want %x", again, err, b)
	}
}

func TestICAL_OUT_041_Damage(t *testing.T) {
	whole, err := everything(t).Encode(1252)
	if err != nil {
		t.Fatal(err)
	}
	bare := len(everything(t).Pattern.Encode())
	for n := range whole {
		p, err := recurrence.Decode(whole[:n], 1252)
		var d *recurrence.DecodeError
		switch {
		case n == bare:
			if err != nil {
				t.Errorf("%d bytes: %v", n, err)
			}
		case !errors.As(err, &d) || d.Offset > n || d.Field == "":
			t.Errorf("%d bytes: %v; want a DecodeError", n, err)
		case (p != nil) != (n > bare):
			t.Errorf("%d bytes: the pattern is %v", n, p)
		case p != nil && len(p.Exceptions) > 0 && p.Exceptions[0].Subject != "?" && p.Exceptions[0].Subject != "Ω":
			t.Errorf("%d bytes: the subject is %q", n, p.Exceptions[0].Subject)
		}
	}
	for name, change := range map[string]func(b []byte){
		"DeletedInstanceCount":  func(b []byte) { binary.LittleEndian.PutUint32(b[42:], 0xFFFFFFFF) },
		"ModifiedInstanceCount": func(b []byte) { binary.LittleEndian.PutUint32(b[50:], 0x40000000) },
		"PatternType":           func(b []byte) { b[6] = 9 },
		"ReservedBlock2Size":    func(b []byte) { b[len(b)-2] = 0x80 },
	} {
		b := bytes.Clone(whole)
		change(b)
		_, err := recurrence.Decode(b, 1252)
		var d *recurrence.DecodeError
		if !errors.As(err, &d) || d.Field != name {
			t.Errorf("%s: %v", name, err)
		}
	}
	if p, err := recurrence.Decode(append(bytes.Clone(whole), 1, 2, 3), 1252); err != nil || p == nil {
		t.Errorf("bytes behind the pattern: %v", err)
	}
}

func TestEncodeBounds(t *testing.T) {
	p := everything(t)
	p.Exceptions[0].Subject, p.Exceptions[0].SubjectBytes = strings.Repeat("a", 0xFFFE), nil
	if _, err := p.Encode(1252); err != nil {
		t.Errorf("the longest text: %v", err)
	}
	for _, s := range []string{strings.Repeat("a", 0xFFFF), strings.Repeat("a", 0x10000)} {
		p.Exceptions[0].Subject = s
		if _, err := p.Encode(1252); err == nil {
			t.Errorf("a text of %d bytes was written", len(s))
		}
	}
	p.Exceptions = make([]recurrence.Exception, 0x10000)
	if _, err := p.Encode(1252); err == nil {
		t.Error("65536 exceptions were written")
	}
}

// Patterns of other clients are read as they mean it; those that make no sense are
// errors, not endless lists.
func TestDatesOfOddPatterns(t *testing.T) {
	good := recurrence.Pattern{PatternType: 1, Period: 2, Days: 4, EndType: recurrence.EndByCount, OccurrenceCount: 3, StartDate: minutes(t, "2026-11-23")}
	list := func(p recurrence.Pattern) string {
		seq, err := p.Dates()
		if err != nil {
			return "error"
		}
		var out []recurrence.Minutes
		for d := range seq {
			if out = append(out, d); len(out) == 5 {
				break
			}
		}
		return dates(out)
	}
	for _, c := range []struct {
		name   string
		change func(p *recurrence.Pattern)
		want   string
	}{
		{"the start is no date; this week by FirstDateTime", func(p *recurrence.Pattern) { p.FirstDateTime = 18720 }, "11-24 12-08 12-22"},
		{"the start is no date; next week by FirstDateTime", func(p *recurrence.Pattern) { p.FirstDateTime = 8640 }, "12-01 12-15 12-29"},
		{"a period of three weeks", func(p *recurrence.Pattern) { p.Period, p.FirstDateTime = 3, 8640 }, "11-24 12-15 01-05"},
		{"a period of three weeks, by another phase", func(p *recurrence.Pattern) { p.Period, p.FirstDateTime = 3, 8640+10080 }, "12-01 12-22 01-12"},
		{"a period of three weeks, by the third", func(p *recurrence.Pattern) { p.Period, p.FirstDateTime = 3, 8640+2*10080 }, "12-08 12-29 01-19"},
		{"FirstDateTime is no week", func(p *recurrence.Pattern) { p.FirstDateTime = 1 }, "11-24 12-08 12-22"},
		{"FirstDateTime against the start", func(p *recurrence.Pattern) { p.FirstDateTime, p.Days = 8640, 2 }, "11-23 12-07 12-21"},
		{"a start with a time", func(p *recurrence.Pattern) { p.StartDate += 600; p.Days = 2 }, "11-23 12-07 12-21"},
		{"months by FirstDateTime", func(p *recurrence.Pattern) {
			*p = recurrence.Pattern{PatternType: 2, Period: 3, Day: 5, FirstDateTime: 44640, EndType: recurrence.EndByCount, OccurrenceCount: 2, StartDate: p.StartDate}
		}, "02-05 05-05"},
		{"a great period", func(p *recurrence.Pattern) { p.Days, p.Period = 2, 0xFFFFFFFF }, "11-23"},
		{"a great period of months", func(p *recurrence.Pattern) {
			*p = recurrence.Pattern{PatternType: 2, Period: 0xFFFFFFFF, Day: 23, EndType: recurrence.EndNever, StartDate: p.StartDate}
		}, "11-23"},
		{"a start behind the end of time", func(p *recurrence.Pattern) { p.StartDate = 0xFFFFFFFF }, ""},
		{"no period", func(p *recurrence.Pattern) { p.Period = 0 }, "error"},
		{"days in minutes", func(p *recurrence.Pattern) { p.PatternType, p.Period = 0, 60 }, "error"},
		{"no weekday", func(p *recurrence.Pattern) { p.Days = 0x80 }, "error"},
		{"no such day", func(p *recurrence.Pattern) { p.PatternType, p.Day = 2, 32 }, "error"},
		{"no day", func(p *recurrence.Pattern) { p.PatternType = 2 }, "error"},
		{"no such number", func(p *recurrence.Pattern) { p.PatternType, p.Nth = 3, 6 }, "error"},
		{"no number", func(p *recurrence.Pattern) { p.PatternType = 3 }, "error"},
		{"no such end", func(p *recurrence.Pattern) { p.EndType = 1 }, "error"},
		{"no such week", func(p *recurrence.Pattern) { p.FirstDOW = 7 }, "error"},
		{"no such type", func(p *recurrence.Pattern) { p.PatternType = 5 }, "error"},
		{"ICAL-FALLBACK-034 another calendar", func(p *recurrence.Pattern) { p.CalendarType = 6 }, "error"},
		{"ICAL-FALLBACK-034 a Hijri pattern", func(p *recurrence.Pattern) { p.PatternType = recurrence.PatternHijri }, "error"},
	} {
		p := good
		c.change(&p)
		if got := list(p); got != c.want {
			t.Errorf("%s: got %q; want %q", c.name, got, c.want)
		}
	}
}

// An exception that replaces no date of the pattern is no less an event.
func TestOccurrencesOfStrayExceptions(t *testing.T) {
	p := &recurrence.AppointmentPattern{StartTimeOffset: 540, Pattern: recurrence.Pattern{Period: 1440, EndType: recurrence.EndByDate,
		StartDate: minutes(t, "2026-11-23"), EndDate: minutes(t, "2026-11-25")}}
	stray := func(original string) recurrence.Exception {
		m := minutes(t, original)
		return recurrence.Exception{Original: m, Start: m + 60}
	}
	p.Exceptions = []recurrence.Exception{stray("2026-12-01 09:00"), stray("2026-11-24 09:00"), stray("2026-11-20 09:00")}
	if got, want := occurrences(t, p, 10), "11-20 10:00!, 11-23 09:00, 11-24 10:00!, 11-25 09:00, 12-01 10:00!"; got != want {
		t.Errorf("got %s; want %s", got, want)
	}
	for n := 1; n < 5; n++ {
		if got := strings.Count(occurrences(t, p, n), ":"); got != n {
			t.Errorf("stopped after %d of %d", got, n)
		}
	}
}
