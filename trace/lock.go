package trace

import (
	"context"
	"fmt"
	"os"
	"time"
)

// waitLock takes the lock of f. It asks again and again instead of waiting in
// the system call, because a wait there ends with no context.
func waitLock(ctx context.Context, f *os.File) error {
	const longest = 50 * time.Millisecond
	for pause := time.Millisecond; ; pause = min(2*pause, longest) {
		ok, err := tryLock(f)
		if err != nil {
			return fmt.Errorf("trace: lock %s: %w", f.Name(), err)
		}
		if ok {
			return nil
		}
		timer := time.NewTimer(pause)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return ctx.Err()
		}
	}
}
