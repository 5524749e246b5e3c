package trace

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/contentconv/contentconv/diag"
)

// DefaultMaxBytes is the default of [DirOptions.MaxBytes]: 128 MiB.
const DefaultMaxBytes = 134217728

// DefaultLockWait is the default of [DirOptions.LockWait].
const DefaultLockWait = 10 * time.Second

// DirOptions control a [Dir]. Nil and the zero value are the defaults.
type DirOptions struct {
	// MaxBytes bounds, in bytes, the files of each of the two folders. Zero
	// means [DefaultMaxBytes], a negative value that there is no bound.
	MaxBytes int64

	// CalendarFallbacks keeps records of kind [CalendarFallback] too. They are
	// no failures, and are dropped otherwise.
	CalendarFallbacks bool

	// LockWait bounds the time for which a record waits for other goroutines
	// and processes that write to its folder, so that a process that hangs
	// cannot hold up the mail of all others. Zero means [DefaultLockWait].
	LockWait time.Duration
}

// A Dir is a [Sink] that writes each record as a pair of files below a root,
// where Exchange's content conversion tracing has them below its
// PipelineTracingPath:
//
//	ContentConversionTracing/InboundFailures/GUID.eml    the message as it came
//	ContentConversionTracing/InboundFailures/GUID.txt    why it failed
//	ContentConversionTracing/OutboundFailures/GUID.msg
//	ContentConversionTracing/OutboundFailures/GUID.txt
//
// A record without a message has a GUID.txt alone, which says why.
//
// # Bound
//
// A record is judged alone, by the bytes of the files that are in its folder at
// that moment (its subfolders do not count): it is written whole or, with a
// [FullError], not at all. Nothing is ever overwritten or removed to make room;
// files that are moved away make it. A disk without space is [ErrFull] too.
//
// # Crashes and failures
//
// Files are written under names that end in ".tmp", flushed, and renamed when
// both are whole, so that a GUID.eml, GUID.msg or GUID.txt is never a part of
// itself. A failure or a cancelled context removes them. What a crash left is
// put right before the next record of that folder: a pair of which one file has
// its final name gets the other's, and other ".tmp" files of a GUID's name are
// removed.
//
// # Access
//
// Folders have mode 0700 and files 0600, whatever the umask is. A folder that
// exists must belong to the effective user, or it is refused with an
// [UnsafeError]; if its mode allows more, the mode is set to 0700. No symbolic
// link is followed at ContentConversionTracing or below it; one in the place of
// a folder is an UnsafeError. The root itself may be a link. It is made when it
// does not exist.
//
// On Windows modes and owners are not looked at: new folders and files inherit
// the access control list of the root, so give the root one that lets only the
// service's account in. Symbolic links and junctions are refused as elsewhere.
//
// # Concurrency
//
// Any number of goroutines, Dirs and processes can share a root. Each folder has
// a file ".lock", empty, on which the writer holds a lock of the operating
// system (flock, LockFileEx), which goes away with the process. On systems that
// have neither, [NewDir] fails with [errors.ErrUnsupported].
type Dir struct {
	root *os.Root
	opts DirOptions
	// turn holds one token per direction: a queue before the lock, so that the
	// goroutines of a process do not poll.
	turn [2]chan struct{}
}

// NewDir returns a sink that writes below root. It makes the folders, so that a
// root that cannot be used shows at once. Close the Dir when it is done with.
func NewDir(root string, o *DirOptions) (*Dir, error) {
	d := &Dir{}
	if o != nil {
		d.opts = *o
	}
	if d.opts.MaxBytes == 0 {
		d.opts.MaxBytes = DefaultMaxBytes
	}
	if d.opts.LockWait <= 0 {
		d.opts.LockWait = DefaultLockWait
	}
	if err := os.MkdirAll(root, 0o700); err != nil {
		return nil, fmt.Errorf("trace: %w", err)
	}
	r, err := os.OpenRoot(root)
	if err != nil {
		return nil, fmt.Errorf("trace: %w", err)
	}
	d.root = r
	for i := range d.turn {
		d.turn[i] = make(chan struct{}, 1)
		if err := d.probe(direction(i)); err != nil {
			return nil, errors.Join(err, r.Close())
		}
	}
	return d, nil
}

// probe makes the folder and takes its lock once.
func (d *Dir) probe(dir direction) error {
	_, leave, err := d.enter(context.Background(), dir)
	if errors.Is(err, ErrBusy) {
		return nil // others can use it, so it is usable
	}
	if err == nil {
		leave()
	}
	return err
}

// Close releases the root. Trace fails with [fs.ErrClosed] afterwards.
func (d *Dir) Close() error { return d.root.Close() }

// Trace writes r. Its errors are, or wrap, a [FullError], [ExistsError],
// [IDError], [SizeError] or [UnsafeError], [ErrFull], [ErrBusy], the context's
// error, or one of the message's content or of the file system. Nothing of the
// record remains after an error.
func (d *Dir) Trace(ctx context.Context, r *Record) error {
	if r.Kind == CalendarFallback && !d.opts.CalendarFallbacks {
		return nil
	}
	if !validID(r.ID) {
		return &IDError{r.ID}
	}
	p, err := newPair(ctx, r)
	if err != nil {
		return err
	}
	dir := directionOf(r.Direction)
	f, leave, err := d.enter(ctx, dir)
	if err == nil {
		defer leave()
		err = f.write(ctx, p, d.opts.MaxBytes)
	}
	if err != nil && diskFull(err) {
		return fmt.Errorf("%w: %w", ErrFull, err)
	}
	return err
}

// enter waits for the folder's lock, for as long as ctx and LockWait allow.
func (d *Dir) enter(ctx context.Context, dir direction) (f *folder, leave func(), err error) {
	wait, cancel := context.WithTimeout(ctx, d.opts.LockWait)
	defer cancel()
	select {
	case d.turn[dir] <- struct{}{}:
		f, err = d.open(wait, dir)
		if err != nil {
			<-d.turn[dir]
		}
	case <-wait.Done():
		err = wait.Err()
	}
	switch {
	case err == nil:
		return f, func() { _ = f.close(); <-d.turn[dir] }, nil
	case ctx.Err() != nil:
		return nil, nil, ctx.Err()
	case errors.Is(err, context.DeadlineExceeded):
		return nil, nil, fmt.Errorf("%w: waited %s for %s", ErrBusy, d.opts.LockWait, folderNames[dir].name)
	}
	return nil, nil, err
}

// A direction is an index of folderNames.
type direction int

const tracingFolder = "ContentConversionTracing"

var folderNames = [2]struct{ name, ext string }{
	{"InboundFailures", ".eml"},
	{"OutboundFailures", ".msg"},
}

func directionOf(d diag.Direction) direction {
	if d == diag.Outbound {
		return 1
	}
	return 0
}

// validID reports whether id is a GUID as this package writes it.
func validID(id string) bool {
	if len(id) != 36 {
		return false
	}
	for i := range len(id) {
		switch c := id[i]; {
		case i == 8 || i == 13 || i == 18 || i == 23:
			if c != '-' {
				return false
			}
		case '0' <= c && c <= '9' || 'a' <= c && c <= 'f':
		default:
			return false
		}
	}
	return true
}
