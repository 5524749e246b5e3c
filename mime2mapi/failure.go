package mime2mapi

import (
	"fmt"
	"time"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/failure"
	"github.com/contentconv/contentconv/internal/spool"
	"github.com/contentconv/contentconv/trace"
)

var errSourceChanged = spool.ErrChanged

// fail turns err into the conversion's one error, traces it, and releases the
// source.
func (c *conversion) fail(err error) error {
	defer c.res.Close()
	end := failure.End{
		Direction: diag.Inbound, Recorder: c.rec, RootHeader: c.rootHeader(),
		Sink: c.o.Trace, Source: c.random, Limits: c.limits,
	}
	if end.Sink != nil {
		end.Options = c.o.traced()
		if c.src != nil {
			end.Message = &partContent{src: c.src, end: c.size, size: c.size, open: c.res.open}
		} else {
			end.MessageError = err
		}
	}
	return end.Error(c.ctx, err)
}

// traced returns the options by name, for a record. The key stays secret.
func (o *Options) traced() []trace.Option {
	set := func(v bool) string {
		if v {
			return "set"
		}
		return "none"
	}
	return []trace.Option{
		{Name: "ShortenText", Value: fmt.Sprint(o.ShortenText)},
		{Name: "Malformed", Value: o.Malformed.String()},
		{Name: "Trusted", Value: fmt.Sprint(o.Trusted)},
		{Name: "Key", Value: set(o.Key != nil)},
		{Name: "DefaultCharset", Value: o.DefaultCharset},
		{Name: "MaxBodyText", Value: fmt.Sprint(o.maxBodyText())},
		{Name: "Unflow", Value: fmt.Sprint(o.Unflow)},
		{Name: "UnwrapSigned", Value: fmt.Sprint(o.UnwrapSigned)},
		{Name: "Calendars", Value: o.Calendars.String()},
		{Name: "Contacts", Value: fmt.Sprint(o.Contacts)},
		{Name: "AttachedCalendars", Value: fmt.Sprint(o.AttachedCalendars)},
		{Name: "Tasks", Value: fmt.Sprint(o.Tasks)},
		{Name: "TimeZone", Value: o.TimeZone.String()},
		{Name: "PlainFromHTML", Value: fmt.Sprint(o.PlainFromHTML)},
		{Name: "HTMLFromPlain", Value: fmt.Sprint(o.HTMLFromPlain)},
		{Name: "NoGenericHeaders", Value: fmt.Sprint(o.NoGenericHeaders)},
		{Name: "PromoteHeader", Value: set(o.PromoteHeader != nil)},
		{Name: "SuppressAutoReplies", Value: fmt.Sprint(o.SuppressAutoReplies)},
		{Name: "Embedded", Value: fmt.Sprint(o.Embedded)},
		{Name: "Resolver", Value: set(o.Resolver != nil)},
		{Name: "Domains", Value: fmt.Sprint(o.Domains)},
		{Name: "Now", Value: o.Now.Format(time.RFC3339Nano)},
		{Name: "TempDir", Value: o.TempDir},
	}
}
