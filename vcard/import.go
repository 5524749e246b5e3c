package vcard

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/ical/tree"
	"github.com/contentconv/contentconv/mapi"
)

// ImportOptions say how a card is read. Nil and the zero value are the defaults.
type ImportOptions struct {
	// Charset is the charset parameter of the media type, or "".
	Charset string
	// Part is the number of the MIME part that diagnostics name, or "".
	Part string
}

// Imported is the contact that was made of a card.
type Imported struct {
	Message     *mapi.Message
	Diagnostics []diag.Diagnostic
}

// ErrNotOneCard says that data is not exactly one card that can be read as a whole:
// none, several, one within another, one with lines that are no properties, or one of
// an unknown version.
var ErrNotOneCard = errors.New("not exactly one vCard")

// Import makes a contact of a card ([MS-OXVCARD], section 2.1.3). What a contact has
// no place for is reported. The error is that of ctx, [ErrNotOneCard], or a
// *[limits.ExceededError].
func Import(ctx context.Context, data []byte, o *ImportOptions) (*Imported, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if o == nil {
		o = new(ImportOptions)
	}
	rec := new(diag.Recorder)
	label := o.Charset
	if label == "" {
		label = lineCharset(data)
	}
	stream, err := tree.Parse(data, &tree.Options{Charset: label, Recorder: rec, Part: o.Part})
	if err != nil {
		return nil, err
	}
	if len(stream.Components) != 1 || stream.Lost > 0 || !isCard(stream.Components[0]) {
		return nil, ErrNotOneCard
	}
	im := &importer{c: stream.Components[0], m: new(mapi.Message), rec: rec, part: o.Part}
	im.p = &im.m.Properties
	im.normalize()
	for _, step := range []func(){
		im.names, im.texts, im.phones, im.places, im.mails, im.organisation, im.lists, im.times, im.links, im.class, im.binaries, im.title, im.unmapped, im.firewall,
	} {
		step()
	}
	return &Imported{im.m, rec.Diagnostics()}, nil
}

// isCard reports whether a component is a card of a version that is known.
func isCard(c *tree.Component) bool {
	if c.Name != "VCARD" || c.Unclosed || len(c.Components) > 0 {
		return false
	}
	for _, p := range c.All("AGENT") {
		if strings.Contains(strings.ToUpper(p.Value), "BEGIN:VCARD") {
			return false
		}
	}
	// QUIRK: a card without a VERSION, which RFC 2426, section 3.6.9, requires, is read
	// as one of 3.0.
	switch c.Value("VERSION") {
	case "", "2.1", "3.0", "4.0":
		return true
	}
	return false
}

// An importer makes one contact.
type importer struct {
	c    *tree.Component
	m    *mapi.Message
	p    *mapi.Properties
	rec  *diag.Recorder
	part string
}

// normalize drops the groups of names, as in "item1.TEL", and puts what is preferred
// first, so that it gets the places of which a contact has few.
func (im *importer) normalize() {
	type ranked struct {
		property tree.Property
		rank     int
	}
	list := make([]ranked, len(im.c.Properties))
	for i, p := range im.c.Properties {
		p.Name = p.Name[strings.LastIndexByte(p.Name, '.')+1:]
		list[i] = ranked{p, rank(&p)}
	}
	slices.SortStableFunc(list, func(a, b ranked) int { return a.rank - b.rank })
	for i := range list {
		im.c.Properties[i] = list[i].property
	}
}

// unranked is the rank of a property that is not preferred.
const unranked = 101

// rank returns a small number for a property that is preferred: 1 for the TYPE word,
// or the number of the parameter PREF (RFC 6350, section 5.3). A number for "pcs" has
// the last one, since it takes the place of one for "cell".
func rank(p *tree.Property) int {
	n := unranked
	for _, w := range types(p) {
		switch w {
		case "pref":
			n = 1
		case "pcs":
			n = max(n, unranked+1)
		}
	}
	if v, err := strconv.Atoi(p.Param("PREF")); err == nil && v > 0 && v < unranked {
		n = v
	}
	return n
}

// ignored reports a property that the contact has no place for.
func (im *importer) ignored(p *tree.Property) {
	im.rec.Addf(diag.ItemsDropped, im.part, p.Name, "line %d", p.Line)
}

// types returns the words of TYPE in lower case, whether they come as a list, as
// several parameters, or as the bare words of vCard 2.1.
func types(p *tree.Property) []string {
	var list []string
	for _, q := range p.Params {
		switch {
		case q.Name == "TYPE":
			for _, v := range q.Values {
				for _, w := range strings.Split(v, ",") {
					list = append(list, strings.ToLower(strings.TrimSpace(w)))
				}
			}
		case len(q.Values) == 0:
			list = append(list, strings.ToLower(q.Name))
		case q.Name == "PREF":
			list = append(list, "pref")
		}
	}
	return list
}

func hasType(p *tree.Property, word string) bool { return slices.Contains(types(p), word) }

// mapped are the properties that are read, or that say nothing of the person.
var mapped = func() map[string]bool {
	m := make(map[string]bool)
	for name := range strings.FieldsSeq("VERSION PRODID REV PROFILE MAILER SORT-STRING NAME SOURCE KIND FN N TEL X-MS-TEL ADR LABEL EMAIL " +
		"ORG CATEGORIES X-MS-CHILD X-MS-INTERESTS X-MS-TEXT URL CLASS PHOTO KEY X-MS-OL-DESIGN") {
		m[name] = true
	}
	for _, row := range textRows {
		m[row.name] = true
		for _, name := range row.also {
			m[name] = true
		}
	}
	for _, row := range dates {
		m[row.name] = true
		for _, name := range row.also {
			m[name] = true
		}
	}
	return m
}()

// unmapped reports the properties that a contact has none for, and what stands in a
// card again that a contact has once.
func (im *importer) unmapped() {
	seen := make(map[string]bool)
	for i := range im.c.Properties {
		p := &im.c.Properties[i]
		if !mapped[p.Name] || seen[p.Name] {
			im.ignored(p)
		}
		switch p.Name {
		case "FN", "N", "ORG", "CLASS", "X-MS-OL-DESIGN", "BDAY", "X-MS-ANNIVERSARY":
			seen[p.Name] = true
		}
	}
}

// firewall drops what would make a client act, such as the address of a share as that
// of a calendar.
func (im *importer) firewall() {
	im.p.DeleteFunc(func(p mapi.Property) bool {
		if !mapi.ActsOnClient(p) {
			return false
		}
		im.rec.Add(diag.PropertyDropped, im.part, "", fmt.Sprintf("%#v", p.Key()))
		return true
	})
}

// text returns a property's text with line ends as MAPI has them.
func text(p *tree.Property) string {
	return strings.ReplaceAll(strings.TrimSpace(p.Text()), "\n", "\r\n")
}

// structured returns the parts of a value, each with its list joined by blanks.
func structured(p *tree.Property, n int) []string {
	out := make([]string, n)
	for i, s := range tree.SplitStructured(p.Value) {
		if i >= n {
			break
		}
		var items []string
		for _, item := range tree.SplitText(s) {
			if item = strings.TrimSpace(item); item != "" {
				items = append(items, item)
			}
		}
		out[i] = strings.ReplaceAll(strings.Join(items, " "), "\n", "\r\n")
	}
	return out
}

// names reads N.
func (im *importer) names() {
	p := im.c.Property("N")
	if p == nil {
		return
	}
	for i, s := range structured(p, len(nameParts)) {
		if s != "" {
			nameParts[i].Set(im.p, s)
		}
	}
}

// texts reads what is one text.
func (im *importer) texts() {
	for _, row := range textRows {
		for _, name := range append([]string{row.name}, row.also...) {
			for _, p := range im.c.All(name) {
				s := text(p)
				if row.name == "NICKNAME" {
					s = firstItem(p)
				}
				if s == "" {
					continue
				}
				if row.tag.Has(im.p) {
					im.ignored(p)
					continue
				}
				row.tag.Set(im.p, s)
			}
		}
	}
}

func firstItem(p *tree.Property) string {
	for _, s := range tree.SplitText(p.Value) {
		if s = strings.TrimSpace(s); s != "" {
			return s
		}
	}
	return ""
}

// title sets what the contact is called and how it is filed ([MS-OXOCNTC], section
// 2.2.1.1). Without FN it is the name, the organisation or the first address.
func (im *importer) title() {
	get := func(tag textTag) string { s, _ := tag.Get(im.p); return s }
	given, family := get(mapi.PidTagGivenName), get(mapi.PidTagSurname)
	name := ""
	if p := im.c.Property("FN"); p != nil {
		name = text(p)
	}
	full := strings.Join(strings.Fields(given+" "+get(mapi.PidTagMiddleName)+" "+family), " ")
	for _, s := range []string{full, get(mapi.PidTagCompanyName), get(emails[0].address)} {
		if name == "" {
			name = s
		}
	}
	if name != "" {
		mapi.PidTagDisplayName.Set(im.p, name)
		subject := strings.Join(strings.Fields(name), " ")
		mapi.PidTagSubject.Set(im.p, subject)
		mapi.PidTagNormalizedSubject.Set(im.p, subject)
		mapi.PidTagConversationTopic.Set(im.p, subject)
	}
	fileAs := name
	if family != "" && given != "" {
		fileAs = family + ", " + given
	}
	mapi.PidTagMessageClass.Set(im.p, "IPM.Contact")
	mapi.PidTagIconIndex.Set(im.p, 0x200)
	if fileAs != "" {
		mapi.PidLidFileUnder.Set(im.p, fileAs)
		mapi.PidLidFileUnderId.Set(im.p, 0x8017)
	}
}
