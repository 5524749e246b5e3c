package ical

import (
	"strings"

	"github.com/contentconv/contentconv/ical/tree"
	"github.com/contentconv/contentconv/internal/lcid"
	"github.com/contentconv/contentconv/limits"
	"github.com/contentconv/contentconv/mapi"
)

// The lengths at which texts are cut, in characters ([MS-OXCICAL], section
// 2.1.3.1.1.20).
const (
	maxLine     = 255
	maxContact  = 500
	codePageUTF = 65001
)

// The values of PidTagNativeBody ([MS-OXBBODY], section 2.1.3.1).
const (
	nativePlain int32 = 1
	nativeHTML  int32 = 3
)

// setText sets the texts of the event, its categories and how it is to be treated.
func (e *event) setText() {
	p := e.properties()
	e.setSubject()
	if loc := e.c.Property("LOCATION"); loc != nil {
		text := e.cut(oneLine(loc.Text()), maxLine, loc)
		mapi.PidLidLocation.Set(p, text)
		if e.meeting() || e.embedded {
			mapi.PidLidWhere.Set(p, text)
		}
		if url := loc.Param("ALTREP"); url != "" {
			mapi.PidNameLocationUrl.Set(p, url)
		}
	}
	e.setBody()
	e.setLists()
	e.setKind()
}

// setSubject sets what SUMMARY says, and in which language ([MS-OXCICAL], section
// 2.1.3.1.1.20.24).
func (e *event) setSubject() {
	p := e.properties()
	summary := e.c.Property("SUMMARY")
	subject := ""
	if summary != nil {
		subject = e.cut(oneLine(summary.Text()), maxLine, summary)
	}
	mapi.SetSubject(p, subject)
	for _, name := range []string{"SUMMARY", "DESCRIPTION", "COMMENT", "LOCATION"} {
		if t := e.c.Property(name); t != nil {
			if id, ok := lcid.FromTag(t.Param("LANGUAGE")); ok {
				mapi.PidTagMessageLocaleId.Set(p, int32(id))
				return
			}
		}
	}
}

// setBody sets the bodies. Of answers COMMENT is the body, since DESCRIPTION is that
// of the meeting ([MS-OXCICAL], sections 2.1.3.1.1.20.5 and 2.1.3.1.1.20.7).
func (e *event) setBody() {
	p := e.properties()
	name := "DESCRIPTION"
	if e.answering() {
		name = "COMMENT"
	}
	if d := e.c.Property(name); d != nil {
		mapi.PidTagBody.Set(p, strings.ReplaceAll(d.Text(), "\n", "\r\n"))
		mapi.PidTagNativeBody.Set(p, nativePlain)
	}
	for _, d := range e.c.All("X-ALT-DESC") {
		if strings.EqualFold(strings.TrimSpace(d.Param("FMTTYPE")), "text/html") {
			mapi.PidTagHtml.Set(p, []byte(d.Text()))
			mapi.PidTagInternetCodepage.Set(p, codePageUTF)
			mapi.PidTagNativeBody.Set(p, nativeHTML)
			break
		}
	}
}

// setLists sets categories, contacts and resources.
func (e *event) setLists() {
	p := e.properties()
	if list := cleanItems(e.c.All("CATEGORIES"), true, ";,\u061B\uFE54\uFF1B", maxLine, true); len(list) > 0 {
		mapi.PidNameKeywords.Set(p, list)
	}
	if list := cleanItems(e.c.All("CONTACT"), false, ";", maxContact, true); len(list) > 0 {
		mapi.PidLidContacts.Set(p, list)
	}
	appendNames(p, mapi.PidLidNonSendableBcc, cleanItems(e.c.All("RESOURCES"), true, ";", -1, false))
}

// appendNames adds names to a list that has "; " between its items.
func appendNames(p *mapi.Properties, tag mapi.Named[string], names []string) {
	if len(names) == 0 {
		return
	}
	if list := tag.Or(p, ""); list != "" {
		names = append([]string{list}, names...)
	}
	tag.Set(p, strings.Join(names, "; "))
}

// cleanItems returns the items of some properties without the characters that no item
// may have, with single blanks, cut, and none twice if distinct is set. commas says
// that one property can hold several.
func cleanItems(properties []*tree.Property, commas bool, drop string, max int64, distinct bool) []string {
	var out []string
	seen := make(map[string]bool)
	for _, p := range properties {
		items := []string{p.Text()}
		if commas {
			items = tree.SplitText(p.Value)
		}
		for _, s := range items {
			s = strings.Map(func(r rune) rune {
				if strings.ContainsRune(drop, r) {
					return -1
				}
				return r
			}, s)
			s = strings.TrimSpace(limits.Shorten(strings.Join(strings.Fields(s), " "), max))
			key := strings.ToLower(s)
			if s == "" || distinct && seen[key] {
				continue
			}
			seen[key] = true
			out = append(out, s)
		}
	}
	return out
}

// setKind sets sensitivity and importance ([MS-OXCICAL], sections 2.1.3.1.1.20.4,
// 2.1.3.1.1.20.17 and 2.1.3.1.1.20.33).
func (e *event) setKind() {
	p := e.properties()
	sensitivity, _ := firstNumber(e.c, sensitivities, "CLASS")
	mapi.PidTagSensitivity.Set(p, sensitivity)
	mapi.PidLidPrivate.Set(p, sensitivity == 2)
	importance, ok := firstNumber(e.c, importances, "X-MICROSOFT-CDO-IMPORTANCE", "X-MICROSOFT-MSNCALENDAR-IMPORTANCE")
	if !ok {
		if importance, ok = firstNumber(e.c, priorities, "PRIORITY"); !ok {
			importance = 1
		}
	}
	mapi.PidTagImportance.Set(p, importance)
}

// The values of PidTagImportance as X-MICROSOFT-CDO-IMPORTANCE has them.
var importances = []word{{"0", 0}, {"1", 1}, {"2", 2}}

// oneLine returns s without line breaks.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\r' || r == '\n' {
			return -1
		}
		return r
	}, s)
}
