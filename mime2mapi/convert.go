package mime2mapi

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/contentconv/contentconv/internal/failure"
	"github.com/contentconv/contentconv/internal/guard"
	"github.com/contentconv/contentconv/internal/mimescan"
	"github.com/contentconv/contentconv/internal/spool"
	"github.com/contentconv/contentconv/mapi"
)

// spoolMemory is the size up to which a message is held in memory.
const spoolMemory = 1 << 20

// Convert reads the message in r to its end, or to the limit MSize and no
// further, and converts it. What was read is held in memory, or in a temporary
// file when it is over 1 MiB, until the Result is closed; r is free afterwards.
//
// The error is a *[diag.Error], or the context's own when that is done. Result
// is nil then.
func Convert(ctx context.Context, r io.Reader, o *Options) (*Result, error) {
	c := newConversion(ctx, o)
	return c.run(func() error {
		s, err := spool.New(ctx, guard.Reader(r), c.limits.Size().Max, c.o.TempDir, spoolMemory)
		if err == nil {
			c.own(s)
		}
		return err
	})
}

// ConvertAt converts the message in the first size bytes of r, without a copy. r
// must stay open and unchanged until the Result is closed; it is read by any
// number of goroutines. Errors are those of [Convert].
func ConvertAt(ctx context.Context, r io.ReaderAt, size int64, o *Options) (*Result, error) {
	c := newConversion(ctx, o)
	return c.run(func() error {
		if size < 0 {
			return fmt.Errorf("a source has no size of %d bytes", size)
		}
		c.guarded = guard.NewReaderAt(r)
		c.src, c.size = c.guarded, size
		return c.limits.Size().Check(size)
	})
}

// own makes a spool the source, and releases it with the Result.
func (c *conversion) own(s *spool.Spool) {
	c.src, c.size = s, s.Size()
	c.res.sources = append(c.res.sources, s)
}

// run opens the source, converts it, and makes a failure of what goes wrong.
func (c *conversion) run(open func() error) (res *Result, err error) {
	defer guard.Catch(func(v any, stack []byte) {
		res, err = nil, c.fail(failure.Panic(v, stack))
	})
	if err = open(); err == nil {
		err = c.convert()
	}
	if err != nil {
		return nil, c.fail(err)
	}
	c.traceFallbacks()
	if c.guarded != nil {
		c.guarded.Release()
	}
	c.res.Diagnostics = c.rec.Diagnostics()
	return c.res, nil
}

// convert is the conversion: scan, check, then every message of the tree.
func (c *conversion) convert() error {
	if err := c.ctx.Err(); err != nil {
		return err
	}
	root, err := mimescan.Scan(c.ctx, c.src, 0, c.size, c.scanOptions("", 0, 0))
	c.root = root
	if err != nil {
		return err
	}
	c.countEntities(root)
	if err := c.checkMalformed(); err != nil {
		return err
	}
	c.res.Message = new(mapi.Message)
	if err := c.convertAll(job{root: root, src: c.src, into: c.res.Message}); err != nil {
		return err
	}
	slices.SortStableFunc(c.res.Parts, func(a, b Part) int { return comparePartNumbers(a.Number, b.Number) })
	if c.o.Malformed == Reject {
		if err := c.res.Verify(c.ctx); err != nil {
			return err
		}
	}
	return c.checkMalformed()
}

// A job is a message to convert: the root, or an embedded one.
type job struct {
	root  *mimescan.Entity
	src   io.ReaderAt
	into  *mapi.Message
	depth int64 // messages around it
}

// convertAll converts a message and those embedded in it, in the order of the
// source. It keeps a list of its own, so that depth costs no stack.
func (c *conversion) convertAll(first job) error {
	stack := []job{first}
	for len(stack) > 0 {
		j := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if err := c.ctx.Err(); err != nil {
			return err
		}
		m := &message{conversion: c, job: j}
		if err := m.convert(); err != nil {
			return err
		}
		slices.Reverse(m.embedded)
		stack = append(stack, m.embedded...)
	}
	return nil
}

// comparePartNumbers orders part numbers as their parts stand in the source.
func comparePartNumbers(a, b string) int {
	for a != "" && b != "" {
		var x, y string
		x, a, _ = strings.Cut(a, ".")
		y, b, _ = strings.Cut(b, ".")
		if x == y {
			continue
		}
		i, errX := strconv.Atoi(x)
		j, errY := strconv.Atoi(y)
		if errX != nil || errY != nil {
			return strings.Compare(x, y)
		}
		return cmp.Compare(i, j)
	}
	return cmp.Compare(len(a), len(b))
}

// readRange returns at most max bytes of the range of a source.
func readRange(src io.ReaderAt, off, end, max int64) ([]byte, error) {
	n := min(end-off, max)
	if n <= 0 {
		return nil, nil
	}
	b := make([]byte, n)
	got, err := src.ReadAt(b, off)
	switch {
	case got == len(b):
		return b, nil
	case err == nil || errors.Is(err, io.EOF):
		return nil, errSourceChanged
	}
	return nil, err
}

// rootHeader returns the header block of the message, if there is one.
func (c *conversion) rootHeader() []byte {
	if c.root == nil {
		return nil
	}
	return bytes.Clone([]byte(c.root.Header.Raw))
}
