package msg

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"

	"github.com/contentconv/contentconv/internal/cfb"
	"github.com/contentconv/contentconv/mapi"
)

// maxOLECopy bounds an OLE object that is held in memory, because its source can
// be read from its beginning only. A larger one is written as a stream.
const maxOLECopy = 64 << 20

// attachment builds the storage of attachment i of a message.
func (b *builder) attachment(n *messageNode, i int) error {
	at := n.place.Child("attachment", uint32(i))
	o, err := b.child(n, attachmentPrefix, i, at)
	if err != nil {
		return err
	}
	a := n.message.Attachments[i]
	if a == nil {
		a = new(mapi.Attachment)
	}
	size := int64(-1)
	if a.Content != nil {
		if size, err = a.Content.Size(b.ctx); err != nil {
			return failed(at.String(), err)
		}
	}
	bag := attachmentProperties(a, i, size)
	inner, err := o.data(a, &bag, size)
	if err != nil {
		return err
	}
	if err := o.bag(&bag); err != nil {
		return err
	}
	if err := o.finish(make([]byte, headerOther)); err != nil {
		return err
	}
	if inner != nil && !mapi.PidTagAttachSize.Has(&a.Properties) {
		inner.size = o.field(uint32(mapi.PidTagAttachSize))
	}
	return nil
}

// data adds what the attachment holds ([MS-OXMSG] 2.2.2); of a message and a
// content the method decides. The bag's own property 0x3701 gives way to it.
func (o *objectNode) data(a *mapi.Attachment, bag *mapi.Properties, size int64) (*messageNode, error) {
	content, message := a.Content, a.Message
	if content != nil && message != nil {
		what := "the content of an embedded message"
		if a.Method() == mapi.AttachEmbeddedMessage {
			content = nil
		} else {
			message, what = nil, "the message of an attachment with a content"
		}
		if err := o.unwritable(mapi.Property{ID: mapi.PidTagAttachDataBinary.ID(), Value: mapi.Binary(nil)}, what); err != nil {
			return nil, err
		}
	}
	if content != nil || message != nil {
		key := mapi.PidTagAttachDataBinary.Key()
		if v, has := bag.Get(key); has && v.Type() != mapi.PtypObject {
			if err := o.unwritable(mapi.Property{ID: key.ID, Value: v}, "the content has its place"); err != nil {
				return nil, err
			}
		}
		bag.Delete(key)
	}
	switch {
	case message != nil:
		if err := o.checkNesting(message); err != nil {
			return nil, err
		}
		inner := &messageNode{message: message, node: o.object(reservedMessage), header: headerEmbedded, place: o.place, parent: o.message}
		o.messages = append(o.messages, inner)
		return inner, o.count(1, o.place)
	case content == nil:
		return nil, nil
	case a.Method() == mapi.AttachOLE:
		storage, err := o.oleStorage(content, size)
		if err != nil {
			return nil, failed(o.place.String(), err)
		}
		if storage != nil {
			return nil, o.addStorage(storage)
		}
	}
	return nil, o.single(dataBinary, &attachmentStream{o.ctx, content, size, o.place}, 0)
}

// maxDepth is how deep messages can be nested in a file that is written. No
// client makes or reads as many.
const maxDepth = 256

// checkNesting refuses a message that is within itself, or too deep.
func (o *objectNode) checkNesting(inner *mapi.Message) error {
	depth := 0
	for n := o.message; n != nil; n = n.parent {
		if n.message == inner {
			return &Error{o.place.String(), fmt.Errorf("%w: a message holds itself", ErrTooLarge)}
		}
		if depth++; depth > maxDepth {
			return &Error{o.place.String(), fmt.Errorf("%w: messages are nested more than %d deep", ErrTooLarge, maxDepth)}
		}
	}
	return nil
}

// object adds the storage PidTagAttachDataObject, which is still empty.
func (o *objectNode) object(reserved uint64) *cfb.Node {
	node := &cfb.Node{Name: streamName(dataObject)}
	o.node.Children = append(o.node.Children, node)
	o.entries = append(o.entries, nodeEntry{dataObject, noSize | reserved<<32})
	return node
}

// oleStorage returns the tree of the compound file that an OLE object's content
// is, or nil when it is none.
func (o *objectNode) oleStorage(c mapi.Content, size int64) (*cfb.Node, error) {
	if s, ok := c.(*storageContent); ok {
		return s.node, nil
	}
	r, err := o.readerAt(c, size)
	if err != nil || r == nil {
		return nil, err
	}
	f, err := cfb.Open(r, size)
	if err != nil {
		return nil, nil // written as the bytes that it is
	}
	node := f.Root().Node()
	if _, err := cfb.Prepare(node, nil); err != nil {
		return nil, nil
	}
	return node, nil
}

// readerAt opens a content for reading at any place, until the file is written.
func (o *objectNode) readerAt(c mapi.Content, size int64) (io.ReaderAt, error) {
	r, err := c.Open(o.ctx)
	if err != nil {
		return nil, err
	}
	if at, ok := r.(io.ReaderAt); ok {
		o.closers = append(o.closers, r)
		return at, nil
	}
	defer r.Close()
	if size > maxOLECopy {
		return nil, nil
	}
	var buf bytes.Buffer
	n, err := io.Copy(&buf, io.LimitReader(r, size+1))
	if err == nil && n != size {
		err = fmt.Errorf("%w: %d bytes were announced", ErrSize, size)
	}
	return bytes.NewReader(buf.Bytes()), err
}

// addStorage adds an OLE object's storage as it is.
func (o *objectNode) addStorage(from *cfb.Node) error {
	to := o.object(reservedOLE)
	to.CLSID, to.Children = from.CLSID, from.Children
	count := 1
	for todo := []*cfb.Node{from}; len(todo) > 0; {
		n := todo[len(todo)-1]
		todo = append(todo[:len(todo)-1], n.Children...)
		count += len(n.Children)
		if n.Content != nil {
			o.message.bytes += n.Content.Size()
		}
	}
	return o.count(count, o.place)
}

// field returns the value of an entry in the finished property stream.
func (o *objectNode) field(tag uint32) []byte {
	last := o.node.Children[len(o.node.Children)-1]
	b := []byte(last.Content.(cfb.Bytes))[headerOther:]
	for ; len(b) > 0; b = b[entrySize:] {
		if binary.LittleEndian.Uint32(b) == tag {
			return b[8:12]
		}
	}
	return nil
}
