package mime2mapi

import (
	"strings"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/charset"
	"github.com/contentconv/contentconv/internal/headerprop"
	"github.com/contentconv/contentconv/internal/htmltext"
	"github.com/contentconv/contentconv/internal/mimescan"
	"github.com/contentconv/contentconv/internal/textconv"
	"github.com/contentconv/contentconv/mapi"
)

// An aggregate is the body of a message whose multipart/mixed holds several texts
// and images in turn.
type aggregate struct {
	html  textconv.Aggregate
	plain strings.Builder // the same as plain text
	given bool            // a part of it was sent as plain text
	left  int64           // of MaxBodyText
}

// convertAggregate joins the texts and images of a multipart/mixed into one HTML
// body ([MS-OXCMAIL] 2.2.3.3.2.2). Other parts, and those that say that they are
// attachments, stay attachments. PidTagBody has what was sent as plain text,
// together with the text of the pieces that were not.
func (m *message) convertAggregate() error {
	a := aggregate{left: m.o.maxBodyText()}
	for _, child := range m.body.aggregate.Children {
		if m.isAttachment(child) {
			continue
		}
		if t := m.findTexts(child); !t.none() {
			if err := m.addTexts(&a, t); err != nil {
				return err
			}
		} else if inlineTypes[child.ContentType.Full] {
			a.html.AddImage(m.contentID(child), child.ContentType.Get("name"))
		}
	}
	if sibling := m.body.texts.plain; sibling != nil {
		if err := m.storePlain(sibling); err != nil {
			return err
		}
	} else if a.given {
		mapi.PidTagBody.Set(m.properties(), a.plain.String())
	}
	m.setHTML(a.html.HTML(), charset.UTF8())
	m.synthesize()
	m.convertBodyFields(m.body.aggregate.Children[0])
	return nil
}

// addTexts adds one piece, as HTML and as plain text. A piece for which
// MaxBodyText leaves no room becomes an attachment.
func (m *message) addTexts(a *aggregate, t texts) error {
	best := t.best()
	if a.html.Len() > 0 && best.Size() > a.left {
		m.rec.Add(diag.BodyTooLarge, best.Section(), "", "no room in the body")
		return nil
	}
	a.left -= best.Size()
	text, html, err := m.pieceOf(t)
	if err != nil {
		return err
	}
	if best == t.plain {
		a.html.AddText(text)
	} else {
		a.html.AddHTML(html)
	}
	a.given = a.given || t.plain != nil
	a.plain.WriteString(text)
	if !strings.HasSuffix(text, "\n") {
		a.plain.WriteString("\r\n")
	}
	return nil
}

// pieceOf returns the plain text of a piece and, where it has any, the HTML.
func (m *message) pieceOf(t texts) (text, html string, err error) {
	if t.plain != nil {
		if text, _, err = m.partText(t.plain); err != nil {
			return "", "", err
		}
		text, _ = textconv.RemoveNUL(text)
		m.use(t.plain, ToBody)
	}
	best := t.best()
	if best == t.plain {
		return text, "", nil
	}
	b, err := m.readText(best)
	if err != nil {
		return "", "", err
	}
	html, _ = m.decodeText(best, b, m.declared(best, b))
	switch best.ContentType.Subtype {
	case "enriched":
		html = textconv.EnrichedToHTML(html)
	case "richtext":
		html = textconv.RichtextToHTML(html)
	}
	m.use(best, ToBody)
	if t.plain == nil {
		text = htmltext.Convert(html)
	}
	return text, html, nil
}

// contentID returns the Content-ID of an entity, or one made for an image of an
// aggregate body that has none.
func (m *message) contentID(e *mimescan.Entity) string {
	if f, ok := e.Header.Get("Content-ID"); ok {
		if id := headerprop.TrimID(m.text(&f, headerprop.Raw, e.Path)); id != "" {
			return id
		}
	}
	if e.Parent == nil || e.Parent != m.body.aggregate {
		return ""
	}
	// Line ends are no part of what the message says.
	return m.random.Hex("content-id", textconv.CRLF(m.job.root.Header.Raw), e.Path) + "@contentconv.invalid"
}
