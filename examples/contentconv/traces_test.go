package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A failure is listed, shown, and reproduced with one command each.
func TestTrace(t *testing.T) {
	dir := t.TempDir()
	long := "From: a@example.com\r\nSubject: " + strings.Repeat("x", 50) + "\r\n\r\nText\r\n"
	runCommand(t, long, "-to", "json", "-limit", "MaxMimeSubjectLength=49", "-trace", dir, "-")
	file := filepath.Join(t.TempDir(), "broken.msg")
	if err := os.WriteFile(file, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1broken"), 0o600); err != nil {
		t.Fatal(err)
	}
	runCommand(t, "", "-to", "eml", "-trace", dir, file)

	list := runCommand(t, "", "trace", dir)
	lines := strings.Split(strings.TrimSuffix(list.stdout, "\n"), "\n")
	if list.status != exitConverted || len(lines) != 2 {
		t.Fatalf("%+v", list)
	}
	if !strings.Contains(lines[0], "Z eml 5.6.0 limit exceeded: Subject: ") || !strings.Contains(lines[1], "Z msg 5.6.0 corrupt content: ") {
		t.Errorf("%q", lines)
	}

	for i, want := range []string{"- MaxMimeSubjectLength: 49\n", "OutboundConversionOptions:\n"} {
		id, _, _ := strings.Cut(lines[i], " ")
		if got := runCommand(t, "", "trace", dir, strings.ToUpper(id)); got.status != exitConverted || !strings.Contains(got.stdout, want) {
			t.Errorf("%+v lacks %q", got, want)
		}
	}

	// The same failure, by the limit of the trace.
	id, _, _ := strings.Cut(lines[0], " ")
	if got := runCommand(t, "", "trace", dir, id, "-"); got.status != exitFailed || !strings.Contains(got.stderr, "MaxMimeSubjectLength is 49, the message has 50") {
		t.Errorf("%+v", got)
	}
	id, _, _ = strings.Cut(lines[1], " ")
	if got := runCommand(t, "", "trace", dir, id, filepath.Join(t.TempDir(), "out.eml")); got.status != exitFailed || !strings.Contains(got.stderr, "5.6.0 corrupt content: ") {
		t.Errorf("%+v", got)
	}
	if again := runCommand(t, "", "trace", dir); again.stdout != list.stdout {
		t.Errorf("a conversion that is repeated is traced again: %q", again.stdout)
	}

	for name, test := range map[string]struct {
		args []string
		code int
	}{
		"no directory":       {[]string{"trace"}, exitUsage},
		"too many arguments": {[]string{"trace", dir, id, "-", "x"}, exitUsage},
		"no such id":         {[]string{"trace", dir, "x"}, exitFailed},
		"no trace":           {[]string{"trace", t.TempDir()}, exitFailed},
	} {
		if got := runCommand(t, "", test.args...); got.status != test.code || got.stderr == "" {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// A trace that was made with Reject is repeated with it.
func TestTraceOfReject(t *testing.T) {
	dir := t.TempDir()
	bad := "From: a@example.com\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\nno boundary\r\n"
	runCommand(t, bad, "-to", "json", "-reject", "-trace", dir, "-")
	id, _, ok := strings.Cut(runCommand(t, "", "trace", dir).stdout, " ")
	if !ok {
		t.Fatal("nothing traced")
	}
	if got := runCommand(t, "", "trace", dir, id, "-"); got.status != exitFailed || !strings.Contains(got.stderr, "5.6.0 malformed MIME: ") {
		t.Errorf("%+v", got)
	}
}
