package mime2mapi

import "github.com/contentconv/contentconv/mapi"

// journalField marks the report that a server sends to a journal, around a copy of
// the message ([MS-XJRNL]). Nothing else of such a report is special: its text and
// its message stay what they are.
const journalField = "X-MS-Journal-Report"

// convertJournal keeps the mark, which has no value, as a named property.
func (m *message) convertJournal() {
	if m.o.NoGenericHeaders {
		return
	}
	if _, ok := m.job.root.Header.Get(journalField); !ok || !m.promoted(journalField) {
		return
	}
	p, key := m.properties(), mapi.HeaderKey(lowerASCII(journalField))
	if _, known := p.Get(key); !known {
		p.Set(key, mapi.String(""))
	}
}
