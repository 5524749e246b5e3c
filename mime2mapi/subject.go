package mime2mapi

import (
	"github.com/contentconv/contentconv/internal/headerprop"
	"github.com/contentconv/contentconv/mapi"
)

// convertSubject sets the subject and its two halves ([MS-OXCMAIL] 2.2.3.2.6.1).
func (m *message) convertSubject() error {
	s := ""
	if f := m.fields.subject; f != nil {
		var err error
		s, err = m.limited(m.text(f, headerprop.Words, m.job.root.Path), m.limits.Subject(), m.job.root.Path, f.Name)
		if err != nil {
			return err
		}
	}
	m.subject = s
	prefix, normalized := mapi.SplitSubject(s)
	p := m.properties()
	if len(prefix)+len(normalized) != len(s) { // SplitSubject leaves a mark out
		s = prefix + normalized
	}
	mapi.PidTagSubject.Set(p, s)
	mapi.PidTagSubjectPrefix.Set(p, prefix)
	mapi.PidTagNormalizedSubject.Set(p, normalized)
	return nil
}
