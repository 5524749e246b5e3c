package msg

import (
	"context"
	"io"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/cfb"
	"github.com/contentconv/contentconv/internal/propfile"
	"github.com/contentconv/contentconv/internal/readahead"
	"github.com/contentconv/contentconv/limits"
	"github.com/contentconv/contentconv/mapi"
)

// A Result is a message that was read, with what there is to say about it.
type Result struct {
	// Message is the message object. Contents of attachments and large binary
	// values are read from the file when they are asked for.
	Message *mapi.Message
	// Diagnostics holds every repair, fallback and loss, in order.
	Diagnostics []diag.Diagnostic

	late propfile.LateError
}

// Err returns the first error of the file that a large binary value met when it
// was read after [Read] had returned, or nil. A value has no way to return it.
func (r *Result) Err() error { return r.late.Get() }

// Read reads the .msg file of size bytes in r, which must stay open and
// unchanged as long as the message is used. r's ReadAt is called by several
// goroutines at once if the message is. An error is an *[Error], or ctx's own.
func Read(ctx context.Context, r io.ReaderAt, size int64, o *ReadOptions) (*Result, error) {
	if o == nil {
		o = new(ReadOptions)
	}
	res := &Result{Message: new(mapi.Message)}
	pages, err := optionPages(o.CodePage)
	if err != nil {
		return nil, err
	}
	ahead := readahead.New(r, size)
	defer ahead.Release()
	file, err := cfb.Open(ahead, size)
	if err != nil {
		return nil, failed("", err)
	}
	d := &reader{
		ctx: ctx, rec: new(diag.Recorder), late: &res.late, forced: pages,
		depth: o.Limits.EmbeddedDepth(), memory: o.maxMemory(), left: o.maxMemory(),
	}
	if err := d.file(file.Root(), res.Message); err != nil {
		if propfile.ContextError(ctx, err) {
			return nil, err
		}
		return nil, failed("", err)
	}
	res.Diagnostics = d.rec.Diagnostics()
	return res, nil
}

// A reader reads one file.
type reader struct {
	ctx    context.Context
	rec    *diag.Recorder
	late   *propfile.LateError
	forced *codePages // nil: the file decides
	depth  limits.Limit
	memory int64 // allowed
	left   int64 // of it
	rows   int
	names  []*mapi.Name // by id, from 0x8000
	queue  []job

	scratch []byte  // for bytes that are not kept
	list    []entry // of the object in hand
}

// A job is a message that is to be read from its storage.
type job struct {
	storage *cfb.Entry
	into    *mapi.Message
	header  int // of its property stream
	depth   int64
	pages   *codePages // those of the message it is in
	place   *propfile.Place
}

// file reads the message in the root storage and then, one by one, those within
// it: how deep they are nested is the sender's choice.
func (d *reader) file(root *cfb.Entry, into *mapi.Message) error {
	if e := root.Child(propertiesName); e == nil || e.Storage {
		return ErrNotMessage
	}
	if err := d.loadNames(root.Child(namesName)); err != nil {
		return err
	}
	d.queue = []job{{storage: root, into: into, header: headerTop, pages: defaultPages()}}
	for len(d.queue) > 0 {
		j := d.queue[0]
		d.queue = d.queue[1:]
		if err := d.message(&j); err != nil {
			return err
		}
	}
	return nil
}
