package trace_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/trace"
)

// The test binary runs itself as another process that writes to the same root.
const (
	helperRole = "TRACE_TEST_ROLE"
	helperRoot = "TRACE_TEST_ROOT"
	helperMax  = "TRACE_TEST_MAX"
	helperBase = "TRACE_TEST_BASE"
)

const (
	perWriter   = 20
	messageSize = 3000
)

func TestMain(m *testing.M) {
	role, ok := roles[os.Getenv(helperRole)]
	if !ok {
		os.Exit(m.Run())
	}
	if err := role(os.Getenv(helperRoot)); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
}

var roles = map[string]func(root string) error{
	"write":   helperWrite,
	"hang":    helperHang,
	"limit":   helperLimit,
	"storm":   helperStorm,
	"endless": helperEndless,
}

func helper(t *testing.T, role, root string, env ...string) *exec.Cmd {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), exe)
	cmd.Env = append(os.Environ(), append(env, helperRole+"="+role, helperRoot+"="+root)...)
	return cmd
}

func helperWrite(root string) error {
	max, err := strconv.ParseInt(os.Getenv(helperMax), 10, 64)
	if err != nil {
		return err
	}
	base, err := strconv.Atoi(os.Getenv(helperBase))
	if err != nil {
		return err
	}
	return writeMany(root, max, base)
}

// writeMany writes perWriter records, as many as fit.
func writeMany(root string, max int64, base int) error {
	d, err := trace.NewDir(root, &trace.DirOptions{MaxBytes: max, LockWait: time.Minute})
	if err != nil {
		return err
	}
	for n := range perWriter {
		err := d.Trace(context.Background(), failure(base+n, repeat(messageSize)))
		if err != nil && !errors.Is(err, trace.ErrFull) {
			return err
		}
	}
	return d.Close()
}

// helperHang dies in the middle of a message.
func helperHang(root string) error {
	d, err := trace.NewDir(root, nil)
	if err != nil {
		return err
	}
	first := true
	return d.Trace(context.Background(), failure(1, &content{size: 1 << 20, reader: readerFunc(func(p []byte) (int, error) {
		if first {
			first = false
			return copy(p, "beginning"), nil
		}
		fmt.Println("hanging")
		time.Sleep(time.Hour)
		return 0, nil
	})}))
}

// The bound holds, and every record is whole, whoever writes.
func TestDirConcurrency(t *testing.T) {
	one := textSize(t, failure(1, repeat(messageSize))) + messageSize
	const fit = 33
	tests := []struct {
		name                  string
		goroutines, processes int
	}{
		{"goroutines", 4, 0},
		{"processes", 0, 3},
		{"both", 2, 2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			root := t.TempDir()
			max := fit*one + one - 1
			var wg sync.WaitGroup
			for i := range tt.goroutines {
				wg.Go(func() {
					if err := writeMany(root, max, 1000*i); err != nil {
						t.Error(err)
					}
				})
			}
			for i := range tt.processes {
				cmd := helper(t, "write", root, fmt.Sprint(helperMax, "=", max), fmt.Sprint(helperBase, "=", 100000+1000*i))
				wg.Go(func() {
					if out, err := cmd.CombinedOutput(); err != nil {
						t.Errorf("%v: %s", err, out)
					}
				})
			}
			wg.Wait()
			checkPairs(t, root, fit)
		})
	}
}

func TestDirSharedByGoroutines(t *testing.T) {
	root := t.TempDir()
	d := newDir(t, root, &trace.DirOptions{LockWait: time.Minute})
	var wg sync.WaitGroup
	for i := range 20 {
		wg.Go(func() {
			if err := d.Trace(t.Context(), failure(i, repeat(messageSize))); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	checkPairs(t, root, 20)
}

func checkPairs(t *testing.T, root string, want int) {
	t.Helper()
	got := files(t, root)
	pairs := 0
	for name, text := range got {
		switch {
		case strings.HasSuffix(name, ".eml"):
			pairs++
			if text != string(repeat(messageSize)) {
				t.Errorf("%s has %d bytes", name, len(text))
			}
			if got[strings.TrimSuffix(name, ".eml")+".txt"] == "" {
				t.Errorf("%s has no text", name)
			}
		case !strings.HasSuffix(name, ".txt"):
			t.Errorf("%s was left", name)
		}
	}
	if pairs != want || len(got) != 2*want {
		t.Errorf("%d pairs and %d files, want %d pairs", pairs, len(got), want)
	}
}

// A process that hangs holds up nobody for longer than LockWait; when it dies,
// its lock goes with it, and the next record removes what it left.
func TestDirOtherProcessHangsAndDies(t *testing.T) {
	root := t.TempDir()
	cmd := helper(t, "hang", root)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(out).ReadString('\n'); line != "hanging\n" {
		t.Fatalf("%q, %v", line, err)
	}
	if n := len(files(t, root)); n != 2 {
		t.Fatalf("%d temporary files", n)
	}
	d := newDir(t, root, &trace.DirOptions{LockWait: 50 * time.Millisecond})
	if err := d.Trace(t.Context(), failure(2, data("x"))); !errors.Is(err, trace.ErrBusy) {
		t.Errorf("while it hangs: %v", err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	if err := d.Trace(ctx, failure(2, data("x"))); !errors.Is(err, context.DeadlineExceeded) || errors.Is(err, trace.ErrBusy) {
		t.Errorf("with a deadline while it hangs: %v", err)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	if err := d.Trace(t.Context(), failure(2, data("x"))); err != nil {
		t.Errorf("after its death: %v", err)
	}
	got := files(t, root)
	delete(got, inbound+"/"+guid(2)+".txt")
	if diff := cmp.Diff(map[string]string{inbound + "/" + guid(2) + ".eml": "x"}, got); diff != "" {
		t.Error(diff)
	}
}
