package main

import (
	"bytes"
	"context"
	"io"
	"os"

	"github.com/contentconv/contentconv/internal/spool"
)

// An input is what is converted: a file as it is, or standard input in a spool.
type input struct {
	io.ReaderAt
	io.Closer
	size int64
}

// open returns the input, and recognises its format when none is given.
func (a *arguments) open(ctx context.Context, stdin io.Reader) (*input, error) {
	in, err := a.source(ctx, stdin)
	if err != nil {
		return nil, plain(err)
	}
	if a.from == "" {
		head := make([]byte, 64)
		n, err := in.ReadAt(head, 0)
		if err != nil && err != io.EOF {
			in.Close()
			return nil, plain(err)
		}
		if a.from = recognise(head[:n]); a.from == "eml" && isWinmail(a.input) {
			a.from = "tnef"
		}
	}
	return in, nil
}

// source opens the file, or spools what has no size: standard input and devices.
func (a *arguments) source(ctx context.Context, stdin io.Reader) (*input, error) {
	if a.input == "-" {
		return spooled(ctx, stdin)
	}
	f, err := os.Open(a.input)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, err
	}
	if !info.Mode().IsRegular() {
		defer f.Close()
		return spooled(ctx, f)
	}
	return &input{f, f, info.Size()}, nil
}

func spooled(ctx context.Context, r io.Reader) (*input, error) {
	s, err := spool.New(ctx, r, -1, "", 0)
	if err != nil {
		return nil, err
	}
	return &input{s, s, s.Size()}, nil
}

// recognise returns the format of a file that begins with head. What has no
// signature is a mail.
func recognise(head []byte) string {
	switch {
	case bytes.HasPrefix(head, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")):
		return "msg"
	case bytes.HasPrefix(head, []byte("\x78\x9F\x3E\x22")):
		return "tnef"
	case bytes.HasPrefix(bytes.ToUpper(bytes.TrimLeft(head, "\xEF\xBB\xBF \t\r\n")), []byte("BEGIN:VCALENDAR")):
		return "ics"
	}
	return "eml"
}
