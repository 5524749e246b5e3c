package trace_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/trace"
)

// FuzzDir records any failure under any id. The message is kept byte for byte beside a
// text of whole lines, or there is an error and nothing: whatever the id is, no file
// has another name.
func FuzzDir(f *testing.F) {
	f.Add(guid(1), "Subject: x\r\n\r\nbody\x00\xff", "why", uint8(0))
	f.Add("../../../../etc/passwd", "", "\r\n.\x1b[2J", uint8(1))
	f.Add(strings.ToUpper(guid(1)), "x", "", uint8(2))
	f.Add(guid(1)+"\x00", "x", "", uint8(3))
	f.Fuzz(func(t *testing.T, id, message, why string, kind uint8) {
		root := t.TempDir()
		d := newDir(t, root, nil)
		r := failure(0, data(message))
		r.ID, r.Err.Part, r.Err.Header, r.Err.Err = id, why, why, errors.New(why)
		r.Direction = diag.Direction(kind % 4)
		err := d.Trace(t.Context(), r)
		seen := filesBelow(t, root)
		if err != nil {
			var bad *trace.IDError
			if !errors.As(err, &bad) || len(seen) > 0 {
				t.Errorf("%v, with %q", err, seen)
			}
			return
		}
		checkPair(t, root, seen, id, message)
	})
}

// filesBelow returns the paths of the files below a root, but those of its locks.
func filesBelow(t *testing.T, root string) (list []string) {
	t.Helper()
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() && e.Name() != ".lock" {
			list = append(list, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func checkPair(t *testing.T, root string, seen []string, id, message string) {
	t.Helper()
	if len(seen) != 2 {
		t.Fatalf("the files are %q", seen)
	}
	for _, path := range seen {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		folder, _ := filepath.Rel(root, filepath.Dir(path))
		if folder = filepath.ToSlash(folder); folder != inbound && folder != outbound {
			t.Errorf("a file in %q", folder)
		}
		switch base := filepath.Base(path); base {
		case id + ".eml", id + ".msg":
			if string(b) != message {
				t.Errorf("the message is kept as %q", b)
			}
		case id + ".txt":
			if strings.ContainsAny(string(b), "\x00\x1b\r") || !strings.HasSuffix(string(b), "\n") {
				t.Errorf("the text is %q", b)
			}
		default:
			t.Errorf("a file called %q", base)
		}
	}
}
