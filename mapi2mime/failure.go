package mapi2mime

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/failure"
	"github.com/contentconv/contentconv/internal/guard"
	"github.com/contentconv/contentconv/msg"
	"github.com/contentconv/contentconv/trace"
)

// fail turns err into the conversion's one error, and traces it.
func (c *conversion) fail(err error) error {
	end := failure.End{
		Direction: diag.Outbound, Recorder: c.rec, RootHeader: c.rootHeader(),
		Sink: c.o.Trace, Source: c.random, Limits: c.limits,
	}
	if end.Sink != nil {
		end.Options = c.o.traced()
		end.Message, end.MessageError = c.original(err)
	}
	return end.Error(c.ctx, err)
}

// original returns the message that failed with err as a file: the one that it was
// read from, else one that is made of it.
func (c *conversion) original(err error) (trace.Content, error) {
	switch {
	case c.o.Original != nil:
		return &rangeContent{src: guard.NewReaderAt(c.o.Original), size: c.o.OriginalSize}, nil
	case c.message == nil, errors.Is(err, errSelfContained):
		return nil, err // no file can hold it
	}
	return messageFile{msg.Content(c.message, nil)}, nil
}

// rangeContent is a range of a file.
type rangeContent struct {
	src       io.ReaderAt
	off, size int64
}

func (r *rangeContent) Open(context.Context) (io.ReadCloser, error) {
	return io.NopCloser(io.NewSectionReader(r.src, r.off, r.size)), nil
}

func (r *rangeContent) Size(context.Context) (int64, error) { return r.size, nil }

// traced returns the options by name, for a record. The key stays secret.
func (o *Options) traced() []trace.Option {
	set := func(v bool) string {
		if v {
			return "set"
		}
		return "none"
	}
	zone := ""
	if o.TimeZone != nil {
		zone = o.TimeZone.String()
	}
	return []trace.Option{
		{Name: "ShortenText", Value: fmt.Sprint(o.ShortenText)},
		{Name: "Original", Value: set(o.Original != nil)},
		{Name: "Purpose", Value: o.Purpose.String()},
		{Name: "Body", Value: o.Body.String()},
		{Name: "AttachRTF", Value: fmt.Sprint(o.AttachRTF)},
		{Name: "TNEF", Value: o.TNEF.String()},
		{Name: "Charset", Value: o.Charset},
		{Name: "ISO2022JP", Value: fmt.Sprint(o.ISO2022JP)},
		{Name: "HeaderCharset", Value: o.HeaderCharset.String()},
		{Name: "LineWrap", Value: fmt.Sprint(o.LineWrap)},
		{Name: "FileNames", Value: o.FileNames.String()},
		{Name: "EmbeddedAsMsg", Value: fmt.Sprint(o.EmbeddedAsMsg)},
		{Name: "ContactsAsMessages", Value: fmt.Sprint(o.ContactsAsMessages)},
		{Name: "NoHeaders", Value: fmt.Sprint(o.NoHeaders)},
		{Name: "TextEncoding", Value: o.TextEncoding.String()},
		{Name: "EightBit", Value: fmt.Sprint(o.EightBit)},
		{Name: "UTF8Headers", Value: fmt.Sprint(o.UTF8Headers)},
		{Name: "Bcc", Value: o.Bcc.String()},
		{Name: "Resolver", Value: set(o.Resolver != nil)},
		{Name: "EncapsulationDomain", Value: o.EncapsulationDomain},
		{Name: "ASCIIAddresses", Value: fmt.Sprint(o.ASCIIAddresses)},
		{Name: "SimpleNames", Value: fmt.Sprint(o.SimpleNames)},
		{Name: "SuppressSenderName", Value: fmt.Sprint(o.SuppressSenderName)},
		{Name: "NoKeywords", Value: fmt.Sprint(o.NoKeywords)},
		{Name: "NoHasAttach", Value: fmt.Sprint(o.NoHasAttach)},
		{Name: "Trusted", Value: fmt.Sprint(o.Trusted)},
		{Name: "TrustedEmbedded", Value: fmt.Sprint(o.TrustedEmbedded)},
		{Name: "Draft", Value: fmt.Sprint(o.Draft)},
		{Name: "NoMessageID", Value: fmt.Sprint(o.NoMessageID)},
		{Name: "Domain", Value: o.Domain},
		{Name: "Key", Value: set(o.Key != nil)},
		{Name: "Now", Value: o.Now.Format(time.RFC3339Nano)},
		{Name: "TimeZone", Value: zone},
	}
}
