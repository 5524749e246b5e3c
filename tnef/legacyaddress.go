package tnef

import (
	"strings"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/charset"
	"github.com/contentconv/contentconv/mapi"
)

// tripleHead is the size of the header of a triple, tripleOneOff its kind for an
// address that is in no directory ([MS-OXTNEF] 2.1.3.3.4).
const (
	tripleHead   = 8
	tripleOneOff = 4
)

// A fromCodec is the sender, as a triple: kind, sizes, name and address, then an
// empty triple that ends the list.
type fromCodec struct{}

func (fromCodec) read(x *legacyReader, data []byte) {
	if x.short(data, tripleHead) {
		return
	}
	name, address := int(le.Uint16(data[4:])), int(le.Uint16(data[6:]))
	data = data[tripleHead:]
	if name+address > len(data) {
		x.report(diag.TnefAttributeInvalid, "the name and the address have more bytes than there are")
		name = min(name, len(data))
		address = min(address, len(data)-name)
	}
	x.setAddress(&mapi.SenderGroup, data[:name], data[name:name+address])
}

func (fromCodec) write(x *legacyWriter) ([]byte, bool) {
	name, address, ok := groupBytes(x.p, &mapi.SenderGroup, x.page)
	if len(name)%2 != 0 {
		name = append(name, 0)
	}
	total := 2*tripleHead + len(name) + len(address)
	if !ok || total > 0xFFFF {
		return nil, false
	}
	b := make([]byte, 0, total)
	for _, n := range []int{tripleOneOff, total, len(name), len(address)} {
		b = le.AppendUint16(b, uint16(n))
	}
	return append(append(append(b, name...), address...), make([]byte, tripleHead)...), true
}

// A countedCodec is a name and an address, each behind its size: on whose behalf
// the message was sent, or the owner of a meeting.
type countedCodec struct{ owner bool }

func (c countedCodec) group(p *mapi.Properties) *mapi.AddressGroup {
	if c.owner {
		return meetingGroup(mapi.PidTagMessageClass.Or(p, ""))
	}
	return &mapi.SentRepresentingGroup
}

func (c countedCodec) read(x *legacyReader, data []byte) {
	g := c.group(x.p)
	if g == nil {
		return
	}
	name, data, ok1 := cutCounted(data)
	address, _, ok2 := cutCounted(data)
	if !ok1 || !ok2 {
		x.report(diag.TnefAttributeInvalid, "too short")
	}
	x.setAddress(g, name, address)
}

// cutCounted cuts a string behind its size. A string that is cut short yields what
// there is.
func cutCounted(b []byte) (s, rest []byte, ok bool) {
	if len(b) < 2 {
		return nil, nil, false
	}
	n := int(le.Uint16(b))
	b = b[2:]
	if n > len(b) {
		return b, nil, false
	}
	return b[:n], b[n:], true
}

func (c countedCodec) write(x *legacyWriter) ([]byte, bool) {
	g := c.group(x.p)
	if g == nil {
		return nil, false
	}
	name, address, ok := groupBytes(x.p, g, x.page)
	if !ok || max(len(name), len(address)) > 0xFFFF {
		return nil, false
	}
	b := le.AppendUint16(nil, uint16(len(name)))
	b = le.AppendUint16(append(b, name...), uint16(len(address)))
	return append(b, address...), true
}

// setAddress sets a group of which nothing is known yet.
func (x *legacyReader) setAddress(g *mapi.AddressGroup, name, address []byte) {
	if hasGroup(x.p, g) {
		return
	}
	a := mapi.Address{Name: x.text8(name)}
	a.Type, a.Email = splitAddress(x.text8(address))
	switch {
	case a.Email != "" && a.Type != "":
		g.Set(x.p, a)
	case a.Name != "" || a.Email != "":
		g.Name.Set(x.p, a.Name)
		if a.Email != "" {
			g.EmailAddress.Set(x.p, a.Email)
		}
	}
}

func hasGroup(p *mapi.Properties, g *mapi.AddressGroup) bool {
	return g.Name.Has(p) || g.EmailAddress.Has(p) || g.SmtpAddress.Has(p)
}

// splitAddress splits TYPE:address. Without a type what looks like an Internet
// address is one.
func splitAddress(s string) (typ, address string) {
	if typ, address, ok := strings.Cut(s, ":"); ok {
		return typ, address
	}
	if strings.Contains(s, "@") {
		return "SMTP", s
	}
	return "", s
}

// groupBytes returns the name and the TYPE:address of a group, each with its NUL.
func groupBytes(p *mapi.Properties, g *mapi.AddressGroup, page *charset.Charset) (name, address []byte, ok bool) {
	if !hasGroup(p, g) {
		return nil, nil, false
	}
	a := g.Get(p)
	if a.Email == "" {
		a.Type, a.Email = "SMTP", a.SMTP
	}
	if a.Email == "" {
		return nil, nil, false
	}
	if a.Name == "" {
		a.Name = a.Email
	}
	return bytes8(a.Name, page), bytes8(a.Type+":"+a.Email, page), true
}
