package main

import (
	"bytes"
	"context"
	"fmt"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

// A child is a process that does a piece of work on a file, so often as it is told.
type child struct {
	command []string
	file    string
	content int
	times   int // in each round
	version string
}

// tooLong ends a child that hangs.
const tooLong = 10 * time.Minute

// calibrate finds how often the work has to be done to take the time given.
func (c *child) calibrate(least time.Duration) error {
	for c.times = 2; ; {
		t, err := c.between(c.times/2, c.times/2+c.times)
		if err != nil || t >= least {
			return err
		}
		// The first runs of a process are its slowest: one of a few says little.
		more := 4 * c.times
		if t > least/8 {
			more = int(int64(c.times)*int64(least)/int64(t)) + 1
		}
		c.times = max(more, c.times+1)
	}
}

// perRun is the time of one run. Neither the start of the process is in it nor the half
// as many runs that go before, in which some programs are still being compiled.
func (c *child) perRun() (time.Duration, error) {
	t, err := c.between(c.times/2, c.times/2+c.times)
	return t / time.Duration(c.times), err
}

// between is what n runs take more than fewer.
func (c *child) between(fewer, n int) (time.Duration, error) {
	less, err := c.run(fewer)
	if err != nil {
		return 0, err
	}
	all, err := c.run(n)
	return max(all-less, 0), err
}

// run does the work n times and returns the CPU time of the process, and that of those
// it waited for.
func (c *child) run(n int) (time.Duration, error) {
	ctx, cancel := context.WithTimeout(context.Background(), tooLong)
	defer cancel()
	cmd := exec.CommandContext(ctx, c.command[0], append(c.command[1:len(c.command):len(c.command)], strconv.Itoa(n), c.file)...)
	var reason bytes.Buffer
	cmd.Stderr = &reason
	out, err := cmd.Output()
	if err != nil {
		return 0, fmt.Errorf("%s: %w: %s", strings.Join(c.command, " "), err, bytes.TrimSpace(reason.Bytes()))
	}
	var size string
	c.version, size, _ = strings.Cut(strings.TrimSpace(string(out)), "\t")
	// Whoever leaves contents out is no measure of who reads them.
	if got, err := strconv.ParseInt(size, 10, 64); err != nil || got < int64(n)*int64(c.content) {
		return 0, fmt.Errorf("%s: read %q bytes where there are %d, %d times", strings.Join(c.command, " "), size, c.content, n)
	}
	return cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), nil
}
