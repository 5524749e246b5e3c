// Package guard tells panics of the library from panics of its callers. What a
// caller supplies (a reader, a resolver, a sink) runs inside one of the wrappers
// here; a panic there passes through [Catch] as it was, while one of our own
// code is caught.
package guard

import (
	"io"
	"runtime/debug"
	"sync/atomic"
)

// foreign wraps the value of a panic in a caller's code.
type foreign struct{ value any }

// Call runs a caller's function.
func Call(f func()) {
	done := false
	defer func() {
		if done {
			return
		}
		v := recover()
		if v == nil {
			return // runtime.Goexit, as a test's FailNow calls it
		}
		if _, ok := v.(foreign); !ok {
			v = foreign{v}
		}
		panic(v)
	}()
	f()
	done = true
}

// Catch recovers from a panic and gives handle its value and stack. A panic in a
// caller's code goes on with its own value. Use it with defer.
func Catch(handle func(v any, stack []byte)) {
	switch v := recover().(type) {
	case nil:
	case foreign:
		panic(v.value)
	default:
		handle(v, debug.Stack())
	}
}

// Pass lets every panic go on with its own value. It stands, with defer, where
// wrapped code of a caller runs and nothing is caught.
func Pass() {
	switch v := recover().(type) {
	case nil:
	case foreign:
		panic(v.value)
	default:
		panic(v)
	}
}

// Reader returns r as a caller's reader.
func Reader(r io.Reader) io.Reader { return reader{r} }

type reader struct{ r io.Reader }

func (g reader) Read(p []byte) (n int, err error) {
	Call(func() { n, err = g.r.Read(p) })
	return n, err
}

// NewReaderAt returns r as a caller's reader.
func NewReaderAt(r io.ReaderAt) *ReaderAt { return &ReaderAt{r: r} }

// A ReaderAt is a caller's reader that outlives the function with [Catch].
type ReaderAt struct {
	r        io.ReaderAt
	released atomic.Bool
}

// Release says that nothing catches any longer: from now on panics are those of
// the reader itself.
func (g *ReaderAt) Release() { g.released.Store(true) }

// ReadAt reads from the caller's reader.
func (g *ReaderAt) ReadAt(p []byte, off int64) (n int, err error) {
	if g.released.Load() {
		return g.r.ReadAt(p, off)
	}
	Call(func() { n, err = g.r.ReadAt(p, off) })
	return n, err
}

// Writer returns w as a caller's writer.
func Writer(w io.Writer) io.Writer { return writer{w} }

type writer struct{ w io.Writer }

func (g writer) Write(p []byte) (n int, err error) {
	Call(func() { n, err = g.w.Write(p) })
	return n, err
}
