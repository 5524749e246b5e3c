package mapi2mime

import (
	"math"
	"slices"
	"strings"
	"unicode"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/address"
	"github.com/contentconv/contentconv/internal/headerprop"
	"github.com/contentconv/contentconv/internal/maildate"
	"github.com/contentconv/contentconv/internal/rfc2047"
	"github.com/contentconv/contentconv/mapi"
)

// same reports whether old fields say what the new ones say, in a form that can be
// written again.
func (f *family) same(name string, row *headerprop.Mapping) bool {
	was, now := f.was[0], transportField{f.now[0].name, f.now[0].value}
	if _, ok := verbatim(was.name, was); !ok {
		return false
	}
	switch {
	case contains(fieldsOfMany, name), name == "reply-to":
		return len(f.was) == 1 && sameAddresses(was, now, -1)
	case contains(fieldsOfOne, name):
		return f.first() && sameAddresses(was, now, 1)
	case row == nil && !lostFields[name] && !structural[name]:
		return sameText(was, now) // fields of no meaning to us may stand several times
	case row != nil && row.Reading == headerprop.Raw && row.Excess == headerprop.Exempt:
		return f.first() && sameValue(row, was, now)
	}
	return len(f.was) == 1 && sameText(was, now)
}

// first keeps the first of several fields, which is the one that counts.
func (f *family) first() bool {
	f.was = f.was[:1]
	return true
}

// sameText compares the decoded texts of two fields, whose blanks do not count.
func sameText(a, b transportField) bool {
	was := a.unfolded()
	s, defects := rfc2047.Decode(was, nil)
	t, _ := rfc2047.Decode(b.unfolded(), nil)
	return len(defects) == 0 && strictWords(was) && oneSpaced(s) == oneSpaced(t)
}

func oneSpaced(s string) string {
	if !strings.ContainsFunc(s, unicode.IsSpace) {
		return s
	}
	return strings.Join(strings.Fields(s), " ")
}

// sameValue compares the values that two fields of a row have. A date must be one
// that needs no repair.
func sameValue(row *headerprop.Mapping, a, b transportField) bool {
	if row.Codec.Invalid == diag.DateInvalid {
		if _, _, defects := maildate.Parse(a.unfolded()); len(defects) > 0 {
			return false
		}
	}
	v, ok1 := row.Codec.Parse(a.unfolded())
	w, ok2 := row.Codec.Parse(b.unfolded())
	return ok1 && ok2 && v.Equal(w)
}

// sameAddresses compares the mailboxes of two fields, or the first n of them.
func sameAddresses(a, b transportField, n int) bool {
	text := a.unfolded()
	if !strictAddressList(text) || !strictWords(text) {
		return false
	}
	r, s := address.Parse(text, nil), address.Parse(b.unfolded(), nil)
	was, now := r.Mailboxes, s.Mailboxes
	if n > 0 {
		was, now = was[:min(n, len(was))], now[:min(n, len(now))]
	}
	if len(r.Defects) > 0 || len(was) != len(now) || len(r.Invalid) != len(s.Invalid) || len(was) == 0 && len(s.Invalid) > 0 {
		return false
	}
	for i := range was {
		if was[i].Addr != now[i].Addr || nameOf(&was[i]) != nameOf(&now[i]) {
			return false
		}
	}
	return true
}

// nameOf returns the name of a mailbox, unless it says what the address says.
func nameOf(box *address.Mailbox) string {
	if strings.EqualFold(box.Name, box.Addr) {
		return ""
	}
	return box.Name
}

// sameImportance reports whether the field that counts of those of a message's
// importance says what its property says. One that is not set is normal.
func (m *message) sameImportance(f *family) bool {
	said, best := int32(1), math.MaxInt
	for _, old := range f.was {
		n, ok := headerprop.Importance(old.name, old.unfolded())
		if rank := headerprop.ImportanceRank(old.name); ok && rank < best {
			said, best = n, rank
		}
	}
	return said == mapi.PidTagImportance.Or(&m.m.Properties, 1)
}

// sameSender reports whether a Sender field that is not written names the sender,
// who is the represented then ([MS-OXCMAIL] 2.1.3.1.4).
func (m *message) sameSender(f *family) bool {
	text := f.was[0].unfolded()
	r := address.Parse(text, nil)
	if len(r.Mailboxes) != 1 || m.o.SuppressSenderName || !strictAddressList(text) || !strictWords(text) {
		return false
	}
	return f.first() && strings.EqualFold(r.Mailboxes[0].Addr, mapi.SenderGroup.Get(&m.m.Properties).SMTP)
}

// means reports whether a field that is not written has the value of its property,
// which goes without saying.
func (m *message) means(row *headerprop.Mapping, f *family) bool {
	v, ok := m.m.Properties.Get(row.Key)
	if !ok || exceptions[row.Header] != nil {
		return false
	}
	w, ok := row.Codec.Parse(f.was[0].unfolded())
	return ok && f.first() && v.Equal(w)
}

// nobody reports whether an address field of recipients names groups alone, which
// have no members.
func (f *family) nobody() bool {
	text := f.was[0].unfolded()
	return len(f.was) == 1 && strictAddressList(text) && strictWords(text) && len(address.Parse(text, nil).Mailboxes) == 0
}

// keepAddressees keeps the To and Cc of a delivery report, whose properties have
// place for the first addressee alone, if that is one of them.
func (m *message) keepAddressees(a *arrangement) {
	if !m.isReport() {
		return
	}
	to, cc := a.of("To"), a.of("Cc")
	if len(to.was) > 1 || len(cc.was) > 1 || len(to.now) != 1 {
		return
	}
	var old []address.Mailbox
	for _, f := range append(to.was[:len(to.was):len(to.was)], cc.was...) {
		text := f.unfolded()
		if !strictAddressList(text) || !strictWords(text) {
			return
		}
		old = append(old, address.Parse(text, nil).Mailboxes...)
	}
	now := address.Parse(transportField{value: to.now[0].value}.unfolded(), nil).Mailboxes
	if len(now) == 1 && len(old) > 0 && slices.ContainsFunc(old, func(box address.Mailbox) bool { return box.Addr == now[0].Addr }) {
		to.kept, cc.kept = true, true
	}
}
