package ical_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/contentconv/contentconv/ical"
	"github.com/contentconv/contentconv/ical/recurrence"
	"github.com/contentconv/contentconv/mapi"
)

// What other software asserts of calendars holds. Series that begin off their rule
// are moved here, as that software does.
func TestImportPairs(t *testing.T) {
	dir := os.Getenv("CONTENTCONV_CORPUS")
	if dir == "" {
		t.Skip("CONTENTCONV_CORPUS names no corpus; set it to run over one")
	}
	files, err := filepath.Glob(filepath.Join(dir, "pairs", "*", "ics-*", "assertions.json"))
	if err != nil || len(files) == 0 {
		t.Skipf("no pairs: %v", err)
	}
	for _, file := range files {
		pair := filepath.Base(filepath.Dir(file))
		t.Run(pair, func(t *testing.T) {
			var want struct {
				Input      string
				Assertions []struct {
					On, Property, Op string
					Value            any
				}
			}
			readJSON(t, file, &want)
			data, err := os.ReadFile(filepath.Join(filepath.Dir(file), want.Input))
			if err != nil {
				t.Fatal(err)
			}
			got, err := ical.Import(context.Background(), data, &ical.ImportOptions{MoveStart: true})
			if err != nil || got.Fallback != nil {
				t.Fatal(err, got.Fallback)
			}
			for _, a := range want.Assertions {
				value, ok := observe(t, got, a.On, a.Property)
				if !ok {
					continue
				}
				if a.Op == "eq_unix_time" && a.Property == "EndDate" {
					n, _ := strconv.ParseInt(value, 10, 64)
					value = fmt.Sprint(recurrence.Minutes(n).Time().Unix())
				}
				if s := fmt.Sprint(wanted(a.Value)); s != value {
					t.Errorf("%s %s is %s, want %s", a.On, a.Property, value, s)
				}
			}
		})
	}
}

func readJSON(t *testing.T, file string, into any) {
	t.Helper()
	b, err := os.ReadFile(file)
	if err == nil {
		err = json.Unmarshal(b, into)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func wanted(v any) any {
	if f, ok := v.(float64); ok {
		return int64(f)
	}
	return v
}

// observe returns what an assertion is about; false for what is not import's.
func observe(t *testing.T, got *ical.Imported, on, property string) (string, bool) {
	switch {
	case on == "result" && property == "item_count":
		return fmt.Sprint(len(got.Messages)), true
	case on == "result" && property == "import":
		return "ok", true
	case on == "PidLidAppointmentRecur" || property == "recurrence":
		blob, ok := mapi.PidLidAppointmentRecur.Get(&got.Messages[0].Properties)
		if property == "recurrence" {
			return fmt.Sprint(ok), true
		}
		p, err := recurrence.Decode(blob, 0)
		if err != nil {
			t.Fatal(err)
		}
		return recurrenceField(p, property)
	case strings.HasPrefix(on, "message["):
		m := got.Messages[on[len("message[")]-'0']
		name, _, _ := strings.Cut(property, " ")
		key, _, ok := mapi.KeyOf(name)
		if !ok {
			t.Fatalf("no property %s", name)
		}
		v, _ := m.Properties.Get(key)
		if b, ok := v.Bool(); ok {
			return fmt.Sprint(b), true
		}
		if n, ok := v.Time(); ok {
			return fmt.Sprint(int64(n)), true
		}
		s, ok := v.Text()
		return s, ok
	}
	return "", false
}

func recurrenceField(p *recurrence.AppointmentPattern, name string) (string, bool) {
	field, ok := map[string]any{
		"RecurFrequency": uint16(p.RecurFrequency), "Period": p.Period, "PatternType": uint16(p.PatternType),
		"PatternTypeSpecific.N": p.Nth, "PatternTypeSpecific.Day": p.Day, "PatternTypeSpecific.DayOfWeekBits": uint32(p.Days),
		"EndType": uint32(p.EndType), "EndDate": uint32(p.EndDate), "StartDate": p.StartDate.Time().Unix(),
	}[name]
	return fmt.Sprint(field), ok
}
