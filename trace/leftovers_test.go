package trace_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/trace"
)

// The next record of a folder settles what a crash left there, and touches
// nothing else.
func TestDirLeftovers(t *testing.T) {
	id := guid(1)
	tests := []struct {
		name         string
		before, want []string
	}{
		{"text begun", []string{id + ".txt.tmp"}, nil},
		{"message begun", []string{id + ".txt.tmp", id + ".eml.tmp"}, nil},
		{"message renamed", []string{id + ".txt.tmp", id + ".eml"}, []string{id + ".txt", id + ".eml"}},
		// A file system may have kept the later of two renames only.
		{"text renamed", []string{id + ".txt", id + ".eml.tmp"}, []string{id + ".txt", id + ".eml"}},
		{"both names", []string{id + ".txt", id + ".txt.tmp", id + ".eml"}, []string{id + ".txt", id + ".eml"}},
		{"whole pair", []string{id + ".txt", id + ".eml"}, []string{id + ".txt", id + ".eml"}},
		{"half of a pair", []string{id + ".eml"}, []string{id + ".eml"}},
		{"others' files", []string{"x.tmp", "notes.txt.tmp", id + ".msg.tmp", id + ".tmp", strings.ToUpper(id) + ".eml.tmp"},
			[]string{"x.tmp", "notes.txt.tmp", id + ".msg.tmp", id + ".tmp", strings.ToUpper(id) + ".eml.tmp"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			root := t.TempDir()
			d := newDir(t, root, nil)
			for _, name := range tt.before {
				put(t, filepath.Join(root, inbound, name), strings.TrimSuffix(name, ".tmp"))
			}
			if err := d.Trace(t.Context(), failure(2, data("x"))); err != nil {
				t.Fatal(err)
			}
			got := files(t, root)
			delete(got, inbound+"/"+guid(2)+".eml")
			delete(got, inbound+"/"+guid(2)+".txt")
			want := map[string]string{}
			for _, name := range tt.want {
				want[inbound+"/"+name] = strings.TrimSuffix(name, ".tmp")
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestDirLeftoversCount(t *testing.T) {
	need := textSize(t, failure(2, repeat(100))) + 100
	tests := []struct {
		name   string
		before []string
		used   int64
	}{
		{"removed", []string{guid(1) + ".txt.tmp", guid(1) + ".eml.tmp"}, 0},
		{"finished", []string{guid(1) + ".txt.tmp", guid(1) + ".eml"}, 100},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			root := t.TempDir()
			d := newDir(t, root, &trace.DirOptions{MaxBytes: need - 1})
			for _, name := range tt.before {
				put(t, filepath.Join(root, inbound, name), string(repeat(50)))
			}
			e := wantError[*trace.FullError](t, d.Trace(t.Context(), failure(2, repeat(100))))
			if e.Used != tt.used {
				t.Errorf("Used = %d, want %d", e.Used, tt.used)
			}
		})
	}
}
