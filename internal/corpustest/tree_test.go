package corpustest

import (
	"errors"
	"fmt"
	"path"
	"strings"
	"time"
)

// A wantMessage is what another parser says of a message. Nil and empty fields
// are not compared.
type wantMessage struct {
	Subject              *string
	From, Sender         *Mailbox
	To, Cc, Bcc, ReplyTo []Mailbox
	Date                 time.Time
	MessageID            string
	Text, HTML           *string // the first body of each kind
	Leaves               []*wantLeaf
}

// A wantLeaf is a part that holds no other part but, perhaps, a message.
type wantLeaf struct {
	Number     string // "1.2"
	Type, Name string // "" when the part does not say
	Text       *string
	Data       []byte // when there is no Text
	Message    *wantMessage
	unknown    bool // upstream could not decode the content
}

// A result is the outcome of one case: one field of one input.
type result struct {
	input, field string
	err          error
}

// compare makes a case of everything that the expectation says.
func (w *wantMessage) compare(input, prefix string, g *Got) []result {
	var out []result
	add := func(field string, err error) { out = append(out, result{input, prefix + field, err}) }
	if w.Subject != nil {
		add("subject", equalText("subject", *w.Subject, g.Subject, subjectForm))
	}
	if w.From != nil {
		add("from", equalMailbox(w.From, g.From))
	}
	if w.Sender != nil {
		add("sender", equalMailbox(w.Sender, g.Sender))
	}
	if w.To != nil {
		add("to", equalMailboxes(w.To, g.To))
	}
	if w.Cc != nil {
		add("cc", equalMailboxes(w.Cc, g.Cc))
	}
	if w.Bcc != nil {
		add("bcc", equalMailboxes(w.Bcc, g.Bcc))
	}
	if w.ReplyTo != nil {
		add("reply-to", equalCount(len(w.ReplyTo), len(g.ReplyTo)))
	}
	if !w.Date.IsZero() {
		add("date", equalTime(w.Date, g.Date))
	}
	if w.MessageID != "" {
		add("message-id", equalText("message-id", w.MessageID, g.MessageID, bareID))
	}
	if w.Text != nil {
		text, _ := cutUU(*w.Text)
		add("text", equalBody(text, g.Text))
	}
	if w.HTML != nil {
		add("html", equalBody(*w.HTML, g.HTML))
	}
	return append(out, w.compareLeaves(input, prefix, g)...)
}

func bareID(s string) string { return strings.Trim(strings.TrimSpace(s), "<>") }

func equalCount(want, got int) error {
	if want != got {
		return fmt.Errorf("want %d, got %d", want, got)
	}
	return nil
}

func equalBody(want string, got *string) error {
	if got == nil {
		if strings.TrimSpace(want) == "" {
			return nil // an empty body and none are the same
		}
		return errors.New("no such body")
	}
	return equalText("body", want, *got, oneLineEnds)
}

// compareLeaves looks for each part's content: in a body, or in an attachment
// that no earlier part has claimed. Which of the two is up to [MS-OXCMAIL]
// 2.2.3.3.2, and other parsers choose otherwise; that nothing is lost is not.
func (w *wantMessage) compareLeaves(input, prefix string, g *Got) []result {
	var out []result
	claimed := make([]bool, len(g.Attachments))
	for _, leaf := range w.openedLeaves() {
		field := fmt.Sprintf("%spart %s ", prefix, leaf.Number)
		a, inBody := leaf.find(g, claimed)
		switch {
		case a != nil && leaf.Message != nil && a.Message != nil:
			out = append(out, leaf.Message.compare(input, field, a.Message)...)
		case leaf.unknown:
		case a != nil || inBody || leaf.empty():
			out = append(out, result{input, field + "content", nil})
		default:
			out = append(out, result{input, field + "content", fmt.Errorf("not found: %s", leaf)})
		}
		if a == nil {
			continue
		}
		if leaf.Name != "" {
			out = append(out, result{input, field + "name", equalName(leaf.Name, leaf.givenName(a))})
		}
		if leaf.Type != "" {
			out = append(out, result{input, field + "type", equalText("type", leaf.Type, a.Type, strings.ToLower)})
		}
	}
	return out
}

func (l *wantLeaf) String() string {
	switch {
	case l.Message != nil:
		return "an embedded message"
	case l.Text != nil:
		return "text " + outline(*l.Text)
	}
	return fmt.Sprintf("%d bytes", len(l.Data))
}

func (l *wantLeaf) empty() bool {
	if l.Message != nil {
		return false
	}
	if l.Text != nil {
		return strings.TrimSpace(*l.Text) == ""
	}
	return len(l.Data) == 0
}

// find returns the attachment that holds the part's content and claims it, or
// reports that a body holds it.
func (l *wantLeaf) find(g *Got, claimed []bool) (*GotAttachment, bool) {
	for i, a := range g.Attachments {
		if !claimed[i] && l.isIn(a) {
			claimed[i] = true
			return a, false
		}
	}
	if l.Message != nil {
		return nil, false
	}
	for _, body := range []*string{g.Text, g.HTML} {
		if body != nil && holds(noWhitespace(*body), noWhitespace(l.content())) {
			return nil, true
		}
	}
	return nil, false
}

// holds reports whether a body is the part's text, or was put together from it
// and others. A text too short to be told from a part of another one must be the
// whole.
func holds(body, part string) bool {
	const tellable = 16
	return sameText(part, body) || len(part) >= tellable && strings.Contains(body, part)
}

// givenName returns the attachment's name with the extension that the part has,
// where a rule changes it: that of a shortcut, and of an embedded message, which
// some name as a file.
func (l *wantLeaf) givenName(a *GotAttachment) string {
	ext := path.Ext(l.Name)
	if l.Type == externalBody {
		return strings.TrimSuffix(a.Name, path.Ext(a.Name)) + ext
	}
	if l.Message != nil && path.Ext(a.Name) != ext {
		return a.Name + ext
	}
	return a.Name
}

const externalBody = "message/external-body"

// isExternal reports whether the attachment stands for the part by the rules of
// [MS-OXCMAIL] 2.2.3.5: a shortcut, or the whole part where others take its body.
func (l *wantLeaf) isExternal(a *GotAttachment) bool {
	data := noWhitespace(string(a.Data))
	return a.Type == externalBody && (strings.HasPrefix(data, "[InternetShortcut]") || strings.HasSuffix(data, noWhitespace(l.content())))
}

func (l *wantLeaf) content() string {
	if l.Text != nil {
		return *l.Text
	}
	return string(l.Data)
}

func (l *wantLeaf) isIn(a *GotAttachment) bool {
	switch {
	case l.Message != nil || a.Message != nil:
		return l.Message != nil && a.Message != nil
	case l.isBinHex():
		return isMacBinary(a.Data)
	case l.Type == externalBody:
		return l.isExternal(a)
	case l.Text != nil:
		return sameText(oneLineEnds(*l.Text), oneLineEnds(decodeCharset(a.Data, a.Charset)))
	}
	return sameBytes(l.Data, a.Data)
}
