package main

import (
	"errors"
	"expvar"
	"flag"
	"io"
	"log"
	"os"
	"time"

	"github.com/contentconv/contentconv/examples/store"
	"github.com/contentconv/contentconv/mime2mapi"
	"github.com/contentconv/contentconv/trace"
)

// A config is what the flags say.
type config struct {
	listen, store, hostname string
	smtp                    bool
	tracing                 bool
	tracingPath             string
	notify, notifications   string
	counters                string
	idle                    time.Duration
	options                 mime2mapi.Options
	users                   []string
}

func parseFlags(args []string, stderr io.Writer) (*config, error) {
	c := new(config)
	f := flag.NewFlagSet("lmtpd", flag.ContinueOnError)
	f.SetOutput(stderr)
	host, err := os.Hostname()
	if err != nil {
		host = "localhost"
	}
	f.StringVar(&c.listen, "listen", "127.0.0.1:2424", "listen on this `address`")
	f.StringVar(&c.store, "store", "mail", "deliver into the store in this `folder`")
	f.StringVar(&c.hostname, "hostname", host, "the `name` of this server")
	f.BoolVar(&c.smtp, "smtp", false, "speak SMTP instead of LMTP")
	f.BoolVar(&c.tracing, "ContentConversionTracingEnabled", false, "keep each message that cannot be converted, with the reason.\nThe files hold whole messages: only their owner may read them")
	f.StringVar(&c.tracingPath, "PipelineTracingPath", "", "keep them below this `folder`,\nin ContentConversionTracing/InboundFailures")
	f.StringVar(&c.notify, "notify", "", "accept a message that cannot be converted, and send its sender a\ndelivery status notification through the SMTP server at this `address`")
	f.StringVar(&c.notifications, "notifications", "", "keep notifications that cannot be sent in this `folder`;\nwithout -notify, all of them")
	f.StringVar(&c.counters, "counters", "", "serve counters by HTTP at this `address`, below /debug/vars")
	f.DurationVar(&c.idle, "idle", 5*time.Minute, "end a connection that is silent for this `time`")
	f.BoolFunc("reject", "refuse badly formed messages", func(string) error {
		c.options.Malformed = mime2mapi.Reject
		return nil
	})
	f.BoolVar(&c.options.Trusted, "trusted", false, "the senders are within the organisation")
	if err := f.Parse(args); err != nil {
		return nil, err
	}
	if c.tracing && c.tracingPath == "" {
		return nil, errors.New("ContentConversionTracingEnabled needs a PipelineTracingPath")
	}
	if c.notify != "" && c.notifications == "" {
		return nil, errors.New("-notify needs -notifications, a folder for what the server there does not take")
	}
	c.users = f.Args()
	return c, nil
}

// open opens the store and what else a delivery needs.
func (c *config) open(l *log.Logger) (_ *delivery, err error) {
	d := &delivery{options: c.options, hostname: c.hostname, log: l, counts: new(expvar.Map)}
	defer func() {
		if err != nil {
			d.close()
		}
	}()
	if d.store, err = store.Open(c.store); err != nil {
		return nil, err
	}
	for _, user := range c.users {
		if err := d.store.Create(user); err != nil {
			return nil, err
		}
	}
	if c.tracing {
		if d.trace, err = trace.NewDir(c.tracingPath, nil); err != nil {
			return nil, err
		}
		d.options.Trace = d.trace
	}
	if c.notifications != "" {
		if err := os.MkdirAll(c.notifications, 0o700); err != nil {
			return nil, err
		}
		d.notifier = &notifier{smarthost: c.notify, folder: c.notifications, hostname: c.hostname}
	}
	return d, nil
}
