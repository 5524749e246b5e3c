package trace_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/contentconv/contentconv/trace"
)

const (
	stormProcesses  = 8
	stormGoroutines = 64
	stormRecords    = 1 // of each goroutine
)

// helperStorm is a process whose goroutines share a Dir, and write until it is full
// or they have written all of theirs.
func helperStorm(root string) error {
	max, err := strconv.ParseInt(os.Getenv(helperMax), 10, 64)
	if err != nil {
		return err
	}
	base, err := strconv.Atoi(os.Getenv(helperBase))
	if err != nil {
		return err
	}
	d, err := trace.NewDir(root, &trace.DirOptions{MaxBytes: max, LockWait: 2 * time.Minute})
	if err != nil {
		return err
	}
	var wg sync.WaitGroup
	failed := make(chan error, stormGoroutines)
	for g := range stormGoroutines {
		wg.Go(func() {
			for n := range stormRecords {
				err := d.Trace(context.Background(), failure(base+100*g+n, repeat(messageSize)))
				if err != nil && !errors.Is(err, trace.ErrFull) {
					failed <- err
					return
				}
			}
		})
	}
	wg.Wait()
	close(failed)
	return errors.Join(<-failed, d.Close())
}

// helperEndless writes records until it is killed.
func helperEndless(root string) error {
	base, err := strconv.Atoi(os.Getenv(helperBase))
	if err != nil {
		return err
	}
	d, err := trace.NewDir(root, nil)
	if err != nil {
		return err
	}
	fmt.Println("started")
	for n := 0; ; n++ {
		if err := d.Trace(context.Background(), failure(base+n, repeat(messageSize))); err != nil {
			return err
		}
	}
}

// storm runs the processes and waits for them.
func storm(t *testing.T, root string, max int64) {
	t.Helper()
	var wg sync.WaitGroup
	for i := range stormProcesses {
		cmd := helper(t, "storm", root, fmt.Sprint(helperMax, "=", max), fmt.Sprint(helperBase, "=", 100_000*i))
		wg.Go(func() {
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("%v: %s", err, out)
			}
		})
	}
	wg.Wait()
}

// Eight processes of 64 goroutines write until the folder is full: it holds as many
// records as fit, each of them whole.
func TestDirStormUntilFull(t *testing.T) {
	if testing.Short() {
		t.Skip("not a short test")
	}
	one := textSize(t, failure(1, repeat(messageSize))) + messageSize
	const fit = 300
	root := t.TempDir()
	storm(t, root, fit*one+one-1)
	checkPairs(t, root, fit)
}

// The same while somebody moves files away: nothing is lost, and the folder never
// holds more than it may.
func TestDirStormWhileFilesMove(t *testing.T) {
	if testing.Short() {
		t.Skip("not a short test")
	}
	one := textSize(t, failure(1, repeat(messageSize))) + messageSize
	const fit = 100
	root, away := t.TempDir(), t.TempDir()
	d := newDir(t, root, nil) // makes the folder
	_ = d.Close()
	if err := os.MkdirAll(filepath.Join(away, filepath.FromSlash(inbound)), 0o700); err != nil {
		t.Fatal(err)
	}
	var most atomic.Int64
	stop := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		for {
			select {
			case <-stop:
				return
			case <-time.After(2 * time.Millisecond):
			}
			most.Store(max(most.Load(), moveAway(t, root, away)))
		}
	})
	storm(t, root, fit*one+one-1)
	close(stop)
	wg.Wait()
	if most.Load() > fit {
		t.Errorf("%d messages at once, at most %d fit", most.Load(), fit)
	}
	moveAway(t, root, away)
	whole := wholePairs(t, away)
	if left := files(t, root); len(left) != 0 {
		t.Errorf("%d files left", len(left))
	}
	if whole < fit {
		t.Errorf("%d pairs in all", whole)
	}
	t.Logf("%d pairs of %d records were written", whole, stormProcesses*stormGoroutines*stormRecords)
}

// moveAway moves the finished files of a folder, and returns how many messages there
// were.
func moveAway(t *testing.T, root, away string) (messages int64) {
	dir := filepath.Join(root, filepath.FromSlash(inbound))
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Error(err)
		return 0
	}
	for _, e := range entries {
		if ext := filepath.Ext(e.Name()); ext == ".eml" || ext == ".txt" {
			if ext == ".eml" {
				messages++
			}
			if err := os.Rename(filepath.Join(dir, e.Name()), filepath.Join(away, filepath.FromSlash(inbound), e.Name())); err != nil {
				t.Error(err)
			}
		}
	}
	return messages
}

// wholePairs checks that every file has its other half, and returns how many pairs
// there are.
func wholePairs(t *testing.T, root string) (pairs int) {
	t.Helper()
	got := files(t, root)
	for name, text := range got {
		base, ext := strings.TrimSuffix(name, filepath.Ext(name)), filepath.Ext(name)
		switch {
		case ext == ".eml" && text != string(repeat(messageSize)):
			t.Errorf("%s has %d bytes", name, len(text))
		case ext == ".eml" && got[base+".txt"] == "", ext == ".txt" && got[base+".eml"] == "":
			t.Errorf("%s has no other half", name)
		case ext == ".eml":
			pairs++
		case ext != ".txt":
			t.Errorf("%s was left", name)
		}
	}
	return pairs
}

// A process that is killed between any two steps leaves no half pair behind once the
// next record was written.
func TestDirKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("not a short test")
	}
	root := t.TempDir()
	random := rand.New(rand.NewPCG(1, 2))
	const kills = 40
	for i := range kills {
		cmd := helper(t, "endless", root, fmt.Sprint(helperBase, "=", 1_000_000*(i+1)))
		out, err := cmd.StdoutPipe()
		if err == nil {
			err = cmd.Start()
		}
		if err != nil {
			t.Fatal(err)
		}
		if line, err := bufio.NewReader(out).ReadString('\n'); line != "started\n" {
			t.Fatalf("%q, %v", line, err)
		}
		time.Sleep(time.Duration(random.Int64N(int64(20 * time.Millisecond))))
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait()
		d := newDir(t, root, nil)
		if err := d.Trace(t.Context(), failure(i, repeat(messageSize))); err != nil {
			t.Fatal(err)
		}
		_ = d.Close()
		wholePairs(t, root)
		if t.Failed() {
			t.Fatalf("after %d kills", i+1)
		}
	}
	t.Logf("%d kills, %d pairs", kills, wholePairs(t, root))
}
