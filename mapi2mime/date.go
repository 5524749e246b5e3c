package mapi2mime

import (
	"time"

	"github.com/contentconv/contentconv/internal/headerprop"
	"github.com/contentconv/contentconv/internal/maildate"
	"github.com/contentconv/contentconv/mapi"
)

// addDate writes when the message was submitted ([MS-OXCMAIL] 2.1.3.2.7). One
// that is about to be is dated now; one that is retrieved gets the time of its
// delivery or creation, if any. An embedded message without a time stays so.
func (m *message) addDate(row *headerprop.Mapping) error {
	p := &m.m.Properties
	tags := []mapi.Tag[mapi.Time]{mapi.PidTagClientSubmitTime}
	if m.o.Purpose == Retrieval {
		tags = append(tags, mapi.PidTagMessageDeliveryTime, mapi.PidTagCreationTime)
	}
	for _, tag := range tags {
		v, ok := p.Get(tag.Key())
		if !ok {
			continue
		}
		ft, isTime := v.Time()
		t, valid := ft.Time()
		if !isTime || !valid || ft == mapi.TimeNone {
			m.notWritten(row.Header, v)
			continue
		}
		m.head.add(row.Header, maildate.Format(t.In(m.zone(t))))
		return nil
	}
	if m.into == nil && m.o.Purpose == Submission {
		now := m.o.now()
		m.head.add(row.Header, maildate.Format(now.In(m.zone(now))))
	}
	return nil
}

// zone returns the time zone of a Date field. The object keeps none, but its
// transport headers may: that of the same time is the sender's.
func (m *message) zone(t time.Time) *time.Location {
	if m.o.TimeZone != nil {
		return wholeMinutes(t.In(m.o.TimeZone))
	}
	headers := mapi.PidTagTransportMessageHeaders.Or(&m.m.Properties, "")
	if f, found := firstField(headers, "Date"); found {
		if sent, ok, _ := maildate.Parse(f.unfolded()); ok && sent.Unix() == t.Unix() {
			return wholeMinutes(sent)
		}
	}
	return time.UTC
}

// wholeMinutes returns the zone of t if a Date field can name it, else UTC.
func wholeMinutes(t time.Time) *time.Location {
	_, offset := t.Zone()
	if offset%60 != 0 || offset <= -24*3600 || offset >= 24*3600 {
		return time.UTC
	}
	return t.Location()
}
