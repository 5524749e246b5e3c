package oleobject

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/contentconv/contentconv/internal/cfb"
)

func u16(v int) []byte { return binary.LittleEndian.AppendUint16(nil, uint16(v)) }
func u32(v int) []byte { return binary.LittleEndian.AppendUint32(nil, uint32(v)) }

func join(parts ...[]byte) []byte { return bytes.Join(parts, nil) }

// counted returns text with its length before it and a NUL behind.
func counted(s string) []byte { return join(u32(len(s)+1), []byte(s), []byte{0}) }

// program returns the stream that names a program.
func program(id string) []byte {
	return join(make([]byte, 28), counted("User's name"), counted("Format"), counted(id))
}

// nativePackage returns a file that was put into a message.
func nativePackage(label, path, data string) []byte {
	b := join(u16(2), []byte(label+"\x00"+path+"\x00"), u16(0), u16(3), counted(`C:\Temp\x`), u32(len(data)), []byte(data), []byte("more"))
	return join(u32(len(b)), b)
}

// picture returns the stream of a picture.
func picture(format, aspect, device int, data string) []byte {
	return join(u32(-1), u32(format), u32(device), make([]byte, device-4), u32(aspect), u32(-1), u32(0), u32(0), u32(1), u32(1), u32(len(data)), []byte(data))
}

// storage returns a compound file with streams.
func storage(t testing.TB, clsid uint32, streams map[string][]byte) []byte {
	root := new(cfb.Node)
	if clsid != 0 {
		binary.LittleEndian.PutUint32(root.CLSID[:], clsid)
		copy(root.CLSID[8:], "\xC0\x00\x00\x00\x00\x00\x00\x46")
	}
	for name, b := range streams {
		root.Children = append(root.Children, &cfb.Node{Name: name, Content: cfb.Bytes(b)})
	}
	var out bytes.Buffer
	if _, err := cfb.Write(&out, root, nil); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func open(t *testing.T, b []byte) *Object {
	t.Helper()
	o, err := Open(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func TestFile(t *testing.T) {
	for _, c := range []struct {
		name    string
		clsid   uint32
		streams map[string][]byte
		want    string // name, extension, type, content; "" for none
	}{
		{"file", 0, map[string][]byte{native: nativePackage("a.txt", `C:\x\b.txt`, "data")}, "a.txt|||data"},
		{"path as its label", 0, map[string][]byte{native: nativePackage(`C:\x\a.txt`, "", "data")}, "a.txt|||data"},
		{"label of another sort", 0, map[string][]byte{native: nativePackage("My file", `\\host\share\b.pdf`, "data")}, "b.pdf|||data"},
		{"name beyond ASCII", 0, map[string][]byte{native: nativePackage("gr\xF6\xDFe.txt", "", "data")}, "größe.txt|||data"},
		{"empty file", 0, map[string][]byte{native: nativePackage("a.txt", "", "")}, "a.txt|||"},
		{"file that is longer than it says", 0, map[string][]byte{native: nativePackage("a.txt", "", "data")[:30]}, ""},
		{"link", 0, map[string][]byte{native: join(u32(20), u16(2), []byte("a\x00b\x00"), u16(0), u16(1), make([]byte, 20))}, ""},
		{"data of a program that is a file", 0, map[string][]byte{native: join(u32(8), []byte("BM bitmap"))}, "|.bmp|image/bmp|BM bitmap"},
		{"data of a program", 0, map[string][]byte{native: join(u32(8), []byte("anything"))}, ""},
		{"Word", 0, map[string][]byte{packaged: []byte("PK\x03\x04"), compObj: program("Word.Document.12")}, "|.docx|application/vnd.openxmlformats-officedocument.wordprocessingml.document|PK\x03\x04"},
		{"Excel", 0, map[string][]byte{packaged: []byte("PK\x03\x04"), compObj: program("excel.SheetMacroEnabled.12")}, "|.xlsx|application/vnd.openxmlformats-officedocument.spreadsheetml.sheet|PK\x03\x04"},
		{"package of another program", 0, map[string][]byte{packaged: []byte("PK\x03\x04")}, "|.zip|application/zip|PK\x03\x04"},
		{"package of anything", 0, map[string][]byte{packaged: []byte("x")}, "|||x"},
		{"Word of old", 0, map[string][]byte{"WordDocument": []byte("x")}, "|.doc|application/msword|whole"},
		{"Excel of old", 0, map[string][]byte{"Workbook": []byte("x")}, "|.xls|application/vnd.ms-excel|whole"},
		{"PDF", 0, map[string][]byte{contents: []byte("%PDF-1.4")}, "|.pdf|application/pdf|%PDF-1.4"},
		{"contents of anything", 0, map[string][]byte{contents: []byte("x")}, ""},
		{"a picture", staticDIB, map[string][]byte{contents: []byte("BM")}, ""},
		{"empty", 0, nil, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, ok := open(t, storage(t, c.clsid, c.streams)).File()
			if !ok {
				if c.want != "" {
					t.Errorf("there is none")
				}
				return
			}
			content := "whole"
			if !f.Whole {
				r, err := f.Open()
				if err != nil {
					t.Fatal(err)
				}
				b, err := io.ReadAll(r)
				if err != nil || int64(len(b)) != f.Size() {
					t.Errorf("%d bytes, %v; want %d", len(b), err, f.Size())
				}
				content = string(b)
			}
			if got := strings.Join([]string{f.Name, f.Ext, f.Type, content}, "|"); got != c.want {
				t.Errorf("got %q; want %q", got, c.want)
			}
		})
	}
}

func TestPicture(t *testing.T) {
	for _, c := range []struct {
		name    string
		clsid   uint32
		streams map[string][]byte
		want    string
	}{
		{"metafile", 0, map[string][]byte{presentation: picture(formatMetafile, 1, 4, "data")}, "false data"},
		{"icon", 0, map[string][]byte{presentation: picture(formatMetafile, aspectIcon, 4, "data")}, "true data"},
		{"made for a device", 0, map[string][]byte{presentation: picture(formatEMF, 1, 40, "data")}, "false data"},
		{"bitmap", 0, map[string][]byte{presentation: picture(formatDIB, 1, 4, "data")}, "false data"},
		{"another format", 0, map[string][]byte{presentation: picture(1, 1, 4, "data")}, ""},
		{"no format", 0, map[string][]byte{presentation: make([]byte, 60)}, ""},
		{"empty", 0, map[string][]byte{presentation: picture(formatDIB, 1, 4, "")}, ""},
		{"cut off", 0, map[string][]byte{presentation: picture(formatDIB, 1, 4, "data")[:20]}, ""},
		{"device that is too large", 0, map[string][]byte{presentation: join(u32(-1), u32(3), u32(-1), make([]byte, 40))}, ""},
		{"nothing but a picture", staticEMF, map[string][]byte{contents: []byte("data")}, "false data"},
		{"none", 0, nil, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, ok := open(t, storage(t, c.clsid, c.streams)).Picture()
			got := ""
			if ok {
				got = fmt.Sprint(p.Icon, " ", string(p.Data))
			}
			if got != c.want {
				t.Errorf("got %q; want %q", got, c.want)
			}
			if ok {
				if img, err := p.Image(); err == nil || img != nil {
					t.Errorf("image is %v, %v", img, err)
				}
			}
		})
	}
	dib := join(u32(40), u32(1), u32(1), u16(1), u16(24), make([]byte, 24), []byte{1, 2, 3, 0})
	p, _ := open(t, storage(t, staticDIB, map[string][]byte{contents: dib})).Picture()
	if img, err := p.Image(); err != nil || img.Bounds().Dx() != 1 {
		t.Errorf("image is %v, %v", img, err)
	}
}

// TestRealObjects looks at objects of real messages.
func TestRealObjects(t *testing.T) {
	corpus := os.Getenv("CONTENTCONV_CORPUS")
	if corpus == "" {
		t.Skip("CONTENTCONV_CORPUS is not set")
	}
	b, err := os.ReadFile(corpus + "/pairs/verdammelt+tnef/tnef-MAPI_OBJECT/extracted_Untitled_Attachment")
	if err != nil {
		t.Skip(err)
	}
	const interfaceID = 16 // in front of the storage
	o := open(t, b[interfaceID:])
	f, ok := o.File()
	if !ok || !strings.HasSuffix(f.Name, ".pdf") || f.Size() < 600_000 {
		t.Errorf("file is %+v", f)
	}
	p, ok := o.Picture()
	if !ok || !p.Icon {
		t.Fatalf("picture is %v", ok)
	}
	if img, err := p.Image(); err != nil || img.Bounds().Dx() < 32 {
		t.Errorf("image: %v", err)
	}
}

// FuzzObject puts any bytes into the streams of an object.
func FuzzObject(f *testing.F) {
	f.Add(uint32(0), nativePackage("a.txt", `C:\b.txt`, "data"), picture(formatMetafile, aspectIcon, 4, "data"), program("Word.Document.12"), []byte("%PDF-"))
	f.Add(uint32(staticDIB), []byte("BM"), picture(formatDIB, 1, 40, "data"), program("x")[:40], []byte("BM"))
	f.Fuzz(func(t *testing.T, clsid uint32, nativeData, presented, named, data []byte) {
		b := storage(t, clsid, map[string][]byte{native: nativeData, presentation: presented, compObj: named, contents: data})
		o := open(t, b)
		if p, ok := o.Picture(); ok {
			p.Image()
		}
		if file, ok := o.File(); ok && !file.Whole {
			r, err := file.Open()
			if err != nil {
				t.Fatal(err)
			}
			if n, err := io.Copy(io.Discard, r); err != nil || n != file.Size() {
				t.Errorf("%d bytes of %d, %v", n, file.Size(), err)
			}
		}
	})
}
