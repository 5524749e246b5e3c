package guard

import (
	"io"
	"strings"
	"testing"
)

type panicking struct{}

func (panicking) Read([]byte) (int, error)          { panic("mine") }
func (panicking) ReadAt([]byte, int64) (int, error) { panic("mine") }
func (panicking) Write([]byte) (int, error)         { panic("mine") }

func caught(f func()) (own, passed any) {
	defer func() { passed = recover() }()
	func() {
		defer Catch(func(v any, stack []byte) {
			if !strings.Contains(string(stack), "guard") {
				v = "no stack"
			}
			own = v
		})
		f()
	}()
	return own, nil
}

func TestCallerPanicPassesThrough(t *testing.T) {
	for name, f := range map[string]func(){
		"Reader":   func() { Reader(panicking{}).Read(nil) },
		"ReaderAt": func() { NewReaderAt(panicking{}).ReadAt(nil, 0) },
		"Writer":   func() { Writer(panicking{}).Write(nil) },
		"nested":   func() { Call(func() { Reader(panicking{}).Read(nil) }) },
	} {
		if own, passed := caught(f); own != nil || passed != "mine" {
			t.Errorf("%s: caught %v, passed %v; want the caller's panic passed as it is", name, own, passed)
		}
	}
}

func TestOwnPanicIsCaught(t *testing.T) {
	if own, passed := caught(func() { panic("ours") }); own != "ours" || passed != nil {
		t.Errorf("caught %v, passed %v; want ours caught", own, passed)
	}
}

func TestResultsPass(t *testing.T) {
	b, err := io.ReadAll(Reader(strings.NewReader("text")))
	if string(b) != "text" || err != nil {
		t.Errorf("read %q, %v", b, err)
	}
}

func recovered(f func()) (v any) {
	defer func() { v = recover() }()
	f()
	return nil
}

func TestPanicsAfterReleaseAreTheirOwn(t *testing.T) {
	r := NewReaderAt(panicking{})
	r.Release()
	if v := recovered(func() { r.ReadAt(nil, 0) }); v != "mine" {
		t.Errorf("recovered %v; want the reader's own value", v)
	}
}

func TestPassKeepsValues(t *testing.T) {
	for want, f := range map[string]func(){
		"mine": func() { Reader(panicking{}).Read(nil) },
		"ours": func() { panic("ours") },
	} {
		if v := recovered(func() { defer Pass(); f() }); v != want {
			t.Errorf("recovered %v; want %q", v, want)
		}
	}
	if v := recovered(func() { defer Pass() }); v != nil {
		t.Errorf("recovered %v of nothing", v)
	}
}
