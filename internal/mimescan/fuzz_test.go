package mimescan

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/limits"
)

// FuzzScan checks that every tree is sound, keeps to the options, and doesn't
// depend on how the source is read.
func FuzzScan(f *testing.F) {
	for _, s := range []string{
		parts(2),
		messages(2),
		levels(3),
		strings.ReplaceAll(levels(2), "\n", "\r"),
		"From x\r\n\r\nSubject : a\r\njunk\r\n b\r\nTo: c\r\n \r\n" + mixed + "--b--\r\n",
		"\xef\xbb\xbfA: b\rC: d\n \n\nbody\x00",
		mixed + "--b\n" + mixed + "--b\n\none\n--b--\n--b\n\ntwo\n--b--\n--b\n\nthree",
		"Content-Type: multipart/digest; boundary=\"a b\"\n\n--a b\n\nA: b\n\n--a b --\n",
		mixed + "--b\nContent-Transfer-Encoding: base64\njunk\n\n--b\n\n--b",
	} {
		f.Add(s, uint8(3), int8(20))
	}
	f.Fuzz(func(t *testing.T, msg string, chunk uint8, maxParts int8) {
		o := Options{MaxParts: int64(maxParts), MaxMessageDepth: 5, MaxMultipartDepth: 5, MaxHeader: 2000}
		e, defects, err := fuzzScan(msg, o)
		o.chunk = int(chunk) + 1
		again, defectsAgain, errAgain := fuzzScan(msg, o)
		var exceeded *limits.ExceededError
		if errors.As(err, &exceeded) {
			if d := cmp.Diff(err, errAgain); d != "" {
				t.Errorf("errors (-large chunks +small chunks):\n%s", d)
			}
			return
		}
		if err != nil || errAgain != nil {
			t.Fatalf("Scan: %v, %v", err, errAgain)
		}
		if d := cmp.Diff(detail(e), detail(again)); d != "" {
			t.Errorf("trees (-large chunks +small chunks):\n%s", d)
		}
		if d := cmp.Diff(defects, defectsAgain); d != "" {
			t.Errorf("defects (-large chunks +small chunks):\n%s", d)
		}
		checkTree(t, e, int64(len(msg)), o)

		// Once more with the message in pieces from its beginning on.
		o.MaxHeader += int64(len(padding))
		o.chunk = 0
		e, defects, err = fuzzScan(padding+msg, o)
		o.chunk = int(chunk) + 1
		again, defectsAgain, errAgain = fuzzScan(padding+msg, o)
		if (err != nil) != (errAgain != nil) {
			t.Errorf("padded: %v with large chunks, %v with small ones", err, errAgain)
		}
		if err != nil || errAgain != nil {
			return
		}
		if d := cmp.Diff(detail(e), detail(again)); d != "" {
			t.Errorf("padded trees (-large chunks +small chunks):\n%s", d)
		}
		if d := cmp.Diff(defects, defectsAgain); d != "" {
			t.Errorf("padded defects (-large chunks +small chunks):\n%s", d)
		}
	})
}

func fuzzScan(msg string, o Options) (e *Entity, defects []string, err error) {
	o.Record = func(code diag.Code, part, header, detail string) {
		defects = append(defects, string(code)+" "+part+" "+header+" "+detail)
	}
	e, err = Scan(context.Background(), strings.NewReader(msg), 0, int64(len(msg)), o)
	return e, defects, err
}

// checkTree checks what is true of every tree.
func checkTree(t *testing.T, root *Entity, size int64, o Options) {
	t.Helper()
	if root.End != size && root.DeclaredType.Full == "" {
		t.Errorf("the root ends at %d of %d", root.End, size)
	}
	count := int64(0)
	leaves := map[string]bool{}
	root.Walk(func(e *Entity) bool {
		count++
		if e.Start < 0 || e.Start > e.Body || e.Body > e.End || e.End > size {
			t.Errorf("%s: %d, %d, %d of %d", e.Path, e.Start, e.Body, e.End, size)
		}
		if p := e.Parent; p != nil && (e.Start < p.Body || e.End > p.End) {
			t.Errorf("%s: %d to %d is not within %s, %d to %d", e.Path, e.Start, e.End, p.Path, p.Body, p.End)
		}
		after := e.Body
		for _, c := range e.Children {
			if c.Start < after || c.Parent != e {
				t.Errorf("%s begins at %d, the part before ends at %d", c.Path, c.Start, after)
			}
			after = c.End
		}
		if e.ContentType.Full == "" || e.Multipart && e.Message != nil || !e.Multipart && e.Children != nil {
			t.Errorf("%s: %s, multipart %v, %d children, message %v", e.Path, e.ContentType.Full, e.Multipart, len(e.Children), e.Message != nil)
		}
		if e.Leaf() {
			if leaves[e.Section()] {
				t.Errorf("two leaves have the section %s", e.Section())
			}
			leaves[e.Section()] = true
		}
		if e.Start+int64(len(e.Header.Raw)) > e.Body {
			t.Errorf("%s: the header block goes into the body", e.Path)
		}
		if int64(len(e.Header.Raw)) > o.MaxHeader {
			t.Errorf("%s: header of %d bytes", e.Path, len(e.Header.Raw))
		}
		for _, f := range e.Header.Fields {
			if f.Name == "" || !strings.Contains(e.Header.Raw, f.Name) || !strings.Contains(e.Header.Raw, f.Value) {
				t.Errorf("%s: field %+v", e.Path, f)
			}
			if strings.ContainsAny(f.Unfolded(), "\n\r") {
				t.Errorf("%s: field %+v is not unfolded", e.Path, f)
			}
		}
		return true
	})
	if o.MaxParts >= 0 && count > o.MaxParts {
		t.Errorf("%d entities, more than %d", count, o.MaxParts)
	}
}
