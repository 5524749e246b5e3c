package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// clients are programs that nobody here wrote. Each fetches the whole mailbox of
// anna, leaves it there, and returns the messages.
var clients = map[string]func(t *testing.T, f *fixture) [][]byte{
	"curl":      curl,
	"mpop":      mpop,
	"fetchmail": fetchmail,
}

// A mailbox of 200 messages of which 10 cannot be converted gives each client the
// others, and the same octets twice.
func TestClients(t *testing.T) {
	for name, fetch := range clients {
		for onFailure, want := range map[string]int{"hide": 190, "substitute": 200} {
			t.Run(name+"/"+onFailure, func(t *testing.T) {
				if _, err := exec.LookPath(name); err != nil {
					t.Skip(name + " is not installed")
				}
				dir := t.TempDir()
				fill(t, dir, 190, 10)
				f := serve(t, dir, "-on-failure", onFailure)
				first, second := fetch(t, f), fetch(t, f)
				if len(first) != want || len(second) != want {
					t.Fatalf("%d and %d messages, want %d\n%s", len(first), len(second), want, f.log)
				}
				substitutes := 0
				for i := range first {
					if !bytes.Equal(first[i], second[i]) {
						t.Errorf("message %d is not the same twice:\n%s\n%s", i+1, first[i], second[i])
					}
					if bytes.Contains(first[i], []byte("could not be converted")) {
						substitutes++
					}
				}
				if substitutes != want-190 {
					t.Errorf("%d substitutes", substitutes)
				}
			})
		}
	}
}

func command(t *testing.T, name string, args ...string) []byte {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Env = append(os.Environ(), "HOME="+t.TempDir())
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s%s", name, err, out, stderr.Bytes())
	}
	return out
}

func curl(t *testing.T, f *fixture) (messages [][]byte) {
	url := "pop3://" + f.address + "/"
	list := command(t, "curl", "-sS", "--user", "anna:secret word", url)
	dir := t.TempDir()
	n := bytes.Count(list, []byte("\n"))
	// One curl fetches them all in one session, each into a file of its number.
	command(t, "curl", "-sS", "--user", "anna:secret word", "-o", filepath.Join(dir, "#1"), fmt.Sprintf("%s[1-%d]", url, n))
	for i := 1; i <= n; i++ {
		b, err := os.ReadFile(filepath.Join(dir, fmt.Sprint(i)))
		if err != nil {
			t.Fatal(err)
		}
		messages = append(messages, b)
	}
	return messages
}

func mpop(t *testing.T, f *fixture) [][]byte {
	host, port, _ := strings.Cut(f.address, ":")
	dir := t.TempDir()
	mbox := filepath.Join(dir, "mbox")
	command(t, "mpop", "--host="+host, "--port="+port, "--auth=user", "--user=anna", "--passwordeval=echo secret word",
		"--tls=off", "--keep=on", "--received-header=off", "--delivery=mbox,"+mbox, "--uidls-file="+filepath.Join(dir, "uidls"))
	return splitMbox(t, mbox)
}

func fetchmail(t *testing.T, f *fixture) [][]byte {
	host, port, _ := strings.Cut(f.address, ":")
	dir := t.TempDir()
	mbox, rc := filepath.Join(dir, "mbox"), filepath.Join(dir, "rc")
	config := fmt.Sprintf("poll %s service %s protocol pop3 no dns:\n user anna password \"secret word\" sslproto \"\" keep fetchall no rewrite mimedecode off\n mda \"(echo 'From x'; cat; echo) >> %s\"\n", host, port, mbox)
	config = strings.Replace(config, " mimedecode off", " no mimedecode", 1)
	if err := os.WriteFile(rc, []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	command(t, "fetchmail", "-f", rc, "--nodetach", "--nosyslog", "--silent", "--invisible", "--pidfile", filepath.Join(dir, "pid"), "--idfile", filepath.Join(dir, "ids"))
	return splitMbox(t, mbox)
}

var fromLine = regexp.MustCompile(`(?m)^From .*\n`)

// splitMbox returns the messages of an mbox file without the lines between them.
// What a client adds of its own, such as the time, stands in those only.
func splitMbox(t *testing.T, name string) (messages [][]byte) {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	at := fromLine.FindAllIndex(b, -1)
	for i, from := range at {
		end := len(b)
		if i+1 < len(at) {
			end = at[i+1][0]
		}
		messages = append(messages, b[from[1]:end])
	}
	return messages
}
