package mime2mapi

import (
	"errors"
	"time"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/guard"
	"github.com/contentconv/contentconv/trace"
)

// traceFallbacks hands the sink a record of a message some of whose calendars stayed
// files. What the sink says of it becomes a diagnostic.
func (c *conversion) traceFallbacks() {
	if c.fallbacks == 0 || c.o.Trace == nil {
		return
	}
	now := time.Now()
	r := &trace.Record{
		ID: c.random.GUID("calendar", string(c.rootHeader()), now.String()), Kind: trace.CalendarFallback,
		Direction: diag.Inbound, Time: now, Diagnostics: c.rec.Diagnostics(), Options: c.o.traced(), Limits: c.limits,
		Message: &partContent{src: c.src, end: c.size, size: c.size, open: c.res.open},
	}
	var err error
	guard.Call(func() { err = c.o.Trace.Trace(c.ctx, r) })
	switch {
	case errors.Is(err, trace.ErrFull):
		c.rec.Add(diag.TraceFull, "", "", diag.Quote(err.Error()))
	case err != nil:
		c.rec.Add(diag.TraceFailed, "", "", diag.Quote(err.Error()))
	}
}
