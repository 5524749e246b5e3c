package mapi2mime

import (
	"strings"
	"time"

	"github.com/contentconv/contentconv/internal/reportcode"
	"github.com/contentconv/contentconv/mapi"
)

// noticeHeads say what happened, in front of the recipients that it happened for.
var noticeHeads = map[reportcode.Kind]string{
	reportcode.Delivered: "Your message was delivered to:",
	reportcode.Expanded:  "Your message was delivered to the members of:",
	reportcode.Relayed:   "Your message was passed on to a system that sends no delivery reports, for:",
	reportcode.Delayed:   "Your message could not be delivered yet, and delivery is still being tried, to:",
	reportcode.Failed:    "Your message could not be delivered to:",
}

// noticeText returns a text for people, of a report that has none: programs that
// make reports as message objects leave it to the reader's program.
func (m *message) noticeText() string {
	var b strings.Builder
	line := func(texts ...string) {
		for _, s := range texts {
			b.WriteString(clean(s))
		}
		b.WriteString("\r\n")
	}
	p, kind := &m.m.Properties, m.notice.kind
	if kind.Receipt() {
		line("Your message")
		line()
		m.originalLines(line)
		line()
		at := noticeTime(p, mapi.PidTagReceiptTime, mapi.PidTagReportTime, mapi.PidTagClientSubmitTime)
		switch {
		case kind == reportcode.NotRead:
			line("was deleted without being read", onTime(at), ".")
		default:
			line("was read", onTime(at), ".")
		}
		return b.String()
	}
	line(noticeHeads[kind])
	line()
	for i := range m.m.Recipients {
		row := &m.m.Recipients[i]
		line("  ", personText(row.Address()))
		if info := mapi.PidTagSupplementaryInfo.Or(&row.Properties, ""); info != "" {
			line("    ", info)
		}
	}
	line()
	m.originalLines(line)
	return b.String()
}

// originalLines writes what is known of the message that a report is about.
func (m *message) originalLines(line func(...string)) {
	p := &m.m.Properties
	for _, l := range []struct{ label, value string }{
		{"To", mapi.PidTagOriginalDisplayTo.Or(p, "")},
		{"Cc", mapi.PidTagOriginalDisplayCc.Or(p, "")},
		{"Subject", mapi.PidTagOriginalSubject.Or(p, "")},
		{"Sent", noticeTime(p, mapi.PidTagOriginalSubmitTime)},
	} {
		if l.value != "" {
			line("  ", l.label, ": ", l.value)
		}
	}
}

// personText returns a name and an address as a text has them.
func personText(a mapi.Address) string {
	addr := a.SMTP
	if addr == "" {
		addr = a.Email
	}
	switch {
	case a.Name == "" || a.Name == addr:
		return addr
	case addr == "":
		return a.Name
	}
	return a.Name + " <" + addr + ">"
}

func onTime(s string) string {
	if s == "" {
		return ""
	}
	return " on " + s
}

// noticeTime returns the first time that is set, in UTC, "" for none.
func noticeTime(p *mapi.Properties, tags ...mapi.Tag[mapi.Time]) string {
	for _, tag := range tags {
		if ft, ok := tag.Get(p); ok {
			if t, valid := ft.Time(); valid && ft > 0 {
				return t.In(time.UTC).Format("2 January 2006 15:04:05 MST")
			}
		}
	}
	return ""
}
