package mime2mapi

import (
	"bytes"
	"io"
	"strings"

	"github.com/contentconv/contentconv/internal/address"
	"github.com/contentconv/contentconv/internal/headerprop"
	"github.com/contentconv/contentconv/internal/maildate"
	"github.com/contentconv/contentconv/internal/mimescan"
	"github.com/contentconv/contentconv/limits"
	"github.com/contentconv/contentconv/mapi"
)

// convertOriginal sets what a report says of the message that it is about
// ([MS-OXOMSG] 2.2.2), from the header block that was returned with it.
func (m *message) convertOriginal() error {
	if m.form != formReport {
		return nil
	}
	h, part, err := m.returnedHeader()
	if h == nil || err != nil {
		return err
	}
	o := original{m, h, part}
	o.set(mapi.PidTagOriginalMessageId, "Message-ID", headerprop.Raw, m.limits.TextHeader())
	o.set(mapi.PidTagOriginalSubject, "Subject", headerprop.Words, m.limits.Subject())
	o.setNames(mapi.PidTagOriginalSenderName, "From", 1)
	o.setNames(mapi.PidTagOriginalDisplayTo, "To", maxOriginalNames)
	o.setNames(mapi.PidTagOriginalDisplayCc, "Cc", maxOriginalNames)
	if f, ok := h.Get("Date"); ok {
		if t, ok, _ := maildate.Parse(f.Unfolded()); ok {
			if ft, ok := mapi.TimeOf(t); ok {
				mapi.PidTagOriginalSubmitTime.Set(m.properties(), ft)
			}
		}
	}
	return nil
}

// maxOriginalNames bounds the names that are kept of the original's recipients.
const maxOriginalNames = 100

// returnedHeader returns the header block that was returned with a report, and the
// number of its part: that of the returned message, or the block alone (RFC 6522 4,
// RFC 6533 6).
func (m *message) returnedHeader() (*mimescan.Header, string, error) {
	if len(m.embedded) > 0 {
		root := m.embedded[0].root
		return &root.Header, root.Path, nil
	}
	for _, e := range m.job.root.Children {
		switch e.ContentType.Full {
		case "text/rfc822-headers", "message/rfc822-headers", "message/global-headers":
			h, err := m.scanHeader(e)
			return h, e.Section(), err
		}
	}
	return nil, "", nil
}

// maxReturnedHeader bounds, in bytes, what is read of a returned header block.
const maxReturnedHeader = 64 << 10

// scanHeader reads the header block that a part is. Its defects are not the
// message's.
func (m *message) scanHeader(e *mimescan.Entity) (*mimescan.Header, error) {
	r, err := m.earlyContent(e).Open(m.ctx)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	b, err := io.ReadAll(io.LimitReader(r, maxReturnedHeader))
	if err != nil {
		return nil, err
	}
	root, err := mimescan.Scan(m.ctx, bytes.NewReader(b), 0, int64(len(b)), mimescan.Defaults())
	if err != nil {
		return nil, err
	}
	return &root.Header, nil
}

// An original is the returned header block of a message's report.
type original struct {
	*message
	header *mimescan.Header
	part   string
}

// set sets a property from a field, unless the report itself has set it. Text
// beyond the limit is cut: the header block itself is kept whole.
func (o original) set(tag mapi.Tag[string], name string, reading headerprop.Reading, l limits.Limit) {
	f, ok := o.header.Get(name)
	if !ok || tag.Has(o.properties()) {
		return
	}
	if s := o.text(&f, reading, o.part); s != "" {
		tag.Set(o.properties(), o.cut(s, l))
	}
}

// setNames sets a property to the display names of an address field.
func (o original) setNames(tag mapi.Tag[string], name string, max int) {
	f, ok := o.header.Get(name)
	if !ok || tag.Has(o.properties()) {
		return
	}
	var names []string
	for _, box := range address.ParseMax(f.Unfolded(), o.fallback, max).Mailboxes {
		a := mapi.InternetAddress{Name: box.Name, Address: box.Addr}
		names = append(names, a.DisplayName())
	}
	if len(names) > 0 {
		tag.Set(o.properties(), o.cut(strings.Join(names, "; "), o.limits.TextHeader()))
	}
}

func (o original) cut(s string, l limits.Limit) string {
	if l.Max == limits.None {
		return s
	}
	return limits.Shorten(s, l.Max)
}
