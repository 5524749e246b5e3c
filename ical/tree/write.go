package tree

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/contentconv/contentconv/diag"
)

// lineLength bounds a line in octets, without its CRLF (RFC 5545, section 3.1).
const lineLength = 75

// Write writes components as iCalendar in UTF-8, in the order of the trees. Lines
// end in CRLF and are folded by octets, never within a character.
//
// Nothing in a value or a parameter can begin a line of its own: control
// characters but the tab are left out of values, and names that no property,
// parameter or component may have are errors, found before anything is written.
// In parameters a quotation mark becomes an apostrophe and a line break a blank,
// since many readers, Outlook among them, don't know the escapes of RFC 6868.
func Write(w io.Writer, components ...*Component) error {
	var b strings.Builder
	for _, c := range components {
		if err := writeComponent(&b, c); err != nil {
			return err
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// writeComponent writes a component without recursion: a step is a component to
// begin, or one to end.
func writeComponent(b *strings.Builder, root *Component) error {
	type step struct {
		c   *Component
		end bool
	}
	for stack := []step{{root, false}}; len(stack) > 0; {
		s := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if !isName(s.c.Name) {
			return fmt.Errorf("no component may have the name %s", diag.Quote(s.c.Name))
		}
		if s.end {
			fold(b, "END:"+s.c.Name)
			continue
		}
		fold(b, "BEGIN:"+s.c.Name)
		for i := range s.c.Properties {
			if err := writeProperty(b, &s.c.Properties[i]); err != nil {
				return err
			}
		}
		stack = append(stack, step{s.c, true})
		for i := len(s.c.Components) - 1; i >= 0; i-- {
			stack = append(stack, step{s.c.Components[i], false})
		}
	}
	return nil
}

func writeProperty(b *strings.Builder, p *Property) error {
	if !isName(p.Name) || p.Name == "BEGIN" || p.Name == "END" {
		return fmt.Errorf("no property may have the name %s", diag.Quote(p.Name))
	}
	var line strings.Builder
	line.WriteString(p.Name)
	for _, q := range p.Params {
		if !isName(q.Name) {
			return fmt.Errorf("no parameter may have the name %s", diag.Quote(q.Name))
		}
		line.WriteString(";" + q.Name)
		for i, v := range q.Values {
			line.WriteByte("=,"[min(i, 1)])
			line.WriteString(paramValue(v))
		}
		if len(q.Values) == 0 {
			line.WriteByte('=')
		}
	}
	line.WriteByte(':')
	line.WriteString(clean(p.Value))
	fold(b, line.String())
	return nil
}

// paramValue returns v as a parameter's value, in quotes if it needs them.
func paramValue(v string) string {
	v = clean(paramBreaks.Replace(v))
	if strings.ContainsAny(v, ":;,") || strings.TrimSpace(v) != v {
		return `"` + v + `"`
	}
	return v
}

// A caret that a reader would take for an escape of RFC 6868 is doubled.
var paramBreaks = strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ", `"`, "'", "^n", "^^n", "^'", "^^'", "^^", "^^^^", `^"`, "^^'")

// clean removes the control characters of s but the tab, and replaces what is no
// UTF-8.
func clean(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	control := func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7F }
	if !strings.ContainsFunc(s, control) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if control(r) {
			return -1
		}
		return r
	}, s)
}

// fold writes a line in pieces of at most 75 octets.
func fold(b *strings.Builder, s string) {
	for limit := lineLength; len(s) > limit; limit = lineLength - 1 {
		n := limit
		for n > limit-utf8.UTFMax && !utf8.RuneStart(s[n]) {
			n--
		}
		b.WriteString(s[:n])
		b.WriteString("\r\n ")
		s = s[n:]
	}
	b.WriteString(s)
	b.WriteString("\r\n")
}
