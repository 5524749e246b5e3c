package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/contentconv/contentconv/limits"
)

// A tracePair is what the trace of one failure has left below -trace's directory.
type tracePair struct {
	id      string
	text    string // the .txt file
	message string // the .eml or .msg file, "" if there is none
}

// traceFolders are the folders of a trace, and the extension of a message there.
var traceFolders = map[string]string{
	filepath.Join("ContentConversionTracing", "InboundFailures"):  ".eml",
	filepath.Join("ContentConversionTracing", "OutboundFailures"): ".msg",
}

// runTrace is the command
//
//	contentconv trace DIR              lists the failures traced below DIR, the oldest first
//	contentconv trace DIR ID           shows one
//	contentconv trace DIR ID OUTPUT    converts it again, by the limits and the mode of its trace
func runTrace(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	if len(args) < 1 || len(args) > 3 {
		return usagef("trace DIR [ID [OUTPUT]]")
	}
	pairs, err := tracePairs(args[0])
	if err != nil {
		return plain(err)
	}
	if len(args) == 1 {
		for _, p := range pairs {
			if err := p.list(stdout); err != nil {
				return plain(err)
			}
		}
		return nil
	}
	i := slices.IndexFunc(pairs, func(p tracePair) bool { return p.id == strings.ToLower(args[1]) })
	if i < 0 {
		return plain(fmt.Errorf("no trace has the id %q", args[1]))
	}
	if len(args) == 2 {
		if err := pairs[i].show(stdout); err != nil {
			return plain(err)
		}
		return nil
	}
	return pairs[i].convert(ctx, args[2], stdout, stderr)
}

// tracePairs returns the pairs below a directory by their time.
func tracePairs(dir string) ([]tracePair, error) {
	type dated struct {
		tracePair
		time time.Time
	}
	var found []dated
	seen := false
	for folder, extension := range traceFolders {
		entries, err := os.ReadDir(filepath.Join(dir, folder))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		seen = true
		for _, e := range entries {
			id, ok := strings.CutSuffix(e.Name(), ".txt")
			if !ok || !e.Type().IsRegular() {
				continue
			}
			info, err := e.Info()
			if err != nil {
				continue // moved away meanwhile
			}
			p := tracePair{id: id, text: filepath.Join(dir, folder, e.Name())}
			message := filepath.Join(dir, folder, id+extension)
			if info, err := os.Lstat(message); err == nil && info.Mode().IsRegular() {
				p.message = message
			}
			found = append(found, dated{p, info.ModTime()})
		}
	}
	if !seen {
		return nil, fmt.Errorf("there is no ContentConversionTracing in %s", dir)
	}
	slices.SortFunc(found, func(a, b dated) int {
		if c := a.time.Compare(b.time); c != 0 {
			return c
		}
		return strings.Compare(a.id, b.id)
	})
	pairs := make([]tracePair, len(found))
	for i, f := range found {
		pairs[i] = f.tracePair
	}
	return pairs, nil
}

// list writes a line: the id, the time, the kind of message, and the failure.
func (p *tracePair) list(w io.Writer) error {
	values, first, err := p.read()
	if err != nil {
		return err
	}
	kind := strings.TrimPrefix(filepath.Ext(p.message), ".")
	if kind == "" {
		kind = "-"
	}
	_, failure, _ := strings.Cut(first, ": ")
	_, err = fmt.Fprintf(w, "%s %s %s %s\n", p.id, values["time"], kind, failure)
	return err
}

func (p *tracePair) show(w io.Writer) error {
	f, err := os.Open(p.text)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(w, f)
	return err
}

// read returns the first line of the text, which is the failure, and the values of
// the lines "- name: value".
func (p *tracePair) read() (values map[string]string, first string, err error) {
	f, err := os.Open(p.text)
	if err != nil {
		return nil, "", err
	}
	defer f.Close()
	values = make(map[string]string)
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for n := 0; lines.Scan(); n++ {
		line := lines.Text()
		if n == 0 {
			first = line
		}
		if item, ok := strings.CutPrefix(line, "- "); ok {
			name, value, _ := strings.Cut(item, ": ")
			values[name] = value
		}
	}
	return values, first, lines.Err()
}

// convert converts the message again as the conversion did that failed. What it
// cannot know, such as a resolver, it leaves out.
func (p *tracePair) convert(ctx context.Context, output string, stdout, stderr io.Writer) error {
	if p.message == "" {
		return plain(fmt.Errorf("the trace %s has no message", p.id))
	}
	values, _, err := p.read()
	if err != nil {
		return plain(err)
	}
	a := &arguments{input: p.message, output: output, body: "best", verbose: true}
	a.reject = values["Malformed"] == "Reject"
	a.trusted = values["Trusted"] == "true"
	if body := strings.ToLower(values["Body"]); validBody(body) {
		a.body = body
	}
	for _, l := range a.limits.All() {
		max, err := strconv.ParseInt(values[l.Name], 10, 64)
		if values[l.Name] == "unlimited" {
			max, err = limits.None, nil
		}
		if err == nil {
			a.limits.Set(l.Name, max)
		}
	}
	if output == "-" {
		a.to = "json"
	}
	if err := a.checkFormats(); err != nil {
		return err
	}
	return a.convert(ctx, nil, stdout, stderr)
}
