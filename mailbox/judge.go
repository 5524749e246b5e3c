package mailbox

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"sync"

	"errors"
	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/mapi2mime"
)

// Judge returns the verdict of each item, in their order. An item that fails, for
// whatever reason, fails alone; the error is the context's, or that of the memory.
func (p *Policy) Judge(ctx context.Context, items []Item) ([]Verdict, error) {
	verdicts := make([]Verdict, len(items))
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)

	next := make(chan int)
	panics := make(chan any, 1)
	var wg sync.WaitGroup
	for range min(p.workers(), len(items)) {
		wg.Go(func() {
			defer func() {
				if v := recover(); v != nil { // of a caller's code: it goes on in the caller's goroutine
					cancel(fmt.Errorf("panic: %v", v))
					select {
					case panics <- v:
					default:
					}
				}
			}()
			for i := range next {
				v, err := p.judge(ctx, items[i])
				if err != nil {
					cancel(err)
					return
				}
				verdicts[i] = v
			}
		})
	}
feed:
	for i := range items {
		select {
		case next <- i:
		case <-ctx.Done():
			break feed
		}
	}
	close(next)
	wg.Wait()
	select {
	case v := <-panics:
		panic(v)
	default:
	}
	if err := context.Cause(ctx); err != nil {
		return nil, err
	}
	return verdicts, nil
}

func (p *Policy) workers() int {
	if p.Workers > 0 {
		return p.Workers
	}
	return runtime.GOMAXPROCS(0)
}

// judge returns the verdict of one item. Its error is the context's or that of the
// memory, after which there is no use in going on.
func (p *Policy) judge(ctx context.Context, it Item) (Verdict, error) {
	id, err := it.Key(ctx)
	if err != nil {
		f, _ := finding(nil, err)
		return p.verdict(ctx, it, f, false), ctx.Err()
	}
	key := p.key(id)
	old, remembered, err := p.recall(key)
	if err != nil {
		return Verdict{}, err
	}
	f, lasts := old, true
	if !remembered {
		f, lasts = finding(it.Convert(ctx, io.Discard, &p.options))
	}
	v := p.verdict(ctx, it, f, remembered)
	if v.State == Substituted {
		f.SubstituteSize = v.Size
	}
	if err := ctx.Err(); err != nil {
		return Verdict{}, err
	}
	if lasts && f != old && p.Memory != nil {
		err = p.Memory.Put(key, f)
	}
	return v, err
}

func (p *Policy) recall(key string) (Finding, bool, error) {
	if p.Memory == nil {
		return Finding{}, false, nil
	}
	return p.Memory.Get(key)
}

// finding returns what a conversion found, and whether it will find the same
// again: what a reader or a resolver does may pass.
func finding(res *mapi2mime.Result, err error) (f Finding, lasts bool) {
	if err == nil {
		return Finding{Size: res.Size}, true
	}
	e, ok := errors.AsType[*diag.Error](err)
	if !ok {
		return Finding{Reason: diag.StatusConversionFailed + " " + err.Error()}, false
	}
	return Finding{Reason: e.Error(), TraceID: e.TraceID}, e.Reason != diag.IO
}

// verdict says what the policy makes of a finding. An item whose substitute cannot
// be made is hidden.
func (p *Policy) verdict(ctx context.Context, it Item, f Finding, remembered bool) Verdict {
	v := Verdict{State: Served, Size: f.Size, Reason: f.Reason, TraceID: f.TraceID, Remembered: remembered}
	if f.Reason == "" {
		return v
	}
	v.Size = 0
	switch p.OnFailure {
	case Fail:
		v.State = Failed
	case Substitute:
		v.State, v.Size = Substituted, f.SubstituteSize
		if v.Size == 0 {
			size, err := p.substitute(ctx, io.Discard, it, v)
			if err != nil {
				v.State, v.Reason = Hidden, v.Reason+"; no substitute: "+err.Error()
			}
			v.Size = size
		}
	default:
		v.State = Hidden
	}
	return v
}
