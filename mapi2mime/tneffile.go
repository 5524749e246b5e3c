package mapi2mime

import (
	"context"
	"io"

	"github.com/contentconv/contentconv/internal/failure"
	"github.com/contentconv/contentconv/internal/guard"
	"github.com/contentconv/contentconv/tnef"
)

// ReadTNEF reads the TNEF stream, such as a file winmail.dat, in the first size
// bytes of r as [tnef.Read] does, which says what holds for r. A stream that cannot
// be read is a failure like that of [ReadMsg].
func ReadTNEF(ctx context.Context, r io.ReaderAt, size int64, o *Options) (res *tnef.Result, err error) {
	c := newConversion(ctx, nil, o.withOriginal(r, size))
	defer guard.Catch(func(v any, stack []byte) {
		res, err = nil, c.fail(failure.Panic(v, stack))
	})
	guarded := guard.NewReaderAt(r)
	res, err = tnef.Read(ctx, guarded, size, &tnef.ReadOptions{Limits: c.limits, Trusted: c.o.Trusted})
	if err != nil {
		return nil, c.fail(unreadable(err))
	}
	guarded.Release()
	return res, nil
}

// ConvertTNEF writes the TNEF stream in the first size bytes of r to w as an
// Internet message: [ReadTNEF] and [Convert] in one. The diagnostics of reading
// come first in the result.
func ConvertTNEF(ctx context.Context, w io.Writer, r io.ReaderAt, size int64, o *Options) (*Result, error) {
	o = o.withOriginal(r, size)
	stream, err := ReadTNEF(ctx, r, size, o)
	if err != nil {
		return nil, err
	}
	res, err := Convert(ctx, w, stream.Message, o)
	if err != nil {
		return nil, err
	}
	res.Diagnostics = append(stream.Diagnostics[:len(stream.Diagnostics):len(stream.Diagnostics)], res.Diagnostics...)
	return res, nil
}
