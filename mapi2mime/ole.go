package mapi2mime

import (
	"bytes"
	"context"
	"errors"
	"image/jpeg"
	"io"
	"strings"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/cfb"
	"github.com/contentconv/contentconv/internal/filename"
	"github.com/contentconv/contentconv/internal/guard"
	"github.com/contentconv/contentconv/internal/oleobject"
	"github.com/contentconv/contentconv/internal/spool"
	"github.com/contentconv/contentconv/mapi"
)

// An oleObject is what a reader can use of an OLE object.
type oleObject struct {
	picture   []byte // JPEG
	metafile  []byte // what could not be drawn
	file      *oleobject.File
	anonymous bool // only its program can read it
}

// jpegQuality is that of the pictures of objects, in per cent.
const jpegQuality = 90

// object opens the OLE object that the attachment is, once.
func (a *attachment) object() (*oleObject, error) {
	if o, known := a.m.objects[a.a]; known {
		return o, nil
	}
	o := new(oleObject)
	sp, object, err := openObject(a.ctx, a.content())
	switch {
	case err == nil:
		o.read(object)
		sp.Close()
	case isDamage(err):
		o.anonymous = true
	default:
		return nil, contentFailure(a.ctx, err, a.place)
	}
	if a.m.objects == nil {
		a.m.objects = make(map[*mapi.Attachment]*oleObject)
	}
	a.m.objects[a.a] = o
	return o, nil
}

func (o *oleObject) read(object *oleobject.Object) {
	var known bool
	if o.file, known = object.File(); !known {
		o.file = nil
	}
	picture, ok := object.Picture()
	if !ok || picture.Icon && known {
		o.anonymous = !known
		return // an icon of a file that is there says nothing
	}
	img, err := picture.Image()
	if err != nil {
		o.metafile = picture.Data
		o.anonymous = !known
		return
	}
	var b bytes.Buffer
	if jpeg.Encode(&b, img, &jpeg.Options{Quality: jpegQuality}) == nil {
		o.picture = b.Bytes()
	}
	o.anonymous = !known && !object.IsPicture()
}

// openObject opens the compound file that a content holds. The spool is to be
// closed.
func openObject(ctx context.Context, c mapi.Content) (*spool.Spool, *oleobject.Object, error) {
	size, err := contentSize(ctx, c)
	if err != nil {
		return nil, nil, err
	}
	r, err := openContent(ctx, c)
	if err != nil {
		return nil, nil, err
	}
	defer closeReader(r)
	sp, err := spool.New(ctx, guard.Reader(r), size, "", 0)
	if err != nil {
		return nil, nil, err
	}
	object, err := oleobject.Open(sp, sp.Size())
	if err != nil {
		sp.Close()
		return nil, nil, err
	}
	return sp, object, nil
}

// isDamage reports whether err says that a compound file is none, or damaged.
func isDamage(err error) bool {
	return errors.Is(err, cfb.ErrNotCompound) || errors.Is(err, cfb.ErrCorrupt) || errors.Is(err, cfb.ErrTooLarge)
}

// planOLE writes an OLE object ([MS-OXCMAIL] 2.1.3.4.4): a JPEG of what it shows,
// and the file that it holds, which that section would leave out. What can be read
// by its program alone is kept as the compound file that it is.
func (a *attachment) planOLE() error {
	c := a.content()
	if c == nil {
		return a.drop(NoData, "an OLE object without data")
	}
	o, err := a.object()
	if err != nil {
		return err
	}
	name := a.fileName()
	if o.picture != nil {
		if err := a.addPicture(o.picture, name); err != nil {
			return err
		}
	} else if o.anonymous || o.metafile != nil {
		a.report(diag.ObjectNotRendered, "", "")
	}
	if o.metafile != nil {
		ext, mediaType := ".wmf", "image/wmf" // RFC 7903
		if bytes.HasPrefix(o.metafile, []byte{1, 0, 0, 0}) {
			ext, mediaType = ".emf", "image/emf"
		}
		if err := a.addObjectFile(mapi.Bytes(o.metafile), withExtension(name, ext), mediaType); err != nil {
			return err
		}
	}
	switch {
	case o.anonymous:
		return a.addObjectFile(c, withExtension(name, ".ole"), octetStream)
	case o.file == nil:
		return nil
	case o.file.Whole:
		return a.addObjectFile(c, withExtension(name, o.file.Ext), o.file.Type)
	}
	if own, _ := filename.Sanitize(o.file.Name); own != "" {
		name = own
	} else {
		name = withExtension(name, o.file.Ext)
	}
	return a.addObjectFile(&objectContent{of: c, size: o.file.Size()}, name, o.file.Type)
}

// addPicture adds the picture of an object: with the HTML, where the RTF has a place
// for it, else with the files.
func (a *attachment) addPicture(b []byte, name string) error {
	f := file{content: mapi.Bytes(b), mediaType: "image/jpeg", name: withExtension(name, ".jpg"), source: FromAttachment, rendering: true}
	return a.addFile(f)
}

func (a *attachment) addObjectFile(c mapi.Content, name, mediaType string) error {
	if mediaType == "" {
		mediaType = a.typeByName(name)
	}
	return a.addFile(file{content: c, mediaType: mediaType, name: name, source: FromAttachment, beside: true})
}

// withExtension returns a name that ends so.
func withExtension(name, ext string) string {
	if name == "" {
		name = "object"
	}
	if n := len(name) - len(ext); n > 0 && strings.EqualFold(name[n:], ext) {
		return name
	}
	return name + ext
}

// An objectContent is the file within an OLE object.
type objectContent struct {
	of   mapi.Content
	size int64
}

func (c *objectContent) Size(context.Context) (int64, error) { return c.size, nil }

func (c *objectContent) Open(ctx context.Context) (io.ReadCloser, error) {
	sp, object, err := openObject(ctx, c.of)
	if err != nil {
		return nil, err
	}
	f, ok := object.File()
	if !ok || f.Whole {
		sp.Close()
		return nil, errors.New("the OLE object has changed")
	}
	r, err := f.Open()
	if err != nil {
		sp.Close()
		return nil, err
	}
	return struct {
		io.Reader
		io.Closer
	}{r, sp}, nil
}
