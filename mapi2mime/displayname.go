package mapi2mime

import (
	"strings"

	"github.com/contentconv/contentconv/mapi"
)

// simpleNames are the display names in ASCII that address books keep beside the
// others, by the tag of the name that they stand for. [MS-OXPROPS] lists that of
// recipients only.
var simpleNames = map[mapi.Tag[string]]mapi.Tag[string]{
	mapi.PidTagDisplayName:          mapi.PidTagAddressBookDisplayNamePrintable,
	mapi.PidTagSenderName:           0x4030001F,
	mapi.PidTagSentRepresentingName: 0x4031001F,
}

// displayName returns the name that is written of a person.
func (m *message) displayName(p *person) string {
	name := p.Name
	if m.o.SimpleNames {
		if tag := simpleNames[p.group.Name]; tag.Or(p.props, "") != "" {
			name = tag.Or(p.props, "")
		}
	}
	name = strings.TrimSpace(clean(name))
	if isX500(name) {
		name = commonName(name)
	}
	return name
}

// isX500 reports whether s looks like an X.500 name as Exchange writes them.
func isX500(s string) bool {
	_, ok := cutPrefixFold(s, "/o=")
	return ok
}

// commonName returns the last common name of an X.500 name, which is no name for
// a reader either but one that can be told from others.
//
// QUIRK: in Exchange Online it begins with 32 random digits and a hyphen.
func commonName(s string) string {
	s = s[strings.LastIndexByte(s, '=')+1:]
	const random = 32
	if len(s) > random+1 && s[random] == '-' && strings.Trim(strings.ToLower(s[:random]), "0123456789abcdef") == "" {
		s = s[random+1:]
	}
	return s
}
