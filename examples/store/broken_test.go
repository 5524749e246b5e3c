package store_test

import (
	"context"
	"io"
)

// broken is a content that fails when it is read.
type broken struct{}

func (broken) Size(context.Context) (int64, error) { return 10, nil }
func (broken) Open(context.Context) (io.ReadCloser, error) {
	return nil, io.ErrUnexpectedEOF
}
