package mapi

import "strings"

// An Address is what a group of properties says about one person.
type Address struct {
	Name  string // display name
	Type  string // address type: "SMTP", "EX", "FAX" ...
	Email string // the address of that type
	SMTP  string // the Internet address; empty when only a directory knows it
}

// An InternetAddress is a display name and an address of type SMTP. Where many
// are set, as for recipients, keep them in one slice: the values that are made
// from them when read refer to them, so they must not change afterwards.
type InternetAddress struct {
	Name    string // may be empty
	Address string
}

// DisplayName returns the name, or the address when there is none
// ([MS-OXCMAIL] 2.2.3.1.1).
func (a *InternetAddress) DisplayName() string {
	if a.Name == "" {
		return a.Address
	}
	return a.Name
}

// EntryID returns the one-off entry id of a, made when it is read.
func (a *InternetAddress) EntryID() Lazy { return (*internetEntryID)(a) }

// SearchKey returns the search key of a, made when it is read.
func (a *InternetAddress) SearchKey() Lazy { return (*internetSearchKey)(a) }

// The two views of an InternetAddress as a value share its memory.
type (
	internetEntryID   InternetAddress
	internetSearchKey InternetAddress
)

func (a *internetEntryID) Bytes() []byte {
	o := OneOff{(*InternetAddress)(a).DisplayName(), "SMTP", a.Address, OneOffUnicode | OneOffNoRichInfo}
	return o.Bytes()
}

func (a *internetSearchKey) Bytes() []byte {
	k := SearchKey{"SMTP", a.Address}
	return k.Bytes()
}

// An AddressGroup is the tags of the properties that together hold one address
// ([MS-OXOMSG] 2.2.1, [MS-OXCMAIL] 2.1.3.1).
type AddressGroup struct {
	Name         Tag[string]
	AddressType  Tag[string]
	EmailAddress Tag[string]
	SmtpAddress  Tag[string]
	EntryID      Tag[[]byte]
	SearchKey    Tag[[]byte]
}

// The groups of a message, and that of a recipient row.
var (
	// SenderGroup is who sent the message: the header field Sender.
	SenderGroup = AddressGroup{PidTagSenderName, PidTagSenderAddressType, PidTagSenderEmailAddress,
		PidTagSenderSmtpAddress, PidTagSenderEntryId, PidTagSenderSearchKey}
	// SentRepresentingGroup is on whose behalf: the header field From.
	SentRepresentingGroup = AddressGroup{PidTagSentRepresentingName, PidTagSentRepresentingAddressType, PidTagSentRepresentingEmailAddress,
		PidTagSentRepresentingSmtpAddress, PidTagSentRepresentingEntryId, PidTagSentRepresentingSearchKey}
	// ReceivedByGroup is whose mailbox the message went to.
	ReceivedByGroup = AddressGroup{PidTagReceivedByName, PidTagReceivedByAddressType, PidTagReceivedByEmailAddress,
		PidTagReceivedBySmtpAddress, PidTagReceivedByEntryId, PidTagReceivedBySearchKey}
	// ReceivedRepresentingGroup is for whom that mailbox received it.
	ReceivedRepresentingGroup = AddressGroup{PidTagReceivedRepresentingName, PidTagReceivedRepresentingAddressType, PidTagReceivedRepresentingEmailAddress,
		PidTagReceivedRepresentingSmtpAddress, PidTagReceivedRepresentingEntryId, PidTagReceivedRepresentingSearchKey}
	// ReadReceiptGroup is who gets read receipts.
	ReadReceiptGroup = AddressGroup{PidTagReadReceiptName, PidTagReadReceiptAddressType, PidTagReadReceiptEmailAddress,
		PidTagReadReceiptSmtpAddress, PidTagReadReceiptEntryId, PidTagReadReceiptSearchKey}
	// RecipientGroup is a recipient row's.
	RecipientGroup = AddressGroup{PidTagDisplayName, PidTagAddressType, PidTagEmailAddress,
		PidTagSmtpAddress, PidTagEntryId, PidTagSearchKey}
)

// Get returns the group's address. The Internet address is, in this order, the
// SMTP property; the e-mail address, when its type is SMTP or it looks like one;
// that of a one-off entry id; that of the search key. Type, e-mail address and
// name that the group lacks are filled in from the entry id as well. The result
// is the zero Address when the group says nothing.
func (g *AddressGroup) Get(p *Properties) Address {
	a := Address{
		Name:  g.Name.Or(p, ""),
		Type:  g.AddressType.Or(p, ""),
		Email: g.EmailAddress.Or(p, ""),
		SMTP:  strings.TrimSpace(g.SmtpAddress.Or(p, "")),
	}
	if a.SMTP == "" && a.emailIsSMTP() {
		a.SMTP = strings.TrimSpace(a.Email)
	}
	if a.SMTP == "" || a.Name == "" || a.Email == "" {
		if id, ok := g.EntryID.Get(p); ok {
			a.fillFrom(id)
		}
	}
	if a.SMTP == "" {
		if key, ok := g.SearchKey.Get(p); ok {
			a.fillFromKey(key)
		}
	}
	return a
}

// emailIsSMTP reports whether the e-mail address is an Internet address: by its
// type, or by its looks when the type is missing or wrong. Addresses of other
// systems can have an @ as well, so their type is believed.
func (a *Address) emailIsSMTP() bool {
	switch strings.ToUpper(a.Type) {
	case "SMTP":
		return !strings.HasPrefix(a.Email, "/")
	case "", "EX":
		return looksLikeAddrSpec(a.Email)
	}
	return false
}

// looksLikeAddrSpec reports whether s is local@domain and no X.500 name.
func looksLikeAddrSpec(s string) bool {
	s = strings.TrimSpace(s)
	at := strings.LastIndexByte(s, '@')
	return at > 0 && at < len(s)-1 && s[0] != '/' && !strings.ContainsAny(s, " \t\r\n<>")
}

// fillFrom adds what a lacks and an entry id has.
func (a *Address) fillFrom(id []byte) {
	switch e := unwrapEntryID(id).(type) {
	case *OneOff:
		one := Address{Type: e.AddressType, Email: e.Address}
		if a.SMTP == "" && one.emailIsSMTP() {
			a.SMTP = strings.TrimSpace(e.Address)
		}
		a.fill(e.Name, e.AddressType, e.Address)
	case *AddressBookEntryID:
		a.fill("", "EX", e.DN)
	}
}

func (a *Address) fill(name, addressType, email string) {
	if a.Name == "" {
		a.Name = name
	}
	if a.Email == "" && email != "" {
		a.Type, a.Email = addressType, email
	}
}

func (a *Address) fillFromKey(b []byte) {
	k, ok := ParseSearchKey(b)
	if !ok {
		return
	}
	if strings.EqualFold(k.AddressType, "SMTP") {
		a.SMTP = strings.TrimSpace(k.Address)
	}
	a.fill("", k.AddressType, k.Address)
}

// maxWrapped bounds how many wrappings of an entry id are taken off.
const maxWrapped = 4

func unwrapEntryID(b []byte) EntryID {
	id := ParseEntryID(b, nil)
	for range maxWrapped {
		w, ok := id.(*WrappedEntryID)
		if !ok {
			break
		}
		id = ParseEntryID(w.Inner, nil)
	}
	return id
}

// SetInternet gives the group an Internet address; the entry id and the search
// key are made from a when they are read ([MS-OXCMAIL] 2.2.3.1.1).
func (g *AddressGroup) SetInternet(p *Properties, a *InternetAddress) {
	g.Name.Set(p, a.DisplayName())
	g.AddressType.Set(p, "SMTP")
	g.EmailAddress.Set(p, a.Address)
	g.SmtpAddress.Set(p, a.Address)
	p.Set(g.EntryID.Key(), LazyBinary(a.EntryID()))
	p.Set(g.SearchKey.Key(), LazyBinary(a.SearchKey()))
}

// Set gives the group an address of any type. An EX address gets an entry id of
// the address book, any other a one-off. Without an SMTP address of its own, an
// address of type SMTP is it.
func (g *AddressGroup) Set(p *Properties, a Address) {
	if a.Type == "" || strings.EqualFold(a.Type, "SMTP") {
		smtp := a.SMTP
		if smtp == "" {
			smtp = a.Email
		}
		g.SetInternet(p, &InternetAddress{a.Name, smtp})
		return
	}
	if a.Name == "" {
		a.Name = a.Email
	}
	g.Name.Set(p, a.Name)
	g.AddressType.Set(p, a.Type)
	g.EmailAddress.Set(p, a.Email)
	if a.SMTP != "" {
		g.SmtpAddress.Set(p, a.SMTP)
	} else {
		g.SmtpAddress.Delete(p)
	}
	var id Lazy = &OneOff{a.Name, a.Type, a.Email, OneOffUnicode | OneOffNoRichInfo}
	if strings.EqualFold(a.Type, "EX") {
		id = &AddressBookEntryID{DN: a.Email}
	}
	p.Set(g.EntryID.Key(), LazyBinary(id))
	p.Set(g.SearchKey.Key(), LazyBinary(&SearchKey{a.Type, a.Email}))
}

// Delete removes the group's properties.
func (g *AddressGroup) Delete(p *Properties) {
	for _, t := range []Tag[string]{g.Name, g.AddressType, g.EmailAddress, g.SmtpAddress} {
		t.Delete(p)
	}
	g.EntryID.Delete(p)
	g.SearchKey.Delete(p)
}
