package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/mapi2mime"
)

func message(subject, body string) string {
	return "From: a@example.com\r\nTo: b@example.com\r\nSubject: " + subject + "\r\n\r\n" + body
}

func write(t *testing.T, name, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

// files returns the files below a folder.
func files(t *testing.T, dir string) (names []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			rel, _ := filepath.Rel(dir, path)
			names = append(names, filepath.ToSlash(rel))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(names)
	return names
}

// mime returns a converted message as an Internet message.
func mime(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if _, err := mapi2mime.ConvertMsg(t.Context(), &out, bytes.NewReader(b), int64(len(b)), nil); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// fill makes inputs of every kind, two of which fail.
func fill(t *testing.T) (dir string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "in")
	write(t, filepath.Join(dir, "one.eml"), message("one", "Text\r\n"))
	write(t, filepath.Join(dir, "deep", "er", "two.eml"), message("two", "Text\r\n"))
	write(t, filepath.Join(dir, "Maildir", "cur", "1.host:2,S"), message("three", "Text\r\n"))
	write(t, filepath.Join(dir, "Maildir", "tmp", "2.host"), "half")
	write(t, filepath.Join(dir, ".hidden"), "no message")
	write(t, filepath.Join(dir, "long.eml"), message(strings.Repeat("x", 300), "Text\r\n"))
	write(t, filepath.Join(dir, "broken.msg"), string(compoundFile)+"broken")
	write(t, filepath.Join(dir, "box"), "From a@example.com Mon Jan  1 00:00:00 2026\n"+
		strings.ReplaceAll(message("four", "One\r\n\r\n>From here\r\n>>From there\r\nFrom within\r\n\r\n"), "\r\n", "\n")+
		"From a@example.com Mon Jan  1 00:00:00 2026\n"+
		strings.ReplaceAll(message("five", "Two"), "\r\n", "\n"))
	return dir
}

func TestBatch(t *testing.T) {
	in, out := fill(t), filepath.Join(t.TempDir(), "out")
	var stdout bytes.Buffer
	if code := run(t.Context(), []string{out, in}, &stdout, io.Discard); code != exitFailed {
		t.Errorf("exit status %d", code)
	}
	if diff := cmp.Diff("5 converted, 2 failed\n  corrupt content: 1\n  limit exceeded: 1\n", stdout.String()); diff != "" {
		t.Error(diff)
	}
	want := []string{"failed.tsv", "in/Maildir/cur/1.host:2,S.msg", "in/box/000001.msg", "in/box/000002.msg", "in/deep/er/two.eml.msg", "in/one.eml.msg"}
	if diff := cmp.Diff(want, files(t, out)); diff != "" {
		t.Error(diff)
	}
	if got := mime(t, filepath.Join(out, "in/box/000001.msg")); !strings.HasSuffix(strings.ReplaceAll(got, "=20", " "), "One\r\n\r\nFrom here\r\n>From there\r\nFrom within\r\n") {
		t.Errorf("%s", got)
	}
	if got := mime(t, filepath.Join(out, "in/box/000002.msg")); !strings.HasSuffix(got, "Two") && !strings.HasSuffix(got, "Two\r\n") {
		t.Errorf("%s", got)
	}

	t.Run("again", func(t *testing.T) {
		stdout.Reset()
		run(t.Context(), []string{out, in}, &stdout, io.Discard)
		if diff := cmp.Diff("0 converted, 5 in an earlier run, 2 failed\n  corrupt content: 1\n  limit exceeded: 1\n", stdout.String()); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("retry", func(t *testing.T) {
		write(t, filepath.Join(in, "long.eml"), message("short", "Text\r\n"))
		stdout.Reset()
		run(t.Context(), []string{"-retry", out, in}, &stdout, io.Discard)
		if diff := cmp.Diff("1 converted, 5 in an earlier run, 1 failed\n  corrupt content: 1\n", stdout.String()); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("and back", func(t *testing.T) {
		back := filepath.Join(t.TempDir(), "back")
		stdout.Reset()
		if code := run(t.Context(), []string{back, filepath.Join(out, "in")}, &stdout, io.Discard); code != exitConverted {
			t.Errorf("exit status %d: %s", code, stdout.String())
		}
		if b, err := os.ReadFile(filepath.Join(back, "in", "one.eml.msg.eml")); err != nil || !bytes.Contains(b, []byte("Subject: one\r\n")) {
			t.Errorf("%s, %v", b, err)
		}
	})
}

// An interrupted run leaves no half file, and the next one goes on.
func TestInterrupted(t *testing.T) {
	in, out := filepath.Join(t.TempDir(), "in"), filepath.Join(t.TempDir(), "out")
	for i := range 50 {
		write(t, filepath.Join(in, fmt.Sprintf("%02d.eml", i)), message(fmt.Sprint(i), "Text\r\n"))
	}
	ctx, cancel := context.WithCancel(t.Context())
	b := &batch{workers: 2}
	list, err := tasks(ctx, []string{in})
	if err != nil || len(list) != 50 {
		t.Fatalf("%d tasks, %v", len(list), err)
	}
	b.record, err = openRecord(filepath.Join(t.TempDir(), "failed.tsv"), false)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 20 {
		b.one(ctx, out, &list[i])
	}
	cancel()
	if got := b.one(ctx, out, &list[20]); !got.interrupted {
		t.Errorf("%+v", got)
	}
	if code := run(ctx, []string{out, in}, io.Discard, io.Discard); code != exitFailed {
		t.Errorf("exit status %d", code)
	}
	if got := files(t, filepath.Join(out, "in")); len(got) != 20 {
		t.Errorf("%q", got)
	}
	var stdout bytes.Buffer
	if code := run(t.Context(), []string{out, in}, &stdout, io.Discard); code != exitConverted || stdout.String() != "30 converted, 20 in an earlier run, 0 failed\n" {
		t.Errorf("exit status %d, %s", code, stdout.String())
	}
}

func TestUsage(t *testing.T) {
	for _, args := range [][]string{nil, {"out"}, {"-workers", "0", "out", "in"}, {"-huh"}} {
		if code := run(t.Context(), args, io.Discard, io.Discard); code != exitUsage {
			t.Errorf("%q: exit status %d", args, code)
		}
	}
	in := fill(t)
	if code := run(t.Context(), []string{t.TempDir(), in, filepath.Join(t.TempDir(), "in")}, io.Discard, io.Discard); code != exitFailed {
		t.Errorf("two inputs of a name: exit status %d", code)
	}
}

func TestFromLinesOfLongLines(t *testing.T) {
	text := "From a\n" + strings.Repeat("x", 1<<17) + "From b\n\nFrom c\n" + strings.Repeat("y", 1<<16) + "\nFrom d\n"
	starts, err := fromLines(strings.NewReader(text))
	if diff := cmp.Diff([]int64{0, int64(strings.Index(text, "From c"))}, starts); diff != "" || err != nil {
		t.Error(diff, err)
	}
	u, err := newUnquoter(strings.NewReader(text[:strings.Index(text, "From c")]))
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(u)
	if want := strings.Repeat("x", 1<<17) + "From b\n"; err != nil || string(got) != want {
		t.Errorf("%d bytes, %v, want %d", len(got), err, len(want))
	}
}
