package mapi2mime_test

import (
	"fmt"
	"slices"
	"strings"

	"github.com/contentconv/contentconv/internal/address"
	"github.com/contentconv/contentconv/internal/headerprop"
	"github.com/contentconv/contentconv/internal/maildate"
	"github.com/contentconv/contentconv/internal/mimescan"
	"github.com/contentconv/contentconv/internal/rfc2047"
	"github.com/contentconv/contentconv/mapi"
)

// differ says that something is not what it was.
func differ(what, before, after string) []string {
	if before == after {
		return nil
	}
	return []string{fmt.Sprintf("%s was %.300q and is %.300q", what, before, after)}
}

func differLists(what string, before, after []string) []string {
	return differ(what, fmt.Sprintf("%q", before), fmt.Sprintf("%q", after))
}

// notKept are the fields of the section "What is not kept" of docs/fidelity.md.
var notKept = []string{
	"content-type", "content-transfer-encoding", "content-disposition", "content-description", "content-id", "content-md5",
	"content-length", "content-location", "content-base", "mime-version", "lines", "bytes",
	"x-ms-tnef-correlator", "x-ms-has-attach", "x-unsent", "resent-bcc", "reply-by",
}

// meant are fields with a meaning of their own, which other checks are about.
var meant = []string{
	"from", "sender", "reply-to", "to", "cc", "bcc", "subject", "date", "message-id",
	"importance", "priority", "x-priority", "x-msmail-priority",
	"disposition-notification-to", "return-receipt-to", "content-class", "x-message-flag",
	"x-microsoft-classified", "x-microsoft-classification", "x-microsoft-classdesc", "x-microsoft-classid", "x-microsoft-classkeep",
	"x-payload-class", "x-payload-provider-guid",
}

func lowerName(f mimescan.Field) string { return strings.ToLower(f.Name) }

// kept reports whether a field is one that has to come back.
func kept(f mimescan.Field) bool {
	name := lowerName(f)
	return strings.TrimSpace(f.Unfolded()) != "" && !slices.Contains(notKept, name) && !headerprop.Reserved(name) &&
		!strings.ContainsFunc(name, func(r rune) bool { return r <= ' ' || r >= 0x7F })
}

// readable reports whether the value of a field is one that it may have.
func readable(f mimescan.Field) bool {
	row, _ := headerprop.Find(headerprop.OnMessage, f.Name)
	if row == nil {
		return !slices.Contains(addressFields, lowerName(f)) || len(address.Parse(f.Unfolded(), nil).Mailboxes) > 0
	}
	_, ok := row.Codec.Parse(f.Unfolded())
	return ok || row.Codec.Default != (mapi.Value{})
}

// addressFields are the fields that the check of addresses is about.
var addressFields = []string{"from", "sender", "reply-to", "to", "cc", "bcc", "disposition-notification-to"}

// free reports whether a field is an extension or a trace field: one that no rule
// gives a meaning.
func free(f mimescan.Field) bool {
	row, _ := headerprop.Find(headerprop.OnMessage, f.Name)
	return kept(f) && row == nil && !slices.Contains(meant, lowerName(f))
}

func checkHeaderOrder(before, after *letter) []string {
	was, now := before.firstOnes(after), after.firstOnes(before)
	return differLists("order", was, now)
}

// firstOnes returns the names of the fields that another letter has too, each once,
// in order.
func (l *letter) firstOnes(other *letter) []string {
	var out []string
	for _, f := range l.root.Header.Fields {
		name := lowerName(f)
		if _, ok := other.root.Header.Get(name); ok && kept(f) && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}

func checkHeaderNames(before, after *letter) (out []string) {
	for _, f := range before.root.Header.Fields {
		if _, ok := after.root.Header.Get(f.Name); kept(f) && readable(f) && !ok {
			out = append(out, fmt.Sprintf("%s: %.100q is gone", f.Name, f.Value))
		}
	}
	return out
}

func checkHeaderRepeats(before, after *letter) (out []string) {
	for _, f := range before.root.Header.Fields {
		if n, m := len(before.fields(f.Name)), len(after.fields(f.Name)); free(f) && m != n {
			out = append(out, fmt.Sprintf("%s stood %d times and stands %d times", f.Name, n, m))
		}
	}
	return out
}

// clean returns the value of a field as it has to come back; false when it has to
// be written anew.
func cleanValue(f mimescan.Field) (string, bool) {
	v := strings.TrimLeft(strings.NewReplacer("\r\n", "\r\n", "\n", "\r\n").Replace(f.Value), " \t")
	v = strings.TrimRight(v, "\r\n")
	for line := range strings.SplitSeq(v, "\r\n") {
		if strings.TrimSpace(line) == "" || len(line) > 900 {
			return "", false
		}
		if strings.ContainsFunc(line, func(r rune) bool { return r < ' ' && r != '\t' || r >= 0x7F }) {
			return "", false
		}
	}
	return v, true
}

func checkHeaderBytes(before, after *letter) (out []string) {
	for _, f := range before.root.Header.Fields {
		v, ok := cleanValue(f)
		if !ok || !free(f) {
			continue
		}
		if !slices.ContainsFunc(after.fields(f.Name), func(g mimescan.Field) bool {
			w, _ := cleanValue(g)
			return v == w && g.Name == f.Name
		}) {
			out = append(out, fmt.Sprintf("%s: %.200q is gone", f.Name, v))
		}
	}
	return out
}

func checkDKIM(before, after *letter) (out []string) {
	for _, signature := range before.fields("DKIM-Signature") {
		for tag := range strings.SplitSeq(signature.Unfolded(), ";") {
			list, ok := strings.CutPrefix(strings.TrimSpace(tag), "h=")
			if !ok {
				continue
			}
			for name := range strings.SplitSeq(list, ":") {
				name = strings.TrimSpace(name)
				if slices.Contains(notKept, strings.ToLower(name)) {
					continue
				}
				out = append(out, differLists(name, before.relaxed(name), after.relaxed(name))...)
			}
		}
	}
	return out
}

// relaxed returns the fields of a name in the relaxed form of DKIM.
func (l *letter) relaxed(name string) []string {
	var out []string
	for _, f := range l.fields(name) {
		out = append(out, oneSpace(f.Unfolded()))
	}
	return out
}

func checkMapped(before, after *letter) (out []string) {
	for _, row := range headerprop.All(headerprop.OnMessage) {
		if row.Trusted || row.Header == "Reply-By" || before.guessed(row.Header) {
			continue
		}
		was, ok := before.mapped(row)
		now, _ := after.mapped(row)
		if ok && !was.Equal(now) {
			out = append(out, fmt.Sprintf("%s was %.200q and is %.200q", row.Header, fmt.Sprint(was.Any()), fmt.Sprint(now.Any())))
		}
	}
	return out
}

// mapped returns the value of the property that a row of the table maps.
func (l *letter) mapped(row *headerprop.Mapping) (mapi.Value, bool) {
	var texts []string
	for _, name := range append([]string{row.Header}, row.Also...) {
		for _, f := range l.fields(name) {
			s := f.Unfolded()
			if row.Reading == headerprop.Words {
				s, _ = rfc2047.Decode(s, nil)
			}
			if s = oneSpace(s); s != "" {
				texts = append(texts, s)
			}
		}
		if len(texts) > 0 {
			break
		}
	}
	if len(texts) == 0 {
		return mapi.Value{}, false
	}
	if !row.Merge {
		texts = texts[:1]
	}
	s := strings.Join(texts, ", ")
	if row.Header == "Message-ID" {
		s = strings.Trim(s, "<>")
	}
	return row.Codec.Parse(s)
}

func checkSubject(before, after *letter) []string {
	if before.guessed("subject") {
		return nil
	}
	return differ("subject", before.text("Subject"), after.text("Subject"))
}

func checkDate(before, after *letter) []string {
	was, ok, _ := maildate.Parse(before.first("Date"))
	if !ok {
		return nil
	}
	now, _, _ := maildate.Parse(after.first("Date"))
	_, zone := was.Zone()
	if zone%60 != 0 {
		return nil
	}
	return differ("date", maildate.Format(was), maildate.Format(now))
}

func checkImportance(before, after *letter) []string {
	importance := func(l *letter) int32 {
		for _, name := range []string{"Importance", "Priority", "X-Priority", "X-MSMail-Priority"} {
			if n, ok := headerprop.Importance(name, l.first(name)); ok {
				return n
			}
		}
		return 1
	}
	return differ("importance", fmt.Sprint(importance(before)), fmt.Sprint(importance(after)))
}

func checkAddresses(before, after *letter) (out []string) {
	for _, name := range addressFields {
		if before.guessed(name) || len(before.fields(name)) == 0 && (name == "from" || name == "disposition-notification-to") {
			continue // From is the sender then, and a TNEF part can ask for receipts
		}
		out = append(out, differLists(name, before.mailboxes(name), after.mailboxes(name))...)
	}
	return out
}

// guessed reports whether a field has bytes beyond ASCII, whose charset nothing
// tells.
func (l *letter) guessed(name string) bool {
	return slices.ContainsFunc(l.fields(name), func(f mimescan.Field) bool {
		return strings.ContainsFunc(f.Value, func(r rune) bool { return r >= 0x80 })
	})
}

// mailboxes returns the names and addresses of the fields of a name.
func (l *letter) mailboxes(name string) []string {
	var out []string
	for _, f := range l.fields(name) {
		for _, box := range address.Parse(f.Unfolded(), nil).Mailboxes {
			if strings.EqualFold(box.Name, box.Addr) {
				box.Name = ""
			}
			out = append(out, oneSpace(box.Name)+" <"+box.Addr+">")
		}
		if name == "from" || name == "sender" || name == "disposition-notification-to" {
			return out[:min(1, len(out))] // the first mailbox of the first field counts
		}
	}
	return out
}
