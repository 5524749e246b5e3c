package mime2mapi

import (
	"github.com/contentconv/contentconv/internal/headerprop"
	"github.com/contentconv/contentconv/mapi"
)

// convertSubject sets the subject and its two halves ([MS-OXCMAIL] 2.2.3.2.6.1).
func (m *message) convertSubject() error {
	f := m.fields.subject
	if f == nil && (m.tnef != nil || m.calendar != nil) {
		m.subject = mapi.PidTagSubject.Or(m.properties(), "")
		return nil
	}
	s := ""
	if f != nil {
		var err error
		s, err = m.limited(m.text(f, headerprop.Words, m.job.root.Path), m.limits.Subject(), m.job.root.Path, f.Name)
		if err != nil {
			return err
		}
	}
	m.subject = s
	prefix, normalized := mapi.SplitSubject(s)
	p := m.properties()
	if m.splitByTNEF(s) {
		return nil
	}
	if len(prefix)+len(normalized) != len(s) { // SplitSubject leaves a mark out
		s = prefix + normalized
	}
	mapi.PidTagSubject.Set(p, s)
	mapi.PidTagSubjectPrefix.Set(p, prefix)
	mapi.PidTagNormalizedSubject.Set(p, normalized)
	return nil
}

// splitByTNEF reports whether a TNEF stream has the subject with its two halves,
// which are then as they were made.
func (m *message) splitByTNEF(s string) bool {
	if m.tnef == nil {
		return false
	}
	p := m.properties()
	prefix, hasPrefix := mapi.PidTagSubjectPrefix.Get(p)
	normalized, hasNormalized := mapi.PidTagNormalizedSubject.Get(p)
	if !hasPrefix || !hasNormalized || prefix+normalized != s {
		return false
	}
	mapi.PidTagSubject.Set(p, s)
	return true
}
