package trace_test

import (
	"errors"
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/trace"
)

func TestDirBound(t *testing.T) {
	need := textSize(t, failure(1, repeat(1000))) + 1000
	tests := []struct {
		name string
		max  int64
		used int // bytes of another file in the folder
		full bool
	}{
		{"fits exactly", need, 0, false},
		{"one byte short", need - 1, 0, true},
		{"fits beside others", need + 500, 500, false},
		{"one byte short beside others", need + 499, 500, true},
		{"folder is over the bound", need, int(need) + 1, true},
		{"no bound", -1, 5000, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			root := t.TempDir()
			d := newDir(t, root, &trace.DirOptions{MaxBytes: tt.max})
			put(t, filepath.Join(root, inbound, "other"), string(repeat(tt.used)))
			put(t, filepath.Join(root, inbound, "subfolder", "counts not"), "x")
			message := &content{size: 1000, reader: readerFunc(func(p []byte) (int, error) {
				return copy(p, repeat(1000)), nil
			})}
			if !tt.full {
				if err := d.Trace(t.Context(), failure(1, repeat(1000))); err != nil {
					t.Fatal(err)
				}
				if n := len(files(t, root)); n != 4 {
					t.Errorf("%d files", n)
				}
				return
			}
			err := d.Trace(t.Context(), failure(1, message))
			if !errors.Is(err, trace.ErrFull) {
				t.Fatalf("error is %v", err)
			}
			want := &trace.FullError{Folder: "InboundFailures", Used: int64(tt.used), Need: need, Max: tt.max}
			if diff := cmp.Diff(want, wantError[*trace.FullError](t, err)); diff != "" {
				t.Error(diff)
			}
			if message.opened != 0 {
				t.Error("the message was read")
			}
			if diff := cmp.Diff([]string{inbound + "/other", inbound + "/subfolder/counts not"}, names(t, root)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestDirBoundDefault(t *testing.T) {
	const bound = 128 << 20
	need := textSize(t, failure(1, repeat(10))) + 10
	for _, tt := range []struct {
		name string
		used int64
		full bool
	}{{"fits", bound - need, false}, {"full", bound - need + 1, true}} {
		t.Run(tt.name, func(t *testing.T) {
			root := t.TempDir()
			d := newDir(t, root, nil)
			sparse := filepath.Join(root, inbound, "sparse")
			put(t, sparse, "")
			if err := os.Truncate(sparse, tt.used); err != nil {
				t.Fatal(err)
			}
			err := d.Trace(t.Context(), failure(1, repeat(10)))
			if errors.Is(err, trace.ErrFull) != tt.full {
				t.Errorf("error is %v", err)
			}
		})
	}
}

func TestDirBoundHugeSize(t *testing.T) {
	root := t.TempDir()
	d := newDir(t, root, nil)
	message := &content{size: math.MaxInt64}
	e := wantError[*trace.FullError](t, d.Trace(t.Context(), failure(1, message)))
	if e.Need != math.MaxInt64 || message.opened != 0 {
		t.Errorf("Need = %d, opened %d times", e.Need, message.opened)
	}
}

// What is in the folder stays; what is moved away makes room; folders count
// apart, and each record alone.
func TestDirStopsWhenFull(t *testing.T) {
	root := t.TempDir()
	one := textSize(t, failure(1, repeat(1000))) + 1000
	d := newDir(t, root, &trace.DirOptions{MaxBytes: 3*one + one/2})
	write := func(n, size int, dir diag.Direction) error {
		r := failure(n, repeat(size))
		r.Direction = dir
		return d.Trace(t.Context(), r)
	}
	for n := 1; n <= 3; n++ {
		if err := write(n, 1000, diag.Inbound); err != nil {
			t.Fatal(err)
		}
	}
	before := files(t, root)
	for n := 4; n <= 6; n++ {
		if err := write(n, 1000, diag.Inbound); !errors.Is(err, trace.ErrFull) {
			t.Fatalf("record %d: error is %v", n, err)
		}
	}
	if diff := cmp.Diff(before, files(t, root)); diff != "" {
		t.Errorf("a full folder changed: %s", diff)
	}
	if err := write(7, 10, diag.Inbound); err != nil {
		t.Errorf("a small record after a large one: %v", err)
	}
	if err := write(8, 1000, diag.Outbound); err != nil {
		t.Errorf("the other folder: %v", err)
	}
	for _, ext := range []string{".eml", ".txt"} {
		name := guid(1) + ext
		if err := os.Rename(filepath.Join(root, inbound, name), filepath.Join(t.TempDir(), name)); err != nil {
			t.Fatal(err)
		}
	}
	for n, dest := range map[string]string{guid(7) + ".eml": "a", guid(7) + ".txt": "b"} {
		if err := os.Rename(filepath.Join(root, inbound, n), filepath.Join(t.TempDir(), dest)); err != nil {
			t.Fatal(err)
		}
	}
	if err := write(9, 1000, diag.Inbound); err != nil {
		t.Errorf("after files were moved away: %v", err)
	}
}
