package mapi

import (
	"bufio"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
)

// MaxJSONDepth is how deep [EncodeJSON] follows messages within messages. A
// conversion never makes more than the limits package allows by default, 30.
const MaxJSONDepth = 100

// EncodeJSON writes m as one JSON object with the members properties,
// recipients and attachments, and no line break at its end. Properties stand in
// their order, one a line; where a canonical name is known it comes first.
//
//   - Strings, booleans and numbers are what they are in JSON; integers beyond
//     2^53, infinities and NaN are strings. PtypCurrency is the number of 1/10000
//     units, PtypFloatingTime that of days.
//   - PtypTime is RFC 3339 in UTC, or filetime:0x... where that has no form.
//   - PtypGuid is {...}, PtypBinary and types without a form of their own base64,
//     PtypObject null. Multiple values are arrays.
//   - An attachment has the size and the SHA-256 of its content, which is read
//     once, or null for both; and its message, or null.
//
// An error of a Content or of w ends the encoding in the middle. Messages nested
// deeper than [MaxJSONDepth] are an error.
func EncodeJSON(ctx context.Context, w io.Writer, m *Message) error {
	e := &jsonEncoder{ctx: ctx, w: bufio.NewWriter(w)}
	if err := e.tree(m); err != nil {
		return err
	}
	return e.w.Flush()
}

// A jsonEncoder writes one object. Errors of w stay in it until the end.
type jsonEncoder struct {
	ctx    context.Context
	w      *bufio.Writer
	indent int
	buf    []byte // of the token being written
}

// tree writes a message and those within it, with a stack of its own: how deep
// they are nested is the sender's choice.
func (e *jsonEncoder) tree(m *Message) error {
	type frame struct {
		m    *Message
		next int // attachment
	}
	stack := []frame{{m: m}}
	e.openMessage(m)
	for len(stack) > 0 {
		f := &stack[len(stack)-1]
		if f.next == len(f.m.Attachments) {
			e.closeMessage(f.m)
			if stack = stack[:len(stack)-1]; len(stack) > 0 {
				e.closeAttachment()
			}
			continue
		}
		a := f.m.Attachments[f.next]
		if err := e.openAttachment(a, f.next == 0); err != nil {
			return err
		}
		f.next++
		if a.Message == nil {
			e.w.WriteString("null")
			e.closeAttachment()
			continue
		}
		if len(stack) == MaxJSONDepth {
			return fmt.Errorf("mapi: messages are nested more than %d deep", MaxJSONDepth)
		}
		stack = append(stack, frame{m: a.Message})
		e.openMessage(a.Message)
	}
	return nil
}

// openMessage writes what comes before the attachments.
func (e *jsonEncoder) openMessage(m *Message) {
	e.w.WriteByte('{')
	e.indent++
	e.line()
	e.properties(&m.Properties)
	e.w.WriteByte(',')
	e.line()
	e.w.WriteString(`"recipients": [`)
	e.indent++
	for i := range m.Recipients {
		e.item(i == 0)
		e.w.WriteByte('{')
		e.properties(&m.Recipients[i].Properties)
		e.w.WriteByte('}')
	}
	e.indent--
	if len(m.Recipients) > 0 {
		e.line()
	}
	e.w.WriteString("],")
	e.line()
	e.w.WriteString(`"attachments": [`)
	e.indent++
}

func (e *jsonEncoder) closeMessage(m *Message) {
	e.indent--
	if len(m.Attachments) > 0 {
		e.line()
	}
	e.w.WriteByte(']')
	e.indent--
	e.line()
	e.w.WriteByte('}')
}

// openAttachment writes an attachment up to the value of its message.
func (e *jsonEncoder) openAttachment(a *Attachment, first bool) error {
	if err := e.ctx.Err(); err != nil {
		return err
	}
	e.item(first)
	e.w.WriteByte('{')
	e.properties(&a.Properties)
	if a.Content == nil {
		e.w.WriteString(`, "size": null, "sha256": null, "message": `)
		return nil
	}
	size, sum, err := digest(e.ctx, a.Content)
	if err != nil {
		return fmt.Errorf("mapi: content of an attachment: %w", err)
	}
	fmt.Fprintf(e.w, `, "size": %d, "sha256": "%x", "message": `, size, sum)
	return nil
}

func (e *jsonEncoder) closeAttachment() { e.w.WriteByte('}') }

// digest reads a content once.
func digest(ctx context.Context, c Content) (size int64, sum []byte, err error) {
	r, err := c.Open(ctx)
	if err != nil {
		return 0, nil, err
	}
	defer r.Close()
	h := sha256.New()
	size, err = io.Copy(h, r)
	return size, h.Sum(nil), err
}

func (e *jsonEncoder) properties(p *Properties) {
	e.w.WriteString(`"properties": [`)
	e.indent++
	first := true
	for q := range p.All() {
		e.item(first)
		e.property(q)
		first = false
	}
	e.indent--
	if !first {
		e.line()
	}
	e.w.WriteByte(']')
}

// item begins an element of an array on a line of its own.
func (e *jsonEncoder) item(first bool) {
	if !first {
		e.w.WriteByte(',')
	}
	e.line()
}

func (e *jsonEncoder) line() {
	e.w.WriteByte('\n')
	for range e.indent {
		e.w.WriteString("  ")
	}
}
