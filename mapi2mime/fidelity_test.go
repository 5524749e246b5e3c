package mapi2mime_test

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// exceptionFile lists the messages for which a line of docs/fidelity.md does not
// hold: message, line and reason, with tabs between them.
const exceptionFile = "testdata/fidelity-exceptions.tsv"

// A fidelityCheck returns what is not kept of a message, a sentence each.
type fidelityCheck func(before, after *letter) []string

// fidelityChecks are the lines of docs/fidelity.md.
var fidelityChecks = map[string]fidelityCheck{
	"header-order":    checkHeaderOrder,
	"header-names":    checkHeaderNames,
	"header-repeats":  checkHeaderRepeats,
	"header-bytes":    checkHeaderBytes,
	"header-dkim":     checkDKIM,
	"header-mapped":   checkMapped,
	"subject":         checkSubject,
	"addresses":       checkAddresses,
	"date":            checkDate,
	"importance":      checkImportance,
	"root-type":       checkRootType,
	"bodies":          checkBodies,
	"body-text":       checkText("text/plain"),
	"body-html":       checkText("text/html"),
	"body-charset":    checkBodyCharset,
	"file-bytes":      checkFileBytes,
	"file-names":      checkFiles(fileName),
	"file-types":      checkFiles(fileType),
	"file-ids":        checkFiles(fileID),
	"file-inline":     checkInline,
	"messages":        checkMessages,
	"message-headers": checkMessageHeaders,
	"message-content": checkMessageContent,
	"signed-bytes":    checkSecured("multipart/signed"),
	"encrypted-bytes": checkSecured("multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"),
	"report-fields":   checkReport,
	"stable": func(before, after *letter) []string {
		return differ("bytes", string(before.out), string(after.out))
	},
}

// TestFidelity checks every line of docs/fidelity.md on every message.
func TestFidelity(t *testing.T) {
	lines := fidelityLines(t)
	known, met := readExceptions(t), make(map[string]bool)
	dirs := map[string]string{"testdata": "../testdata/eml"}
	if dir := os.Getenv("CONTENTCONV_CORPUS"); dir != "" {
		dirs["corpus"] = dir
	}
	for kind, dir := range dirs {
		t.Run(kind, func(t *testing.T) {
			c := fidelity{kind: kind, files: messages(t, dir), known: known, met: met, broken: make(map[string]int)}
			c.run(t, dir, lines)
		})
	}
}

// A fidelity is the check of all messages of a folder.
type fidelity struct {
	kind       string
	files      []string
	known      map[string]string
	met        map[string]bool
	broken     map[string]int // messages by line
	unexpected map[string]int // those that are not listed
}

func (c *fidelity) run(t *testing.T, dir string, lines []string) {
	strict := c.complete()
	c.unexpected = make(map[string]int)
	for _, file := range c.files {
		raw, err := os.ReadFile(filepath.Join(dir, file))
		if err != nil {
			t.Fatal(err)
		}
		before := readLetter(t, raw)
		after := readLetter(t, before.out)
		for _, line := range lines {
			found := fidelityChecks[line](before, after)
			if len(found) == 0 {
				continue
			}
			key := c.kind + "/" + file + "\t" + line
			c.met[key] = true
			c.broken[line]++
			if c.known[key] != "" {
				continue
			}
			c.unexpected[line]++
			if text := key + "\tREASON\n" + strings.Join(found, "\n"); strict {
				t.Error(text)
			} else {
				t.Log(text)
			}
		}
	}
	for key := range c.known {
		if c.has(key) && !c.met[key] {
			t.Errorf("%s: %s holds now; take it off", exceptionFile, key)
		}
	}
	t.Logf("%d messages, exceptions by line: %v", len(c.files), c.broken)
	for line, n := range c.unexpected {
		if n*50 > len(c.files) {
			t.Errorf("%s does not hold for %d of %d messages", line, n, len(c.files))
		}
	}
}

// has reports whether an entry of the list is about one of the messages.
func (c *fidelity) has(key string) bool {
	file, _, _ := strings.Cut(key, "\t")
	name, ok := strings.CutPrefix(file, c.kind+"/")
	return ok && slices.Contains(c.files, name)
}

// complete reports whether the messages are those that the list was made for. Of
// others a few may be such that a line does not hold for them.
func (c *fidelity) complete() bool {
	for key := range c.known {
		if strings.HasPrefix(key, c.kind+"/") && !c.has(key) {
			return false
		}
	}
	return true
}

// fidelityLines returns the lines that docs/fidelity.md lists, which are those that
// are checked.
func fidelityLines(t *testing.T) []string {
	t.Helper()
	var lines []string
	for _, s := range regexp.MustCompile(`(?m)^\| ([a-z-]+[a-z]) \|`).FindAllStringSubmatch(string(readFile(t, "../docs/fidelity.md")), -1) {
		if s[1] != "line" {
			lines = append(lines, s[1])
		}
	}
	for _, line := range lines {
		if fidelityChecks[line] == nil {
			t.Errorf("docs/fidelity.md has %s, which is not checked", line)
		}
	}
	for line := range fidelityChecks {
		if !slices.Contains(lines, line) {
			t.Errorf("%s is checked and not in docs/fidelity.md", line)
		}
	}
	if t.Failed() {
		t.FailNow()
	}
	return lines
}

func readExceptions(t *testing.T) map[string]string {
	t.Helper()
	known := make(map[string]string)
	for line := range bytes.Lines(readFile(t, exceptionFile)) {
		s := strings.TrimRight(string(line), "\n")
		if s == "" || s[0] == '#' {
			continue
		}
		cells := strings.Split(s, "\t")
		if len(cells) != 3 || cells[2] == "" {
			t.Fatalf("%s: %q is not message, line and reason", exceptionFile, s)
		}
		known[cells[0]+"\t"+cells[1]] = cells[2]
	}
	return known
}
