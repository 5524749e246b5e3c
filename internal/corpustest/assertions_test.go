package corpustest

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/mail"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/contentconv/contentconv/mapi"
	"golang.org/x/text/encoding/charmap"
)

// An assertionFile is what the suite that a pair comes from asserts of it.
type assertionFile struct {
	Input   string
	Options struct {
		// ASCIIUpgrade is Kopano's charset for bytes that declare none.
		ASCIIUpgrade *string `json:"ascii_upgrade"`
	}
	Assertions []assertion
}

// An assertion says what a property of something must be.
type assertion struct {
	On, Property, Op string
	Value            any
}

func readAssertions(file string) (*assertionFile, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	a := &assertionFile{}
	return a, json.Unmarshal(data, a)
}

// errUnread says that nothing here reads such an assertion. It is no case.
type errUnread string

func (e errUnread) Error() string { return string(e) }

// check looks the property up and applies the operation. dir is where the files
// are that values name.
func (a *assertion) check(dir string, g *Got) error {
	if err, ok := a.lenient(g); ok {
		return err
	}
	got, err := a.lookUp(g)
	if err != nil {
		return err
	}
	op, detail, _ := strings.Cut(a.Op, " ")
	if strings.HasPrefix(op, "eq_file") {
		want, err := os.ReadFile(filepath.Join(dir, fmt.Sprint(a.Value)))
		if err != nil {
			return err
		}
		return compareFile(op, detail, want, got)
	}
	apply := operations[op]
	if apply == nil {
		return errUnread("operation " + a.Op)
	}
	return apply(a.Value, got)
}

// lenient compares what upstream may see in another of several valid ways.
func (a *assertion) lenient(g *Got) (error, bool) {
	switch {
	case a.On != "message":
	case a.Property == "PidTagBody" && a.Op == "contains" && g.HTML != nil:
		// A product that derives the text from the HTML looks at that.
		all := fmt.Sprint(deref(g.Text), withoutTags(*g.HTML), unescapeOnly(tags.ReplaceAllString(*g.HTML, "")))
		return operations["contains"](a.Value, all), true
	case a.Property == "attachment_count":
		// Some count pictures of the HTML, some do not.
		if equal(a.Value, count(g, false)) == nil {
			return nil, true
		}
	}
	return nil, false
}

var attachmentOn = regexp.MustCompile(`^attachment\[([0-9]+)\]$`)

// lookUp returns the property as a string, a number, a time, a list or nil.
func (a *assertion) lookUp(g *Got) (any, error) {
	if m := attachmentOn.FindStringSubmatch(a.On); m != nil {
		i, err := strconv.Atoi(m[1])
		if err != nil || i >= len(g.Attachments) {
			return nil, fmt.Errorf("there are %d attachments", len(g.Attachments))
		}
		at := g.Attachments[i]
		if a.Property == "PidTagAttachDataBinary" {
			return at.Data, nil
		}
		return propertyOf(at.Properties, a.Property)
	}
	if a.On != "message" {
		return nil, errUnread(a.On)
	}
	if look, ok := derived[a.Property]; ok {
		return look(g), nil
	}
	return propertyOf(g.Properties, a.Property)
}

// derived has what upstream asserts that is no property of its own.
var derived = map[string]func(*Got) any{
	"From name":        func(g *Got) any { return nameOf(g.From) },
	"From email":       func(g *Got) any { return addressOf(g.From) },
	"Sender name":      func(g *Got) any { return nameOf(g.Sender) },
	"Sender email":     func(g *Got) any { return addressOf(g.Sender) },
	"To name":          func(g *Got) any { return nameOf(first(g.To)) },
	"To email":         func(g *Got) any { return addressOf(first(g.To)) },
	"Cc name":          func(g *Got) any { return nameOf(first(g.Cc)) },
	"Cc email":         func(g *Got) any { return addressOf(first(g.Cc)) },
	"recipient_count":  func(g *Got) any { return float64(len(g.To) + len(g.Cc) + len(g.Bcc)) },
	"attachment_count": func(g *Got) any { return float64(len(g.Attachments)) },
	"Date header":      func(g *Got) any { return g.Date },
	"PidTagSubject":    func(g *Got) any { return g.Subject },
	"PidTagBody":       func(g *Got) any { return deref(g.Text) },
	"PidTagHtml":       func(g *Got) any { return deref(g.HTML) },
	"PidTagHtml without tags": func(g *Got) any {
		return withoutTags(deref(g.HTML))
	},
	"PidTagInternetMessageId (without angle brackets)": func(g *Got) any { return bareID(g.MessageID) },
	"non-inline attachment_count":                      func(g *Got) any { return count(g, false) },
	"inline attachment_count":                          func(g *Got) any { return count(g, true) },
	"attachment names in order":                        names,
	"mime tree":                                        leafTypes,
}

func nameOf(m *Mailbox) any {
	if m == nil {
		return nil
	}
	return m.Name
}

func addressOf(m *Mailbox) any {
	if m == nil {
		return nil
	}
	return m.Address
}

func deref(s *string) any {
	if s == nil {
		return nil
	}
	return *s
}

func count(g *Got, inline bool) any {
	n := 0.0
	for _, a := range g.Attachments {
		if a.Inline == inline {
			n++
		}
	}
	return n
}

func names(g *Got) any {
	list := []any{}
	for _, a := range g.Attachments {
		list = append(list, a.Name)
	}
	return list
}

// leafTypes returns the types of what the message's parts became. The multiparts
// themselves leave no trace in a message object.
func leafTypes(g *Got) any {
	list := []any{}
	if g.Text != nil {
		list = append(list, "text/plain")
	}
	if g.HTML != nil {
		list = append(list, "text/html")
	}
	for _, a := range g.Attachments {
		list = append(list, a.Type)
	}
	return list
}

var tags = regexp.MustCompile(`(?s)<!--.*?-->|<style.*?</style>|<title.*?</title>|<[^>]*>`)

func withoutTags(v any) any {
	s, ok := v.(string)
	if !ok {
		return nil
	}
	return unescape(tags.ReplaceAllString(s, ""))
}

// propertyOf returns a property by its canonical name.
func propertyOf(p *mapi.Properties, name string) (any, error) {
	key, _, ok := mapi.KeyOf(name)
	if !ok {
		return nil, errUnread("property " + name)
	}
	v, ok := p.Get(key)
	if !ok {
		return nil, nil
	}
	if s, ok := v.Text(); ok {
		return s, nil
	}
	if b, ok := v.Bool(); ok {
		return b, nil
	}
	if t, ok := v.Time(); ok {
		at, _ := t.Time()
		return at, nil
	}
	if n, ok := v.Int(); ok {
		return float64(n), nil
	}
	if b, ok := v.Bytes(); ok {
		return b, nil
	}
	return nil, errUnread("property " + name + " of type " + v.Type().String())
}

// operations has the comparisons of an expected value with what was found.
var operations = map[string]func(want, got any) error{
	"eq":                     equal,
	"eq_ignore_case":         onText(strings.EqualFold),
	"eq_prefix":              onText(func(want, got string) bool { return strings.HasPrefix(got, want) }),
	"eq_lf_normalised":       onText(func(want, got string) bool { return oneLineEnds(got) == oneLineEnds(want) }),
	"contains":               onText(func(want, got string) bool { return strings.Contains(got, want) }),
	"contains_lf_normalised": onText(func(want, got string) bool { return strings.Contains(oneLineEnds(got), oneLineEnds(want)) }),
	"not_contains":           onText(func(want, got string) bool { return !strings.Contains(got, want) }),
	"starts_with":            onText(func(want, got string) bool { return strings.HasPrefix(got, want) }),
	"ends_with":              onText(func(want, got string) bool { return strings.HasSuffix(got, want) }),
	"contains_line":          onText(func(want, got string) bool { return strings.Contains("\n"+oneLineEnds(got)+"\n", "\n"+want+"\n") }),
	"contains_any":           onEach(func(n, of int) bool { return n > 0 }),
	"contains_all":           onEach(func(n, of int) bool { return n == of }),
	"present":                func(want, got any) error { return verdict(want, got, (got != nil) == (want != false)) },
	"eq_hex": func(want, got any) error {
		data, _ := got.([]byte)
		raw, err := hex.DecodeString(fmt.Sprint(want))
		return verdict(want, got, err == nil && bytes.Equal(raw, data))
	},
	"eq_rfc3339": func(want, got any) error {
		at, err := time.Parse(time.RFC3339, fmt.Sprint(want))
		return verdict(want, got, err == nil && at.Equal(asTime(got)))
	},
	"eq_filetime": func(want, got any) error {
		// 100 ns since 1601; JSON numbers are exact to a few microseconds there.
		n, _ := want.(float64)
		at := time.Unix(int64(n/1e7)-11644473600, 0)
		return verdict(want, got, asTime(got).Sub(at).Abs() < 2*time.Second)
	},
	"eq_unix_time": func(want, got any) error {
		n, _ := want.(float64)
		return verdict(want, got, asTime(got).Unix() == int64(n))
	},
	"eq_unix_ms": func(want, got any) error {
		n, _ := want.(float64)
		return verdict(want, got, asTime(got).UnixMilli() == int64(n))
	},
}

func verdict(want, got any, ok bool) error {
	if ok {
		return nil
	}
	return fmt.Errorf("want %s, got %s", outline(fmt.Sprint(want)), outline(fmt.Sprint(got)))
}

func onText(holds func(want, got string) bool) func(want, got any) error {
	return func(want, got any) error {
		g, ok := got.(string)
		return verdict(want, got, ok && holds(fmt.Sprint(want), g))
	}
}

// onEach counts the expected pieces that the text holds.
func onEach(holds func(n, of int) bool) func(want, got any) error {
	return func(want, got any) error {
		list, _ := want.([]any)
		n := 0
		for _, piece := range list {
			if s, ok := got.(string); ok && strings.Contains(s, fmt.Sprint(piece)) {
				n++
			}
		}
		return verdict(want, got, holds(n, len(list)))
	}
}

func asTime(v any) time.Time {
	t, _ := v.(time.Time)
	return t
}

// equal compares by what was found: a time with a date in any form, a list with
// a list or with the leaves of a tree, text but for white space at its end.
func equal(want, got any) error {
	switch g := got.(type) {
	case time.Time:
		at, err := mail.ParseDate(fmt.Sprint(want))
		return verdict(want, got, err == nil && at.Equal(g))
	case []any:
		return equalList(want, g)
	case string:
		w, ok := want.(string)
		return verdict(want, got, ok && strings.TrimRight(oneLineEnds(w), " \n") == strings.TrimRight(oneLineEnds(g), " \n"))
	}
	return verdict(want, got, reflect.DeepEqual(want, got))
}

func equalList(want any, got []any) error {
	if list, ok := want.([]any); ok && reflect.DeepEqual(list, got) {
		return nil
	}
	counts := map[any]int{}
	for _, leaf := range leavesOf(want) {
		counts[leaf]++
	}
	for _, g := range got {
		counts[g]--
	}
	// A parser that knows only a name of a file says application/octet-stream.
	const anyType = "application/octet-stream"
	others := 0
	for leaf, n := range counts {
		if leaf != anyType && n > 0 {
			return verdict(want, got, false)
		}
		if leaf != anyType {
			others -= n
		}
	}
	return verdict(want, got, counts[anyType] == others)
}

// leavesOf returns the leaves of a tree written as nested lists and objects. The
// key of an object is a multipart, or a text with files inside.
func leavesOf(v any) []any {
	var out []any
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			out = append(out, leavesOf(e)...)
		}
	case map[string]any:
		for key, e := range v {
			if !strings.HasPrefix(key, "multipart/") {
				out = append(out, key)
			}
			out = append(out, leavesOf(e)...)
		}
	default:
		out = append(out, v)
	}
	return out
}

func compareFile(op, detail string, want []byte, got any) error {
	if strings.Contains(detail, "ISO-8859-1") {
		want, _ = charmap.ISO8859_1.NewDecoder().Bytes(want)
	}
	var have string
	switch g := got.(type) {
	case string:
		have = g
	case []byte:
		have = string(g)
	default:
		return fmt.Errorf("nothing to compare with a file of %d bytes", len(want))
	}
	switch op {
	case "eq_file":
		return equalText("content", string(want), have, oneLineEnds)
	case "eq_file_ignoring_whitespace":
		return equalText("content", string(want), have, noWhitespace)
	}
	return errUnread("operation " + op)
}
