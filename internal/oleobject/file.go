package oleobject

import (
	"bufio"
	"encoding/binary"
	"io"
	"strings"

	"github.com/contentconv/contentconv/internal/cfb"
)

// A File is a file within an object.
type File struct {
	Name string // as it was called where it came from, without its folder; or ""
	Ext  string // the extension of such files, with the dot
	Type string // the media type, or ""
	// Whole says that the compound file itself is the file: it is how the program
	// keeps its documents.
	Whole bool

	stream    *cfb.Entry
	off, size int64
}

// Size returns the number of bytes of a file that is not Whole.
func (f *File) Size() int64 { return f.size }

// Open returns a reader of a file that is not Whole.
func (f *File) Open() (io.Reader, error) {
	s, err := f.stream.Open()
	if err != nil {
		return nil, err
	}
	if _, err := s.Seek(f.off, io.SeekStart); err != nil {
		return nil, err
	}
	return io.LimitReader(s, f.size), nil
}

// A kind is a kind of file.
type kind struct{ key, ext, mediaType string }

// documents are the streams of programs that keep their documents in a storage.
var documents = []kind{
	{"WordDocument", ".doc", "application/msword"},
	{"Workbook", ".xls", "application/vnd.ms-excel"},
	{"Book", ".xls", "application/vnd.ms-excel"},
	{"PowerPoint Document", ".ppt", "application/vnd.ms-powerpoint"},
	{"VisioDocument", ".vsd", "application/vnd.visio"},
}

// packages are the programs that keep theirs in a stream "Package", by what their
// name begins with.
var packages = []kind{
	{"Word.", ".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
	{"Excel.", ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
	{"PowerPoint.", ".pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
	{"Visio.", ".vsdx", "application/vnd.ms-visio.drawing.main+xml"},
}

// magics are what files of other programs begin with.
var magics = []kind{
	{"%PDF-", ".pdf", "application/pdf"},
	{"BM", ".bmp", "image/bmp"},
	{"\x89PNG\r\n", ".png", "image/png"},
	{"\xFF\xD8\xFF", ".jpg", "image/jpeg"},
	{"GIF8", ".gif", "image/gif"},
	{`{\rtf`, ".rtf", "application/rtf"},
	{"PK\x03\x04", ".zip", "application/zip"},
}

// File returns the file that the object holds. It reports false for an object
// whose data only its program can read.
func (o *Object) File() (*File, bool) {
	if f := o.nativeFile(); f != nil {
		return f, true
	}
	if s := o.stream(packaged); s != nil {
		f := o.sniff(&File{stream: s, size: s.Size})
		for _, k := range packages {
			if o.is(k.key) {
				f.Ext, f.Type = k.ext, k.mediaType
			}
		}
		return f, f.size > 0
	}
	for _, k := range documents {
		if o.stream(k.key) != nil {
			return &File{Ext: k.ext, Type: k.mediaType, Whole: true}, true
		}
	}
	if s := o.stream(contents); s != nil && o.static() == 0 {
		f := o.sniff(&File{stream: s, size: s.Size})
		return f, f.Ext != ""
	}
	return nil, false
}

// sniff finds out what a file is by its first bytes.
func (o *Object) sniff(f *File) *File {
	r, err := f.Open()
	if err != nil {
		return f
	}
	head := make([]byte, 8)
	n, _ := io.ReadFull(r, head)
	for _, k := range magics {
		if strings.HasPrefix(string(head[:n]), k.key) {
			f.Ext, f.Type = k.ext, k.mediaType
			break
		}
	}
	return f
}

// nativeFile returns the file in the stream of objects that came from OLE 1.0
// ([MS-OLEDS] 2.3.6): a file with its name where a file was put into the message,
// else the data of a program, which may be a file as well.
func (o *Object) nativeFile() *File {
	e := o.stream(native)
	if e == nil || e.Size <= 4 {
		return nil
	}
	s, err := e.Open()
	if err != nil {
		return nil
	}
	if f := readPackage(bufio.NewReader(s), e); f != nil {
		return f
	}
	if f := o.sniff(&File{stream: e, off: 4, size: e.Size - 4}); f.Ext != "" {
		return f
	}
	return nil
}

// maxName bounds the names in front of a file's data.
const maxName = 4096

// A position is a reader that knows how far it has read.
type position struct {
	r   *bufio.Reader
	off int64
	bad bool
}

func (p *position) bytes(n int) []byte {
	b := make([]byte, n)
	k, err := io.ReadFull(p.r, b)
	p.off += int64(k)
	p.bad = p.bad || err != nil
	return b
}

func (p *position) u16() uint16 { return binary.LittleEndian.Uint16(p.bytes(2)) }
func (p *position) u32() uint32 { return binary.LittleEndian.Uint32(p.bytes(4)) }

// name reads text up to its NUL.
func (p *position) name() string {
	var b []byte
	for !p.bad && len(b) < maxName {
		c := p.bytes(1)[0]
		if c == 0 {
			return text(b)
		}
		b = append(b, c)
	}
	p.bad = true
	return ""
}

// readPackage reads what stands before the data of a file: sizes, the name that is
// shown, the file it came from, and the one that it was copied to. It returns nil
// for a link, which has no data, and for what is no file.
func readPackage(r *bufio.Reader, e *cfb.Entry) *File {
	const (
		labelled = 2
		embedded = 3
	)
	p := &position{r: r}
	p.u32()
	if p.u16() != labelled {
		return nil
	}
	label, path := p.name(), p.name()
	p.u16()
	if p.u16() != embedded {
		return nil
	}
	if n := p.u32(); n > maxName {
		return nil
	} else {
		p.bytes(int(n))
	}
	size := int64(p.u32())
	if p.bad || size > e.Size-p.off {
		return nil
	}
	name := base(label)
	if !strings.Contains(name, ".") && path != "" {
		name = base(path)
	}
	return &File{Name: name, stream: e, off: p.off, size: size}
}

// base returns the last element of a path of Windows.
func base(path string) string { return path[strings.LastIndexAny(path, `\/:`)+1:] }
