package mapi2mime

import (
	"strings"

	"github.com/contentconv/contentconv/internal/address"
	"github.com/contentconv/contentconv/mapi"
)

// headerAddresses are the address fields of PidTagTransportMessageHeaders.
type headerAddresses struct {
	fields     map[string][]address.Mailbox // by name in lower case; of fields that may stand once the first
	recipients map[string]string            // addresses of To, Cc and Bcc by name; "" where a name has two
}

// fieldsOfOne and fieldsOfMany are the address fields that matter here.
var (
	fieldsOfOne  = []string{"from", "sender", "reply-to", "disposition-notification-to", "return-receipt-to"}
	fieldsOfMany = []string{"to", "cc", "bcc"}
)

// addressInHeaders returns the address that the message was sent with: of a field
// with one mailbox that mailbox, else the one of the same name. Where the
// message says nothing at all of the person, that is done for From alone, if the
// headers are surely the message's own.
func (m *message) addressInHeaders(p *person, header string) (string, error) {
	h := m.headers()
	name := strings.ToLower(header)
	if h == nil || p.Address == (mapi.Address{}) && (name != "from" || m.headersOf() != ours) {
		return "", nil
	}
	list := h.fields[name]
	var found string
	switch {
	case name == "to" || name == "cc" || name == "bcc":
		found = h.recipients[foldName(p.Name)]
	case len(list) == 1 && name != "reply-to":
		found = list[0].Addr
	default:
		if list == nil {
			list = h.fields["from"] // a field that is not written is From's twin
		}
		found = addressNamed(list, p.Name)
	}
	addr, _ := addrSpec(found)
	return addr, nil
}

// addressNamed returns the address of the one mailbox with that name.
func addressNamed(list []address.Mailbox, name string) string {
	found := ""
	for _, box := range list {
		if box.Name != "" && foldName(box.Name) == foldName(name) {
			if found != "" && found != box.Addr {
				return ""
			}
			found = box.Addr
		}
	}
	return found
}

// headers returns the address fields of the transport headers, read when first
// asked for; nil where there are none.
func (m *message) headers() *headerAddresses {
	if m.headersRead {
		return m.headerAddresses
	}
	m.headersRead = true
	block := mapi.PidTagTransportMessageHeaders.Or(&m.m.Properties, "")
	if block == "" || m.headersOf() == foreign {
		return nil
	}
	h := &headerAddresses{make(map[string][]address.Mailbox), make(map[string]string)}
	for f := range transportFields(block) {
		name := strings.ToLower(f.name)
		if contains(fieldsOfOne, name) && h.fields[name] == nil || contains(fieldsOfMany, name) {
			h.fields[name] = append(h.fields[name], address.Parse(f.unfolded(), nil).Mailboxes...)
		}
	}
	for _, name := range fieldsOfMany {
		for _, box := range h.fields[name] {
			h.addRecipient(box)
		}
	}
	m.headerAddresses = h
	return h
}

func (h *headerAddresses) addRecipient(box address.Mailbox) {
	name := foldName(box.Name)
	if name == "" {
		return
	}
	if addr, known := h.recipients[name]; known && !strings.EqualFold(addr, box.Addr) {
		box.Addr = ""
	}
	h.recipients[name] = box.Addr
}

func contains(list []string, s string) bool {
	for _, t := range list {
		if t == s {
			return true
		}
	}
	return false
}

// foldName returns a display name as names are compared: without the case of its
// letters, and without the blanks and quotation marks around it.
func foldName(s string) string {
	return strings.ToLower(strings.Join(strings.Fields(strings.Trim(clean(s), ` "'`)), " "))
}
