package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Each task comes across the contents that it promises, by this library.
func TestWork(t *testing.T) {
	small := sizes{attachments: []int{40 << 10}, recipients: []int{3}, newsletter: 2 << 10, parts: 4}
	for _, task := range tasks(small) {
		b, err := task.file()
		if err != nil {
			t.Fatal(task.name, err)
		}
		file := filepath.Join(t.TempDir(), "input")
		if err := os.WriteFile(file, b, 0o600); err != nil {
			t.Fatal(err)
		}
		n, err := onFile(file, works[task.work])
		if err != nil || n == 0 || n < int64(task.content) {
			t.Errorf("%s: %d bytes of %d (%v)", task.name, n, task.content, err)
		}
	}
}

// What a child takes is counted beyond its start, and a child that reads nothing is
// no measure.
func TestChild(t *testing.T) {
	if _, err := os.Stat("/bin/sh"); err != nil {
		t.Skip(err)
	}
	sh := func(script string) *child {
		return &child{command: []string{"/bin/sh", "-c", script}, file: "file", content: 10}
	}
	// Of a shell's arguments the first is $0.
	c := sh(`i=0; while [ $i -lt $(($0 * 2000)) ]; do i=$((i + 1)); done; echo "shell 1	$((10 * $0))"`)
	if err := c.calibrate(50_000_000); err != nil || c.version != "shell 1" || c.times < 2 {
		t.Fatal(c.times, c.version, err)
	}
	if d, err := c.perRun(); err != nil || d <= 0 {
		t.Error(d, err)
	}
	for script, want := range map[string]string{`echo "shell 1	0"`: "read \"0\" bytes where there are 10", "echo why >&2; exit 1": "why"} {
		if _, err := sh(script).run(1); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", script, err)
		}
	}
}

// A program that cannot be had is skipped, with the reason.
func TestMissingProgram(t *testing.T) {
	if _, err := os.Stat("/bin/bash"); err != nil {
		t.Skip(err)
	}
	p := findProgram("nonesuch", t.TempDir())
	if p.missing != "no program is called nonesuch" || p.does(task{others: []string{"nonesuch"}}) {
		t.Errorf("%+v", p)
	}
	var out bytes.Buffer
	printMissing(&plan{out: &out}, []*program{p})
	if out.String() != "nonesuch: skipped: no program is called nonesuch\n" {
		t.Error(out.String())
	}
}
