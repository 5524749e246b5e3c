// Package mapitest helps tests that compare messages.
package mapitest

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/mapi"
)

// maxShown is the size up to which Diff shows a content itself.
const maxShown = 4 << 10

// Diff returns what has to change in want (-) to make it got (+), by the
// canonical names of properties, or "" when the messages are equal. The order of
// properties does not matter. Contents are read; small texts are shown, others
// stand as size and SHA-256.
func Diff(want, got *mapi.Message) string {
	return cmp.Diff(viewOf(want), viewOf(got))
}

// A message as Diff shows it.
type message struct {
	Properties  map[string]any
	Recipients  []map[string]any
	Attachments []attachment
}

type attachment struct {
	Properties map[string]any
	Content    string
	Message    *message
}

func viewOf(m *mapi.Message) *message {
	if m == nil {
		return nil
	}
	v := &message{Properties: properties(&m.Properties)}
	for i := range m.Recipients {
		v.Recipients = append(v.Recipients, properties(&m.Recipients[i].Properties))
	}
	for _, a := range m.Attachments {
		v.Attachments = append(v.Attachments, attachment{properties(&a.Properties), content(a.Content), viewOf(a.Message)})
	}
	return v
}

func properties(p *mapi.Properties) map[string]any {
	v := make(map[string]any, p.Len())
	for q := range p.All() {
		v[label(q)] = q.Value.Any()
	}
	return v
}

// label returns "PidTagSubject", or what there is instead of a canonical name,
// and the type where it is not the usual one.
func label(p mapi.Property) string {
	if p.Name == nil {
		name, ok := mapi.TagName(p.Tag())
		if !ok {
			return fmt.Sprintf("0x%08X", p.Tag())
		}
		if _, t, _ := mapi.KeyOf(name); t != p.Value.Type() {
			name += " " + p.Value.Type().String()
		}
		return name
	}
	name, t, ok := mapi.NameOf(*p.Name)
	if !ok {
		name = fmt.Sprintf("%#v", *p.Name)
	}
	if !ok || t != p.Value.Type() {
		name += " " + p.Value.Type().String()
	}
	return name
}

func content(c mapi.Content) string {
	if c == nil {
		return ""
	}
	r, err := c.Open(context.Background())
	if err != nil {
		return "error: " + err.Error()
	}
	defer r.Close()
	h := sha256.New()
	head, err := io.ReadAll(io.TeeReader(io.LimitReader(r, maxShown+1), h))
	n := int64(len(head))
	if err == nil {
		var rest int64
		rest, err = io.Copy(h, r)
		n += rest
	}
	switch {
	case err != nil:
		return "error: " + err.Error()
	case n <= maxShown && utf8.Valid(head):
		return fmt.Sprintf("%q", head)
	}
	return fmt.Sprintf("%d bytes, sha256 %x", n, h.Sum(nil))
}
