package corpustest

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// The full parse that mail-parser's suite keeps beside a message: parts in one
// list, and which of them are bodies.
type mpMessage struct {
	HTMLBody []int `json:"html_body"`
	TextBody []int `json:"text_body"`
	Parts    []mpPart
}

type mpPart struct {
	Headers         []mpHeader
	Body            map[string]json.RawMessage // one key: the kind
	EncodingProblem bool                       `json:"is_encoding_problem"`
}

type mpHeader struct {
	Name  json.RawMessage
	Value json.RawMessage
}

type mpAddress struct{ Name, Address *string }

type mpAddressList struct {
	Address struct {
		List  []mpAddress
		Group []struct{ Addresses []mpAddress }
	}
}

type mpDate struct {
	DateTime *struct {
		Year, Month, Day, Hour, Minute, Second int
		TZBeforeGMT                            bool `json:"tz_before_gmt"`
		TZHour                                 int  `json:"tz_hour"`
		TZMinute                               int  `json:"tz_minute"`
	}
}

type mpContentType struct {
	ContentType *struct {
		Type       string  `json:"c_type"`
		Subtype    *string `json:"c_subtype"`
		Attributes []struct{ Name, Value string }
	}
}

func readMailParser(data []byte) (*wantMessage, error) {
	var m mpMessage
	if err := json.Unmarshal(data, &m); err != nil {
		return nil, err
	}
	return m.want()
}

func (m *mpMessage) want() (*wantMessage, error) {
	if len(m.Parts) == 0 {
		return &wantMessage{}, nil
	}
	w := &wantMessage{Text: m.body(m.TextBody, "Text"), HTML: m.body(m.HTMLBody, "Html")}
	if err := w.mailParserHeaders(m.Parts[0].Headers); err != nil {
		return nil, err
	}
	return w, m.leaves(w, 0, "")
}

// body returns the first body if it is of that kind: a message without HTML has
// its text in both lists.
func (m *mpMessage) body(list []int, kind string) *string {
	if len(list) == 0 || list[0] >= len(m.Parts) {
		return nil
	}
	raw, ok := m.Parts[list[0]].Body[kind]
	if !ok {
		return nil
	}
	var s string
	if json.Unmarshal(raw, &s) != nil {
		return nil
	}
	return &s
}

// leaves walks the tree of parts from part i, which has that number.
func (m *mpMessage) leaves(w *wantMessage, i int, number string) error {
	part := &m.Parts[i]
	if raw, ok := part.Body["Multipart"]; ok {
		var children []int
		if err := json.Unmarshal(raw, &children); err != nil {
			return err
		}
		for n, child := range children {
			if child <= i || child >= len(m.Parts) {
				return fmt.Errorf("part %d has a child %d", i, child)
			}
			if err := m.leaves(w, child, strings.TrimPrefix(fmt.Sprintf("%s.%d", number, n+1), ".")); err != nil {
				return err
			}
		}
		return nil
	}
	if number == "" {
		number = "1"
	}
	leaf, err := part.leaf(number)
	if err != nil {
		return err
	}
	w.Leaves = append(w.Leaves, leaf)
	return nil
}

func (p *mpPart) leaf(number string) (*wantLeaf, error) {
	l := &wantLeaf{Number: number}
	for _, h := range p.Headers {
		// What cannot be decoded at all upstream keeps as it is.
		if h.name() == "content_transfer_encoding" && p.EncodingProblem {
			l.unknown = true
		}
		var ct mpContentType
		name := h.name()
		if name != "content_type" && name != "content_disposition" || json.Unmarshal(h.Value, &ct) != nil || ct.ContentType == nil {
			continue
		}
		if name == "content_type" && ct.ContentType.Subtype != nil && *ct.ContentType.Subtype != "" {
			l.Type = ct.ContentType.Type + "/" + *ct.ContentType.Subtype
		}
		for _, a := range ct.ContentType.Attributes {
			if a.Name == "filename" || a.Name == "name" && l.Name == "" {
				l.Name = a.Value
			}
		}
	}
	for kind, raw := range p.Body {
		switch kind {
		case "Text", "Html":
			l.Text = new(string)
			return l, json.Unmarshal(raw, l.Text)
		case "Message":
			var m mpMessage
			if err := json.Unmarshal(raw, &m); err != nil {
				return nil, err
			}
			inner, err := m.want()
			l.Message = inner
			return l, err
		case "Binary", "InlineBinary":
			var numbers []int // not base64, but a list of numbers
			if err := json.Unmarshal(raw, &numbers); err != nil {
				return nil, err
			}
			l.Data = make([]byte, len(numbers))
			for i, n := range numbers {
				l.Data[i] = byte(n)
			}
		}
	}
	return l, nil
}

func (h *mpHeader) name() string {
	var s string
	if json.Unmarshal(h.Name, &s) != nil {
		return "" // {"other": name}
	}
	return s
}

// mailParserHeaders takes the first field of each name. Fields it cannot read,
// such as an empty Date, say nothing.
func (w *wantMessage) mailParserHeaders(headers []mpHeader) error {
	seen := map[string]bool{}
	for _, h := range headers {
		name := h.name()
		list := name == "to" || name == "cc" || name == "bcc"
		if seen[name] && !list {
			continue
		}
		seen[name] = true
		switch name {
		case "subject", "message_id":
			var v struct{ Text *string }
			if json.Unmarshal(h.Value, &v) != nil || v.Text == nil {
				continue
			}
			if name == "subject" {
				w.Subject = v.Text
			} else {
				w.MessageID = *v.Text
			}
		case "from", "sender", "to", "cc", "bcc", "reply_to":
			if err := w.mailParserAddresses(name, h.Value); err != nil {
				return err
			}
		case "date":
			w.Date = mpTime(h.Value)
		}
	}
	return nil
}

func (w *wantMessage) mailParserAddresses(name string, raw json.RawMessage) error {
	var v mpAddressList
	if string(raw) == `"Empty"` {
		return nil
	}
	if err := json.Unmarshal(raw, &v); err != nil {
		return err
	}
	all := v.Address.List
	for _, g := range v.Address.Group {
		all = append(all, g.Addresses...)
	}
	boxes := []Mailbox{}
	for _, a := range all {
		if a.Address == nil || *a.Address == "" {
			continue // a name alone makes no recipient ([MS-OXCMAIL] requires no row)
		}
		box := Mailbox{Address: *a.Address}
		if a.Name != nil {
			box.Name = *a.Name
		}
		boxes = append(boxes, box)
	}
	switch name {
	case "to":
		w.To = append(w.To, boxes...)
	case "cc":
		w.Cc = append(w.Cc, boxes...)
	case "bcc":
		w.Bcc = append(w.Bcc, boxes...)
	case "reply_to":
		w.ReplyTo = boxes
	case "from":
		w.From = first(boxes)
	case "sender":
		w.Sender = first(boxes)
	}
	return nil
}

func first(boxes []Mailbox) *Mailbox {
	if len(boxes) == 0 {
		return nil
	}
	return &boxes[0]
}

func mpTime(raw json.RawMessage) time.Time {
	var v mpDate
	if json.Unmarshal(raw, &v) != nil || v.DateTime == nil {
		return time.Time{}
	}
	d := v.DateTime
	offset := d.TZHour*3600 + d.TZMinute*60
	if d.TZBeforeGMT {
		offset = -offset
	}
	return time.Date(d.Year, time.Month(d.Month), d.Day, d.Hour, d.Minute, d.Second, 0, time.FixedZone("", offset))
}
