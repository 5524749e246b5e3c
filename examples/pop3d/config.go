package main

import (
	"bufio"
	"crypto/rand"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/contentconv/contentconv/examples/store"
	"github.com/contentconv/contentconv/mailbox"
	"github.com/contentconv/contentconv/mapi2mime"
	"github.com/contentconv/contentconv/trace"
)

// A config is what the flags say.
type config struct {
	listen, store, passwords string
	onFailure                mailbox.OnFailure
	tracing                  bool
	tracingPath              string
	idle                     time.Duration
}

func parseFlags(args []string, stderr io.Writer) (*config, []string, error) {
	c := new(config)
	f := flag.NewFlagSet("pop3d", flag.ContinueOnError)
	f.SetOutput(stderr)
	f.StringVar(&c.listen, "listen", "127.0.0.1:1110", "listen on this `address`")
	f.StringVar(&c.store, "store", "mail", "serve the store in this `folder`")
	f.StringVar(&c.passwords, "passwords", "passwords", "a `file` with lines USER:PASSWORD")
	f.TextVar(&c.onFailure, "on-failure", mailbox.Hide, "what becomes of a message that cannot be converted:\nhide it, substitute a message that says why, or\nerror: it is listed, and -ERR when it is asked for")
	f.BoolVar(&c.tracing, "ContentConversionTracingEnabled", false, "keep each message that cannot be converted, with the reason.\nThe files hold whole messages: only their owner may read them")
	f.StringVar(&c.tracingPath, "PipelineTracingPath", "", "keep them below this `folder`,\nin ContentConversionTracing/OutboundFailures")
	f.DurationVar(&c.idle, "idle", 10*time.Minute, "log a silent client out after this `time`")
	if err := f.Parse(args); err != nil {
		return nil, nil, err
	}
	if c.tracing && c.tracingPath == "" {
		return nil, nil, errors.New("ContentConversionTracingEnabled needs a PipelineTracingPath")
	}
	return c, f.Args(), nil
}

// open opens the store with the policy of its mailboxes.
func (c *config) open() (_ *mail, err error) {
	m := new(mail)
	defer func() {
		if err != nil {
			m.close()
		}
	}()
	if m.store, err = store.Open(c.store); err != nil {
		return nil, err
	}
	key, err := loadKey(filepath.Join(c.store, ".key"))
	if err != nil {
		return nil, err
	}
	o := mapi2mime.Options{Purpose: mapi2mime.Retrieval, Key: key}
	if c.tracing {
		if m.trace, err = trace.NewDir(c.tracingPath, nil); err != nil {
			return nil, err
		}
		o.Trace = m.trace
	}
	if m.policy, err = mailbox.New(&o); err != nil {
		return nil, err
	}
	m.policy.OnFailure = c.onFailure
	m.policy.Memory, err = mailbox.NewFolder(filepath.Join(c.store, ".verdicts"))
	return m, err
}

// loadKey returns the key of the store, which makes a message have the same octets
// whenever it is retrieved. It is made at the first start.
func loadKey(name string) ([]byte, error) {
	key, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		key = []byte(rand.Text())
		var f *os.File
		if f, err = os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600); err != nil {
			return nil, err
		}
		_, err = f.Write(key)
		err = errors.Join(err, f.Close())
	}
	if err == nil && len(key) < 16 {
		err = fmt.Errorf("%s is too short to be a key", name)
	}
	return key, err
}

// loadPasswords reads the passwords anew, so that they can change while the server
// runs.
func loadPasswords(name string) (map[string]string, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	passwords := make(map[string]string)
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		if user, password, ok := strings.Cut(lines.Text(), ":"); ok {
			passwords[user] = password
		}
	}
	return passwords, lines.Err()
}
