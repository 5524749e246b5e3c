package mapi2mime_test

import (
	"bytes"
	"encoding/binary"
	"image/jpeg"
	"strings"
	"testing"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/cfb"
	"github.com/contentconv/contentconv/mapi"
)

// oleStorage returns an OLE object with these streams.
func oleStorage(t *testing.T, streams map[string]string) *mapi.Attachment {
	t.Helper()
	root := new(cfb.Node)
	for name, s := range streams {
		root.Children = append(root.Children, &cfb.Node{Name: name, Content: cfb.Bytes(s)})
	}
	var out bytes.Buffer
	if _, err := cfb.Write(&out, root, nil); err != nil {
		t.Fatal(err)
	}
	return file(out.String(), func(p *props) {
		mapi.PidTagAttachMethod.Set(p, mapi.AttachOLE)
		mapi.PidTagDisplayName.Set(p, "Chart")
	})
}

func words(list ...any) string {
	var b []byte
	for _, v := range list {
		switch v := v.(type) {
		case int:
			b = binary.LittleEndian.AppendUint32(b, uint32(v))
		case int16:
			b = binary.LittleEndian.AppendUint16(b, uint16(v))
		case string:
			b = append(b, v...)
		}
	}
	return string(b)
}

// shown returns the stream of a picture: a bitmap of one red pixel, or what is given
// as a metafile.
func shown(aspect int, metafile string) string {
	format := 3
	if metafile == "" {
		format, metafile = 8, words(40, 1, 1, int16(1), int16(24), 0, 0, 0, 0, 0, 0, "\x00\x00\xFF\x00")
	}
	return words(-1, format, 4, aspect, -1, 0, 0, 1, 1, len(metafile), metafile)
}

// embeddedFile returns the stream of a file that was put into a message.
func embeddedFile(name, data string) string {
	s := words(int16(2), name+"\x00C:\\x\x00", int16(0), int16(3), 1, "\x00", len(data), data)
	return words(len(s), s)
}

func TestOUT_ATT_012_OLE(t *testing.T) {
	const content, icon = 1, 4
	vector := words(int16(1), int16(9), int16(0x300), "123456789012", 3, int16(0))
	for _, c := range []struct {
		name    string
		streams map[string]string
		want    string // type and name of each part but the text
		lost    bool
	}{
		{"OUT-ATT-012 picture and document", map[string]string{"\x02OlePres000": shown(content, ""), "WordDocument": "x"}, "image/jpeg Chart.jpg, application/msword Chart.doc", false},
		{"OUT-ATT-012 picture of what only its program reads", map[string]string{"\x02OlePres000": shown(content, ""), "Equation Native": "x"}, "image/jpeg Chart.jpg, application/octet-stream Chart.ole", false},
		{"file with its icon", map[string]string{"\x02OlePres000": shown(icon, ""), "\x01Ole10Native": embeddedFile("a.pdf", "%PDF")}, "application/pdf a.pdf", false},
		{"icon alone", map[string]string{"\x02OlePres000": shown(icon, "")}, "image/jpeg Chart.jpg, application/octet-stream Chart.ole", false},
		{"OUT-ATT-012 metafile that is a drawing", map[string]string{"\x02OlePres000": shown(content, vector), "\x01Ole10Native": embeddedFile("a.pdf", "%PDF")},
			"image/wmf Chart.wmf, application/pdf a.pdf", true},
		{"package", map[string]string{"Package": "PK\x03\x04"}, "application/zip Chart.zip", false},
		{"OUT-ATT-012 nothing that can be read", map[string]string{"x": "y"}, "application/octet-stream Chart.ole", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := note()
			m.Attachments = []*mapi.Attachment{oleStorage(t, c.streams)}
			w := write(t, m, nil)
			var got []string
			for _, p := range w.tree(t).children[1:] {
				_, params, _ := p.ContentDisposition()
				typ, typeParams, _ := p.ContentType()
				got = append(got, typ+" "+params["filename"])
				if typ != "image/jpeg" {
					continue
				}
				if _, sized := params["size"]; sized || typeParams["name"] != "Chart.jpg" || p.Get("Content-Description") != "Chart.jpg" {
					t.Errorf("parameters are %v and %v, the description is %s", params, typeParams, p.Get("Content-Description"))
				}
				if img, err := jpeg.Decode(bytes.NewReader(p.body)); err != nil || img.Bounds().Dx() != 1 {
					t.Errorf("picture: %v", err)
				}
			}
			if s := strings.Join(got, ", "); s != c.want {
				t.Errorf("parts are %s; want %s", s, c.want)
			}
			if c.lost {
				w.wantCode(t, diag.ObjectNotRendered)
			} else {
				w.wantNoDiagnostics(t)
			}
		})
	}
}

func TestOLEContents(t *testing.T) {
	m := note()
	m.Attachments = []*mapi.Attachment{oleStorage(t, map[string]string{"\x01Ole10Native": embeddedFile("a.txt", "the file")}), oleStorage(t, map[string]string{"Workbook": "x"})}
	root := write(t, m, nil).tree(t)
	if got := string(root.part(t, 1).body); got != "the file" {
		t.Errorf("the file is %q", got)
	}
	if whole := m.Attachments[1].Content.(mapi.Bytes); !bytes.Equal(root.part(t, 2).body, whole) {
		t.Errorf("a document that is the storage was changed")
	}
	// What is no storage at all is kept.
	m.Attachments = []*mapi.Attachment{file("data", func(p *props) { mapi.PidTagAttachMethod.Set(p, mapi.AttachOLE) })}
	w := write(t, m, nil)
	w.wantCode(t, diag.ObjectNotRendered)
	if root := w.tree(t); root.shape() != "mixed(plain, application/octet-stream)" || string(root.part(t, 1).body) != "data" {
		t.Errorf("structure is %s", root.shape())
	}
}

// An object with a place in the RTF stands there.
func TestOUT_ATT_012_OLEInRTF(t *testing.T) {
	m := rtfBody(rtfHead+`Before \objattph  after}`, func(m *mapi.Message, p *props) {
		mapi.PidTagBody.Delete(p)
		a := oleStorage(t, map[string]string{"\x02OlePres000": shown(1, ""), "WordDocument": "x"})
		mapi.PidTagRenderingPosition.Set(&a.Properties, 5)
		m.Attachments = []*mapi.Attachment{a}
	})
	root := write(t, m, nil).tree(t)
	if root.shape() != "mixed(related(alternative(plain, html), image/jpeg), application/msword)" {
		t.Fatalf("structure is %s", root.shape())
	}
	picture := root.part(t, 0, 1)
	if id := strings.Trim(picture.Get("Content-Id"), "<>"); id == "" || !strings.Contains(htmlOf(t, root), "cid:"+id) {
		t.Errorf("the id is %q", id)
	}
	document := root.part(t, 1)
	if id := document.Get("Content-Id"); id != "" {
		t.Errorf("the document has the id %q", id)
	}
}
