package mime2mapi

import (
	"strings"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/headerprop"
	"github.com/contentconv/contentconv/internal/maildate"
	"github.com/contentconv/contentconv/internal/mimescan"
	"github.com/contentconv/contentconv/mapi"
)

// convertMapped sets the properties of the header-property table ([MS-OXCMAIL]
// 2.2.3.2), and the delivery time.
func (m *message) convertMapped() error {
	for i := range m.fields.mapped {
		if err := m.convertRow(&m.fields.mapped[i]); err != nil {
			return err
		}
	}
	m.convertDeliveryTime()
	if m.o.SuppressAutoReplies && m.fields.autoSubmitted && !mapi.PidTagAutoResponseSuppress.Has(m.properties()) {
		mapi.PidTagAutoResponseSuppress.Set(m.properties(), suppressOOF|suppressAutoReply)
	}
	return nil
}

// Bits of PidTagAutoResponseSuppress ([MS-OXOMSG] 2.2.1.77).
const (
	suppressOOF       = 0x10
	suppressAutoReply = 0x20
)

func (m *message) convertRow(e *mappedField) error {
	row, part, name := e.row, m.job.root.Path, e.first.Name
	if row.Trusted && !m.o.Trusted {
		m.add(diag.ReservedHeaderDropped, name, "")
		return nil
	}
	v, ok, err := m.rowValue(e)
	if err != nil {
		return err
	}
	if !ok {
		if strings.TrimSpace(e.first.Value) != "" {
			m.rec.Add(row.Codec.Invalid, part, name, diag.Quote(e.first.Unfolded()))
		}
		v = row.Codec.Default
	}
	m.properties().Set(row.Key, v)
	return nil
}

// rowValue reads the fields of a row and applies MaxMimeTextHeaderLength.
func (m *message) rowValue(e *mappedField) (v mapi.Value, ok bool, err error) {
	part, name := m.job.root.Path, e.first.Name
	s := m.mergedText(e, part)
	limit := m.limits.TextHeader()
	switch e.row.Excess {
	case headerprop.Fails:
		// The parsed value is what counts: a codec strips blanks and brackets.
		v, ok = e.row.Codec.Parse(s)
		if text, isText := v.Text(); ok && isText {
			if text, err = m.limited(text, limit, part, name); err != nil {
				return v, false, err
			}
			v = mapi.String(text)
		}
		return v, ok, nil
	case headerprop.Items:
		long := s
		if s = m.limitedItems(s, limit, part, name); s == "" && long != "" {
			return v, false, nil
		}
	}
	v, ok = e.row.Codec.Parse(s)
	return v, ok, nil
}

// mergedText returns the text of a row's fields, as one list where there are
// several.
func (m *message) mergedText(e *mappedField, part string) string {
	s := m.text(e.first, e.row.Reading, part)
	if len(e.more) == 0 {
		return s
	}
	items := []string{s}
	for _, f := range e.more {
		if s := m.text(f, e.row.Reading, part); s != "" {
			items = append(items, s)
		}
	}
	return strings.Join(items, ", ")
}

// convertDeliveryTime takes the time of the topmost Received field, which the
// last server wrote. [MS-OXCMAIL] leaves the delivery time to the store; a
// message without one has no date in a client's list.
func (m *message) convertDeliveryTime() {
	f := m.fields.received
	if f == nil {
		return
	}
	date := mimescan.Field{Value: f.Value[strings.LastIndexByte(f.Value, ';')+1:]}
	t, ok, _ := maildate.Parse(date.Unfolded())
	if !ok {
		return
	}
	if ft, ok := mapi.TimeOf(t); ok {
		mapi.PidTagMessageDeliveryTime.Set(m.properties(), ft)
	}
}

// convertImportance follows the strongest field there is ([MS-OXCMAIL]
// 2.2.3.2.5).
func (m *message) convertImportance() {
	for _, f := range m.fields.importance {
		if f == nil {
			continue
		}
		if n, ok := headerprop.Importance(f.Name, f.Unfolded()); ok {
			mapi.PidTagImportance.Set(m.properties(), n)
			return
		}
		m.add(diag.ValueInvalid, f.Name, diag.Quote(f.Unfolded()))
	}
}
