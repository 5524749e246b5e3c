package tree

import (
	"fmt"
	"slices"
	"strings"

	"github.com/contentconv/contentconv/diag"
)

// line takes one logical line.
func (p *parser) line(s string, number int) {
	prop, repairs, err := p.content.parse(s)
	if err != "" {
		p.broken(s, number, err)
		return
	}
	p.items += int64(1 + len(prop.Params))
	for i := range prop.Params {
		p.items += int64(len(prop.Params[i].Values))
	}
	switch prop.Name {
	case "BEGIN":
		p.begin(componentName(prop.Value), number)
		return
	case "END":
		p.end(componentName(prop.Value), number)
		return
	}
	if len(p.skipped) > 0 {
		return
	}
	if len(p.open) == 0 {
		p.ignore(number)
		return
	}
	p.flush()
	if decodeQuotedPrintable(&prop) {
		repairs = strings.TrimPrefix(repairs+"; quoted-printable text", "; ")
	}
	if repairs != "" {
		p.report(diag.CalendarLineRepaired, number, repairs)
	}
	prop.Line = number
	c := p.open[len(p.open)-1]
	p.properties.add(c, prop)
}

func componentName(value string) string { return strings.ToUpper(strings.TrimSpace(value)) }

// broken takes a line that is no property.
//
// QUIRK: programs write line breaks into text as they are, where RFC 5545, section
// 3.3.11, wants "\n". A line without a name is the next one of the text before it.
func (p *parser) broken(s string, number int, err lineError) {
	switch {
	case len(p.skipped) > 0:
	case len(p.open) == 0:
		p.ignore(number)
	default:
		c := p.open[len(p.open)-1]
		last := len(c.Properties) - 1
		if err != errNoColon || last < 0 || len(c.Components) > 0 || strings.ContainsAny(s, ";=") ||
			!slices.Contains(multiline, c.Properties[last].Name) {
			p.lose(diag.CalendarLineInvalid, number, string(err)+": "+diag.Quote(s))
			return
		}
		if p.joined.Len() == 0 {
			p.joined.WriteString(c.Properties[last].Value)
		}
		p.joined.WriteString(`\n`)
		p.joined.WriteString(s)
		p.report(diag.CalendarLineRepaired, number, "joined to the text before it")
	}
}

// multiline names the properties whose text may go on in lines of its own.
var multiline = []string{"COMMENT", "DESCRIPTION", "LOCATION", "SUMMARY", "X-ALT-DESC"}

// flush ends the text that lines were joined to.
func (p *parser) flush() {
	if p.joined.Len() == 0 {
		return
	}
	c := p.open[len(p.open)-1]
	c.Properties[len(c.Properties)-1].Value = p.joined.String()
	p.joined.Reset()
}

// ignore takes a line outside of every component.
func (p *parser) ignore(number int) {
	if p.outside++; p.outside == 1 {
		p.report(diag.CalendarTextIgnored, number, "outside of every component")
	}
}

// begin opens a component.
func (p *parser) begin(name string, number int) {
	if len(p.skipped) == 0 {
		p.closeBefore(name, number)
	}
	switch {
	case !isName(name):
		p.lose(diag.CalendarRestructured, number, "a BEGIN line without a name")
		return
	case len(p.skipped) > 0 || len(p.open) >= p.MaxDepth:
		if len(p.skipped) == 0 {
			p.lose(diag.CalendarRestructured, number,
				fmt.Sprintf("%s is nested deeper than %d; it was skipped", diag.Quote(name), p.MaxDepth))
		}
		p.skipped = append(p.skipped, name)
		return
	}
	p.flush()
	c := &Component{Name: name, Line: number, Unclosed: true}
	if n := len(p.open); n > 0 {
		p.open[n-1].AddComponent(c)
	} else {
		p.stream.Components = append(p.stream.Components, c)
	}
	p.open = append(p.open, c)
}

// ranks says which components stand within which: one of a rank never lies within
// another of the same or a higher number.
var ranks = map[string]int{
	"VCALENDAR": 1, "VCARD": 1,
	"VEVENT": 2, "VTODO": 2, "VJOURNAL": 2, "VFREEBUSY": 2, "VTIMEZONE": 2, "VAVAILABILITY": 2,
	"VALARM": 3, "STANDARD": 3, "DAYLIGHT": 3,
}

// closeBefore closes the components whose END is missing, which shows in the
// beginning of one that can't stand within them.
func (p *parser) closeBefore(name string, number int) {
	rank := ranks[name]
	if rank == 0 {
		return
	}
	for i, c := range p.open {
		if r := ranks[c.Name]; r >= rank {
			p.report(diag.CalendarRestructured, number,
				fmt.Sprintf("%s of line %d has no END", c.Name, c.Line))
			p.truncate(i)
			return
		}
	}
}

// end closes a component, and those within it that lack their END.
func (p *parser) end(name string, number int) {
	if n := len(p.skipped); n > 0 {
		if i := slices.Index(p.skipped, name); i >= 0 && p.skipped[n-1] == name {
			p.skipped = p.skipped[:n-1]
			return
		}
	}
	for i := len(p.open) - 1; i >= 0; i-- {
		if p.open[i].Name != name {
			continue
		}
		p.skipped = p.skipped[:0]
		if i+1 < len(p.open) {
			c := p.open[i+1]
			p.report(diag.CalendarRestructured, number, fmt.Sprintf("%s of line %d has no END", c.Name, c.Line))
		}
		p.open[i].Unclosed = false
		p.truncate(i)
		return
	}
	p.report(diag.CalendarRestructured, number, fmt.Sprintf("END of %s, which is not open", diag.Quote(name)))
}

func (p *parser) truncate(n int) {
	p.flush()
	p.open = p.open[:n]
}

// finish ends the file.
func (p *parser) finish() {
	if len(p.open) > 0 {
		c := p.open[0]
		p.report(diag.CalendarRestructured, c.Line, c.Name+" has no END")
		p.truncate(0)
	}
}
