package mapi2mime

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/failure"
	"github.com/contentconv/contentconv/internal/guard"
	"github.com/contentconv/contentconv/limits"
	"github.com/contentconv/contentconv/msg"
	"github.com/contentconv/contentconv/tnef"
	"github.com/contentconv/contentconv/trace"
)

// ReadMsg reads the .msg file in the first size bytes of r as [msg.Read] does,
// which says what holds for r. A file that cannot be read is a failure of the
// outbound direction like any other: a *[diag.Error] with reason
// [diag.CorruptContent], traced with the file byte for byte.
func ReadMsg(ctx context.Context, r io.ReaderAt, size int64, o *Options) (res *msg.Result, err error) {
	c := newConversion(ctx, nil, o.withOriginal(r, size))
	defer guard.Catch(func(v any, stack []byte) {
		res, err = nil, c.fail(failure.Panic(v, stack))
	})
	guarded := guard.NewReaderAt(r)
	res, err = msg.Read(ctx, guarded, size, &msg.ReadOptions{Limits: c.limits})
	if err != nil {
		return nil, c.fail(unreadable(err))
	}
	guarded.Release()
	return res, nil
}

// ConvertMsg writes the .msg file in the first size bytes of r to w as an
// Internet message: [ReadMsg] and [Convert] in one. The diagnostics of reading
// come first in the result.
func ConvertMsg(ctx context.Context, w io.Writer, r io.ReaderAt, size int64, o *Options) (*Result, error) {
	o = o.withOriginal(r, size)
	file, err := ReadMsg(ctx, r, size, o)
	if err != nil {
		return nil, err
	}
	res, err := Convert(ctx, w, file.Message, o)
	if err != nil {
		return nil, err
	}
	res.Diagnostics = append(file.Diagnostics[:len(file.Diagnostics):len(file.Diagnostics)], res.Diagnostics...)
	return res, nil
}

// withOriginal returns the options with the file that a trace keeps.
func (o *Options) withOriginal(r io.ReaderAt, size int64) *Options {
	var c Options
	if o != nil {
		c = *o
	}
	if c.Original == nil {
		c.Original, c.OriginalSize = r, size
	}
	return &c
}

// unreadable says what is wrong with a file: its content, unless reading it
// failed or it passes a limit.
func unreadable(err error) error {
	for _, damage := range []error{
		msg.ErrNotCompound, msg.ErrNotMessage, msg.ErrCorrupt, msg.ErrTooLarge,
		tnef.ErrNotTNEF, tnef.ErrTooLarge,
	} {
		if errors.Is(err, damage) {
			return &failure.Failure{Reason: diag.CorruptContent, Err: err}
		}
	}
	if errors.Is(err, limits.ErrExceeded) {
		return &failure.Failure{Reason: diag.LimitExceeded, Err: err}
	}
	return err
}

// A messageFile is the .msg file of a message, made while a trace keeps it. The
// message has failed to convert, so whatever is wrong with it is an error of the
// record, and no panic within the sink.
type messageFile struct{ trace.Content }

func (f messageFile) Size(ctx context.Context) (n int64, err error) {
	defer recovered(&err)
	return f.Content.Size(ctx)
}

func (f messageFile) Open(ctx context.Context) (r io.ReadCloser, err error) {
	defer recovered(&err)
	r, err = f.Content.Open(ctx)
	return messageFileReader{r}, err
}

type messageFileReader struct{ io.ReadCloser }

func (r messageFileReader) Read(p []byte) (n int, err error) {
	defer recovered(&err)
	return r.ReadCloser.Read(p)
}

func recovered(err *error) {
	if v := recover(); v != nil {
		*err = fmt.Errorf("no .msg file can be made: panic: %v", v)
	}
}
