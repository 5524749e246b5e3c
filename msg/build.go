package msg

import (
	"encoding/binary"
	"fmt"
	"math"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/cfb"
	"github.com/contentconv/contentconv/internal/propfile"
	"github.com/contentconv/contentconv/mapi"
)

// A messageNode is a message whose storage is built, or will be.
type messageNode struct {
	message *mapi.Message
	node    *cfb.Node
	header  int
	place   *propfile.Place
	parent  *messageNode
	bytes   int64  // of its streams
	size    []byte // where the attachment it is in states its size, or nil
}

// layout builds the tree, message by message, and lays it out.
func (b *builder) layout(m *mapi.Message) error {
	root := &cfb.Node{CLSID: rootCLSID}
	b.messages = []*messageNode{{message: m, node: root, header: headerTop}}
	for i := 0; i < len(b.messages); i++ {
		if err := b.message(b.messages[i]); err != nil {
			return err
		}
	}
	b.sizes()
	root.Children = append(root.Children, b.names.storage())
	var err error
	b.plan, err = cfb.Prepare(root, &cfb.Options{Version: b.opt.Version})
	return err
}

// message builds the storage of one message. Those within it are queued.
func (b *builder) message(n *messageNode) error {
	if err := b.checkCount(n, "recipients", len(n.message.Recipients)); err != nil {
		return err
	}
	if err := b.checkCount(n, "attachments", len(n.message.Attachments)); err != nil {
		return err
	}
	header := make([]byte, n.header)
	for i, count := range []int{len(n.message.Recipients), len(n.message.Attachments)} {
		binary.LittleEndian.PutUint32(header[8+4*i:], uint32(count))  // next id
		binary.LittleEndian.PutUint32(header[16+4*i:], uint32(count)) // count
	}
	bag := messageProperties(n.message)
	o := &objectNode{builder: b, node: n.node, message: n, place: n.place}
	if err := o.bag(&bag); err != nil {
		return err
	}
	if err := o.finish(header); err != nil {
		return err
	}
	for i := range n.message.Recipients {
		if err := b.recipient(n, i); err != nil {
			return err
		}
	}
	for i := range n.message.Attachments {
		if err := b.attachment(n, i); err != nil {
			return err
		}
	}
	return nil
}

// checkCount judges a number that the format bounds.
func (b *builder) checkCount(n *messageNode, what string, count int) error {
	switch {
	case count <= MaxObjects:
		return nil
	case b.opt.Strict:
		return &Error{n.place.String(), fmt.Errorf("%w: it has %d %s, %d are allowed", ErrStrict, count, what, MaxObjects)}
	}
	b.rec.Add(diag.MsgCountExceeds, "", "", n.place.Detail(fmt.Sprintf("%d %s", count, what)))
	return nil
}

func (b *builder) recipient(n *messageNode, i int) error {
	at := n.place.Child("recipient", uint32(i))
	o, err := b.child(n, recipientPrefix, i, at)
	if err != nil {
		return err
	}
	bag := recipientProperties(&n.message.Recipients[i], i)
	o.row = true
	if err := o.bag(&bag); err != nil {
		return err
	}
	return o.finish(make([]byte, headerOther))
}

// child makes the storage of a recipient or an attachment.
func (b *builder) child(n *messageNode, prefix string, i int, at *propfile.Place) (*objectNode, error) {
	if err := b.ctx.Err(); err != nil {
		return nil, err
	}
	node := &cfb.Node{Name: fmt.Sprintf("%s%08X", prefix, i)}
	n.node.Children = append(n.node.Children, node)
	return &objectNode{builder: b, node: node, message: n, place: at}, b.count(1, at)
}

// count counts the storages and streams, so that a message that holds itself, or
// others many times over, fills no memory.
func (b *builder) count(n int, at *propfile.Place) error {
	if b.nodes += n; b.nodes > cfb.MaxEntries {
		return &Error{at.String(), fmt.Errorf("%w: more than %d streams are needed", ErrTooLarge, cfb.MaxEntries)}
	}
	return nil
}

// sizes states the size of each embedded message in its attachment. A message
// comes later in the list than the one it is in.
func (b *builder) sizes() {
	for i := len(b.messages) - 1; i > 0; i-- {
		n := b.messages[i]
		if n.size != nil {
			binary.LittleEndian.PutUint32(n.size, uint32(min(n.bytes, math.MaxInt32)))
		}
		n.parent.bytes += n.bytes
	}
}
