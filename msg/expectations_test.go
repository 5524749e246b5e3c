package msg_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/contentconv/contentconv/mapi"
)

// minRate is the share of the corpus's expectations that must hold.
const minRate = 0.95

// knownFile lists the expectations that do not hold, and why: input, case and
// reason, separated by tabs.
const knownFile = "testdata/known-differences.tsv"

// A result is one expectation and how it went; notRead is one that is not about
// the properties of a message, or that nothing here understands.
type result struct {
	input, name string
	err         error
}

type notRead struct{ what string }

func (n notRead) Error() string { return n.what }

// TestExpectations compares what is read from the corpus's message files with
// what other programs say of them.
func TestExpectations(t *testing.T) {
	dir := corpusDir(t)
	known := readKnown(t)
	total, held, skipped := 0, 0, 0
	for _, r := range append(runAssertions(t, dir), runMsgReader(t, dir)...) {
		if _, ok := r.err.(notRead); ok {
			skipped++ // conversions, decoded binary values, the other program's own ids
			continue
		}
		total++
		id := r.input + "\t" + r.name
		switch _, listed := known[id]; {
		case r.err == nil:
			held++
		case listed:
			delete(known, id)
		default:
			t.Errorf("%s: %s: %v", r.input, r.name, r.err)
		}
	}
	for id := range known {
		if input, _, _ := strings.Cut(id, "\t"); fileExists(filepath.Join(dir, input)) {
			t.Errorf("%q holds now, or is no case any more; remove it from %s", id, knownFile)
		}
	}
	if total == 0 {
		t.Fatalf("%s has no expectations", dir)
	}
	rate := float64(held) / float64(total)
	t.Logf("%d of %d cases hold: %.2f %%; %d are about something else", held, total, 100*rate, skipped)
	if rate < minRate {
		t.Errorf("fewer than %.0f %% hold", 100*minRate)
	}
}

func readKnown(t *testing.T) map[string]string {
	f, err := os.Open(knownFile)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	known := map[string]string{}
	for lines := bufio.NewScanner(f); lines.Scan(); {
		line := lines.Text()
		if line == "" || line[0] == '#' {
			continue
		}
		cells := strings.Split(line, "\t")
		if len(cells) != 3 || cells[2] == "" {
			t.Fatalf("%s: %q: want input, case and reason", knownFile, line)
		}
		known[cells[0]+"\t"+cells[1]] = cells[2]
	}
	return known
}

func fileExists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}

// pairs returns the files of the pairs that match a pattern.
func pairs(t *testing.T, dir, pattern string) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(dir, "pairs", "*", pattern))
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func readMessageFile(t *testing.T, path string) *mapi.Message {
	t.Helper()
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return read(t, file, nil).Message
}

func relative(dir, path string) string {
	rel, err := filepath.Rel(dir, path)
	if err != nil {
		return path
	}
	return filepath.ToSlash(rel)
}

// An assertion says what a property of something must be.
type assertion struct {
	On, Property, Op string
	Value            any
}

func runAssertions(t *testing.T, dir string) []result {
	var out []result
	for _, path := range pairs(t, dir, "msg-*/assertions.json") {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var file struct {
			Input      string
			Assertions []assertion
		}
		if err := json.Unmarshal(data, &file); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		input := filepath.Join(filepath.Dir(path), file.Input)
		m := readMessageFile(t, input)
		for _, a := range file.Assertions {
			name := a.On + " " + a.Property + " " + a.Op
			out = append(out, result{relative(dir, input), name, a.check(t, filepath.Dir(path), m)})
		}
	}
	return out
}

// check looks up what the assertion is about and applies its operation.
func (a *assertion) check(t *testing.T, dir string, m *mapi.Message) error {
	on := a.On
	if s, ok := strings.CutSuffix(on, ".embedded"); ok {
		at, err := attachmentOf(m, s)
		if err != nil {
			return err
		}
		if at.Message == nil {
			return fmt.Errorf("%s has no message", s)
		}
		on, m = "message", at.Message
	}
	if a.Op == "equivalent_to" {
		other := readMessageFile(t, filepath.Join(dir, fmt.Sprint(a.Value)))
		return equivalent(other, m)
	}
	got, err := a.lookUp(on, m)
	if err != nil {
		return err
	}
	apply := operations[a.Op]
	if apply == nil || a.Property == "PidTagRtfCompressed" && a.Op == "contains" { // of the text in it
		return notRead{a.Op}
	}
	if !apply(got, a.Value) {
		return fmt.Errorf("got %.200v; want %s %.200v", got, a.Op, a.Value)
	}
	return nil
}

// lookUp returns a property, or what upstream derives from several, as a string,
// a number, a list, or nil.
func (a *assertion) lookUp(on string, m *mapi.Message) (any, error) {
	switch {
	case on == "message":
		if look := derived[a.Property]; look != nil {
			return look(m), nil
		}
		return property(&m.Properties, a.Property)
	case on == "recipient[0]":
		return property(&m.Recipients[0].Properties, a.Property)
	case strings.HasPrefix(on, "attachment["):
		at, err := attachmentOf(m, on)
		if err != nil {
			return nil, err
		}
		return attachmentProperty(at, a.Property)
	case strings.HasPrefix(on, "attachment metadata #"):
		at, err := attachmentOf(m, "attachment["+strings.TrimPrefix(on, "attachment metadata #")+"]")
		if err != nil {
			return nil, err
		}
		p := &at.Properties
		return []any{
			mapi.PidTagAttachMimeTag.Or(p, ""), mapi.PidTagAttachExtension.Or(p, ""),
			mapi.PidTagAttachFilename.Or(p, ""), mapi.PidTagAttachLongFilename.Or(p, ""),
		}, nil
	}
	return nil, notRead{on}
}

func attachmentOf(m *mapi.Message, on string) (*mapi.Attachment, error) {
	var i int
	if _, err := fmt.Sscanf(on, "attachment[%d]", &i); err != nil || i >= len(m.Attachments) {
		return nil, fmt.Errorf("%s: there are %d attachments", on, len(m.Attachments))
	}
	return m.Attachments[i], nil
}

func attachmentProperty(at *mapi.Attachment, name string) (any, error) {
	switch name {
	case "size of PidTagAttachDataBinary":
		if at.Content == nil {
			return nil, nil
		}
		size, err := at.Content.Size(context.Background())
		return float64(size), err
	case "PidTagAttachDataBinary":
		if at.Content == nil {
			return nil, nil
		}
		r, err := at.Content.Open(context.Background())
		if err != nil {
			return nil, err
		}
		b, err := io.ReadAll(r)
		return string(b), err
	case "kind":
		if at.Message != nil {
			return "embedded message", nil
		}
		return "file", nil
	}
	return property(&at.Properties, name)
}

// property returns a property by its canonical name.
func property(p *mapi.Properties, name string) (any, error) {
	key, _, ok := mapi.KeyOf(name)
	if !ok {
		return nil, notRead{name}
	}
	v, ok := p.Get(key)
	if !ok {
		return nil, nil
	}
	if b, ok := v.Bytes(); ok {
		return string(bytes.Clone(b)), nil
	}
	if t, ok := v.Time(); ok {
		u, _ := t.Time()
		return u, nil
	}
	return v.Any(), nil
}

// equivalent compares a message with one that another program extracted: what it
// says, not what stores keep of it.
func equivalent(want, got *mapi.Message) error {
	for _, tag := range []mapi.Tag[string]{mapi.PidTagSubject, mapi.PidTagBody, mapi.PidTagMessageClass, mapi.PidTagDisplayTo, mapi.PidTagSenderName} {
		if w, g := tag.Or(&want.Properties, ""), tag.Or(&got.Properties, ""); w != g {
			name, _ := mapi.TagName(uint32(tag))
			return fmt.Errorf("%s is %.80q, not %.80q", name, g, w)
		}
	}
	if len(want.Recipients) != len(got.Recipients) || len(want.Attachments) != len(got.Attachments) {
		return fmt.Errorf("%d recipients, %d attachments; want %d and %d", len(got.Recipients), len(got.Attachments), len(want.Recipients), len(want.Attachments))
	}
	// Outlook leaves some out when it saves the embedded message.
	for p := range want.Properties.All() {
		v, _ := got.Properties.Get(p.Key())
		if p.Name != nil && !v.Equal(p.Value) {
			return fmt.Errorf("%#v is %v, not %v", *p.Name, v.Any(), p.Value.Any())
		}
	}
	return nil
}
