package mapi2mime

import (
	"context"
	"fmt"

	gomessage "github.com/emersion/go-message"

	"github.com/contentconv/contentconv/internal/failure"
	"github.com/contentconv/contentconv/internal/guard"
	"github.com/contentconv/contentconv/mapi"
)

// Entity returns the message that [Convert] writes as a go-message entity. Its
// bodies are read from m while they are read from the entity, once and in order;
// an error of a content is one of the body's reader. Other errors are those of
// Convert.
//
// go-message gives text in UTF-8 and writes no other: WriteTo of an entity refuses a
// body whose header block names another charset. To change a message and write it, set
// [Options.Charset] to "utf-8"; to write it as it is, use Convert.
func Entity(ctx context.Context, m *mapi.Message, o *Options) (e *gomessage.Entity, err error) {
	c := newConversion(ctx, m, o)
	defer guard.Catch(func(v any, stack []byte) {
		e, err = nil, c.fail(failure.Panic(v, stack))
	})
	s, err := c.plan(nil)
	if err != nil {
		return nil, c.fail(err)
	}
	// The header block is our own and may have any number of recipients.
	r := &streamReader{ctx: ctx, s: s}
	e, err = gomessage.ReadWithOptions(r, &gomessage.ReadOptions{MaxHeaderBytes: -1})
	if err != nil && !gomessage.IsUnknownCharset(err) && !gomessage.IsUnknownEncoding(err) {
		return nil, c.fail(fmt.Errorf("go-message: %w", err))
	}
	r.own = true
	return e, nil
}
