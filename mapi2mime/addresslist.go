package mapi2mime

import (
	"strings"

	"github.com/contentconv/contentconv/internal/rfc2047"
)

// An addressList builds the value of an address field, folded between its
// entries and, where that is not enough, within a name or before an address.
type addressList struct {
	b     strings.Builder
	col   int // characters on the line
	n     int // entries
	scope *scope
	wrote func(addr string, from AddressSource) // is told of every mailbox
}

// newAddressList returns the list of the field with that name.
func (m *message) newAddressList(header string) *addressList {
	return &addressList{
		col: len(header) + len(": "), scope: &m.scope,
		wrote: func(addr string, from AddressSource) {
			m.res.Addresses = append(m.res.Addresses, AddressUse{m.place, header, addr, from})
		},
	}
}

func (l *addressList) add(box mailbox) {
	l.wrote(box.addr, box.source)
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
		l.address(angle(box.addr))
		return
	}
	if strings.IndexByte(box.addr, '@') < 0 || len(box.addr) > maxLine-len(" <>,") {
		l.address(angle(box.addr))
		return
	}
	l.address(box.addr)
}

// address writes an address, on a line of its own when it fits no other.
func (l *addressList) address(s string) {
	if l.col > 1 && l.col+len(s)+len(",") > maxLine {
		l.fold()
	}
	l.write(s)
}

func (l *addressList) phrase(name string) {
	if l.scope.o.UTF8Headers {
		l.write(rfc2047.EncodePhraseUTF8(name, l.col))
		return
	}
	l.write(rfc2047.EncodePhrase(name, l.scope.charsetOf(name), l.col))
}

func (l *addressList) fold() {
	l.b.WriteString("\r\n ")
	l.col = 1
}

func (l *addressList) write(s string) {
	l.b.WriteString(s)
	if i := strings.LastIndexByte(s, '\n'); i >= 0 {
		l.col = len(s) - i - 1
		return
	}
	l.col += len(s)
}

// String returns the value.
func (l *addressList) String() string { return l.b.String() }

// formatMailboxes returns the value of an address field, "" for no mailboxes.
func (m *message) formatMailboxes(header string, boxes ...mailbox) string {
	l := m.newAddressList(header)
	for _, box := range boxes {
		l.add(box)
	}
	return l.String()
}
