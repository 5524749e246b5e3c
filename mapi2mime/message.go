package mapi2mime

import (
	"strings"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/charset"
	"github.com/contentconv/contentconv/internal/htmlscan"
	"github.com/contentconv/contentconv/mapi"
)

// A message is the conversion of one message of the tree.
type message struct {
	scope
	job

	class  string
	head   *part // collects the fields of the envelope
	from   mailbox
	person person // the one in hand

	envelope part      // head
	fields   [16]field // memory for its header
	body     body

	preferred [2]*charset.Charset // memory for the charsets of the body
	refs      *htmlscan.Refs      // of the HTML, made when first asked for

	encapsulated bool // it travels in TNEF

	secured *secured // of a message that is signed or encrypted
	notice  *notice  // of a report
	whole   *part    // the root, of a message that is no body with attachments

	placed  map[*mapi.Attachment]string     // the ids of those that RTF has a place for
	objects map[*mapi.Attachment]*oleObject // those that were opened

	calendarIDs map[*mapi.Attachment]string // the ids of those that the calendar refers to

	inline, files []*part // attachments that were planned
	attached      bool    // there is at least one
	embedded      []job   // messages found in this one

	list      []byte    // memory for an address list
	listSpace [256]byte // the first of it
	lent      bool      // a list has it

	knownAddresses  knownAddresses // made when first asked for
	headerAddresses *headerAddresses
	headersRead     bool
	owner           ownership // of the transport headers
}

const classNote = "IPM.Note"

// convert plans the message. The body comes first, because its charset is that
// of the header fields; then the envelope, so that a failure behind it can name
// who sent the message.
func (m *message) convert() error {
	m.class = clean(mapi.PidTagMessageClass.Or(&m.m.Properties, classNote))
	m.head = &m.envelope
	m.head.header = m.fields[:0]
	if m.into == nil {
		m.root = m.head
	}
	if err := m.findSecured(); err != nil {
		return err
	}
	if m.encapsulated = m.asTNEF(); !m.encapsulated {
		m.findNotice()
		m.checkClass()
	}
	for _, step := range m.steps() {
		if err := step(); err != nil {
			return err
		}
	}
	root, err := m.structure()
	if err != nil {
		return err
	}
	m.addHasAttach()
	m.head.add("MIME-Version", "1.0")
	root.header = m.arrange(append(m.head.header, root.header...))
	if m.into == nil {
		m.root = root
	} else {
		m.into.message = root
	}
	return nil
}

// steps returns what is planned, in its order.
func (m *message) steps() []func() error {
	switch {
	case m.secured != nil:
		return []func() error{m.addEnvelope, m.newToken, m.planSecured}
	case m.encapsulated:
		return []func() error{m.chooseBody, m.wrapBody, m.addEnvelope, m.newToken, m.planBody, m.planTNEF}
	}
	return []func() error{m.chooseBody, m.wrapBody, m.addEnvelope, m.newToken, m.planBody, m.planNotice, m.planCalendar, m.planAttachments}
}

// addEnvelope writes the fields of the message itself.
func (m *message) addEnvelope() error {
	for _, step := range []func() error{
		m.addOriginators,
		m.addReplyTo,
		m.addRecipients,
		m.addSubject,
		m.addMapped,
		m.addReceipts,
		m.addContentClass,
		m.addFlag,
		m.addClassification,
		m.addDraft,
		m.addGeneric,
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// hasClass reports whether the message is of a class or one below it.
func (m *message) hasClass(class string) bool {
	return len(m.class) >= len(class) && strings.EqualFold(m.class[:len(class)], class) &&
		(len(m.class) == len(class) || m.class[len(class)] == '.')
}

// checkClass tells of a class that the structure of the result cannot say.
func (m *message) checkClass() {
	if m.secured != nil || m.notice != nil || m.hasCalendar() || m.asVCard(m.m) || m.hasClass("IPM.Note") || m.hasClass("IPM.InfoPathForm") || m.hasClass("IPM.Sharing") || strings.EqualFold(m.class, "IPM") {
		return
	}
	m.report(diag.ClassReduced, "", diag.Quote(m.class))
}
