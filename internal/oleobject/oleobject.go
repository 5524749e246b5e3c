// Package oleobject looks into the storage of an OLE object that was put into a
// message ([MS-OLEDS], [MS-OXCMSG] 2.2.2.8), for what a reader without its program
// can use: the file that it holds, and the picture that stands for it.
//
// Input is untrusted: a storage that is no such object simply has neither.
package oleobject

import (
	"bytes"
	"encoding/binary"
	"io"
	"strings"

	"golang.org/x/text/encoding/charmap"

	"github.com/contentconv/contentconv/internal/cfb"
)

// An Object is an OLE object in a compound file that is open.
type Object struct {
	root   *cfb.Entry
	progID string
}

// Open reads the directory of the compound file of size bytes in r. Errors are those
// of [cfb.Open].
func Open(r io.ReaderAt, size int64) (*Object, error) {
	f, err := cfb.Open(r, size)
	if err != nil {
		return nil, err
	}
	o := &Object{root: f.Root()}
	o.progID = o.readProgID()
	return o, nil
}

// Names of streams ([MS-OLEDS] 2.3). Those with a document are of the programs that
// keep it in the storage.
const (
	compObj      = "\x01CompObj"
	native       = "\x01Ole10Native"
	presentation = "\x02OlePres000"
	packaged     = "Package"
	contents     = "CONTENTS"
)

// maxCompObj bounds what is read of the stream that names the program.
const maxCompObj = 64 << 10

// readProgID returns the program's name for its kind of object, such as
// "Excel.Sheet.12" ([MS-OLEDS] 2.3.8): behind the user's name for it, and the
// clipboard format.
func (o *Object) readProgID() string {
	b, _ := o.read(compObj, maxCompObj)
	const header = 28
	if len(b) < header {
		return ""
	}
	b = b[header:]
	if _, b = ansi(b); len(b) < 4 {
		return ""
	}
	switch marker := binary.LittleEndian.Uint32(b); marker {
	case 0:
		b = b[4:]
	case 0xFFFFFFFF, 0xFFFFFFFE:
		b = b[min(8, len(b)):]
	default:
		_, b = ansi(b)
	}
	id, _ := ansi(b)
	return id
}

// ansi returns the text at the beginning of b, whose length stands before it, and
// what follows.
func ansi(b []byte) (string, []byte) {
	if len(b) < 4 {
		return "", nil
	}
	n := binary.LittleEndian.Uint32(b)
	b = b[4:]
	if int64(n) > int64(len(b)) {
		return "", nil
	}
	return text(b[:n]), b[n:]
}

// text returns ANSI text up to its NUL. The code page is that of the computer that
// wrote it; most are of the West.
func text(b []byte) string {
	if i := bytes.IndexByte(b, 0); i >= 0 {
		b = b[:i]
	}
	s, _ := charmap.Windows1252.NewDecoder().Bytes(b)
	return string(s)
}

// read returns a stream of at most max bytes. Of a damaged one it returns what is
// there.
func (o *Object) read(name string, max int64) ([]byte, bool) {
	e := o.stream(name)
	if e == nil {
		return nil, false
	}
	b, err := e.ReadAll(max)
	return b, err == nil || len(b) > 0
}

func (o *Object) stream(name string) *cfb.Entry {
	e := o.root.Child(name)
	if e == nil || e.Storage {
		return nil
	}
	return e
}

// is reports whether the program's name for the object begins so.
func (o *Object) is(prefix string) bool {
	return len(o.progID) >= len(prefix) && strings.EqualFold(o.progID[:len(prefix)], prefix)
}
