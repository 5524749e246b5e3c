package tree_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/ical/tree"
)

// Every calendar and contact of a corpus is read, and the repairs are counted.
func TestCorpus(t *testing.T) {
	dir := os.Getenv("CONTENTCONV_CORPUS")
	if dir == "" {
		t.Skip("CONTENTCONV_CORPUS names no corpus; set it to run over one")
	}
	files, repairs := 0, map[diag.Code]int{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if ext := strings.ToLower(filepath.Ext(path)); err != nil || ext != ".ics" && ext != ".vcf" {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		files++
		var r diag.Recorder
		s, err := tree.Parse(data, &tree.Options{Recorder: &r})
		if err != nil {
			t.Errorf("%s: %v", path, err)
			return nil
		}
		for _, d := range r.Diagnostics() {
			repairs[d.Code]++
			if d.Severity >= diag.Warning {
				t.Logf("%s: %v", filepath.Base(path), d)
			}
		}
		var b bytes.Buffer
		if err := tree.Write(&b, s.Components...); err != nil {
			t.Errorf("%s: %v", path, err)
		}
		if again, err := tree.Parse(b.Bytes(), nil); err != nil || again.Lost > 0 {
			t.Errorf("%s: written it has %d bad lines: %v", path, again.Lost, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d files; repairs: %v", files, repairs)
}
