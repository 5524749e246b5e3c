package mapi2mime

import (
	"context"
	"fmt"
	"strconv"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/derive"
	"github.com/contentconv/contentconv/internal/failure"
	"github.com/contentconv/contentconv/limits"
	"github.com/contentconv/contentconv/mapi"
)

// A conversion is the state of one call.
type conversion struct {
	ctx     context.Context
	o       *Options
	limits  limits.Limits
	rec     *diag.Recorder
	random  *derive.Source
	res     *Result
	message *mapi.Message

	root     *part // what is planned so far, nil before
	entities int64 // planned so far, for MaxBodyPartsTotal
	token    string
	salt     int               // how many tokens were chosen in vain
	bounds   int               // boundaries so far
	resolved map[string]string // what the resolver said
}

// defaults are the options of who gives none. They never change.
var defaults Options

func newConversion(ctx context.Context, m *mapi.Message, o *Options) *conversion {
	if o == nil {
		o = &defaults
	}
	return &conversion{
		ctx: ctx, o: o, limits: o.Limits, rec: new(diag.Recorder), random: derive.New(o.Key),
		res: new(Result), message: m,
	}
}

// newPart returns a part of the tree, which counts against MaxBodyPartsTotal.
func (c *conversion) newPart(mediaType, place string) (*part, error) {
	c.entities++
	if err := failure.Exceeded(c.limits.BodyParts(), c.entities, place, ""); err != nil {
		return nil, err
	}
	p := &part{mediaType: mediaType, place: place}
	p.header = p.fields[:0]
	return p, nil
}

// maxSalt bounds how often another token is chosen. Who can guess one of them, which
// takes the key, can guess them all.
const maxSalt = 3

// restart forgets what is planned, so that it can be planned with another token.
func (c *conversion) restart() {
	next := newConversion(c.ctx, c.message, c.o)
	next.random, next.resolved, next.salt = c.random, c.resolved, c.salt+1
	*c = *next
}

// newToken makes the boundaries of the message others than those that it holds.
func (m *message) newToken() error {
	if m.into == nil && m.salt > 0 {
		m.token = m.random.Hex("boundary", m.token, strconv.Itoa(m.salt))
	}
	return nil
}

// newBoundary returns a boundary. Its beginning "=_" occurs in no text in
// quoted-printable or base64, and those of one message are no beginnings of each
// other (RFC 2046 5.1.1).
func (c *conversion) newBoundary() string {
	c.bounds++
	return fmt.Sprintf("=_%d_%s", c.bounds, c.token)
}

// rootHeader returns the header block of the message as far as it is planned.
func (c *conversion) rootHeader() []byte {
	if c.root == nil || len(c.root.header) == 0 {
		return nil
	}
	var b []byte
	for _, f := range c.root.header {
		b = appendField(b, f)
	}
	return b
}
