package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"slices"
	"strings"
)

// A program reads or converts messages in a process of its own: its driver takes how
// often and which file, and prints a version and how many bytes it came across.
type program struct {
	name    string
	command []string
	missing string // why it cannot be had
}

// findPrograms returns this library and every other program, with what has to be
// compiled in the folder dir.
func findPrograms(dir string) ([]*program, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	all := []*program{{name: library, command: []string{self, "-work"}}}
	for _, name := range []string{"msgconvert", "poi", "msgreader", "email", "mailparser"} {
		all = append(all, findProgram(name, dir))
	}
	return all, nil
}

// findProgram asks drivers/find.sh, which fetches what isn't there.
func findProgram(name, dir string) *program {
	p := &program{name: name}
	var out, reason bytes.Buffer
	cmd := exec.Command("bash", "drivers/find.sh", name, dir)
	cmd.Stdout, cmd.Stderr = &out, &reason
	if err := cmd.Run(); err != nil {
		p.missing = strings.TrimSpace(reason.String())
		if !errors.As(err, new(*exec.ExitError)) || p.missing == "" {
			p.missing = err.Error()
		}
		return p
	}
	p.command = strings.Split(strings.TrimSpace(out.String()), "\n")
	return p
}

func (p *program) does(t task) bool {
	return p.missing == "" && (p.name == library || slices.Contains(t.others, p.name))
}

// commandFor is the command for a task, without how often and on which file.
func (p *program) commandFor(t task) []string {
	if p.name == library {
		return append(slices.Clone(p.command), t.work)
	}
	return p.command
}
