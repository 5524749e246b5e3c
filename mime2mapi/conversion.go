package mime2mapi

import (
	"context"
	"io"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/derive"
	"github.com/contentconv/contentconv/internal/failure"
	"github.com/contentconv/contentconv/internal/guard"
	"github.com/contentconv/contentconv/internal/mimescan"
	"github.com/contentconv/contentconv/limits"
)

// A conversion is the state of one call of Convert.
type conversion struct {
	ctx    context.Context
	o      *Options
	limits limits.Limits
	rec    *diag.Recorder
	res    *Result

	src     io.ReaderAt
	size    int64
	guarded *guard.ReaderAt  // src, where it is the caller's
	root    *mimescan.Entity // what was scanned so far, nil before

	sample   []byte // see beginning
	entities int64  // of all scans so far, for MaxBodyPartsTotal
	// fallbacks counts the calendars that stayed files, as no object can hold them.
	fallbacks int
	contacts  int64 // bytes of the vCards that became contacts

	spooled  int64 // bytes of decoded messages, which count against MSize
	random   *derive.Source
	defaults Options // o when the caller has none
}

func newConversion(ctx context.Context, o *Options) *conversion {
	// What lives as long as the result is one allocation, the rest another.
	var r struct {
		result Result
		rec    diag.Recorder
		gate   gate
	}
	r.result.rec, r.result.open = &r.rec, &r.gate
	c := &conversion{ctx: ctx, o: o, rec: &r.rec, res: &r.result}
	if o == nil {
		c.o = &c.defaults
	}
	c.limits, c.random = c.o.Limits, derive.New(c.o.Key)
	return c
}

func (c *conversion) scanOptions(path string, parts, depth int64) mimescan.Options {
	return mimescan.Options{
		MaxParts:        c.limits.BodyParts().Max,
		MaxMessageDepth: c.limits.EmbeddedDepth().Max,
		PartsBefore:     parts,
		DepthBefore:     depth,
		Path:            path,
		Record:          c.rec.Add,
	}
}

// countEntities adds the entities of a scan to those of the message.
func (c *conversion) countEntities(root *mimescan.Entity) {
	root.Walk(func(*mimescan.Entity) bool {
		c.entities++
		return true
	})
}

// checkMalformed fails, when malformed messages are rejected, with the first
// diagnostic that makes the message one.
func (c *conversion) checkMalformed() error {
	if c.o.Malformed != Reject {
		return nil
	}
	d := c.rec.Malformed()
	if d == nil {
		return nil
	}
	return failure.Malformed(d)
}
