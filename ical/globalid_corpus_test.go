package ical_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/contentconv/contentconv/ical"
)

// Another program's dumps of ids have their fields.
func TestCorpusGlobalObjectID(t *testing.T) {
	dir := os.Getenv("CONTENTCONV_CORPUS")
	if dir == "" {
		t.Skip("CONTENTCONV_CORPUS names no corpus; set it to run over one")
	}
	files, err := filepath.Glob(filepath.Join(dir, "pairs", "*", "*GLOBALOBJECTID*", "*.bin"))
	if err != nil || len(files) == 0 {
		t.Skip("the corpus has no ids")
	}
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(name[:len(name)-len(".bin")] + ".expected.txt")
		if err != nil {
			t.Fatal(err)
		}
		g, err := ical.ParseGlobalObjectID(b)
		if err != nil || !bytes.Equal(g.Bytes(), b) {
			t.Errorf("%s: written again it differs: %v", name, err)
		}
		for _, want := range []string{
			fmt.Sprintf("Year: 0x%04X", g.Year), fmt.Sprintf("Month: 0x%02X", g.Month), fmt.Sprintf("Day: 0x%02X", g.Day),
			fmt.Sprintf("Creation Time = 0x%08X:0x%08X", uint64(g.Created)>>32, uint32(g.Created)),
			fmt.Sprintf("Size: 0x%02X", len(g.Data)), fmt.Sprintf("lpb: %X", g.Data),
		} {
			if !strings.Contains(string(text), want) {
				t.Errorf("%s: the dump has no %q", name, want)
			}
		}
	}
}
