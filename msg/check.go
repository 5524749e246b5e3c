package msg

import (
	"context"
	"fmt"
	"io"

	"github.com/contentconv/contentconv/internal/cfb"
	"github.com/contentconv/contentconv/internal/propfile"
	"github.com/contentconv/contentconv/mapi"
)

// A Problem is something in a file that breaks the format.
type Problem struct {
	Where string // the object, as in [Error]
	Text  string
}

func (p Problem) String() string {
	if p.Where == "" {
		return p.Text
	}
	return p.Where + ": " + p.Text
}

// maxProblems bounds what Check returns.
const maxProblems = 1000

// Check tells where the .msg file of size bytes in r breaks the format
// ([MS-OXMSG]), up to 1000 problems. [Read] gets along with nearly all of them;
// other programs may not. The error is one of Read's, for a file that cannot be
// looked into.
func Check(ctx context.Context, r io.ReaderAt, size int64) ([]Problem, error) {
	file, err := cfb.Open(r, size)
	if err != nil {
		return nil, failed("", err)
	}
	c := &checker{}
	root := file.Root()
	if e := root.Child(propertiesName); e == nil || e.Storage {
		return nil, failed("", ErrNotMessage)
	}
	if root.CLSID != rootCLSID {
		c.add(nil, "the class of the root is %x, not %x", root.CLSID, rootCLSID)
	}
	if err := c.names(root.Child(namesName)); err != nil {
		return nil, failed("", err)
	}
	c.queue = []checkJob{{root, headerTop, nil}}
	for len(c.queue) > 0 && len(c.list) < maxProblems {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		j := c.queue[0]
		c.queue = c.queue[1:]
		if err := c.message(j); err != nil {
			return nil, failed(j.place.String(), err)
		}
	}
	return c.list, nil
}

type checker struct {
	list  []Problem
	named int // names in the file
	queue []checkJob
}

type checkJob struct {
	storage *cfb.Entry
	header  int
	place   *propfile.Place
}

func (c *checker) add(at *propfile.Place, format string, args ...any) {
	if len(c.list) < maxProblems {
		c.list = append(c.list, Problem{at.String(), fmt.Sprintf(format, args...)})
	}
}

// message checks a message and the recipients and attachments in it.
func (c *checker) message(j checkJob) error {
	o := &checkedObject{checker: c, storage: j.storage, place: j.place, header: j.header}
	if err := o.load(); err != nil {
		return err
	}
	mask, ok := o.number(uint32(mapi.PidTagStoreSupportMask))
	o.unicode = ok && int32(mask)&storeUnicode != 0
	if !ok {
		c.add(j.place, "PidTagStoreSupportMask is missing")
	}
	if !o.has(mapi.PidTagMessageClass.ID()) {
		c.add(j.place, "PidTagMessageClass is missing")
	}
	if j.header == headerEmbedded && j.storage.Child(namesName) != nil {
		c.add(j.place, "an embedded message has names of its own")
	}
	if err := o.values(); err != nil {
		return err
	}
	for i, prefix := range []string{recipientPrefix, attachmentPrefix} {
		rows := findRows(j.storage, prefix)
		c.rows(o, i, rows)
		for _, row := range rows {
			if err := c.row(j, o, i, row); err != nil {
				return err
			}
		}
	}
	return nil
}

var rowKinds = [2]string{"recipient", "attachment"}

// rows checks the number of recipients (0) or attachments (1) against the header.
func (c *checker) rows(o *checkedObject, kind int, rows []numbered) {
	if len(rows) > MaxObjects {
		c.add(o.place, "%d %ss, %d are allowed", len(rows), rowKinds[kind], MaxObjects)
	}
	if len(o.data) >= o.header {
		if next := le.Uint32(o.data[8+4*kind:]); int(next) < len(rows) {
			c.add(o.place, "the next %s is to be number %d, but there are %d", rowKinds[kind], next, len(rows))
		}
		if count := le.Uint32(o.data[16+4*kind:]); int(count) != len(rows) {
			c.add(o.place, "the header counts %d %ss, there are %d", count, rowKinds[kind], len(rows))
		}
	}
	for i, row := range rows {
		if row.number != uint32(i) {
			c.add(o.place, "%s %d is missing", rowKinds[kind], i)
			return
		}
	}
}

// required are the properties without which clients have trouble with a
// recipient or an attachment.
var required = [2][]uint32{
	{uint32(mapi.PidTagRecipientType), uint32(mapi.PidTagRowid)},
	{uint32(mapi.PidTagAttachMethod), uint32(mapi.PidTagAttachNumber), uint32(mapi.PidTagRenderingPosition)},
}

func (c *checker) row(j checkJob, parent *checkedObject, kind int, row numbered) error {
	at := j.place.Child(rowKinds[kind], row.number)
	o := &checkedObject{checker: c, storage: row.storage, place: at, header: headerOther, unicode: parent.unicode}
	if err := o.load(); err != nil {
		return err
	}
	for _, tag := range required[kind] {
		if !o.has(uint16(tag >> 16)) {
			c.add(at, "%s is missing", propfile.TagText(tag))
		}
	}
	if err := o.values(); err != nil {
		return err
	}
	object := row.storage.Child(streamName(dataObject))
	if kind == 0 || object == nil || !object.Storage {
		return nil
	}
	if method, _ := o.number(uint32(mapi.PidTagAttachMethod)); int32(method) == mapi.AttachEmbeddedMessage {
		c.queue = append(c.queue, checkJob{object, headerEmbedded, at})
	}
	return nil
}
