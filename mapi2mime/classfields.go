package mapi2mime

import (
	"strings"

	"github.com/contentconv/contentconv/internal/headerprop"
	"github.com/contentconv/contentconv/internal/securemime"
	"github.com/contentconv/contentconv/mapi"
)

// addContentClass writes the Content-Class of the message's class, else the one
// that the message came with ([MS-OXCMAIL] 2.1.3.2.2).
func (m *message) addContentClass() error {
	class := m.class
	if isSMIME(class) { // the structure says that
		class = class[:strings.Index(strings.ToUpper(class)+".", securemime.SuffixOpaque+".")]
	}
	s, ok := headerprop.ContentClass(class)
	if !ok {
		s = mapi.PidNameContentClass.Or(&m.m.Properties, "")
	}
	m.addItems("Content-Class", s)
	return nil
}

// addFlag writes X-Message-Flag ([MS-OXCMAIL] 2.1.3.2.25).
func (m *message) addFlag() error {
	m.addItems("X-Message-Flag", mapi.PidLidFlagRequest.Or(&m.m.Properties, ""))
	return nil
}

// addItems writes a text that loses words beyond MaxMimeTextHeaderLength.
func (m *message) addItems(header, s string) {
	m.addText(m.head, header, m.rule(m.limits.TextHeader(), header).Items(s), headerprop.Words)
}

// addClassification writes the classification of a message that is classified
// ([MS-OXCMAIL] 2.1.3.2.17).
func (m *message) addClassification() error {
	p := &m.m.Properties
	if !mapi.PidLidClassified.Or(p, false) {
		return nil
	}
	m.head.add("X-Microsoft-Classified", "true")
	for _, text := range []struct {
		header string
		lid    mapi.Named[string]
	}{
		{"X-Microsoft-Classification", mapi.PidLidClassification},
		{"X-Microsoft-ClassDesc", mapi.PidLidClassificationDescription},
		{"X-Microsoft-ClassID", mapi.PidLidClassificationGuid},
	} {
		m.addItems(text.header, text.lid.Or(p, ""))
	}
	if keep, ok := mapi.PidLidClassificationKeep.Get(p); ok {
		m.head.add("X-Microsoft-ClassKeep", map[bool]string{true: "true", false: "false"}[keep])
	}
	return nil
}

// flagUnsent is the bit of PidTagMessageFlags that marks a draft ([MS-OXCMSG]
// 2.2.1.6).
const flagUnsent = 0x08

// addDraft writes the field by which clients know a draft, where an option asks
// for it.
func (m *message) addDraft() error {
	if m.o.Draft && mapi.PidTagMessageFlags.Or(&m.m.Properties, 0)&flagUnsent != 0 {
		m.head.add("X-Unsent", "1")
	}
	return nil
}

// addHasAttach tells readers that look at headers alone that there are
// attachments ([MS-OXCMAIL] 2.1.3.2.19).
func (m *message) addHasAttach() {
	if m.attached && !m.o.NoHasAttach {
		m.head.add("X-MS-Has-Attach", "yes")
	}
}
