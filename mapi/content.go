package mapi

import (
	"bytes"
	"context"
	"io"
)

// Content is an attachment's data, which may live outside the memory: in the
// source of a conversion, for example, and then only as long as that is open.
type Content interface {
	// Open returns a reader of the data from its beginning. It can be called as
	// often as wanted, by any number of goroutines.
	Open(ctx context.Context) (io.ReadCloser, error)
	// Size returns the exact number of bytes. Encoded data may have to be read
	// once to know it.
	Size(ctx context.Context) (int64, error)
}

// Bytes is a Content in memory.
type Bytes []byte

// Open returns a reader of b.
func (b Bytes) Open(context.Context) (io.ReadCloser, error) {
	return io.NopCloser(bytes.NewReader(b)), nil
}

// Size returns the length of b.
func (b Bytes) Size(context.Context) (int64, error) { return int64(len(b)), nil }
