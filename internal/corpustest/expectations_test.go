package corpustest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/contentconv/contentconv/mime2mapi"
)

// minRate is the share of cases that must hold.
const minRate = 0.95

// TestExpectations compares what became of the corpus's messages with what
// stands beside them. A case is one field of one input.
func TestExpectations(t *testing.T) {
	dir := corpusDir(t)
	known, err := readKnown()
	if err != nil {
		t.Fatal(err)
	}
	total, held := 0, 0
	for _, suite := range []struct {
		name string
		run  func(*testing.T, string) []result
	}{
		{"mime4j", runMime4j},
		{"mail-parser", runMailParser},
		{"assertions", runAssertions},
	} {
		t.Run(suite.name, func(t *testing.T) {
			results := suite.run(t, dir)
			ok := judge(t, results, known)
			t.Logf("%d of %d cases hold", ok, len(results))
			total, held = total+len(results), held+ok
		})
	}
	if total == 0 {
		t.Fatalf("%s has no expectations", dir)
	}
	for _, stale := range known.stale() {
		t.Errorf("%s: holds now, or is no case any more; remove it from %s", stale, knownFile)
	}
	rate := float64(held) / float64(total)
	t.Logf("%d of %d cases hold: %.2f %%", held, total, 100*rate)
	if rate < minRate {
		t.Errorf("fewer than %.0f %% hold", 100*minRate)
	}
}

// judge counts the cases that hold. One that fails must be listed.
func judge(t *testing.T, results []result, known knownDifferences) int {
	t.Helper()
	ok := 0
	for _, r := range results {
		listed := known.see(r)
		switch {
		case r.err == nil:
			ok++
		case !listed:
			t.Errorf("%s: %s: %v", r.input, r.field, r.err)
		}
	}
	return ok
}

func runMime4j(t *testing.T, dir string) []result {
	var out []result
	for _, tree := range files(t, dir, "eml", func(path string) bool { return strings.HasSuffix(path, "_decoded.xml") }) {
		base := strings.TrimSuffix(tree, "_decoded.xml")
		want, err := readMime4j(filepath.Join(dir, base))
		if err != nil {
			t.Errorf("%s: %v", tree, err)
			continue
		}
		for _, ext := range []string{".msg", ".eml"} {
			raw, err := os.ReadFile(filepath.Join(dir, base+ext))
			if err == nil {
				out = append(out, compareInput(t, base+ext, raw, want, nil)...)
			}
		}
	}
	return out
}

func runMailParser(t *testing.T, dir string) []result {
	var out []result
	isTree := func(path string) bool {
		return strings.HasSuffix(path, ".json") && !strings.HasSuffix(path, "assertions.json")
	}
	for _, tree := range append(files(t, dir, "eml", isTree), files(t, dir, "pairs", isTree)...) {
		data, err := os.ReadFile(filepath.Join(dir, tree))
		if err != nil {
			t.Fatal(err)
		}
		if !json.Valid(data) || !bytes.Contains(data, []byte(`"text_body"`)) {
			continue // a file of another suite
		}
		want, err := readMailParser(data)
		if err != nil {
			t.Errorf("%s: %v", tree, err)
			continue
		}
		base, crlf := strings.CutSuffix(strings.TrimSuffix(tree, ".json"), ".crlf")
		input, raw := mailParserInput(dir, base)
		if raw == nil {
			continue // its input is in another half of the corpus
		}
		if crlf {
			raw = bytes.ReplaceAll(bytes.ReplaceAll(raw, []byte("\r\n"), []byte("\n")), []byte("\n"), []byte("\r\n"))
			input += crlfVariant
		}
		out = append(out, compareInput(t, input, raw, want, nil)...)
	}
	return out
}

// mailParserInput finds the message of a tree: it has its name, or, in a pair,
// that of the pair.
func mailParserInput(dir, base string) (string, []byte) {
	candidates := []string{base + ".eml"}
	if strings.HasPrefix(base, "pairs/") {
		pair := filepath.Dir(base)
		if a, err := readAssertions(filepath.Join(dir, pair, "assertions.json")); err == nil {
			candidates = append(candidates, filepath.ToSlash(filepath.Join(pair, a.Input)))
		}
	}
	for _, path := range candidates {
		if raw, err := os.ReadFile(filepath.Join(dir, path)); err == nil {
			return path, raw
		}
	}
	return "", nil
}

func compareInput(t *testing.T, input string, raw []byte, want *wantMessage, o *mime2mapi.Options) []result {
	t.Helper()
	got, err := convert(context.Background(), raw, o)
	if err != nil {
		t.Errorf("%s: %v", input, err)
		return nil
	}
	return want.compare(input, "", got)
}

func runAssertions(t *testing.T, dir string) []result {
	var out []result
	unread := map[errUnread]int{}
	for _, file := range files(t, dir, "pairs", func(path string) bool { return strings.HasSuffix(path, "/assertions.json") }) {
		a, err := readAssertions(filepath.Join(dir, file))
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		if filepath.Ext(a.Input) != ".eml" {
			continue
		}
		pair := filepath.ToSlash(filepath.Dir(file))
		raw, err := os.ReadFile(filepath.Join(dir, pair, a.Input))
		if err != nil {
			t.Error(err)
			continue
		}
		o := &mime2mapi.Options{}
		if a.Options.ASCIIUpgrade != nil {
			o.DefaultCharset = *a.Options.ASCIIUpgrade
		}
		got, err := convert(context.Background(), raw, o)
		if err != nil {
			t.Errorf("%s: %v", pair, err)
			continue
		}
		for _, as := range a.Assertions {
			err := as.check(filepath.Join(dir, pair), got)
			var skip errUnread
			if errors.As(err, &skip) {
				unread[skip]++
				continue
			}
			out = append(out, result{pair + "/" + a.Input, as.On + " " + as.Property + " " + as.Op, err})
		}
	}
	for what, n := range unread {
		t.Logf("not read, %d times: %s", n, what)
	}
	return out
}
