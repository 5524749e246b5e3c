package mapi2mime

import (
	"strings"

	"github.com/contentconv/contentconv/mapi"
)

// An AddressSource is where the Internet address of an entry came from. The
// sources stand in the order in which they are asked.
type AddressSource uint8

const (
	// AddressNone: there is none; the name alone was written.
	AddressNone AddressSource = iota
	// AddressProperty is a property that holds nothing else: PidTagSmtpAddress of
	// a recipient, 0x5D01 of the sender, 0x5D02 of the represented, and so on.
	AddressProperty
	// AddressEmail is the e-mail address beside the address type.
	AddressEmail
	// AddressEntryID is a one-off entry id.
	AddressEntryID
	// AddressSearchKey is the search key. Its letters are capitals.
	AddressSearchKey
	// AddressCapsule is an address within an IMCEA address.
	AddressCapsule
	// AddressName is a display name that is, or holds, the address.
	AddressName
	// AddressMessage is another entry of the message with the same address of its
	// own system, such as the X.500 name of a sender who is a recipient too.
	AddressMessage
	// AddressHeaders is the same field of PidTagTransportMessageHeaders.
	AddressHeaders
	// AddressCreator is the address of who created or last changed the object
	// (0x5D0A, 0x5D0B), if that is the same person.
	AddressCreator
	// AddressResolver is [Options.Resolver].
	AddressResolver
	// AddressEncapsulated: the address of another system was written within one of
	// [Options.EncapsulationDomain].
	AddressEncapsulated
	// AddressDowngraded: the address has characters that ASCII lacks and stands in the
	// name of a group without members, see [Options.ASCIIAddresses].
	AddressDowngraded
)

func (s AddressSource) String() string {
	names := [...]string{
		AddressNone: "none", AddressProperty: "smtp-property", AddressEmail: "email-property",
		AddressEntryID: "entry-id", AddressSearchKey: "search-key", AddressCapsule: "capsule", AddressName: "name",
		AddressMessage: "message", AddressHeaders: "headers", AddressCreator: "creator", AddressResolver: "resolver",
		AddressEncapsulated: "encapsulated", AddressDowngraded: "downgraded",
	}
	if int(s) < len(names) {
		return names[s]
	}
	return ""
}

// An AddressUse says what was written of one entry of an address field, and where
// the address came from.
type AddressUse struct {
	// Place is the message, counted as in diagnostics.
	Place  string
	Header string
	// Address is as written, "" for a name alone.
	Address string
	Source  AddressSource
}

// ownSource says which of a person's own properties has the address that
// [mapi.AddressGroup.Get] found.
func (p *person) ownSource() AddressSource {
	is := func(tag mapi.Tag[string]) bool { return strings.TrimSpace(tag.Or(p.props, "")) == p.SMTP }
	switch {
	case p.source != AddressNone:
		return p.source
	case is(p.group.SmtpAddress):
		return AddressProperty
	case is(p.group.EmailAddress):
		return AddressEmail
	case p.fromSearchKey():
		return AddressSearchKey
	}
	return AddressEntryID
}

// fromSearchKey reports whether the search key has the address, and so nothing
// before it did.
func (p *person) fromSearchKey() bool {
	b, _ := p.group.SearchKey.Get(p.props)
	k, ok := mapi.ParseSearchKey(b)
	return ok && strings.TrimSpace(k.Address) == p.SMTP && !p.inEntryID()
}

func (p *person) inEntryID() bool {
	for _, tag := range []mapi.Tag[[]byte]{p.group.EntryID, mapi.PidTagRecipientEntryId} {
		if id, ok := tag.Get(p.props); ok && personOfEntry(id).SMTP == p.SMTP {
			return true
		}
	}
	return false
}
