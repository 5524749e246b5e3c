package mapi2mime

import (
	"bytes"
	"errors"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/failure"
	"github.com/contentconv/contentconv/internal/mimeparam"
	"github.com/contentconv/contentconv/internal/transfer"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/rtf"
	"github.com/contentconv/contentconv/tnef"
)

// TNEFMode says whether the message travels in TNEF ([MS-OXCMAIL] 2.1.3.3.2): a
// plain text for readers that know no TNEF, and beside it a winmail.dat with
// everything that the message object has. Messages that are signed or encrypted
// never do.
type TNEFMode uint8

const (
	// NoTNEF writes MIME alone. (TNEFEnabled $false.)
	NoTNEF TNEFMode = iota
	// TNEFByRecipient writes TNEF where every recipient is known to read it:
	// PidTagSendRichInfo is true, or the address is one of Exchange's. (TNEFEnabled
	// $null.)
	TNEFByRecipient
	// AlwaysTNEF writes TNEF. (TNEFEnabled $true; IConverterSession: CCSF_USE_TNEF;
	// Aspose: ConvertAsTnef.)
	AlwaysTNEF
)

func (m TNEFMode) String() string {
	return [...]string{"NoTNEF", "TNEFByRecipient", "AlwaysTNEF", ""}[m&3]
}

// asTNEF decides whether the message travels in TNEF. A message within another one
// travels as that does.
func (m *message) asTNEF() bool {
	if m.into != nil || m.secured != nil {
		return false
	}
	switch m.o.TNEF {
	case AlwaysTNEF:
		return true
	case TNEFByRecipient:
		for i := range m.m.Recipients {
			if !readsTNEF(&m.m.Recipients[i]) {
				return false
			}
		}
		return len(m.m.Recipients) > 0
	}
	return false
}

// readsTNEF reports whether a recipient is known to read TNEF. Those of the
// Internet are not, unless it is said of them ([MS-OXOMSG] 2.2.1.8).
func readsTNEF(r *mapi.Recipient) bool {
	if rich, ok := mapi.PidTagSendRichInfo.Get(&r.Properties); ok {
		return rich
	}
	return r.Address().Type == "EX"
}

// planTNEF plans the winmail.dat. Its key is the Message-ID, so that a reader sees
// that the two belong together ([MS-OXCMAIL] 2.1.3.2.26).
func (m *message) planTNEF() error {
	if err := m.checkCapsule(); err != nil {
		return err
	}
	key := m.res.MessageID
	if key == "" {
		key = "<" + m.token + ">"
	}
	m.head.add("X-MS-TNEF-Correlator", key)
	object, err := m.withRTF()
	if err != nil {
		return err
	}
	o := &tnef.WriteOptions{CorrelationKey: key}
	size, said, err := tnef.Check(m.ctx, object, o)
	if err != nil {
		return m.unencapsulated(err)
	}
	for _, d := range said {
		m.rec.Add(d.Code, d.Part, d.Header, d.Detail)
	}
	p, err := m.newPart("application/ms-tnef", m.place)
	if err != nil {
		return err
	}
	p.source, p.content, p.size = FromMessage, tnef.Content(object, o), size
	p.add("Content-Type", joinParams("Content-Type", p.mediaType, mimeparam.FormatParam("name", "winmail.dat")))
	p.add("Content-Disposition", joinParams("Content-Disposition", "attachment", mimeparam.FormatParam("filename", "winmail.dat")))
	p.add("Content-Transfer-Encoding", transfer.Base64.String())
	m.files = append(m.files, p)
	m.attached = len(m.m.Attachments) > 0
	return nil
}

// unencapsulated is a failure to make the stream. What the writer of streams says
// is of the message, unless a content could not be read.
func (m *message) unencapsulated(err error) error {
	if errors.Is(err, tnef.ErrTooLarge) || errors.Is(err, tnef.ErrStrict) {
		return &failure.Failure{Reason: diag.CorruptContent, Err: err}
	}
	return contentFailure(m.ctx, err, m.place)
}

// withRTF returns the message object with the RTF that one in plain text has beside
// it, for readers of TNEF that show RTF alone ([MS-OXCMAIL] 2.1.3.3.2).
func (m *message) withRTF() (*mapi.Message, error) {
	p := &m.m.Properties
	text, ok := mapi.PidTagBody.Get(p)
	if !ok || bestBody(p, m.sources()) != nativePlain {
		return m.m, nil
	}
	var b bytes.Buffer
	if err := rtf.EncapsulateText(&b, text); err != nil {
		return nil, err
	}
	object := *m.m
	object.Properties = p.Clone()
	mapi.PidTagRtfCompressed.Set(&object.Properties, rtf.Compress(b.Bytes()))
	return &object, nil
}

// checkCapsule applies the limits to what travels in TNEF as to the parts that it
// would be.
func (m *message) checkCapsule() error {
	type level struct {
		m     *mapi.Message
		depth int64
		leave bool
	}
	within := make(map[*mapi.Message]bool)
	for stack := []level{{m: m.m}}; len(stack) > 0; {
		l := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if l.leave {
			delete(within, l.m)
			continue
		}
		if within[l.m] {
			return &failure.Failure{Reason: diag.CorruptContent, Part: m.place, Err: errSelfContained}
		}
		within[l.m] = true
		if err := failure.Exceeded(m.limits.EmbeddedDepth(), l.depth, m.place, ""); err != nil {
			return err
		}
		stack = append(stack, level{m: l.m, leave: true})
		for _, a := range l.m.Attachments {
			if a == nil {
				continue
			}
			m.entities++
			if err := failure.Exceeded(m.limits.BodyParts(), m.entities, m.place, ""); err != nil {
				return err
			}
			if a.Message != nil {
				stack = append(stack, level{m: a.Message, depth: l.depth + 1})
			}
		}
	}
	return nil
}
