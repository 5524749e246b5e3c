package mime2mapi

import (
	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/charset"
	"github.com/contentconv/contentconv/internal/defect"
	"github.com/contentconv/contentconv/internal/mimescan"
	"github.com/contentconv/contentconv/mapi"
)

// A message is the conversion of one message of the tree.
type message struct {
	*conversion
	job

	// fallback is the charset of header text that declares none, or nil.
	fallback *charset.Charset
	fields   fields
	subject  string
	body     body
	form     form     // what the message is by its structure
	tnef     *capsule // the TNEF stream of the message, nil if there is none
	calendar *meeting // the calendar that the message is about, nil if there is none
	notice   report   // what the fields of a report say
	files    int      // generated file names so far
	embedded []job    // messages found in this one
	// untrue are leaves that say they are text and are not.
	untrue map[*mimescan.Entity]bool
	// early are contents that were read during the conversion.
	early map[*mimescan.Entity]*partContent
}

// classNote is the message class of ordinary mail.
const classNote = "IPM.Note"

// baseProperties is how many properties an ordinary message has besides those of
// its extension fields.
const baseProperties = 40

// Bits of PidTagMessageFlags ([MS-OXCMSG] 2.2.1.6).
const (
	flagUnmodified    = 0x02
	flagUnsent        = 0x08
	flagHasAttachment = 0x10
)

// convert does all that turns a header block and its body into the message
// object. The order matters: bodies are chosen before attachments are made of
// what is left, and classes need to know the structure.
func (m *message) convert() error {
	if err := m.checkEncodings(); err != nil {
		return err
	}
	m.fallback = m.headerCharset()
	m.collectFields()
	p := m.properties()
	p.Grow(baseProperties + len(m.fields.generic))
	mapi.PidTagMessageClass.Set(p, classNote)
	m.classify()
	if err := m.openTNEF(); err != nil {
		return err
	}
	m.startFromTNEF()
	if err := m.openCalendar(); err != nil {
		return err
	}
	m.startFromCalendar()

	steps := []func() error{
		m.convertSubject,
		m.convertOriginators,
		m.originatorsFromCalendar,
		m.convertRecipients,
		m.recipientsFromTNEF,
		m.recipientsFromCalendar,
		m.convertMapped,
		m.convertReceipts,
		m.convertBody,
		m.convertReport,
		m.convertAttachments,
		m.keepPGP,
		m.convertOriginal,
		m.keepFromTNEF,
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	m.convertImportance()
	m.convertContentClass()
	m.finishClass()
	m.convertFlag()
	m.convertClassification()
	m.convertGeneric()
	m.convertJournal()
	m.convertTransportHeaders()
	m.finish()
	return nil
}

// finish sets what a store computes and what depends on everything else.
func (m *message) finish() {
	p := m.properties()
	flags := int32(flagUnmodified)
	if len(m.into.Attachments) > 0 {
		flags |= flagHasAttachment
	}
	if m.o.Embedded && m.fields.unsent {
		flags |= flagUnsent
	}
	mapi.PidTagMessageFlags.Set(p, flags)
	if now, ok := m.o.now(); ok {
		mapi.PidTagCreationTime.Set(p, now)
		mapi.PidTagLastModificationTime.Set(p, now)
	}
	if !mapi.PidTagConversationTopic.Has(p) && m.subject != "" {
		mapi.PidTagConversationTopic.Set(p, mapi.PidTagNormalizedSubject.Or(p, ""))
	}
}

func (m *message) properties() *mapi.Properties { return &m.into.Properties }

// headerCharset returns the charset in which the message's header text probably
// is, where that is neither declared nor UTF-8: the configured one, else that of
// the first text part, because both come from the same program.
func (m *message) headerCharset() *charset.Charset {
	if c := m.o.defaultCharset(); c != nil {
		return c
	}
	var found *charset.Charset
	budget := 32 // the first text stands near the beginning
	m.job.root.Walk(func(e *mimescan.Entity) bool {
		budget--
		if found != nil || budget < 0 {
			return false
		}
		if e.Leaf() && e.ContentType.Type == "text" {
			if label := e.ContentType.Get("charset"); label != "" {
				found = charset.Lookup(label)
			}
		}
		return e.Message == nil
	})
	if found == nil || !found.ASCIICompatible() || found == charset.UTF8() || found == charset.ASCII() {
		return nil
	}
	return found
}

// report records the defects of a header field.
func (m *message) report(list defect.List, part, header string) {
	list.Record(m.rec, part, header)
}

func (m *message) add(code diag.Code, header, detail string) {
	m.rec.Add(code, m.job.root.Path, header, detail)
}
