package mime2mapi

import (
	"github.com/contentconv/contentconv/internal/charset"
	"github.com/contentconv/contentconv/internal/headerprop"
	"github.com/contentconv/contentconv/internal/mimescan"
	"github.com/contentconv/contentconv/internal/textconv"
)

// convertAggregate joins the texts and images of a multipart/mixed into one HTML
// body ([MS-OXCMAIL] 2.2.3.3.2.2). Other parts, and those that say that they are
// attachments, stay attachments.
func (m *message) convertAggregate() error {
	var joined textconv.Aggregate
	for _, child := range m.body.aggregate.Children {
		if m.isAttachment(child) {
			continue
		}
		t := m.findTexts(child)
		switch {
		case !t.none():
			if err := m.aggregateText(&joined, t.best()); err != nil {
				return err
			}
			if t.plain != nil && t.best() != t.plain {
				m.use(t.plain, ToBody)
			}
		case inlineTypes[child.ContentType.Full]:
			joined.AddImage(m.contentID(child), child.ContentType.Get("name"))
		}
	}
	m.setHTML(joined.HTML(), charset.UTF8())
	m.synthesize()
	m.convertBodyFields(m.body.aggregate.Children[0])
	return nil
}

func (m *message) aggregateText(joined *textconv.Aggregate, e *mimescan.Entity) error {
	b, err := m.readText(e)
	if err != nil {
		return err
	}
	s, _ := m.decodeText(e, b, m.declared(e, b))
	switch e.ContentType.Subtype {
	case "html":
		joined.AddHTML(s)
	case "enriched":
		joined.AddHTML(textconv.EnrichedToHTML(s))
	case "richtext":
		joined.AddHTML(textconv.RichtextToHTML(s))
	default:
		s, _ = textconv.RemoveNUL(s)
		joined.AddText(s)
	}
	m.use(e, ToBody)
	return nil
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
