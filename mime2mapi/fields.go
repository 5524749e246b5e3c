package mime2mapi

import (
	"bytes"
	"strings"
	"sync"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/headerprop"
	"github.com/contentconv/contentconv/internal/mimescan"
)

// fields are the header fields of a message, sorted by the rule that reads them.
// One pass over the header block finds them all.
type fields struct {
	mapped  []mappedField
	generic []*mimescan.Field

	from, sender, subject *mimescan.Field
	to, cc, bcc, replyTo  []*mimescan.Field
	readReceipt           *mimescan.Field
	deliveryReceipt       bool
	importance            [4]*mimescan.Field // the strongest first
	contentClass, flag    *mimescan.Field
	classification        map[string]mimescan.Field
	received              *mimescan.Field
	autoSubmitted, unsent bool
	appleMail             bool
}

// A mappedField is a row of the header-property table with the fields that it
// reads.
type mappedField struct {
	row   *headerprop.Mapping
	rank  int // of the name among the row's names; the lowest counts
	first *mimescan.Field
	more  []*mimescan.Field // where the row merges fields
}

// A fieldRule takes a field for the rule that reads it.
type fieldRule func(m *message, f *fields, field *mimescan.Field)

// fieldRules are the fields with rules of their own.
var fieldRules = map[string]fieldRule{
	"from":     scalar(func(f *fields) **mimescan.Field { return &f.from }),
	"sender":   scalar(func(f *fields) **mimescan.Field { return &f.sender }),
	"subject":  scalar(func(f *fields) **mimescan.Field { return &f.subject }),
	"to":       list(func(f *fields) *[]*mimescan.Field { return &f.to }),
	"cc":       list(func(f *fields) *[]*mimescan.Field { return &f.cc }),
	"bcc":      list(func(f *fields) *[]*mimescan.Field { return &f.bcc }),
	"reply-to": list(func(f *fields) *[]*mimescan.Field { return &f.replyTo }),

	"disposition-notification-to": scalar(func(f *fields) **mimescan.Field { return &f.readReceipt }),
	"return-receipt-to":           func(_ *message, f *fields, _ *mimescan.Field) { f.deliveryReceipt = true },

	"importance":        scalar(func(f *fields) **mimescan.Field { return &f.importance[0] }),
	"priority":          scalar(func(f *fields) **mimescan.Field { return &f.importance[1] }),
	"x-priority":        scalar(func(f *fields) **mimescan.Field { return &f.importance[2] }),
	"x-msmail-priority": scalar(func(f *fields) **mimescan.Field { return &f.importance[3] }),

	"content-class":  scalar(func(f *fields) **mimescan.Field { return &f.contentClass }),
	"x-message-flag": scalar(func(f *fields) **mimescan.Field { return &f.flag }),

	"x-microsoft-classified":          classification,
	"x-microsoft-classification":      classification,
	"x-microsoft-classdesc":           classification,
	"x-microsoft-classid":             classification,
	"x-microsoft-classkeep":           classification,
	"x-microsoft-classification-guid": classification,
	"x-microsoft-classification-keep": classification,

	"received": func(_ *message, f *fields, field *mimescan.Field) {
		if f.received == nil {
			f.received = field
		}
	},

	// These are read by a rule and are extension fields all the same.
	"auto-submitted": func(_ *message, f *fields, field *mimescan.Field) {
		f.autoSubmitted = !strings.EqualFold(field.Unfolded(), "no")
		f.generic = append(f.generic, field)
	},
	"x-unsent": func(_ *message, f *fields, field *mimescan.Field) {
		f.unsent = field.Unfolded() == "1"
		f.generic = append(f.generic, field)
	},
	"mime-version": apple,
	"x-mailer":     appleGeneric,
	"x-user-agent": appleGeneric,
}

// scalar takes the first field of the name that is not empty; a second one is a
// diagnostic.
func scalar(slot func(*fields) **mimescan.Field) fieldRule {
	return func(m *message, f *fields, field *mimescan.Field) {
		s := slot(f)
		if *s == nil || empty(*s) {
			*s = field
			return
		}
		if (*s).Unfolded() != field.Unfolded() {
			m.add(diag.HeaderDuplicate, field.Name, "")
		}
	}
}

// empty reports whether a field says nothing, so that another one of its name may.
func empty(f *mimescan.Field) bool { return strings.TrimSpace(f.Value) == "" }

func list(slot func(*fields) *[]*mimescan.Field) fieldRule {
	return func(_ *message, f *fields, field *mimescan.Field) {
		s := slot(f)
		*s = append(*s, field)
	}
}

func classification(_ *message, f *fields, field *mimescan.Field) {
	if f.classification == nil {
		f.classification = make(map[string]mimescan.Field)
	}
	if key := lowerASCII(field.Name); f.classification[key].Name == "" {
		f.classification[key] = *field
	}
}

var appleWords = []string{"apple", "ipad", "ipod"}

// apple notes the producers whose mixed texts and images are one body
// ([MS-OXCMAIL] 2.2.3.3.2.2).
func apple(_ *message, f *fields, field *mimescan.Field) {
	var buf [128]byte // enough for nearly all
	v := headerprop.AppendLower(buf[:0], field.Value)
	for _, word := range appleWords {
		f.appleMail = f.appleMail || bytes.Contains(v, []byte(word))
	}
}

func appleGeneric(m *message, f *fields, field *mimescan.Field) {
	apple(m, f, field)
	f.generic = append(f.generic, field)
}

// A fieldReader says which rule or which row of the table reads the fields of a name.
type fieldReader struct {
	rule fieldRule // nil where a row does
	headerprop.Reader
}

// fieldReaders are all names of fields that have a reader, in lower case.
var fieldReaders = sync.OnceValue(func() map[string]fieldReader {
	m := make(map[string]fieldReader)
	for name, r := range headerprop.Readers(headerprop.OnMessage) {
		m[name] = fieldReader{Reader: r}
	}
	for name, rule := range fieldRules {
		m[name] = fieldReader{rule: rule}
	}
	return m
})

// collectFields sorts the fields of the message's header block.
func (m *message) collectFields() {
	all, f := m.job.root.Header.Fields, &m.fields
	f.mapped, f.generic = make([]mappedField, 0, 8), make([]*mimescan.Field, 0, len(all))
	readers := fieldReaders()
	var buf [headerprop.MaxName]byte
	for i := range all {
		field := &all[i]
		if len(field.Name) > len(buf) {
			f.generic = append(f.generic, field)
			continue
		}
		switch r := readers[string(headerprop.AppendLower(buf[:0], field.Name))]; {
		case r.rule != nil:
			r.rule(m, f, field)
		case r.Row != nil:
			f.addMapped(m, r.Row, r.Rank, field)
		default:
			f.generic = append(f.generic, field)
		}
	}
}

func (f *fields) addMapped(m *message, row *headerprop.Mapping, rank int, field *mimescan.Field) {
	for i := range f.mapped {
		e := &f.mapped[i]
		if e.row != row {
			continue
		}
		switch {
		case rank < e.rank:
			e.rank, e.first, e.more = rank, field, nil
		case rank > e.rank:
		case row.Merge:
			e.more = append(e.more, field)
		case empty(e.first):
			e.first = field
		case e.first.Unfolded() != field.Unfolded():
			m.add(diag.HeaderDuplicate, field.Name, "")
		}
		return
	}
	f.mapped = append(f.mapped, mappedField{row: row, rank: rank, first: field})
}

func lowerASCII(s string) string { return string(headerprop.AppendLower(nil, s)) }
