package main

import (
	"context"
	"errors"
	"log"
	"net"
	"sync"
)

// A server serves the mailboxes of a store.
type server struct {
	config *config
	mail   *mail
	log    *log.Logger

	mu sync.Mutex
	in map[string]bool // users with a session, who have their mailbox for themselves
}

// serve serves connections until ctx is done, and then ends those that are open.
func (s *server) serve(ctx context.Context, l net.Listener) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var sessions sync.WaitGroup
	defer sessions.Wait()
	stop := context.AfterFunc(ctx, func() { _ = l.Close() })
	defer stop()
	for {
		conn, err := l.Accept()
		if ctx.Err() != nil {
			return nil
		}
		if err != nil {
			var temporary net.Error
			if errors.As(err, &temporary) && temporary.Timeout() {
				continue
			}
			return err
		}
		sessions.Go(func() {
			done := context.AfterFunc(ctx, func() { _ = conn.Close() })
			defer done()
			defer conn.Close()
			if err := newSession(s, conn).run(ctx); err != nil {
				s.log.Printf("%s: %v", conn.RemoteAddr(), err)
			}
		})
	}
}

// lock gives a user's mailbox to a session (RFC 1939, section 4).
func (s *server) lock(user string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.in[user] {
		return false
	}
	if s.in == nil {
		s.in = make(map[string]bool)
	}
	s.in[user] = true
	return true
}

func (s *server) unlock(user string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.in, user)
}
