package timezone_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/contentconv/contentconv/ical/timezone"
	"github.com/contentconv/contentconv/ical/tree"
)

// The time zones of real calendars are read; those named as in the IANA database
// are what they are there.
func TestCorpus(t *testing.T) {
	dir := os.Getenv("CONTENTCONV_CORPUS")
	if dir == "" {
		t.Skip("CONTENTCONV_CORPUS names no corpus; set it to run over one")
	}
	zones, refused, compared := 0, 0, 0
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !strings.EqualFold(filepath.Ext(path), ".ics") {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		s, err := tree.Parse(data, nil)
		if err != nil {
			return err
		}
		for _, calendar := range s.Components {
			for _, c := range calendar.Children("VTIMEZONE") {
				zones++
				z, err := timezone.ParseComponent(c)
				if err != nil {
					refused++
					t.Logf("%s: %v", filepath.Base(path), err)
					continue
				}
				for _, year := range []int{1990, 2005, 2012, 2019} {
					if _, err := z.RuleAt(day(t, "2019-07-01").AddDate(year-2019, 0, 0)); err != nil {
						t.Logf("%s in %d: %v", filepath.Base(path), year, err)
					}
				}
				known := timezone.Named(z.ID)
				if known == nil || strings.Contains(path, "zone_") {
					continue
				}
				compared++
				if !same(offsets(known.Location(), 2019), offsets(z.Location(), 2019)) {
					t.Logf("%s: %s is another zone in 2019", filepath.Base(path), z.ID)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d zones, %d refused, %d compared", zones, refused, compared)
}
