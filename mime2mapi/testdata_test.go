package mime2mapi_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/mime2mapi"
	"github.com/google/go-cmp/cmp"
)

// The messages of testdata/eml and their expectations; README.md there describes
// the format.
const emlDir = "../testdata/eml"

// An emlCase is one message with its expectation.
type emlCase struct {
	raw         []byte
	requirement []string
	options     mime2mapi.Options
	message     map[string]any
	// diagnostics and reject are nil where they are not compared.
	diagnostics []string
	reject      *string
}

func TestMessages(t *testing.T) {
	files, err := filepath.Glob(emlDir + "/*.eml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no messages in %s: %v", emlDir, err)
	}
	for _, file := range files {
		c := readCase(t, file)
		name := strings.TrimSuffix(filepath.Base(file), ".eml")
		t.Run(strings.Join(append(c.requirement, name), " "), func(t *testing.T) {
			t.Run("file", func(t *testing.T) { c.check(t, c.convertFile) })
			t.Run("stream", func(t *testing.T) { c.check(t, c.convertStream) })
			t.Run("reject", c.checkReject)
		})
	}
}

// TestMessagesComplete finds expectations without a message and files of other
// kinds: a case that never runs protects nothing.
func TestMessagesComplete(t *testing.T) {
	entries, err := os.ReadDir(emlDir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		base, isJSON := strings.CutSuffix(e.Name(), ".json")
		if !isJSON {
			if e.Name() != "README.md" && filepath.Ext(e.Name()) != ".eml" {
				t.Errorf("%s is no message", e.Name())
			}
			continue
		}
		if _, err := os.Stat(filepath.Join(emlDir, base+".eml")); err != nil {
			t.Errorf("%s has no message: %v", e.Name(), err)
		}
	}
}

func (c *emlCase) convertFile(o *mime2mapi.Options) (*mime2mapi.Result, error) {
	return mime2mapi.ConvertAt(context.Background(), bytes.NewReader(c.raw), int64(len(c.raw)), o)
}

func (c *emlCase) convertStream(o *mime2mapi.Options) (*mime2mapi.Result, error) {
	return mime2mapi.Convert(context.Background(), iotest.HalfReader(bytes.NewReader(c.raw)), o)
}

func (c *emlCase) check(t *testing.T, convert func(*mime2mapi.Options) (*mime2mapi.Result, error)) {
	o := c.options
	res, err := convert(&o)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Close()
	if diff := cmp.Diff(c.message, observeMessage(t, c.message, res.Message)); diff != "" {
		t.Errorf("message (-want +got):\n%s", diff)
	}
	if err := res.Verify(context.Background()); err != nil {
		t.Fatal(err)
	}
	if c.diagnostics == nil {
		return
	}
	if diff := cmp.Diff(c.diagnostics, warnings(res.Diagnostics)); diff != "" {
		t.Errorf("diagnostics (-want +got):\n%s\n%v", diff, res.Diagnostics)
	}
}

func (c *emlCase) checkReject(t *testing.T) {
	if c.reject == nil {
		return
	}
	o := c.options
	o.Malformed = mime2mapi.Reject
	res, err := c.convertFile(&o)
	got := ""
	var failure *diag.Error
	switch {
	case err == nil:
		res.Close()
	case errors.As(err, &failure):
		got = failure.Reason.String()
		if failure.Reason == diag.MalformedMIME && !slices.ContainsFunc(failure.Diagnostics, func(d diag.Diagnostic) bool { return d.Code.Malformed() }) {
			t.Errorf("no diagnostic says what is malformed: %v", failure)
		}
	default:
		t.Fatalf("%T is no conversion failure: %v", err, err)
	}
	if got != *c.reject {
		t.Errorf("reason %q, want %q: %v", got, *c.reject, err)
	}
}

// warnings returns the distinct codes of severity warning and above, sorted.
func warnings(list []diag.Diagnostic) []string {
	codes := []string{}
	for _, d := range list {
		if d.Severity >= diag.Warning {
			codes = append(codes, string(d.Code))
		}
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

var requirementID = regexp.MustCompile(`^IN-[A-Z]+-[0-9]{3}$`)

func readCase(t *testing.T, file string) *emlCase {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	expectation := strings.TrimSuffix(file, ".eml") + ".json"
	data, err := os.ReadFile(expectation)
	if err != nil {
		t.Fatal(err)
	}
	c := &emlCase{raw: raw}
	if err := c.parse(data); err != nil {
		t.Fatalf("%s: %v", expectation, err)
	}
	return c
}

// parse takes the keys that concern the conversion out of the expectation; the
// rest describes the message.
func (c *emlCase) parse(data []byte) error {
	if err := json.Unmarshal(data, &c.message); err != nil {
		return err
	}
	var head struct {
		Requirement []string
		What        string
		Options     json.RawMessage
		Diagnostics *[]string
		Reject      *string
	}
	if err := json.Unmarshal(data, &head); err != nil {
		return err
	}
	if head.What == "" || len(head.Requirement) == 0 {
		return errors.New("requirement and what are empty")
	}
	for _, id := range head.Requirement {
		if !requirementID.MatchString(id) {
			return errors.New(id + " is no requirement")
		}
	}
	if head.Options != nil {
		dec := json.NewDecoder(bytes.NewReader(head.Options))
		dec.DisallowUnknownFields()
		if err := dec.Decode(&c.options); err != nil {
			return err
		}
	}
	c.requirement = head.Requirement
	c.diagnostics = []string{}
	if _, named := c.message["diagnostics"]; named {
		c.diagnostics = nil
		if head.Diagnostics != nil {
			c.diagnostics = *head.Diagnostics
		}
	}
	c.reject = new(string)
	if _, named := c.message["reject"]; named {
		c.reject = head.Reject
	}
	for _, key := range []string{"requirement", "what", "options", "diagnostics", "reject"} {
		delete(c.message, key)
	}
	return nil
}
