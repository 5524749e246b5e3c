package msg_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/msg"
)

// countingReader counts the bytes that are read.
type countingReader struct {
	*bytes.Reader
	n int64
}

func (c *countingReader) ReadAt(p []byte, off int64) (int, error) {
	n, err := c.Reader.ReadAt(p, off)
	c.n += int64(n)
	return n, err
}

// FuzzRead reads any bytes: in bounded work, to a message that can be written
// and is the same when it is read again, or to a typed error.
func FuzzRead(f *testing.F) {
	f.Add(write(f, worked(), nil))
	f.Add(write(f, nested(), nil))
	f.Add(write(f, worked(), &msg.WriteOptions{Version: 4}))
	f.Add(compound(f, top([]entry{{0x0037001E, 3}, {0x3FFD0003, 932}, {0x80000003, 1}, {0x3636101E, 4}},
		value(0x0037001E, []byte("\x93\xFA")), value(0x3636101E, []byte{2, 0, 0, 0}), element(0x3636101E, 0, []byte("a\x00")),
		names(mapi.PSETID_Common[:], nameEntry(0x8506, 3, 0, 0), nil))))
	f.Add(compound(f, top(nil, storage("__attach_version1.0_#00000000", properties(8, entry{0x37050003, 6}),
		storage("__substg1.0_3701000D", stream("CONTENTS", []byte("object")), storage("inner", stream("x", nil)))))))
	f.Fuzz(func(t *testing.T, file []byte) {
		src := &countingReader{Reader: bytes.NewReader(file)}
		res, err := msg.Read(t.Context(), src, int64(len(file)), nil)
		// The container reads tables by the sector, and each stream once.
		if limit := int64(20*len(file) + 1<<16); src.n > limit {
			t.Errorf("%d bytes were read of a file of %d", src.n, len(file))
		}
		if err != nil {
			if !errors.As(err, new(*msg.Error)) {
				t.Errorf("an error of another type: %v", err)
			}
			return
		}
		if _, err := msg.Check(t.Context(), src, int64(len(file))); err != nil && !errors.As(err, new(*msg.Error)) {
			t.Errorf("Check: %v", err)
		}
		again := write(t, res.Message, nil)
		for _, p := range check(t, again) {
			// A value of a type that nobody knows is kept.
			if !strings.Contains(p, "has the type") {
				t.Errorf("the file that was written: %s", p)
			}
		}
		for _, d := range differences(res.Message, read(t, again, nil).Message) {
			t.Error(d)
		}
	})
}
