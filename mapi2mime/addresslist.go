package mapi2mime

import (
	"bytes"
	"strings"

	"github.com/contentconv/contentconv/internal/rfc2047"
)

// An addressList builds the value of an address field, folded between its
// entries and, where that is not enough, within a name or before an address.
type addressList struct {
	b      []byte
	col    int // characters on the line
	n      int // entries
	m      *message
	header string

	borrows bool // b is the message's
}

// newAddressList returns the list of the field with that name.
func (m *message) newAddressList(header string) addressList {
	return addressList{col: len(header) + len(": "), m: m, header: header}
}

// take lends the list the message's memory for one list at a time, until String.
func (l *addressList) take() {
	if l.m.lent {
		return
	}
	l.m.lent, l.borrows = true, true
	if l.b = l.m.list[:0]; l.b == nil {
		l.b = l.m.listSpace[:0]
	}
}

func (l *addressList) add(box mailbox) {
	l.m.res.Addresses = append(l.m.res.Addresses, AddressUse{l.m.place, l.header, box.addr, box.source})
	if l.n > 0 {
		l.write(",")
		if l.col+len(box.name)+len(box.addr)+len(` "" <>,`) > foldAt {
			l.fold()
		} else {
			l.write(" ")
		}
	}
	l.n++
	if box.addr == "" {
		l.phrase(box.name)
		l.write(":;")
		return
	}
	if box.name != "" {
		l.phrase(box.name)
		if l.col+len(box.addr)+len(" <>,") > foldAt {
			l.fold()
		} else {
			l.write(" ")
		}
		l.angle(box.addr)
		return
	}
	if strings.IndexByte(box.addr, '@') < 0 || len(box.addr) > maxLine-len(" <>,") {
		l.angle(box.addr)
		return
	}
	l.reserve(len(box.addr))
	l.write(box.addr)
}

// reserve begins a line where an address of n characters does not fit the one at
// hand.
func (l *addressList) reserve(n int) {
	if l.col > 1 && l.col+n+len(",") > maxLine {
		l.fold()
	}
}

// angle writes an address between angle brackets. One too long for a line is folded
// where a domain begins, which is the only place (RFC 5322 3.4.1).
func (l *addressList) angle(addr string) {
	l.reserve(len(addr) + len("<>"))
	l.write("<")
	if len(addr)+len(" <>,") > maxLine {
		at := strings.LastIndexByte(addr, '@')
		l.write(addr[:at])
		l.fold()
		addr = addr[at:]
	}
	l.write(addr)
	l.write(">")
}

func (l *addressList) phrase(name string) {
	if l.m.o.UTF8Headers {
		l.write(rfc2047.EncodePhraseUTF8(name, l.col))
		return
	}
	from := len(l.b)
	l.b = rfc2047.AppendPhrase(l.b, name, l.m.charsetOf(name), l.col)
	l.wrote(from)
}

func (l *addressList) fold() {
	l.b = append(l.b, "\r\n "...)
	l.col = 1
}

func (l *addressList) write(s string) {
	from := len(l.b)
	l.b = append(l.b, s...)
	l.wrote(from)
}

// wrote counts the characters that were written from that place on.
func (l *addressList) wrote(from int) {
	if i := bytes.LastIndexByte(l.b[from:], '\n'); i >= 0 {
		from, l.col = from+i+1, 0
	}
	l.col += len(l.b) - from
}

// String returns the value. The list cannot be used any longer.
func (l *addressList) String() string {
	s := string(l.b)
	if l.borrows {
		l.m.list, l.m.lent = l.b, false
	}
	l.b = nil
	return s
}

// formatMailboxes returns the value of an address field, "" for no mailboxes.
func (m *message) formatMailboxes(header string, boxes ...mailbox) string {
	l := m.newAddressList(header)
	l.take()
	for _, box := range boxes {
		l.add(box)
	}
	return l.String()
}
