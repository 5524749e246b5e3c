package vcard

import (
	"slices"
	"strings"
	"time"

	"github.com/contentconv/contentconv/ical/tree"
	"github.com/contentconv/contentconv/mapi"
)

// phones reads telephone numbers. Of more than a kind has places the first ones win.
func (im *importer) phones() {
	for _, p := range im.c.All("TEL") {
		number := text(p)
		// QUIRK: vCard 4.0 has numbers as URIs.
		if len(number) > 4 && strings.EqualFold(number[:4], "tel:") {
			number = number[4:]
		}
		if number != "" && !im.place(number, phoneRowOf(types(p)).tags) {
			im.ignored(p)
		}
	}
	for _, p := range im.c.All("X-MS-TEL") {
		if number := text(p); number != "" && !im.microsoftPhone(p, number) {
			im.ignored(p)
		}
	}
}

// place gives the first property that is unset a value.
func (im *importer) place(s string, tags []mapi.Tag[string]) bool {
	for _, tag := range tags {
		if !tag.Has(im.p) {
			tag.Set(im.p, s)
			return true
		}
	}
	return false
}

// phoneRowOf returns the row that the words of TYPE mean. A number without any is one
// for the voice.
func phoneRowOf(words []string) *phoneRow {
	meant := make([]string, 0, len(words))
	for _, w := range words {
		if other, ok := voiceWords[w]; ok {
			w = other
		}
		meant = append(meant, w)
	}
	var best *phoneRow
	for i := range phoneRows {
		row := &phoneRows[i]
		if (best == nil || row.rank < best.rank) && !slices.ContainsFunc(row.words, func(w string) bool { return !slices.Contains(meant, w) }) {
			best = row
		}
	}
	if best == nil {
		return phoneRowOf([]string{"voice"})
	}
	return best
}

func (im *importer) microsoftPhone(p *tree.Property, number string) bool {
	for _, w := range types(p) {
		if w == "ttyttd" {
			w = "ttytdd" // QUIRK: other converters misspell it.
		}
		for _, row := range microsoftPhones {
			if strings.EqualFold(w, row.word) {
				return im.place(number, []mapi.Tag[string]{row.tag})
			}
		}
	}
	return false
}

// places reads postal addresses, and the labels of those that have no parts.
func (im *importer) places() {
	for _, p := range im.c.All("ADR") {
		a := addressOf(p)
		parts := make([]string, 7)
		for i, s := range tree.SplitStructured(p.Value) {
			// QUIRK: a comma without a backslash is one of the text, though RFC 2426,
			// section 3.2.1, makes it separate the items of a list.
			if i < len(parts) {
				parts[i] = strings.ReplaceAll(strings.TrimSpace(tree.UnescapeText(s)), "\n", "\r\n")
			}
		}
		if strings.Join(parts, "") == "" {
			continue
		}
		if im.hasAddress(a) {
			im.ignored(p)
			continue
		}
		// The extended address has no place of its own: it goes before the street.
		street := strings.Trim(parts[1]+"\r\n"+parts[2], "\r\n")
		values := [6]string{parts[0], street, parts[3], parts[4], parts[5], parts[6]}
		pref := hasType(p, "pref") && !mapi.PidLidPostalAddressId.Has(im.p)
		if pref {
			mapi.PidLidPostalAddressId.Set(im.p, a.id)
			mapi.PidTagPostalAddress.Set(im.p, postalAddress(values))
		}
		for i, v := range values {
			if v == "" {
				continue
			}
			a.parts[i].Set(im.p, v)
			if pref {
				mailing[i].Set(im.p, v)
			}
		}
	}
	for _, p := range im.c.All("LABEL") {
		a, s := addressOf(p), text(p)
		switch {
		case s == "" || im.hasAddress(a): // it repeats the parts
		case a.label.Has(im.p):
			im.ignored(p)
		default:
			a.label.Set(im.p, s)
		}
	}
}

func addressOf(p *tree.Property) *address {
	for i := range addresses[:2] {
		if hasType(p, addresses[i].word) {
			return &addresses[i]
		}
	}
	return &addresses[2]
}

func (im *importer) hasAddress(a *address) bool {
	return slices.ContainsFunc(a.parts[:], func(tag textTag) bool { return tag.Has(im.p) })
}

// postalAddress returns an address as it stands on a letter.
func postalAddress(v [6]string) string {
	var lines []string
	for _, l := range []string{v[0], v[1], strings.Join(strings.Fields(v[2]+" "+v[3]+" "+v[4]), " "), v[5]} {
		if l != "" {
			lines = append(lines, l)
		}
	}
	return strings.Join(lines, "\r\n")
}

// mails reads e-mail addresses.
func (im *importer) mails() {
	slot, kinds := 0, int32(0)
	var slots []int32
	for _, p := range im.c.All("EMAIL") {
		s := emailOf(p)
		switch {
		case s == "":
		case hasType(p, "tlx"):
			if !im.place(s, []mapi.Tag[string]{mapi.PidTagTelexNumber}) {
				im.ignored(p)
			}
		case slot >= len(emails):
			im.ignored(p)
		default:
			im.setEmail(&emails[slot], s)
			slots, kinds = append(slots, int32(slot)), kinds|1<<slot
			slot++
		}
	}
	if slot > 0 {
		mapi.PidLidAddressBookProviderEmailList.Set(im.p, slots)
		mapi.PidLidAddressBookProviderArrayType.Set(im.p, kinds)
	}
}

// emailOf returns the address.
//
// QUIRK: the parameter stands in the value, as in the example of [MS-OXVCARD],
// section 3.2: "EMAIL:TYPE=internet,pref:addr".
func emailOf(p *tree.Property) string {
	s := text(p)
	if len(s) > 5 && strings.EqualFold(s[:5], "TYPE=") {
		if _, after, ok := strings.Cut(s, ":"); ok {
			s = after
		}
	}
	if len(s) > 7 && strings.EqualFold(s[:7], "mailto:") {
		s = s[7:]
	}
	return strings.TrimSpace(s)
}

func (im *importer) setEmail(e *email, address string) {
	e.address.Set(im.p, address)
	e.addressType.Set(im.p, "SMTP")
	e.display.Set(im.p, address)
	e.original.Set(im.p, address)
	a := &mapi.InternetAddress{Name: address, Address: address}
	im.p.Set(e.entryID.Key(), mapi.LazyBinary(a.EntryID()))
}

// organisation reads ORG: the company, and its units as the department.
func (im *importer) organisation() {
	p := im.c.Property("ORG")
	if p == nil {
		return
	}
	var units []string
	for i, s := range tree.SplitStructured(p.Value) {
		if s = strings.TrimSpace(tree.UnescapeText(s)); s == "" {
			continue
		}
		if i == 0 {
			mapi.PidTagCompanyName.Set(im.p, s)
		} else {
			units = append(units, s)
		}
	}
	if len(units) > 0 {
		mapi.PidTagDepartmentName.Set(im.p, strings.Join(units, "; "))
	}
}

// items returns the texts of every property of a name.
func (im *importer) items(name string) []string {
	var list []string
	for _, p := range im.c.All(name) {
		for _, s := range tree.SplitText(p.Value) {
			if s = strings.Join(strings.Fields(s), " "); s != "" {
				list = append(list, s)
			}
		}
	}
	return list
}

// maxCategories bounds the categories.
const maxCategories = 128

// lists reads categories, children, interests and the user's own fields.
func (im *importer) lists() {
	var categories []string
	seen := make(map[string]bool)
	for _, s := range im.items("CATEGORIES") {
		s = strings.TrimSpace(strings.NewReplacer(";", "", ",", "", "\u061B", "", "\uFE54", "", "\uFF1B", "").Replace(s))
		if key := strings.ToLower(s); s != "" && !seen[key] && len(categories) < maxCategories {
			seen[key] = true
			categories = append(categories, s)
		}
	}
	if len(categories) > 0 {
		mapi.PidNameKeywords.Set(im.p, categories)
	}
	if list := im.items("X-MS-CHILD"); len(list) > 0 {
		mapi.PidTagChildrensNames.Set(im.p, list)
	}
	if list := im.items("X-MS-INTERESTS"); len(list) > 0 {
		mapi.PidTagHobbies.Set(im.p, strings.Join(list, ", "))
	}
	n := 0
	for _, p := range im.c.All("X-MS-TEXT") {
		switch s := text(p); {
		case s == "":
		case n >= len(userFields):
			im.ignored(p)
		default:
			userFields[n].Set(im.p, s)
			n++
		}
	}
}

// times reads dates of every year.
func (im *importer) times() {
	for _, row := range dates {
		for _, name := range append([]string{row.name}, row.also...) {
			p := im.c.Property(name)
			if p == nil || row.tag.Has(im.p) {
				continue
			}
			if t, ok := dateOf(text(p)); ok {
				row.tag.Set(im.p, t)
			} else if text(p) != "" {
				im.ignored(p)
			}
		}
	}
}

// dateOf reads a date as its midnight in UTC. A time of day doesn't count, unless it is
// in UTC: then it may be the midnight of another zone, as Outlook and Kopano keep it. A
// date without a year is none.
func dateOf(s string) (mapi.Time, bool) {
	s = strings.ToUpper(s)
	for _, layout := range []string{"2006-01-02T15:04:05Z", "20060102T150405Z"} {
		if t, err := time.Parse(layout, s); err == nil {
			return mapi.TimeOf(t)
		}
	}
	s, _, _ = strings.Cut(s, "T")
	for _, layout := range []string{"2006-01-02", "20060102"} {
		if t, err := time.Parse(layout, strings.TrimSpace(s)); err == nil {
			return mapi.TimeOf(t)
		}
	}
	return 0, false
}

// links reads web pages: those that say which they are go first.
func (im *importer) links() {
	for _, typed := range []bool{true, false} {
		for _, p := range im.c.All("URL") {
			s, row := text(p), -1
			for i, page := range pages {
				if row < 0 && hasType(p, page.word) {
					row = i
				}
			}
			if s == "" || row >= 0 != typed {
				continue
			}
			tags := []mapi.Tag[string]{pages[0].tag, pages[1].tag}
			if typed {
				tags = tags[row : row+1]
			}
			if !im.place(s, tags) {
				im.ignored(p)
			}
		}
	}
	if s, ok := mapi.PidTagBusinessHomePage.Get(im.p); ok {
		mapi.PidLidHtml.Set(im.p, s)
	}
}

// class reads CLASS.
func (im *importer) class() {
	n := int32(0)
	for _, c := range classes {
		if strings.EqualFold(im.c.Value("CLASS"), c.word) && c.number != 1 {
			n = c.number
		}
	}
	mapi.PidTagSensitivity.Set(im.p, n)
	mapi.PidLidPrivate.Set(im.p, n == 2)
}
