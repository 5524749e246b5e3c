package mime2mapi_test

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
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
	const n, maxRatio = 600, 2.3
	c := newStepCounter(t)
	base := c.add(t, minimal)
	runs := make(map[string][2]string) // folders
	lengths := make(map[string]int)    // of the second messages
	eachBadInput(t, func(name string, make func(n int) string) {
		twice := make(2 * n)
		runs[name] = [2]string{c.add(t, make(n)), c.add(t, twice)}
		lengths[name] = len(twice)
	})
	c.run(t)
	few := c.steps(t, base)
	eachBadInput(t, func(name string, _ func(n int) string) {
		t.Run(name, func(t *testing.T) {
			one, two := c.steps(t, runs[name][0])-few, c.steps(t, runs[name][1])-few
			if float64(two) > maxRatio*float64(max(one, 0))+stepsAlways {
				t.Errorf("%d steps for %d, %d for twice as much", one, n, two)
			}
			if most := stepsPerByte*int64(lengths[name]) + stepsAlways; two > most {
				t.Errorf("%d steps for %d bytes, want at most %d", two, lengths[name], most)
			}
		})
	})
}

// A stepCounter runs testdata/steps, built with a counter at each statement of this
// module and of the packages for text, on the messages that were added.
type stepCounter struct {
	program, covdata, dir string
	input                 strings.Builder
	messages              int
}

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

// add adds a message and returns the folder for its counters.
func (c *stepCounter) add(t *testing.T, eml string) string {
	t.Helper()
	c.messages++
	dir := filepath.Join(c.dir, strconv.Itoa(c.messages))
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	file := dir + ".eml"
	if err := os.WriteFile(file, []byte(eml), 0o600); err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(&c.input, "%s\t%s\n", file, dir)
	return dir
}

// run converts the messages. The first one is converted twice, so that none pays for
// the tables that are made once.
func (c *stepCounter) run(t *testing.T) {
	t.Helper()
	first, _, _ := strings.Cut(c.input.String(), "\t")
	run := exec.Command(c.program)
	run.Env = append(os.Environ(), "GOCOVERDIR="+t.TempDir())
	run.Stdin = strings.NewReader(first + "\t" + t.TempDir() + "\n" + c.input.String())
	if out, err := run.CombinedOutput(); err != nil {
		t.Fatalf("steps: %v\n%s", err, out)
	}
}

// steps returns the number of statements that a message took.
func (c *stepCounter) steps(t *testing.T, dir string) int64 {
	t.Helper()
	profile := filepath.Join(dir, "profile")
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
		words := strings.Fields(lines.Text())
		if len(words) != 3 {
			t.Fatalf("profile line %q", lines.Text())
		}
		statements, err1 := strconv.ParseInt(words[1], 10, 64)
		count, err2 := strconv.ParseInt(words[2], 10, 64)
		if err1 != nil || err2 != nil {
			t.Fatalf("profile line %q", lines.Text())
		}
		sum += statements * count
	}
	if sum == 0 {
		t.Fatal("no statement was counted")
	}
	return sum
}
