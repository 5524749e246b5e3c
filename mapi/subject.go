package mapi

import "strings"

// SplitSubject splits a subject into its prefix, such as "RE: ", and the rest
// ([MS-OXCMAIL] 2.2.3.2.6.1). One to three characters (UTF-16 code units) that
// are no colon, space or digit are a prefix when a colon follows; it gets exactly
// one space, however many there were. Only one prefix is split off. The subject
// to store is prefix + normalized.
func SplitSubject(subject string) (prefix, normalized string) {
	subject = trimPrefixMark(subject)
	units := 0
	for i, r := range subject {
		switch {
		case r == ':' && units > 0:
			return subject[:i] + ": ", strings.TrimLeft(subject[i+1:], " ")
		case r == ':' || r == ' ' || '0' <= r && r <= '9':
			return "", subject
		case r > 0xFFFF:
			units += 2
		default:
			units++
		}
		if units > 3 {
			break
		}
	}
	return "", subject
}

// trimPrefixMark removes the mark that message stores put before a subject: the
// character 1 and one that counts the prefix ([MS-OXCMSG] 2.2.1.46).
func trimPrefixMark(subject string) string {
	if len(subject) >= 2 && subject[0] == 1 && subject[1] < 0x80 {
		return subject[2:]
	}
	return subject
}

// SetSubject sets PidTagSubject and its two parts. Parts that p has both, from a
// TNEF part, are kept when they make up the subject.
func SetSubject(p *Properties, subject string) {
	prefix, ok1 := PidTagSubjectPrefix.Get(p)
	normalized, ok2 := PidTagNormalizedSubject.Get(p)
	if !ok1 || !ok2 || prefix+normalized != subject {
		prefix, normalized = SplitSubject(subject)
	}
	PidTagSubject.Set(p, prefix+normalized)
	PidTagSubjectPrefix.Set(p, prefix)
	PidTagNormalizedSubject.Set(p, normalized)
}

// Subject returns PidTagSubject without a store's mark, or what its two parts
// make up when it is missing.
func Subject(p *Properties) string {
	if s, ok := PidTagSubject.Get(p); ok {
		return trimPrefixMark(s)
	}
	return PidTagSubjectPrefix.Or(p, "") + PidTagNormalizedSubject.Or(p, "")
}
