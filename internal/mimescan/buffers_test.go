package mimescan

import (
	"fmt"
	"strings"
	"sync"
	"testing"
)

// What a scan found stays as it is when others use its buffers, before, after or
// at the same time.
func TestBuffersHoldNothingOfAResult(t *testing.T) {
	message := func(i int) string {
		field := fmt.Sprintf("X-%d: %s\r\n", i, strings.Repeat(fmt.Sprint(i%10), 50+i%100))
		return strings.Repeat(field, 1+i%7) + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n" + field + "\r\ntext\r\n--b--\r\n"
	}
	var wg sync.WaitGroup
	for worker := range 4 {
		wg.Go(func() {
			var found []*Entity
			for i := range 100 {
				e, _ := scan(t, message(100*worker+i), Options{MaxParts: -1, MaxMessageDepth: -1})
				found = append(found, e)
			}
			for i, e := range found {
				msg := message(100*worker + i)
				for _, h := range []Header{e.Header, e.Children[0].Header} {
					if h.Raw == "" || !strings.Contains(msg, h.Raw) {
						t.Errorf("message %d has the header %q", i, h.Raw)
					}
				}
			}
		})
	}
	wg.Wait()
}

// A buffer that a large header block needed is not kept.
func TestLargeBuffersAreNotKept(t *testing.T) {
	s := &scanner{}
	s.takeBuffers()
	s.block.buf = make([]byte, 0, maxKept+1)
	s.win.buf = make([]byte, 0, maxKept+1)
	s.block.fields = make([]fieldPos, 0, maxKept)
	b := s.buffers
	s.returnBuffers()
	if cap(b.block) > maxKept || cap(b.window) > maxKept || cap(b.fields) == maxKept {
		t.Errorf("buffers of %d, %d and %d are kept", cap(b.block), cap(b.window), cap(b.fields))
	}
}
