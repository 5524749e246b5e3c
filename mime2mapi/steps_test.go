package mime2mapi_test

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// The statements that a conversion runs through are counted: twice the message takes
// twice as many. The count is exact, so that no clock is needed to tell linear time
// from quadratic. Those of the standard library are not counted; that its searches
// are not made again and again is what TestHostileMail shows, by its end.
func TestBadInputsTakeLinearSteps(t *testing.T) {
	if os.Getenv("CONTENTCONV_STEPS") == "" {
		t.Skip("builds a program with counters, which takes a minute: set CONTENTCONV_STEPS to run it, as CI does")
	}
	counter := newStepCounter(t)
	base := counter.steps(t, minimal)
	const n, maxRatio = 600, 2.3
	eachBadInput(t, func(t *testing.T, make func(n int) string) {
		one, two := counter.steps(t, make(n))-base, counter.steps(t, make(2*n))-base
		// What a few lines more or less cost is not of interest.
		const slack = 20000
		if float64(two) > maxRatio*float64(max(one, 0))+slack {
			t.Errorf("%d steps for %d, %d for twice as much", one, n, two)
		}
	})
}

// A stepCounter runs testdata/steps, built with a counter at each statement of this
// module and of the packages for text.
type stepCounter struct{ program, covdata, dir string }

func newStepCounter(t *testing.T) *stepCounter {
	t.Helper()
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("there is no go command to build with")
	}
	c := &stepCounter{dir: t.TempDir()}
	c.program = filepath.Join(c.dir, "steps.exe")
	build := exec.Command("go", "build", "-cover", "-covermode=atomic",
		"-coverpkg=github.com/contentconv/contentconv/...,golang.org/x/text/...", "-o", c.program, "./testdata/steps")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	tool, err := exec.Command("go", "tool", "-n", "covdata").Output()
	if err != nil {
		t.Skip("there is no covdata: ", err)
	}
	c.covdata = string(bytes.TrimSpace(tool))
	return c
}

// steps returns the number of statements that converting a message takes.
func (c *stepCounter) steps(t *testing.T, eml string) int64 {
	t.Helper()
	dir, err := os.MkdirTemp(c.dir, "")
	if err != nil {
		t.Fatal(err)
	}
	file, profile := filepath.Join(dir, "message"), filepath.Join(dir, "profile")
	if err := os.WriteFile(file, []byte(eml), 0o600); err != nil {
		t.Fatal(err)
	}
	run := exec.Command(c.program, file)
	run.Env = append(os.Environ(), "GOCOVERDIR="+dir)
	if out, err := run.CombinedOutput(); err != nil {
		t.Fatalf("steps: %v\n%s", err, out)
	}
	if out, err := exec.Command(c.covdata, "textfmt", "-i="+dir, "-o="+profile).CombinedOutput(); err != nil {
		t.Fatalf("covdata: %v\n%s", err, out)
	}
	b, err := os.ReadFile(profile)
	if err != nil {
		t.Fatal(err)
	}
	return sumProfile(t, b)
}

// sumProfile adds up the lines of a profile, which end in the number of statements
// of a block and how often they ran.
func sumProfile(t *testing.T, profile []byte) (sum int64) {
	t.Helper()
	lines := bufio.NewScanner(bytes.NewReader(profile))
	lines.Scan() // the mode
	for lines.Scan() {
		i := bytes.IndexByte(lines.Bytes(), ' ')
		var statements, count int64
		if _, err := fmt.Sscan(string(lines.Bytes()[i+1:]), &statements, &count); err != nil {
			t.Fatalf("profile line %q: %v", lines.Text(), err)
		}
		sum += statements * count
	}
	if sum == 0 {
		t.Fatal("no statement was counted")
	}
	return sum
}
