package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTablesAreUpToDate(t *testing.T) {
	files, err := generate("../data")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Fatal("no files")
	}
	for name, want := range files {
		got, err := os.ReadFile(filepath.Join("..", name))
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != string(want) {
			t.Errorf("%s does not come from the data; run go generate: %s", name, cmp.Diff(string(want), string(got)))
		}
	}
}

func TestContradictions(t *testing.T) {
	for name, rows := range map[string][]property{
		"two of a name":     {{name: "A", tag: 0x00010003, ptype: "PtypInteger32"}, {name: "A", tag: 0x00020003, ptype: "PtypInteger32"}},
		"two of a tag":      {{name: "A", tag: 0x00010003, ptype: "PtypInteger32"}, {name: "B", tag: 0x00010003, ptype: "PtypInteger32"}},
		"two of a LID":      {{name: "A", set: "S", lid: 1, ptype: "PtypInteger32"}, {name: "B", set: "S", lid: 1, ptype: "PtypString"}},
		"unknown type":      {{name: "A", tag: 0x00010003, ptype: "PtypInteger33"}},
		"tag of other type": {{name: "A", tag: 0x00010003, ptype: "PtypString"}},
	} {
		t.Run(name, func(t *testing.T) {
			if err := (&facts{properties: rows}).check(); err == nil {
				t.Error("no error")
			}
		})
	}
}

func TestReadTable(t *testing.T) {
	file := filepath.Join(t.TempDir(), "t.tsv")
	if err := os.WriteFile(file, []byte("# comment\na\tb\n1\t2\n\n# more\n3\t4\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	var got [][]string
	err := readTable(file, 2, func(c []string) error {
		got = append(got, c)
		return nil
	})
	if diff := cmp.Diff([][]string{{"1", "2"}, {"3", "4"}}, got); err != nil || diff != "" {
		t.Error(err, diff)
	}
	if err := readTable(file, 3, func([]string) error { return nil }); err == nil {
		t.Error("no error for a missing column")
	}
}
