package mailbox

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/contentconv/contentconv/mapi2mime"
)

// ErrNotServed is the error of writing an item that is hidden or failed.
var ErrNotServed = errors.New("the item is not served")

// ErrChanged is the error of writing an item whose octets are no longer as many
// as the verdict says.
var ErrChanged = errors.New("the item has changed since it was judged")

// A Policy judges items and writes them. Its fields are set before its first use;
// then it can be used by any number of goroutines.
type Policy struct {
	// OnFailure says what becomes of an item that cannot be converted.
	OnFailure OnFailure
	// Memory remembers what was found; nil means that every item is converted
	// whenever it is judged.
	Memory Memory
	// Workers bounds how many items are judged at once; zero means GOMAXPROCS.
	Workers int
	// Version is a text that changes when items are to be judged again though
	// neither they nor the program and its options have changed.
	Version string
	// Sender is the address that substitutes come from; "" means
	// postmaster@localhost.
	Sender string

	options     mapi2mime.Options
	fingerprint string
	program     string
}

// New returns a policy that converts with o, which needs a Key, so that an item's
// octets are the same whenever it is written.
func New(o *mapi2mime.Options) (*Policy, error) {
	if o == nil || len(o.Key) == 0 {
		return nil, errors.New("mailbox: the options have no Key, without which no item has the same octets twice")
	}
	p := &Policy{options: *o, fingerprint: fingerprint(o), program: program()}
	p.options.Original, p.options.OriginalSize = nil, 0
	return p, nil
}

func (p *Policy) sender() string {
	if p.Sender == "" {
		return "postmaster@localhost"
	}
	return p.Sender
}

// Write writes an item as its verdict says: the message or its substitute, in as
// many octets. An item that is hidden or failed gives [ErrNotServed] with the
// reason, and writes nothing. Failures are not traced.
func (p *Policy) Write(ctx context.Context, w io.Writer, it Item, v Verdict) error {
	var n int64
	switch v.State {
	case Served:
		o := p.options
		o.Trace = nil // it could be converted, so what fails is the reading, or w
		res, err := it.Convert(ctx, w, &o)
		if err != nil {
			return err
		}
		n = res.Size
	case Substituted:
		var err error
		if n, err = p.substitute(ctx, w, it, v); err != nil {
			return err
		}
	default:
		return fmt.Errorf("%w: %s", ErrNotServed, v.Reason)
	}
	if n != v.Size {
		return fmt.Errorf("%w: %d octets, not %d", ErrChanged, n, v.Size)
	}
	return nil
}
