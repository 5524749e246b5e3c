package mime2mapi

import (
	"context"

	gomessage "github.com/emersion/go-message"

	"github.com/contentconv/contentconv/internal/guard"
	"github.com/contentconv/contentconv/internal/spool"
)

// ConvertEntity converts a message that was read, or made, with go-message. It
// is written out first: what is read from an entity's body is gone from it.
// Errors are those of [Convert].
func ConvertEntity(ctx context.Context, e *gomessage.Entity, o *Options) (*Result, error) {
	c := newConversion(ctx, o)
	return c.run(func() (err error) {
		w := spool.NewWriter(c.limits.Size().Max, 0, c.o.TempDir, spoolMemory)
		defer w.Close()
		guard.Call(func() { err = e.WriteTo(w) })
		if err == nil {
			c.own(w.Spool())
		}
		return err
	})
}
