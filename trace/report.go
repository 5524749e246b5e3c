package trace

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/limits"
)

const (
	// maxChain is the number of errors of a chain that a report shows. A chain
	// that leads back to itself ends there.
	maxChain = 64
	// maxStack is the number of lines of a stack that a report shows.
	maxStack = 500
)

// report returns the text of a record in the three blocks that Exchange's trace
// files have: the chain of errors with the stack, the results, and every option
// and limit. Blocks are separated by an empty line; no text from outside can
// begin a line.
func report(r *Record, size int64) []byte {
	var b bytes.Buffer
	writeErrors(&b, r)
	b.WriteByte('\n')
	writeResults(&b, r, size)
	b.WriteByte('\n')
	writeOptions(&b, r)
	return b.Bytes()
}

func writeErrors(b *bytes.Buffer, r *Record) {
	if r.Err == nil {
		fmt.Fprintf(b, "%s: no error\n", r.Kind)
		return
	}
	for _, err := range chain(r.Err) {
		fmt.Fprintf(b, "%s: %s\n", line(fmt.Sprintf("%T", err)), line(err.Error()))
	}
	n := 0
	for s := range strings.Lines(string(r.Err.Stack)) {
		if n++; n > maxStack {
			b.WriteString("   ...\n")
			return
		}
		if s = strings.TrimSpace(s); s != "" {
			fmt.Fprintf(b, "   at %s\n", line(s))
		}
	}
}

// chain returns err and the errors that it wraps, depth first.
func chain(err error) []error {
	var out []error
	for todo := []error{err}; len(todo) > 0 && len(out) < maxChain; {
		err := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if err == nil {
			continue
		}
		out = append(out, err)
		switch u := err.(type) {
		case interface{ Unwrap() error }:
			todo = append(todo, u.Unwrap())
		case interface{ Unwrap() []error }:
			list := u.Unwrap()
			list = list[:min(len(list), maxChain)]
			for i := len(list) - 1; i >= 0; i-- {
				todo = append(todo, list[i])
			}
		}
	}
	return out
}

func writeResults(b *bytes.Buffer, r *Record, size int64) {
	dir := directionOf(r.Direction)
	fmt.Fprintf(b, "%sConversionResults:\n", titles[dir])
	item(b, "id", r.ID)
	item(b, "kind", r.Kind.String())
	item(b, "time", r.Time.UTC().Format(time.RFC3339Nano))
	if e := r.Err; e != nil {
		item(b, "status", e.Status)
		item(b, "reason", e.Reason.String())
		item(b, "part", quoteIfAny(e.Part))
		item(b, "header", quoteIfAny(e.Header))
	}
	switch {
	case r.Message != nil:
		item(b, "message", fmt.Sprintf("%s%s, %d bytes", r.ID, folderNames[dir].ext, size))
	case r.MessageError != nil:
		item(b, "message", "none: "+r.MessageError.Error())
	default:
		item(b, "message", "none")
	}
	for _, d := range r.Diagnostics {
		item(b, "diagnostic", d.String())
	}
}

func writeOptions(b *bytes.Buffer, r *Record) {
	fmt.Fprintf(b, "%sConversionOptions:\n", titles[directionOf(r.Direction)])
	for _, o := range r.Options {
		v := o.Value
		if v != "" && secret(o.Name) {
			v = "(not shown)"
		}
		item(b, o.Name, v)
	}
	for _, l := range r.Limits.All() {
		v := "unlimited"
		if l.Max != limits.None {
			v = strconv.FormatInt(l.Max, 10)
		}
		item(b, l.Name, v)
	}
}

var titles = [2]string{"Inbound", "Outbound"}

func item(b *bytes.Buffer, name, value string) {
	b.WriteString("- ")
	b.WriteString(line(name))
	b.WriteByte(':')
	if value != "" {
		b.WriteByte(' ')
		b.WriteString(line(value))
	}
	b.WriteByte('\n')
}

func quoteIfAny(s string) string {
	if s == "" {
		return ""
	}
	return diag.Quote(s)
}

// secret reports whether an option of that name holds what a reader of the
// report must not learn. Whether it is set is no secret.
func secret(name string) bool {
	name = strings.ToLower(name)
	for _, s := range []string{"key", "secret", "password", "token"} {
		if strings.HasSuffix(name, s) {
			return true
		}
	}
	return false
}
