package trace

import (
	"context"
	"fmt"
	"io"
)

// copyMessage copies the message, which must have as many bytes as it said.
func (p *pair) copyMessage(ctx context.Context, w io.Writer) (err error) {
	r, err := p.message.Open(ctx)
	if err != nil {
		return fmt.Errorf("trace: open the message: %w", err)
	}
	defer func() {
		if cerr := r.Close(); err == nil && cerr != nil {
			err = fmt.Errorf("trace: close the message: %w", cerr)
		}
	}()
	const maxIdle = 100
	buf := make([]byte, 64<<10)
	for n, idle := int64(0), 0; ; {
		if err := ctx.Err(); err != nil {
			return err
		}
		k, err := r.Read(buf)
		if n += int64(k); n > p.size {
			return &SizeError{p.size, p.size + 1}
		}
		if err := writeAll(w, buf[:k]); err != nil {
			return err
		}
		if idle++; k > 0 {
			idle = 0
		}
		switch {
		case err == io.EOF && n < p.size:
			return &SizeError{p.size, n}
		case err == io.EOF:
			return nil
		case err != nil:
			return fmt.Errorf("trace: read the message: %w", err)
		case idle >= maxIdle:
			return fmt.Errorf("trace: read the message: %w", io.ErrNoProgress)
		}
	}
}
