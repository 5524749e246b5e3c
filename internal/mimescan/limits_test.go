package mimescan

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/limits"
)

// parts is a multipart of n parts.
func parts(n int) string {
	return mixed + strings.Repeat("--b\n\nx\n", n) + "--b--\n"
}

// messages is a message within n messages.
func messages(n int) string {
	return strings.Repeat("Content-Type: message/rfc822\n\n", n) + "Subject: x\n\nbody"
}

// levels is n multiparts within each other, each with a text before the next.
func levels(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n\nx\n--b%d\n", i, i, i)
	}
	b.WriteString("\nlast\n")
	for i := n - 1; i >= 0; i-- {
		fmt.Fprintf(&b, "--b%d--\n", i)
	}
	return b.String()
}

func TestLimits(t *testing.T) {
	const partsName, depthName = "MaxBodyPartsTotal", "MaxEmbeddedMessageDepth"
	for _, tt := range []struct {
		name   string
		msg    string
		change func(*Options)
		want   *limits.ExceededError
	}{
		{"250 entities", parts(249), nil, nil},
		{"251 entities", parts(250), nil, &limits.ExceededError{Name: partsName, Limit: 250, Actual: 251}},
		{"1000 entities without a bound", parts(999), func(o *Options) { o.MaxParts = -1 }, nil},
		{"messages and their roots count", messages(2), func(o *Options) { o.MaxParts = 3 }, nil},
		{"messages and their roots count, one less", messages(2), func(o *Options) { o.MaxParts = 2 }, &limits.ExceededError{Name: partsName, Limit: 2, Actual: 3}},
		{"parts of an outer scan count", parts(10), func(o *Options) { o.PartsBefore = 240 }, &limits.ExceededError{Name: partsName, Limit: 250, Actual: 251}},
		{"30 messages within messages", messages(30), nil, nil},
		{"31 messages within messages", messages(31), nil, &limits.ExceededError{Name: depthName, Limit: 30, Actual: 31}},
		{"31 without a bound", messages(31), func(o *Options) { o.MaxMessageDepth = -1 }, nil},
		{"none allowed", messages(1), func(o *Options) { o.MaxMessageDepth = 0 }, &limits.ExceededError{Name: depthName, Limit: 0, Actual: 1}},
		{"depth of an outer scan counts", messages(1), func(o *Options) { o.DepthBefore = 30 }, &limits.ExceededError{Name: depthName, Limit: 30, Actual: 31}},
		{"depth of the message itself", messages(0), func(o *Options) { o.DepthBefore = 31 }, &limits.ExceededError{Name: depthName, Limit: 30, Actual: 31}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			o := Options{MaxParts: limits.DefaultMaxBodyPartsTotal, MaxMessageDepth: limits.DefaultMaxEmbeddedMessageDepth}
			if tt.change != nil {
				tt.change(&o)
			}
			_, err := Scan(context.Background(), strings.NewReader(tt.msg), 0, int64(len(tt.msg)), o)
			var got *limits.ExceededError
			if errors.As(err, &got) != (err != nil) {
				t.Fatalf("Scan: %v", err)
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

func TestIN_BODY_028_MultipartDepth(t *testing.T) {
	for _, tt := range []struct {
		levels, max int
		structured  int
		deep        bool
	}{
		{DefaultMultipartDepth, 0, DefaultMultipartDepth, false},
		{DefaultMultipartDepth + 1, 0, DefaultMultipartDepth, true},
		{5, 3, 3, true},
		{1000, 1000, 1000, false},
	} {
		t.Run(fmt.Sprint(tt.levels, " of ", tt.max), func(t *testing.T) {
			o := Defaults()
			o.MaxMultipartDepth = tt.max
			msg := levels(tt.levels)
			e, defects := scan(t, msg, o)
			n, texts, whole := 0, 0, ""
			e.Walk(func(e *Entity) bool {
				switch {
				case e.Multipart:
					n++
				case e.ContentType.Type == "multipart":
					whole = msg[e.Body:e.End]
				default:
					texts++
				}
				return true
			})
			if n != tt.structured {
				t.Errorf("%d multiparts are structured, want %d", n, tt.structured)
			}
			if deep := strings.Contains(fmt.Sprint(defects), "nesting-too-deep"); deep != tt.deep {
				t.Errorf("nesting-too-deep reported: %v, want %v", deep, tt.deep)
			}
			if tt.deep != strings.Contains(whole, "last") {
				t.Errorf("what is too deep is kept as %q", whole)
			}
			if want := tt.structured; !tt.deep && texts != want+1 {
				t.Errorf("%d texts, want %d", texts, want+1)
			}
		})
	}
}

// The bound on multiparts counts anew in an embedded message.
func TestMultipartDepthOfMessages(t *testing.T) {
	o := Defaults()
	o.MaxMultipartDepth = 1
	_, defects := scan(t, mixed+"--b\nContent-Type: message/rfc822\n\nContent-Type: multipart/mixed; boundary=c\n\n--c\n\nx\n--c--\n--b--\n", o)
	if d := cmp.Diff([]string{"bare-lf"}, defects); d != "" {
		t.Errorf("defects (-want +got):\n%s", d)
	}
}

func TestPathsOfDeepEntities(t *testing.T) {
	o := Defaults()
	o.MaxMultipartDepth = 5000
	e, _ := scan(t, levels(5000), o)
	seen := map[string]bool{}
	total := 0
	e.Walk(func(e *Entity) bool {
		if seen[e.Path] {
			t.Errorf("two entities have the path %s", e.Path)
		}
		seen[e.Path] = true
		total += len(e.Path)
		return true
	})
	if total > 200*len(seen) {
		t.Errorf("%d paths have %d bytes", len(seen), total)
	}
	if deepest := strings.Repeat("2.", 49) + "2~102"; !seen[deepest] {
		t.Errorf("no entity has the path %s", deepest)
	}
}
