package mapi2mime

import (
	"strings"
	"sync"

	"github.com/contentconv/contentconv/internal/headerprop"
	"github.com/contentconv/contentconv/internal/rfc2047"
	"github.com/contentconv/contentconv/mapi"
)

// exceptions are the rows of the header-property table whose fields have rules
// beyond their codec.
var exceptions = map[string]func(m *message, row *headerprop.Mapping) error{
	"Message-ID": (*message).addMessageID,
	"Date":       (*message).addDate,
	"Keywords":   (*message).addKeywords,
	"Reply-By":   (*message).addReplyBy,
}

// A mappedRow is a row of the table and the rule that it has beyond its codec.
type mappedRow struct {
	*headerprop.Mapping
	write func(m *message, row *headerprop.Mapping) error
}

var mappedRows = sync.OnceValue(func() []mappedRow {
	var list []mappedRow
	for _, row := range headerprop.All(headerprop.OnMessage) {
		list = append(list, mappedRow{row, exceptions[row.Header]})
	}
	return list
})

// addMapped writes the fields of the header-property table ([MS-OXCMAIL] 2.1.3.2),
// and what stands beside it.
func (m *message) addMapped() error {
	for _, row := range mappedRows() {
		var err error
		if row.write != nil {
			err = row.write(m, row.Mapping)
		} else if !row.Trusted || m.trusted() {
			err = m.addRow(m.head, &m.m.Properties, row.Mapping)
		}
		if err != nil {
			return err
		}
	}
	m.addImportance()
	return nil
}

// trusted reports whether the organisation's own fields are written.
func (m *message) trusted() bool {
	return m.o.Trusted || m.o.TrustedEmbedded && m.into != nil
}

// addSubject writes the subject: its prefix and the rest where the message has
// both ([MS-OXCMAIL] 2.1.3.2.8).
func (m *message) addSubject() error {
	p := &m.m.Properties
	s := mapi.Subject(p)
	prefix, ok1 := mapi.PidTagSubjectPrefix.Get(p)
	normalized, ok2 := mapi.PidTagNormalizedSubject.Get(p)
	if ok1 && ok2 && (len(s) != len(prefix)+len(normalized) || s[:len(prefix)] != prefix || s[len(prefix):] != normalized) {
		s = prefix + normalized
	}
	s, err := m.rule(m.limits.Subject(), "Subject").Text(s)
	if err == nil {
		m.addText(m.head, "Subject", s, headerprop.Words)
	}
	return err
}

// addKeywords writes the categories, each encoded by itself ([MS-OXCMAIL]
// 2.1.3.2.13).
func (m *message) addKeywords(row *headerprop.Mapping) error {
	list, _ := mapi.PidNameKeywords.Get(&m.m.Properties)
	if m.o.NoKeywords || len(list) == 0 {
		return nil
	}
	joined := m.rule(m.limits.TextHeader(), row.Header).Items(strings.Join(list, ", "))
	l := m.newAddressList(row.Header)
	left := len(joined)
	for _, item := range list {
		if left -= len(item); left < 0 {
			break // beyond the limit
		}
		left -= len(", ")
		if item = strings.TrimSpace(clean(item)); item == "" {
			continue
		}
		l.item(item)
	}
	if l.n > 0 {
		m.head.add(row.Header, l.String())
	}
	return nil
}

// item adds a text to a list that is separated by commas.
func (l *addressList) item(s string) {
	if l.n++; l.n > 1 {
		l.write(",")
		if l.col+len(s)+len(" ,") > foldAt {
			l.fold()
		} else {
			l.write(" ")
		}
	}
	if l.m.o.UTF8Headers {
		l.write(rfc2047.EncodeUTF8(s, l.col))
		return
	}
	l.write(rfc2047.Encode(s, l.m.charsetOf(s), l.col))
}

// addReplyBy writes the time by which a reply is wanted, of flagged messages only
// ([MS-OXCMAIL] 2.1.3.2.28).
func (m *message) addReplyBy(row *headerprop.Mapping) error {
	if mapi.PidLidFlagRequest.Or(&m.m.Properties, "") == "" {
		return nil
	}
	return m.addRow(m.head, &m.m.Properties, row)
}

// addImportance writes Importance, and the X-Priority that other clients read, of
// a message whose importance is not normal.
func (m *message) addImportance() {
	n, ok := mapi.PidTagImportance.Get(&m.m.Properties)
	if s := headerprop.FormatImportance(n); ok && s != "" {
		m.head.add("Importance", s)
		m.head.add("X-Priority", map[int32]string{0: "5", 2: "1"}[n])
	}
}
