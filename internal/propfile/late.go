package propfile

import "sync"

// A LateError keeps the first error that is set: that of a value which is read
// when it is asked for, and has no way to return it.
type LateError struct {
	mu  sync.Mutex
	err error
}

// Set keeps err if it is the first one.
func (l *LateError) Set(err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.err == nil {
		l.err = err
	}
}

// Get returns the error that was set first, or nil.
func (l *LateError) Get() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.err
}
