package main

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"sync"

	"github.com/contentconv/contentconv/mapi2mime"
	"github.com/contentconv/contentconv/mime2mapi"
	"github.com/contentconv/contentconv/msg"
)

// A batch is one run.
type batch struct {
	workers  int
	retry    bool
	progress meter
	record   *record
}

// run converts all messages of the inputs. Its error is one that ends the run; the
// summary is of what was done until then.
func (b *batch) run(ctx context.Context, output string, inputs []string) (*summary, error) {
	list, err := tasks(ctx, inputs)
	if err != nil {
		return nil, err
	}
	b.progress.total(len(list))
	if err := os.MkdirAll(output, 0o700); err != nil {
		return nil, err
	}
	if b.record, err = openRecord(filepath.Join(output, "failed.tsv"), b.retry); err != nil {
		return nil, err
	}
	s := newSummary()
	next := make(chan *task)
	var wg sync.WaitGroup
	for range b.workers {
		wg.Go(func() {
			for t := range next {
				s.add(b.one(ctx, output, t))
				b.progress.add()
			}
		})
	}
feed:
	for i := range list {
		select {
		case next <- &list[i]:
		case <-ctx.Done():
			break feed
		}
	}
	close(next)
	wg.Wait()
	return s, errors.Join(ctx.Err(), b.record.close())
}

// one converts a message, unless an earlier run did or failed.
func (b *batch) one(ctx context.Context, output string, t *task) outcome {
	extension := ".msg"
	if t.toMIME {
		extension = ".eml"
	}
	name := filepath.Join(output, t.output+extension)
	if _, err := os.Lstat(name); err == nil {
		return outcome{done: true, before: true}
	}
	if reason, ok := b.record.failed(t.name()); ok {
		return outcome{reason: reason, before: true}
	}
	err := t.convert(ctx, name)
	if ctx.Err() != nil {
		return outcome{interrupted: true}
	}
	if err != nil {
		reason := reasonOf(err)
		b.record.add(t.name(), reason, err)
		return outcome{reason: reason}
	}
	return outcome{done: true}
}

// convert converts the message to a file that is there whole or not at all.
func (t *task) convert(ctx context.Context, name string) error {
	f, err := os.Open(t.file)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return err
	}
	out, err := os.CreateTemp(filepath.Dir(name), ".batch-*")
	if err != nil {
		return err
	}
	err = t.write(ctx, out, f)
	if e := out.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Rename(out.Name(), name)
	}
	if err != nil {
		_ = os.Remove(out.Name())
	}
	return err
}

func (t *task) write(ctx context.Context, out io.Writer, f *os.File) error {
	part := io.NewSectionReader(f, t.offset, t.size)
	if t.toMIME {
		_, err := mapi2mime.ConvertMsg(ctx, out, part, t.size, &mapi2mime.Options{Purpose: mapi2mime.Retrieval})
		return err
	}
	res, err := t.inbound(ctx, part)
	if err != nil {
		return err
	}
	_, _, err = msg.Write(ctx, out, res.Message, nil)
	return errors.Join(err, res.Close())
}

func (t *task) inbound(ctx context.Context, part *io.SectionReader) (*mime2mapi.Result, error) {
	if !t.mbox {
		return mime2mapi.ConvertAt(ctx, part, t.size, nil)
	}
	u, err := newUnquoter(part)
	if err != nil {
		return nil, err
	}
	return mime2mapi.Convert(ctx, u, nil)
}
