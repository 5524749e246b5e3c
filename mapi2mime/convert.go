package mapi2mime

import (
	"context"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/failure"
	"github.com/contentconv/contentconv/internal/guard"
	"github.com/contentconv/contentconv/mapi"
)

// Convert writes m to w as an Internet message. Nothing is written where the
// conversion fails, save when a content cannot be read to its end or w fails. m
// and its contents must not change meanwhile.
//
// The error is a *[diag.Error], or the context's own when that is done. Result
// is nil then.
func Convert(ctx context.Context, w io.Writer, m *mapi.Message, o *Options) (res *Result, err error) {
	c := newConversion(ctx, m, o)
	defer guard.Catch(func(v any, stack []byte) {
		res, err = nil, c.fail(failure.Panic(v, stack))
	})
	memory := texts.Get().(*[textSize]byte)
	p, err := c.plan(memory[:0])
	if err == nil {
		err = p.write(ctx, guard.Writer(w))
	}
	texts.Put(memory)
	if err != nil {
		return nil, c.fail(err)
	}
	c.res.Diagnostics = c.rec.Diagnostics()
	return c.res, nil
}

var errSelfContained = errors.New("a message contains itself")

// plan checks and plans the message and those embedded in it. The stream uses the
// memory for its text.
func (c *conversion) plan(memory []byte) (*stream, error) {
	if err := c.ctx.Err(); err != nil {
		return nil, err
	}
	if c.message == nil {
		return nil, &failure.Failure{Reason: diag.CorruptContent, Err: errors.New("there is no message")}
	}
	err := c.planAll()
	for c.salt < maxSalt && errors.Is(err, errBoundaryTaken) {
		c.restart()
		err = c.planAll()
	}
	if err != nil {
		return nil, err
	}
	c.finish()
	s := c.root.stream(memory, int(c.entities))
	c.res.Size = s.size
	return s, failure.Exceeded(c.limits.Size(), s.size, "", "")
}

// A job is a message to plan: the outermost or an embedded one.
type job struct {
	m      *mapi.Message
	holder string // the place of the attachment that holds it
	into   *part  // the part that holds it, nil for the outermost
	depth  int64
	leave  bool // all within the message was planned
}

// planAll plans a message and those embedded in it, in their order. It keeps a
// list of its own, so that depth costs no stack.
func (c *conversion) planAll() error {
	stack := []job{{m: c.message}}
	var within map[*mapi.Message]bool // those that hold the one in hand
	for len(stack) > 0 {
		j := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if j.leave {
			delete(within, j.m)
			continue
		}
		if within[j.m] {
			return &failure.Failure{Reason: diag.CorruptContent, Part: j.holder, Err: errSelfContained}
		}
		if err := c.ctx.Err(); err != nil {
			return err
		}
		if err := failure.Exceeded(c.limits.EmbeddedDepth(), j.depth, j.holder, ""); err != nil {
			return err
		}
		m := &message{scope: scope{conversion: c, place: j.holder}, job: j}
		if err := m.convert(); err != nil {
			return err
		}
		if len(m.embedded) == 0 {
			continue
		}
		if within == nil {
			within = make(map[*mapi.Message]bool)
		}
		within[j.m], j.leave = true, true
		stack = append(stack, j)
		slices.Reverse(m.embedded)
		stack = append(stack, m.embedded...)
	}
	return nil
}

// attachmentPlace returns the place of the attachment with that index.
func (j *job) attachmentPlace(i int) string {
	n := strconv.Itoa(i + 1)
	switch {
	case j.holder == "":
		return n
	case j.depth >= maxNumberLevels:
		base, _, _ := strings.Cut(j.holder, "~")
		return base + "~" + strconv.FormatInt(j.depth, 10) + "." + n
	}
	return j.holder + "." + n
}

// finish sets what depends on the whole tree: transfer encodings of what holds
// 8-bit parts, and what the result says.
func (c *conversion) finish() {
	all := c.root.link(make([]*part, 0, c.entities))
	for _, p := range slices.Backward(all) {
		c.finishPart(p)
	}
	parts := make([]Part, 0, len(all)+len(c.res.Parts))
	for _, p := range all {
		if !p.multipart() && (!p.root() || p.leaf()) {
			parts = append(parts, Part{Number: p.section(), Type: p.mediaType, Source: p.source, Place: p.place})
		}
	}
	c.res.Parts = append(parts, c.res.Parts...)
	c.res.Entities = c.entities
	c.res.EightBit = c.root.eightBit
}

// finishPart labels a part whose children are finished (RFC 2045 6.4, RFC 6532
// 3.5): what holds 8-bit parts is 8bit itself, and a message with 8-bit header
// fields is a message/global.
func (c *conversion) finishPart(p *part) {
	labelled := p.eightBit
	for _, child := range p.children {
		p.eightBit = p.eightBit || child.eightBit
	}
	if inner := p.message; inner != nil {
		p.eightBit = p.eightBit || inner.eightBit
		if eightBitHeader(inner) {
			p.eightBit = true
			p.mediaType = "message/global"
			p.header[0].value = p.mediaType
		}
	}
	if eightBitHeader(p) {
		c.res.SMTPUTF8 = true
	}
	if p.eightBit && !labelled {
		p.add("Content-Transfer-Encoding", "8bit")
	}
}

func eightBitHeader(p *part) bool {
	for _, f := range p.header {
		if !isASCII(f.value) {
			return true
		}
	}
	return false
}
