package mapi2mime

import (
	"strconv"
	"strings"

	"github.com/contentconv/contentconv/internal/headerprop"
	"github.com/contentconv/contentconv/mapi"
)

// defaultDomain is the right side of a generated Message-ID where neither the
// options nor From name one.
const defaultDomain = "contentconv.invalid"

// addMessageID writes the stored Message-ID, in angle brackets whether or not it
// is stored with them. The outermost message gets a new one when it has none;
// an embedded message is someone else's, and gets nothing that it does not have.
func (m *message) addMessageID(row *headerprop.Mapping) error {
	id, err := m.storedMessageID(row)
	if err != nil {
		return err
	}
	if id == "" && m.into == nil && !m.o.NoMessageID {
		id = "<" + m.random.Hex("message-id", m.identity()...) + "@" + m.idDomain() + ">"
	}
	if id != "" {
		m.addText(m.head, row.Header, id, headerprop.Raw)
	}
	if m.into == nil {
		m.res.MessageID = id
		if id == "" {
			m.token = m.random.Hex("boundary", m.identity()...)
		} else {
			m.token = m.random.Hex("boundary", id)
		}
	}
	return nil
}

func (m *message) storedMessageID(row *headerprop.Mapping) (string, error) {
	v, ok := m.m.Properties.Get(row.Key)
	if !ok {
		return "", nil
	}
	s, ok, err := m.rowText(row, v)
	s = oneSpaced(clean(s))
	if !m.o.UTF8Headers {
		s = escapeNonASCII(s)
	}
	if !ok || err != nil || s == "" {
		return "", err
	}
	if !strings.HasPrefix(s, "<") && !strings.ContainsAny(s, "<>") {
		s = "<" + s + ">"
	}
	if len(s) > maxToken {
		m.addText(m.head, row.Header, s, headerprop.Raw) // says so
		return "", nil
	}
	return s, nil
}

// identity is what tells a message from others for the ids that are derived from
// it.
func (m *message) identity() []string {
	p := &m.m.Properties
	key, _ := mapi.PidTagSearchKey.Get(p)
	sent := strconv.FormatInt(int64(mapi.PidTagClientSubmitTime.Or(p, 0)), 10)
	return []string{m.from.addr, sent, mapi.Subject(p), string(key), m.body.text}
}

func (m *message) idDomain() string {
	for _, s := range []string{m.o.Domain, m.from.addr[strings.LastIndexByte(m.from.addr, '@')+1:]} {
		if _, ok := addrSpec("a@" + s); ok && s != "" && isASCII(s) {
			return s
		}
	}
	return defaultDomain
}
