// Package guard tells panics of the library from panics of its callers. What a
// caller supplies (a reader, a resolver, a sink) runs inside one of the wrappers
// here; a panic there passes through [Catch] as it was, while one of our own
// code is caught.
package guard

import (
	"io"
	"runtime/debug"
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

// Reader returns r as a caller's reader.
func Reader(r io.Reader) io.Reader { return reader{r} }

type reader struct{ r io.Reader }

func (g reader) Read(p []byte) (n int, err error) {
	Call(func() { n, err = g.r.Read(p) })
	return n, err
}

// ReaderAt returns r as a caller's reader.
func ReaderAt(r io.ReaderAt) io.ReaderAt { return readerAt{r} }

type readerAt struct{ r io.ReaderAt }

func (g readerAt) ReadAt(p []byte, off int64) (n int, err error) {
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
