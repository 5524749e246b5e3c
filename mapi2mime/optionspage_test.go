package mapi2mime_test

import (
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/contentconv/contentconv/limits"
	"github.com/contentconv/contentconv/mapi2mime"
	"github.com/contentconv/contentconv/mime2mapi"
	"github.com/contentconv/contentconv/msg"
	"github.com/contentconv/contentconv/trace"
)

// optionTypes are the types whose fields docs/options.md may name.
var optionTypes = map[string]reflect.Type{
	"limits.Limits":     reflect.TypeFor[limits.Limits](),
	"mime2mapi.Options": reflect.TypeFor[mime2mapi.Options](),
	"mapi2mime.Options": reflect.TypeFor[mapi2mime.Options](),
	"trace.DirOptions":  reflect.TypeFor[trace.DirOptions](),
	"msg.ReadOptions":   reflect.TypeFor[msg.ReadOptions](),
	"msg.WriteOptions":  reflect.TypeFor[msg.WriteOptions](),
}

// TestOptionsPage checks that docs/options.md names fields that exist, and all of
// those of the two directions.
func TestOptionsPage(t *testing.T) {
	page := string(readFile(t, "../docs/options.md"))
	named := make(map[string]bool)
	for _, s := range regexp.MustCompile("`([a-z0-9]+\\.[A-Za-z]+)\\.([A-Za-z0-9]+)`").FindAllStringSubmatch(page, -1) {
		typ, ok := optionTypes[s[1]]
		if !ok {
			t.Errorf("%s is no type of options", s[1])
			continue
		}
		if _, ok := typ.FieldByName(s[2]); !ok {
			t.Errorf("%s has no field %s", s[1], s[2])
		}
		named[s[1]+"."+s[2]] = true
	}
	for _, name := range []string{"limits.Limits", "mime2mapi.Options", "mapi2mime.Options"} {
		typ := optionTypes[name]
		for i := range typ.NumField() {
			if field := name + "." + typ.Field(i).Name; !named[field] {
				t.Errorf("docs/options.md does not name %s", field)
			}
		}
	}
}

// Every row says what there is instead, or why there is nothing.
func TestOptionsPageHasReasons(t *testing.T) {
	rows := 0
	for line := range strings.Lines(string(readFile(t, "../docs/options.md"))) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		if len(cells) < 2 || strings.HasPrefix(line, "| ---") {
			continue
		}
		rows++
		last := strings.TrimSpace(cells[len(cells)-1])
		if reason, ok := strings.CutPrefix(last, "not offered"); ok && len(reason) < len(": because") {
			t.Errorf("no reason: %s", line)
		}
	}
	if rows < 60 {
		t.Errorf("%d rows", rows)
	}
}

// A record of a failure has every option of the outbound direction.
func TestTracedOptions(t *testing.T) {
	sink := new(recordingSink)
	if _, err := mapi2mime.Convert(t.Context(), nil, nil, &mapi2mime.Options{Trace: sink}); err == nil {
		t.Fatal("there was no failure")
	}
	traced := make(map[string]bool)
	for _, o := range sink.record.Options {
		traced[o.Name] = true
	}
	typ := reflect.TypeFor[mapi2mime.Options]()
	for i := range typ.NumField() {
		switch name := typ.Field(i).Name; name {
		case "Limits", "Trace", "OriginalSize": // limits have a block of their own
		default:
			if !traced[name] {
				t.Errorf("a record lacks %s", name)
			}
		}
	}
}
