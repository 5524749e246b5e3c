package tnef

import (
	"strings"

	"github.com/contentconv/contentconv/mapi"
)

// EnrichRecipients adds to the recipients of an Internet message what a stream's
// recipient table knows of the same persons: properties that they lack, and a
// display name where they have but an address. Persons are the same when their
// Internet addresses are. It never adds a recipient: who the message went to is
// told by its header alone ([MS-OXCMAIL] 2.1.3.1.1.1).
func EnrichRecipients(header, table []mapi.Recipient) {
	known := make(map[string]*mapi.Recipient, len(table))
	for i := range table {
		if smtp := strings.ToLower(table[i].Address().SMTP); smtp != "" && known[smtp] == nil {
			known[smtp] = &table[i]
		}
	}
	for i := range header {
		to := &header[i]
		a := to.Address()
		from := known[strings.ToLower(a.SMTP)]
		if a.SMTP == "" || from == nil {
			continue
		}
		if name := from.Address().Name; name != "" && (a.Name == "" || a.Name == a.SMTP) {
			mapi.PidTagDisplayName.Set(&to.Properties, name)
		}
		for p := range from.Properties.All() {
			if _, has := to.Properties.Get(p.Key()); !has && !storeLocal(p) && !mapi.ActsOnClient(p) {
				to.Properties.Set(p.Key(), p.Value)
			}
		}
	}
}
