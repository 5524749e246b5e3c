package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// lists are the data files beside tests that say what does not hold, and why.
var lists = []struct{ title, intro, file string }{
	{
		"What does not survive from eml to .msg and back",
		"Messages are those of other projects, by where they come from. Everything else that a reader sees of them survives: subject, senders, recipients, date, Message-ID, text and the content of each attachment, also without the transport headers and unknown properties.",
		"examples/contentconv/testdata/losses.tsv",
	},
	{
		"What does not survive from MIME to an object and back",
		"",
		"mapi2mime/testdata/roundtrip-losses.tsv",
	},
	{
		"Where other software reads messages otherwise",
		"Expectations that other projects keep beside their messages and that this library does not meet, with the reason.",
		"internal/corpustest/testdata/known-differences.tsv",
	},
	{
		"Where other software reads .msg files otherwise",
		"",
		"msg/testdata/known-differences.tsv",
	},
}

// appendLists appends the lists as tables.
func appendLists(b *bytes.Buffer, root string) error {
	for _, l := range lists {
		rows, err := readList(filepath.Join(root, filepath.FromSlash(l.file)))
		if err != nil {
			return err
		}
		fmt.Fprintf(b, "\n## %s\n\n", l.title)
		if l.intro != "" {
			fmt.Fprintf(b, "%s\n\n", l.intro)
		}
		if len(rows) == 0 {
			b.WriteString("Nothing.\n")
			continue
		}
		b.WriteString("| message | field | reason |\n| --- | --- | --- |\n")
		for _, r := range rows {
			fmt.Fprintf(b, "| %s |\n", strings.Join(r, " | "))
		}
	}
	return nil
}

// readList returns the rows of a file of three columns. Lines of "#" are remarks.
func readList(name string) ([][]string, error) {
	b, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	var rows [][]string
	for line := range strings.Lines(string(b)) {
		line = strings.TrimRight(line, "\r\n")
		if line == "" || line[0] == '#' {
			continue
		}
		f := strings.Split(strings.ReplaceAll(line, "|", "/"), "\t")
		if len(f) != 3 {
			return nil, fmt.Errorf("%s: %q has not three columns", name, line)
		}
		rows = append(rows, f)
	}
	return rows, nil
}
