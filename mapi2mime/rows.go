package mapi2mime

import (
	"fmt"
	"strings"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/headerprop"
	"github.com/contentconv/contentconv/mapi"
)

// addRow writes the field of a row of the table, if its property has a value.
func (c *scope) addRow(to *part, p *mapi.Properties, row *headerprop.Mapping) error {
	v, ok := p.Get(row.Key)
	if !ok {
		return nil
	}
	s, ok, err := c.rowText(row, v)
	if ok && err == nil {
		c.addText(to, row.Header, s, row.Reading)
	}
	return err
}

// rowText returns the text of a row's field within MaxMimeTextHeaderLength.
func (c *scope) rowText(row *headerprop.Mapping, v mapi.Value) (string, bool, error) {
	rule := c.rule(c.limits.TextHeader(), row.Header)
	if text, isText := v.Text(); isText && row.Excess == headerprop.Fails {
		text, err := rule.Text(text)
		if err != nil {
			return "", false, err
		}
		v = mapi.String(text)
	}
	s, ok := row.Codec.Format(v)
	if !ok {
		if text, isText := v.Text(); !isText || text != "" {
			c.notWritten(row.Header, v)
		}
		return "", false, nil
	}
	if row.Excess == headerprop.Items {
		s = rule.Items(s)
	}
	return s, true, nil
}

// notWritten tells of a value that a field cannot have, unless it is one that the
// absence of the field means.
func (c *scope) notWritten(header string, v mapi.Value) {
	if n, isInt := v.Int(); isInt && n == 0 {
		return
	}
	if b, isBool := v.Bool(); isBool && !b {
		return
	}
	c.report(diag.HeaderNotWritten, header, "the value is "+diag.Quote(fmt.Sprint(v.Any())))
}

// addText writes a text as a field, if anything of it is left.
func (c *scope) addText(to *part, header, s string, reading headerprop.Reading) {
	if s = clean(s); strings.TrimSpace(s) == "" {
		return
	}
	if reading == headerprop.Words {
		to.add(header, c.words(header, s))
		return
	}
	if v, ok := c.tokens(header, s); ok {
		to.add(header, v)
		return
	}
	c.report(diag.HeaderNotWritten, header, "longer than a line: "+diag.Quote(s))
}
