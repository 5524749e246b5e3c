package ical_test

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/ical"
)

// Every calendar of a corpus is converted, or falls back and says why.
func TestImportCorpus(t *testing.T) {
	dir := os.Getenv("CONTENTCONV_CORPUS")
	if dir == "" {
		t.Skip("CONTENTCONV_CORPUS names no corpus; set it to run over one")
	}
	var converted int
	why := map[ical.Construct]int{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || strings.ToLower(filepath.Ext(path)) != ".ics" {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, tasks := range []bool{false, true} {
			got, err := ical.Import(context.Background(), data, &ical.ImportOptions{Tasks: tasks})
			switch {
			case err != nil:
				t.Errorf("%s: %v", path, err)
			case got.Fallback != nil:
				if len(got.Messages) > 0 || !reported(got.Diagnostics, diag.CalendarFallback) {
					t.Errorf("%s: fallback %v with %d messages and %v", path, got.Fallback, len(got.Messages), got.Diagnostics)
				}
				why[got.Fallback.Construct]++
				t.Logf("%s: %v", filepath.Base(path), got.Fallback)
			case len(got.Messages) == 0:
				t.Errorf("%s: neither a message nor a fallback", path)
			default:
				converted++
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d converted; fallbacks: %v", converted, why)
}

func reported(list []diag.Diagnostic, c diag.Code) bool {
	for _, d := range list {
		if d.Code == c {
			return true
		}
	}
	return false
}
