package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/iotest"
)

const (
	mail = "From: Ann Baker <ann@example.com>\r\nTo: Bob Carter <bob@example.org>\r\nSubject: Lunch\r\n" +
		"X-MS-Exchange-Organization-SCL: 3\r\nMIME-Version: 1.0\r\n" +
		"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nHello\r\n" +
		"--b\r\nContent-Type: image/png; name=a.png\r\nContent-Transfer-Encoding: base64\r\n\r\naGVsbG8=\r\n--b--\r\n"
	malformed = "From: ann@example.com\r\nTo: bob@example.org\r\nSubject: Broken\r\nno field\r\nX-A: b\r\nX-C: d\r\n\r\nHello\r\n"
)

// An outcome is what one run of the command did.
type outcome struct {
	status         int
	stdout, stderr string
}

func runCommand(t *testing.T, stdin string, args ...string) outcome {
	t.Helper()
	var stdout, stderr bytes.Buffer
	status := run(context.Background(), args, strings.NewReader(stdin), &stdout, &stderr)
	return outcome{status, stdout.String(), stderr.String()}
}

// file writes a file of that name in a folder of its own and returns its path.
func file(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// output is the JSON of a converted message.
type output struct {
	Message struct {
		Properties  []map[string]any
		Recipients  []any
		Attachments []struct {
			Size    int64
			SHA256  string
			Message any
		}
	}
	Parts       []map[string]any
	Diagnostics []map[string]any
}

func parse(t *testing.T, text string) output {
	t.Helper()
	var out output
	if err := json.Unmarshal([]byte(text), &out); err != nil {
		t.Fatalf("%v in %q", err, text)
	}
	return out
}

func (o output) property(name string) any {
	for _, p := range o.Message.Properties {
		if p["name"] == name {
			return p["value"]
		}
	}
	return nil
}

// converts runs the command, which must succeed without a word.
func converts(t *testing.T, stdin string, args ...string) string {
	t.Helper()
	got := runCommand(t, stdin, args...)
	if got.status != exitConverted || got.stderr != "" {
		t.Fatalf("%q: status %d, standard error %q", args, got.status, got.stderr)
	}
	return got.stdout
}

func TestJSON(t *testing.T) {
	out := parse(t, converts(t, mail, "-to", "json", "-"))
	if got := out.property("PidTagSubject"); got != "Lunch" {
		t.Errorf("the subject is %v", got)
	}
	if len(out.Message.Recipients) != 1 || len(out.Message.Attachments) != 1 {
		t.Fatalf("%d recipients, %d attachments; want one of each", len(out.Message.Recipients), len(out.Message.Attachments))
	}
	const sum = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
	if a := out.Message.Attachments[0]; a.Size != 5 || a.SHA256 != sum || a.Message != nil {
		t.Errorf("the attachment is %+v", a)
	}
	want := []map[string]any{
		{"part": "1", "type": "text/plain", "to": "body"},
		{"part": "2", "type": "image/png", "to": "attachment", "attachment": 0.0},
	}
	for i, part := range want {
		if len(out.Parts) != len(want) || !equalMaps(out.Parts[i], part) {
			t.Fatalf("parts are %v; want %v", out.Parts, want)
		}
	}
	if out.Diagnostics == nil {
		t.Error("no list of diagnostics")
	}
}

func equalMaps(a, b map[string]any) bool {
	for key, value := range b {
		if a[key] != value {
			return false
		}
	}
	return len(a) == len(b)
}

// Where the output goes, and how its format is known.
func TestOutput(t *testing.T) {
	in := file(t, "in.eml", mail)
	stdout := converts(t, "", "-to", "json", in)
	for name, args := range map[string][]string{
		"standard output":                  {"-to", "json", in, "-"},
		"standard input":                   {"-to", "json", "-", "-"},
		"format of the input is given":     {"-from", "eml", "-to", "json", in},
		"flags of nothing that goes wrong": {"-reject", "-trace", t.TempDir(), "-dsn", "none", "-to", "json", in},
	} {
		t.Run(name, func(t *testing.T) {
			if got := converts(t, mail, args...); got != stdout {
				t.Errorf("wrote %q; want %q", got, stdout)
			}
		})
	}
	for name, to := range map[string][]string{
		"out.json": nil,
		"out.JSON": nil,
		"out.eml":  {"-to", "json"}, // the flag is stronger
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), name)
			if got := converts(t, "", append(to, in, path)...); got != "" {
				t.Errorf("standard output has %q", got)
			}
			wantOnly(t, path, stdout)
		})
	}
	t.Run("replaces a file and keeps its mode", func(t *testing.T) {
		path := file(t, "out.json", "old")
		converts(t, "", in, path)
		wantOnly(t, path, stdout)
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%v, %v", info.Mode(), err)
		}
	})
	t.Run("onto the input", func(t *testing.T) {
		path := file(t, "in.eml", mail)
		converts(t, "", "-to", "json", path, path)
		wantOnly(t, path, stdout)
	})
}

// wantOnly expects the file, and nothing else in its folder.
func wantOnly(t *testing.T, path, content string) {
	t.Helper()
	got, err := os.ReadFile(path)
	if err != nil || string(got) != content {
		t.Errorf("%s has %q, %v; want %q", filepath.Base(path), got, err, content)
	}
	if entries, err := os.ReadDir(filepath.Dir(path)); err != nil || len(entries) != 1 {
		t.Errorf("the folder has %v, %v; want the one file", entries, err)
	}
}

// The input is recognised by its content, whatever its name is.
func TestRecognition(t *testing.T) {
	dir := t.TempDir()
	converts(t, mail, "-", filepath.Join(dir, "message.msg"))
	renamed := filepath.Join(dir, "message.eml")
	if err := os.Rename(filepath.Join(dir, "message.msg"), renamed); err != nil {
		t.Fatal(err)
	}
	for name, path := range map[string]string{
		"msg named eml":         renamed,
		"eml named msg":         file(t, "mail.msg", mail),
		"eml named json":        file(t, "mail.json", mail),
		"byte order mark":       file(t, "mail", "\xEF\xBB\xBF"+mail),
		"empty lines before it": file(t, "mail", "\r\n\r\n"+mail),
		"mbox line":             file(t, "mail", "From ann Tue Mar  5 14:07:09 2024\r\n"+mail),
	} {
		t.Run(name, func(t *testing.T) {
			got := runCommand(t, "", "-to", "json", path)
			if got.status != exitConverted || parse(t, got.stdout).property("PidTagSubject") != "Lunch" {
				t.Errorf("status %d, %s", got.status, got.stderr)
			}
		})
	}
	t.Run("-from is stronger", func(t *testing.T) {
		got := runCommand(t, "", "-from", "eml", "-to", "json", renamed)
		if got.status != exitConverted || parse(t, got.stdout).property("PidTagSubject") == "Lunch" {
			t.Errorf("status %d, %s: a compound file that is called mail is no message of that subject", got.status, got.stderr)
		}
	})
}

func TestUsage(t *testing.T) {
	for name, args := range map[string][]string{
		"nothing":                 {},
		"no input":                {"-to", "json"},
		"three files":             {"a", "b.json", "c"},
		"unknown flag":            {"-unknown", "a", "b.json"},
		"unknown output format":   {"-to", "doc", "a"},
		"unknown extension":       {"a", "b.doc"},
		"no format":               {"a"},
		"unknown input format":    {"-from", "doc", "-to", "json", "a"},
		"json is for output only": {"-from", "json", "-to", "json", "a"},
		"unknown limit":           {"-limit", "Nothing=1", "-to", "json", "a"},
		"limit without a value":   {"-limit", "MSize", "-to", "json", "a"},
		"limit that is no number": {"-limit", "MSize=much", "-to", "json", "a"},
		"unknown body":            {"-body", "rtf", "-to", "json", "a"},
	} {
		t.Run(name, func(t *testing.T) {
			got := runCommand(t, mail, args...)
			if got.status != exitUsage || got.stdout != "" || got.stderr == "" {
				t.Errorf("status %d, standard output %q, standard error %q; want 2 and a word why", got.status, got.stdout, got.stderr)
			}
		})
	}
}

var failureLine = regexp.MustCompile(`^contentconv: [^\n]+: 5\.6\.0 [a-zA-Z/ ]+: [^\n]+\n$`)

// fails runs the command, which must fail with one line and nothing else.
func fails(t *testing.T, stdin string, args ...string) string {
	t.Helper()
	got := runCommand(t, stdin, args...)
	if got.status != exitFailed || got.stdout != "" || !failureLine.MatchString(got.stderr) {
		t.Fatalf("%q: status %d, standard output %q, standard error %q; want 1 and one line", args, got.status, got.stdout, got.stderr)
	}
	return got.stderr
}

func TestFailure(t *testing.T) {
	limit := []string{"-limit", "MaxMimeSubjectLength=3"}
	in := file(t, "in.eml", mail)
	t.Run("line", func(t *testing.T) {
		line := fails(t, "", append(limit, "-to", "json", in)...)
		if want := "contentconv: " + in + ": 5.6.0 limit exceeded: Subject: MaxMimeSubjectLength is 3"; !strings.HasPrefix(line, want) {
			t.Errorf("the line is %q; want %q", line, want)
		}
	})
	t.Run("no output", func(t *testing.T) {
		dir := t.TempDir()
		fails(t, "", append(limit, in, filepath.Join(dir, "out.json"))...)
		if entries, _ := os.ReadDir(dir); len(entries) > 0 {
			t.Errorf("left behind: %v", entries)
		}
	})
	t.Run("old output stays", func(t *testing.T) {
		path := file(t, "out.json", "old")
		fails(t, "", append(limit, in, path)...)
		wantOnly(t, path, "old")
	})
	t.Run("no input", func(t *testing.T) {
		fails(t, "", "-to", "json", filepath.Join(t.TempDir(), "none.eml"))
	})
	t.Run("input is a folder", func(t *testing.T) {
		fails(t, "", "-to", "json", t.TempDir())
	})
	t.Run("no folder for the output", func(t *testing.T) {
		fails(t, "", in, filepath.Join(t.TempDir(), "none", "out.json"))
	})
	t.Run("output is a folder", func(t *testing.T) {
		dir := t.TempDir()
		fails(t, "", "-to", "json", in, dir)
		if entries, err := os.ReadDir(dir); err != nil || len(entries) > 0 {
			t.Errorf("the folder has %v, %v", entries, err)
		}
	})
	t.Run("characters that a terminal obeys", func(t *testing.T) {
		line := fails(t, "", append(limit, "-to", "json", file(t, "a\n\x1b[31m\u202eb.eml", mail))...)
		if strings.ContainsAny(strings.TrimSuffix(line, "\n"), "\n\x1b\u202e") {
			t.Errorf("the line is %q", line)
		}
	})
	t.Run("cancelled", func(t *testing.T) {
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		var stdout, stderr bytes.Buffer
		if status := run(ctx, []string{"-to", "json", in}, nil, &stdout, &stderr); status != exitFailed || stdout.Len() > 0 {
			t.Errorf("status %d, wrote %q", status, stdout.String())
		}
	})
	t.Run("standard input breaks off", func(t *testing.T) {
		var stdout, stderr bytes.Buffer
		stdin := iotest.ErrReader(errors.New("broken"))
		if status := run(context.Background(), []string{"-to", "json", "-"}, stdin, &stdout, &stderr); status != exitFailed || stdout.Len() > 0 || !failureLine.MatchString(stderr.String()) {
			t.Errorf("status %d, wrote %q, said %q", status, stdout.String(), stderr.String())
		}
	})
	t.Run("standard output breaks off", func(t *testing.T) {
		var stderr bytes.Buffer
		if status := run(context.Background(), []string{"-to", "json", in}, nil, brokenWriter{}, &stderr); status != exitFailed || !failureLine.MatchString(stderr.String()) {
			t.Errorf("status %d, said %q", status, stderr.String())
		}
	})
}

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, errors.New("broken") }

func TestFlags(t *testing.T) {
	t.Run("reject", func(t *testing.T) {
		converts(t, malformed, "-to", "json", "-")
		if line := fails(t, malformed, "-reject", "-to", "json", "-"); !strings.Contains(line, "malformed MIME") {
			t.Errorf("the line is %q", line)
		}
	})
	t.Run("limits", func(t *testing.T) {
		converts(t, mail, "-limit", "MaxMimeSubjectLength=3", "-limit", "MaxMimeSubjectLength=-1", "-limit", "MSize=100000", "-to", "json", "-")
		fails(t, mail, "-limit", "MaxMimeSubjectLength=-1", "-limit", "MSize=10", "-to", "json", "-")
	})
	t.Run("trusted", func(t *testing.T) {
		const scl = "PidTagContentFilterSpamConfidenceLevel"
		if got := parse(t, converts(t, mail, "-to", "json", "-")).property(scl); got != nil {
			t.Errorf("untrusted: %v", got)
		}
		if got := parse(t, converts(t, mail, "-trusted", "-to", "json", "-")).property(scl); got != 3.0 {
			t.Errorf("trusted: %v", got)
		}
	})
	t.Run("v", func(t *testing.T) {
		got := runCommand(t, malformed, "-v", "-to", "json", "-")
		if got.status != exitConverted || !strings.Contains(got.stderr, "contentconv: -: warning: header-line-invalid") {
			t.Errorf("status %d, said %q", got.status, got.stderr)
		}
		got = runCommand(t, malformed, "-v", "-reject", "-to", "json", "-")
		lines := strings.Split(strings.TrimSpace(got.stderr), "\n")
		if got.status != exitFailed || len(lines) < 2 || !strings.Contains(lines[len(lines)-1], "malformed MIME") {
			t.Errorf("status %d, said %q; want the diagnostics and then the failure", got.status, got.stderr)
		}
	})
	t.Run("trace", func(t *testing.T) {
		dir := t.TempDir()
		fails(t, malformed, "-trace", dir, "-reject", "-to", "json", "-")
		found := false
		_ = filepath.WalkDir(dir, func(path string, _ os.DirEntry, _ error) error {
			b, err := os.ReadFile(path)
			found = found || err == nil && string(b) == malformed
			return nil
		})
		if !found {
			t.Error("the trace does not hold the message")
		}
	})
	t.Run("dsn", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "dsn.eml")
		converts(t, malformed, "-dsn", path, "-to", "json", "-")
		if _, err := os.Stat(path); err == nil {
			t.Error("a message that was converted has a notification")
		}
		fails(t, malformed, "-dsn", path, "-reject", "-to", "json", "-")
		got, err := os.ReadFile(path)
		if err != nil || !bytes.Contains(got, []byte("multipart/report")) || !bytes.Contains(got, []byte("ann@example.com")) {
			t.Errorf("the notification is %q, %v", got, err)
		}
	})
	t.Run("body", func(t *testing.T) {
		const html = "Subject: x\r\nContent-Type: text/html\r\n\r\n<p>Hello</p>\r\n"
		if got := converts(t, html, "-body", "plain", "-to", "eml", "-"); strings.Contains(got, "<p>") || !strings.Contains(got, "Hello") {
			t.Errorf("plain: %q", got)
		}
		if got := converts(t, html, "-body", "html", "-to", "eml", "-"); !strings.Contains(got, "<p>Hello</p>") {
			t.Errorf("html: %q", got)
		}
	})
}
