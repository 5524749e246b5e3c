// Command steps converts messages, without limits and with all the options that ask
// for work, and writes how often each statement ran into a folder for each. Its input
// has a message's file and the folder on a line, with a tab between.
// TestBadInputsTakeLinearSteps builds it with counters at every statement.
package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"os"
	"runtime/coverage"
	"strings"

	"github.com/contentconv/contentconv/limits"
	"github.com/contentconv/contentconv/mime2mapi"
)

func main() {
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		file, dir, _ := strings.Cut(lines.Text(), "\t")
		if err := count(file, dir); err != nil {
			fmt.Fprintf(os.Stderr, "%s: %v\n", file, err)
			os.Exit(1)
		}
	}
}

func count(file, dir string) error {
	b, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if err := coverage.ClearCounters(); err != nil {
		return err
	}
	if err := convert(b); err != nil {
		return err
	}
	if err := coverage.WriteMetaDir(dir); err != nil {
		return err
	}
	return coverage.WriteCountersDir(dir)
}

func convert(b []byte) error {
	o := mime2mapi.Options{Unflow: true, PlainFromHTML: true}
	for _, l := range o.Limits.All() {
		o.Limits.Set(l.Name, limits.None)
	}
	res, err := mime2mapi.ConvertAt(context.Background(), bytes.NewReader(b), int64(len(b)), &o)
	if err != nil {
		return err
	}
	defer res.Close()
	return res.Verify(context.Background())
}
