package main

import (
	"bytes"
	"os/exec"
	"testing"
)

// readByPython prints what Python's email package finds in a notification.
const readByPython = `
import email, email.policy, sys
m = email.message_from_binary_file(sys.stdin.buffer, policy=email.policy.default)
defects = [d for p in m.walk() for d in p.defects]
print(m.get_content_type(), m.get_param("report-type"), m["From"].addresses[0].addr_spec, defects)
parts = list(m.iter_parts())
print([p.get_content_type() for p in parts])
for group in parts[1].get_payload():
    for name in ("Original-Envelope-Id", "Final-Recipient", "Action", "Status"):
        if group[name]:
            print(name, group[name])
`

// checkByPython reads a notification with Python's email package.
func checkByPython(t *testing.T, text []byte) {
	t.Helper()
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Log("python3 is not installed: the notification is not read with it")
		return
	}
	cmd := exec.Command(python, "-c", readByPython)
	cmd.Stdin = bytes.NewReader(text)
	got, err := cmd.CombinedOutput()
	const want = "multipart/report delivery-status postmaster@mx.example.org []\n" +
		"['text/plain', 'message/delivery-status', 'text/rfc822-headers']\n" +
		"Original-Envelope-Id QQ1\nFinal-Recipient rfc822; anna@example.org\nAction failed\nStatus 5.6.0\n"
	if err != nil || string(got) != want {
		t.Errorf("%v, Python reads\n%s", err, got)
	}
}
