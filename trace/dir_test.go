package trace_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/trace"
)

func TestDirLayout(t *testing.T) {
	const message = "Subject: x\r\n\x00\xff\n\r\nbody"
	tests := []struct {
		name      string
		direction diag.Direction
		message   trace.Content
		want      map[string]string
	}{
		{"inbound", diag.Inbound, data(message), map[string]string{
			inbound + "/" + guid(1) + ".eml": message, inbound + "/" + guid(1) + ".txt": ""}},
		{"outbound", diag.Outbound, data(message), map[string]string{
			outbound + "/" + guid(1) + ".msg": message, outbound + "/" + guid(1) + ".txt": ""}},
		{"empty message", diag.Inbound, data(""), map[string]string{
			inbound + "/" + guid(1) + ".eml": "", inbound + "/" + guid(1) + ".txt": ""}},
		{"no message", diag.Outbound, nil, map[string]string{
			outbound + "/" + guid(1) + ".txt": ""}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			root := filepath.Join(t.TempDir(), "not", "there", "yet")
			d := newDir(t, root, nil)
			r := failure(1, tt.message)
			r.Direction = tt.direction
			if err := d.Trace(t.Context(), r); err != nil {
				t.Fatal(err)
			}
			got := files(t, root)
			for name, text := range got {
				if strings.HasSuffix(name, ".txt") {
					if !strings.Contains(text, "MaxBodyPartsTotal is 250, the message has 251") {
						t.Errorf("the text does not say why:\n%s", text)
					}
					got[name] = ""
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestDirCalendarFallback(t *testing.T) {
	for _, on := range []bool{false, true} {
		root := t.TempDir()
		d := newDir(t, root, &trace.DirOptions{CalendarFallbacks: on})
		r := failure(1, data("x"))
		r.Kind, r.Err = trace.CalendarFallback, nil
		if err := d.Trace(t.Context(), r); err != nil {
			t.Fatal(err)
		}
		if got, want := len(files(t, root)) == 2, on; got != want {
			t.Errorf("CalendarFallbacks %t: written %t", on, got)
		}
	}
}

func TestDirRefusesIDs(t *testing.T) {
	ids := map[string]string{
		"empty":           "",
		"path":            "../../../../../../../../../tmp/abcdef",
		"path of 36":      "0a1b2c3d-4e5f-6789-abcd-../../../../",
		"upper case":      strings.ToUpper(guid(1)),
		"braces":          "{" + guid(1) + "}",
		"no hyphens":      strings.ReplaceAll(guid(1), "-", "") + "0000",
		"NUL":             guid(1)[:35] + "\x00",
		"not hexadecimal": "0g1b2c3d-4e5f-6789-abcd-000000000001",
		"long":            guid(1) + "0",
	}
	for name, id := range ids {
		t.Run(name, func(t *testing.T) {
			root := t.TempDir()
			d := newDir(t, root, nil)
			r := failure(1, data("x"))
			r.ID = id
			if e := wantError[*trace.IDError](t, d.Trace(t.Context(), r)); e.ID != id {
				t.Errorf("ID = %q", e.ID)
			}
			if diff := cmp.Diff([]string{}, names(t, root)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestDirNeverOverwrites(t *testing.T) {
	for _, ext := range []string{".txt", ".eml"} {
		t.Run(ext, func(t *testing.T) {
			root := t.TempDir()
			d := newDir(t, root, nil)
			name := inbound + "/" + guid(1) + ext
			put(t, filepath.Join(root, name), "old")
			err := d.Trace(t.Context(), failure(1, data("new")))
			if e := wantError[*trace.ExistsError](t, err); e.Name != name {
				t.Errorf("Name = %q", e.Name)
			}
			if !errors.Is(err, fs.ErrExist) || errors.Is(err, trace.ErrFull) {
				t.Errorf("is the wrong error: %v", err)
			}
			if diff := cmp.Diff(map[string]string{name: "old"}, files(t, root)); diff != "" {
				t.Error(diff)
			}
		})
	}
	t.Run("the other direction's id", func(t *testing.T) {
		root := t.TempDir()
		d := newDir(t, root, nil)
		for _, dir := range []diag.Direction{diag.Inbound, diag.Outbound} {
			r := failure(1, data("x"))
			r.Direction = dir
			if err := d.Trace(t.Context(), r); err != nil {
				t.Error(err)
			}
		}
	})
}

func TestDirFolderMovedAway(t *testing.T) {
	root := t.TempDir()
	d := newDir(t, root, nil)
	for n, moved := range []string{inbound, "ContentConversionTracing"} {
		if err := d.Trace(t.Context(), failure(n, data("x"))); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(filepath.Join(root, moved), filepath.Join(t.TempDir(), "moved")); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.Trace(t.Context(), failure(9, data("x"))); err != nil {
		t.Fatal(err)
	}
	if got := files(t, root); len(got) != 2 || got[inbound+"/"+guid(9)+".eml"] != "x" {
		t.Errorf("files are %v", got)
	}
}

func TestNewDirErrors(t *testing.T) {
	t.Run("empty root", func(t *testing.T) {
		if _, err := trace.NewDir("", nil); err == nil {
			t.Error("no error")
		}
	})
	t.Run("root is a file", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "file")
		put(t, path, "")
		if _, err := trace.NewDir(path, nil); err == nil {
			t.Error("no error")
		}
	})
	t.Run("closed", func(t *testing.T) {
		d, err := trace.NewDir(t.TempDir(), nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
		if err := d.Trace(context.Background(), failure(1, nil)); !errors.Is(err, fs.ErrClosed) {
			t.Errorf("error is %v", err)
		}
	})
}
