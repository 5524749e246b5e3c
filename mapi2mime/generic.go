package mapi2mime

import (
	"strings"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/headerprop"
	"github.com/contentconv/contentconv/limits"
	"github.com/contentconv/contentconv/mapi"
)

// addGeneric writes the named properties of PS_INTERNET_HEADERS as fields
// ([MS-OXCMAIL] 2.1.3.2.4), all but those that are mapped, make up the structure
// of the result, or belong to the organisation.
func (m *message) addGeneric() error {
	for e := range m.m.Properties.All() {
		if e.Name == nil || e.Name.Set != mapi.PS_INTERNET_HEADERS || e.Name.String == "" {
			continue
		}
		if s, ok := genericText(e.Value); ok {
			m.addGenericField(e.Name.String, s)
		}
	}
	return nil
}

// genericText returns the text of a property, with its folds undone.
func genericText(v mapi.Value) (string, bool) {
	s, ok := v.Text()
	if list, isList := v.Elements().([]string); isList {
		s, ok = strings.Join(list, ", "), true
	}
	if strings.IndexByte(s, '\n') >= 0 {
		s = strings.NewReplacer("\r\n ", " ", "\r\n\t", "\t", "\n ", " ", "\n\t", "\t").Replace(s)
	}
	return strings.Trim(s, " \t\r\n\x00"), ok
}

func (m *message) addGenericField(name, s string) {
	switch {
	case s == "":
		return
	case !isFieldName(name):
		m.report(diag.HeaderNotWritten, "", "no field can have the name "+diag.Quote(name))
		return
	case strings.ContainsAny(s, "\r\n\x00"):
		m.report(diag.HeaderNotWritten, name, "the value has line breaks: "+diag.Quote(s))
		return
	case headerprop.Reserved(name) && !m.trusted():
		m.report(diag.ReservedHeaderDropped, name, "")
		return
	case neverGeneric(name):
		return
	}
	reading := headerprop.Words
	if row, _ := headerprop.Find(headerprop.OnMessage, name); row != nil {
		// The field is mapped. Clients that do not know the property use this one
		// instead; it counts where the property has no value ([MS-OXCMAIL]
		// 2.1.3.2.3).
		if _, ok := row.Codec.Parse(s); !ok || m.mapped(row) {
			return
		}
		name, reading = row.Header, row.Reading
	} else if headerprop.PromotionOf(name) == headerprop.Unpromoted && !headerprop.Reserved(name) {
		return
	}
	if over := m.limits.TextHeader().Check(limits.Length(s)); over != nil {
		m.report(diag.HeaderNotWritten, name, over.Error())
		return
	}
	m.addText(m.head, name, s, reading)
}

// mapped reports whether the property of a row gave the message a field, or one
// that does is always written.
func (m *message) mapped(row *headerprop.Mapping) bool {
	for _, f := range m.head.header {
		if strings.EqualFold(f.name, row.Header) {
			return true
		}
	}
	return exceptions[row.Header] != nil || row.Trusted && !m.trusted()
}

// neverGeneric reports whether a field would tell of recipients, or of the
// message's transport, what no property of a sender's may.
func neverGeneric(name string) bool {
	for _, s := range []string{"Resent-Bcc", "X-MS-Has-Attach", "X-Unsent"} {
		if strings.EqualFold(name, s) {
			return true
		}
	}
	return false
}
