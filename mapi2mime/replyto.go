package mapi2mime

import (
	"strings"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/mapi"
)

// addReplyTo writes Reply-To ([MS-OXCMAIL] 2.1.3.1.2).
func (m *message) addReplyTo() error {
	const header = "Reply-To"
	l := m.newAddressList(header)
	for _, p := range m.replyTo(header) {
		box, ok, err := m.resolve(&p, header)
		if err != nil {
			return err
		}
		if ok {
			l.add(box)
		}
	}
	if l.n > 0 {
		m.head.add(header, l.String())
	}
	return nil
}

// replyTo returns whom replies go to. Names of another number than the entries are
// of no use, and a name that differs in its semicolons alone was changed to stand
// in that list.
//
// QUIRK: programs that make .msg files for others store the names without the
// entries ([MS-OXOMSG] 2.2.1.29 wants both).
func (m *message) replyTo(header string) []person {
	p := &m.m.Properties
	b, _ := mapi.PidTagReplyRecipientEntries.Get(p)
	given := mapi.PidTagReplyRecipientNames.Or(p, "")
	if len(b) == 0 {
		return namesOnly(given)
	}
	entries, err := mapi.ParseFlatEntryList(b)
	if err != nil {
		m.report(diag.ValueInvalid, header, err.Error())
	}
	names := strings.Split(given, ";")
	list := make([]person, len(entries))
	for i, id := range entries {
		list[i] = personOfEntry(id)
		if len(names) == len(entries) && names[i] != "" && names[i] != strings.ReplaceAll(list[i].Name, ";", ",") {
			list[i].Name = strings.TrimSpace(names[i])
		}
	}
	return list
}

// namesOnly returns the persons of a list of names, of whom nothing else is known.
func namesOnly(names string) []person {
	var list []person
	for name := range strings.SplitSeq(names, ";") {
		if name = strings.Trim(name, " \t\r\n\x00"); name != "" {
			list = append(list, person{Address: mapi.Address{Name: name}, group: &mapi.RecipientGroup, props: new(mapi.Properties)})
		}
	}
	return list
}
