// Command gen writes the tables of package mapi, the zz_ files, from the facts
// in its data folder. Run it with "go generate" in the folder of package mapi.
package main

import (
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	if err := run("."); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

// run writes the tables of the package in dir.
func run(dir string) error {
	files, err := generate(filepath.Join(dir, "data"))
	if err != nil {
		return err
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o666); err != nil {
			return err
		}
	}
	return nil
}

// generate returns the text of each table file.
func generate(data string) (map[string][]byte, error) {
	f, err := readFacts(data)
	if err != nil {
		return nil, err
	}
	files := make(map[string][]byte)
	for name, write := range map[string]func(*facts) ([]byte, error){
		"zz_sets.go":     writeSets,
		"zz_tags.go":     writeTags,
		"zz_lids.go":     writeLIDs,
		"zz_names.go":    writeNames,
		"zz_registry.go": writeRegistry,
	} {
		if files[name], err = write(f); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return files, nil
}
