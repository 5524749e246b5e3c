package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"

	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mapi2mime"
	"github.com/contentconv/contentconv/mime2mapi"
	"github.com/contentconv/contentconv/msg"
)

// What this library does when it runs in a process of its own.
const (
	workReadMsg    = "read-msg"
	workConvertMsg = "convert-msg"
	workReadMail   = "read-mail"
)

// works do a piece of work on a file of the given size and return how many bytes of
// contents they came across.
var works = map[string]func(io.ReaderAt, int64) (int64, error){
	workReadMsg: func(r io.ReaderAt, size int64) (int64, error) {
		res, err := msg.Read(background, r, size, nil)
		if err != nil {
			return 0, err
		}
		list(res.Message)
		return contents(res.Message)
	},
	workConvertMsg: func(r io.ReaderAt, size int64) (int64, error) {
		w := new(counter)
		_, err := mapi2mime.ConvertMsg(background, w, r, size, nil)
		return int64(*w), err
	},
	workReadMail: func(r io.ReaderAt, size int64) (int64, error) {
		res, err := mime2mapi.ConvertAt(background, r, size, nil)
		if err != nil {
			return 0, err
		}
		defer res.Close()
		list(res.Message)
		return contents(res.Message)
	},
}

// work is the driver of this library: its arguments are those of every driver, after
// the name of the work.
func (p *plan) work(name string, args []string) error {
	f, ok := works[name]
	if !ok || len(args) != 2 {
		return errors.New("usage: -work WORK TIMES FILE")
	}
	times, err := strconv.Atoi(args[0])
	if err != nil {
		return err
	}
	total := int64(0)
	for range times {
		n, err := onFile(args[1], f)
		if err != nil {
			return err
		}
		total += n
	}
	_, err = fmt.Fprintf(p.out, "%s\t%d\n", library, total)
	return err
}

func onFile(name string, f func(io.ReaderAt, int64) (int64, error)) (int64, error) {
	file, err := os.Open(name)
	if err != nil {
		return 0, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return 0, err
	}
	return f(file, info.Size())
}

// contents reads the bodies and attachments of a message and returns their size.
func contents(m *mapi.Message) (int64, error) {
	n := int64(len(mapi.PidTagBody.Or(&m.Properties, "")) + len(mapi.PidTagHtml.Or(&m.Properties, nil)))
	for _, a := range m.Attachments {
		if a.Message != nil {
			inner, err := contents(a.Message)
			if err != nil {
				return n, err
			}
			n += inner
		}
		if a.Content == nil {
			continue
		}
		r, err := a.Content.Open(background)
		if err != nil {
			return n, err
		}
		size, err := io.Copy(io.Discard, r)
		n += size
		if err := errors.Join(err, r.Close()); err != nil {
			return n, err
		}
	}
	return n, nil
}

// A counter is a writer that keeps only how much it got.
type counter int64

func (c *counter) Write(b []byte) (int, error) {
	*c += counter(len(b))
	return len(b), nil
}
