package mime2mapi

import (
	"slices"
	"strings"

	"github.com/contentconv/contentconv/internal/headerprop"
	"github.com/contentconv/contentconv/internal/htmlscan"
	"github.com/contentconv/contentconv/internal/mimescan"
)

// texts are the text parts that say the same thing in different types.
type texts struct {
	plain, html, enriched *mimescan.Entity
}

func (t texts) none() bool { return t == texts{} }

// best returns the part with the most to say ([MS-OXCMAIL] 2.2.3.3.2.1).
func (t texts) best() *mimescan.Entity {
	switch {
	case t.html != nil:
		return t.html
	case t.enriched != nil:
		return t.enriched
	}
	return t.plain
}

// merge takes what later alternatives have: the last one of a type is the
// richest (RFC 2046 5.1.4).
func (t *texts) merge(u texts) {
	if u.plain != nil {
		t.plain = u.plain
	}
	if u.html != nil {
		t.html = u.html
	}
	if u.enriched != nil {
		t.enriched = u.enriched
	}
}

// body is what was chosen as the message's body.
type body struct {
	texts
	// aggregate is the multipart/mixed whose texts and images make one body.
	aggregate *mimescan.Entity
	// used are the leaves that are part of the body, and no attachment.
	used entitySet
	// stored is the HTML as it stands in the property, for the references to
	// inline images.
	stored []byte
	refs   *htmlscan.Refs // made when first asked for
	// files are attachments that the body's text held.
	files []textFile
	// whole is the text part of which the body has only the beginning.
	whole []*mimescan.Entity
}

// chooseBody finds the first entity in the order of the document that qualifies
// as the body ([MS-OXCMAIL] 2.2.3.3.2).
func (m *message) chooseBody() {
	m.body = body{}
	root := m.bodyRoot()
	if root == nil {
		return
	}
	t := m.findTexts(root)
	if m.fields.appleMail && !t.none() && m.aggregates(t.best().Parent) {
		m.body.aggregate = t.best().Parent
		if t.plain == nil || t.plain.Parent == m.body.aggregate {
			return
		}
		// The whole, as an alternative in plain text.
		t = texts{plain: t.plain}
	}
	m.body.texts = t
}

// findTexts returns the texts of the first qualifying entity at or below e. The
// scanner bounds the depth.
func (m *message) findTexts(e *mimescan.Entity) texts {
	if m.isAttachment(e) || isAppleDouble(e) {
		return texts{}
	}
	if !e.Multipart {
		return m.textsOfLeaf(e)
	}
	switch e.ContentType.Subtype {
	case "alternative":
		if t := m.alternatives(e); !t.none() {
			return t
		}
		return texts{}
	case "related":
		if root := relatedRoot(e); root != nil {
			if t := m.findTexts(root); t.html != nil {
				return t
			}
		}
	}
	for _, child := range e.Children {
		if t := m.findTexts(child); !t.none() {
			return t
		}
	}
	return texts{}
}

func (m *message) alternatives(e *mimescan.Entity) texts {
	var t texts
	for _, child := range e.Children {
		t.merge(m.findTexts(child))
	}
	return t
}

func (m *message) textsOfLeaf(e *mimescan.Entity) texts {
	if e.Message != nil || m.untrue[e] {
		return texts{}
	}
	switch e.ContentType.Full {
	case "text/plain":
		return texts{plain: e}
	case "text/html":
		return texts{html: e}
	case "text/enriched", "text/richtext":
		return texts{enriched: e}
	}
	return texts{}
}

// relatedRoot returns the part of a multipart/related that the others serve: the
// one that the start parameter names, else the first (RFC 2387 3.2), or nil when
// there is none.
func relatedRoot(e *mimescan.Entity) *mimescan.Entity {
	if start := headerprop.TrimID(e.ContentType.Get("start")); start != "" {
		for _, child := range e.Children {
			if f, ok := child.Header.Get("Content-ID"); ok && headerprop.TrimID(f.Unfolded()) == start {
				return child
			}
		}
	}
	if len(e.Children) == 0 {
		return nil
	}
	return e.Children[0]
}

// isAttachment reports whether the entity says that it is one. The header block
// of a message's root describes the message, and counts all the same.
func (m *message) isAttachment(e *mimescan.Entity) bool {
	f, ok := e.Header.Get("Content-Disposition")
	if !ok {
		return false
	}
	d := f.Unfolded()
	i := strings.IndexAny(d, "; \t(")
	if i >= 0 {
		d = d[:i]
	}
	return strings.EqualFold(d, "attachment")
}

// aggregates reports whether the texts of an entity make one body: whether it is
// a multipart/mixed that begins with a text and holds another text, or an image,
// behind it ([MS-OXCMAIL] 2.2.3.3.2.2). Apple Mail makes such a multipart an
// alternative to plain text, too.
func (m *message) aggregates(e *mimescan.Entity) bool {
	if e == nil || !e.Multipart || e.ContentType.Subtype != "mixed" {
		return false
	}
	if m.isAttachment(e.Children[0]) || m.textsOfLeaf(e.Children[0]).none() {
		return false
	}
	return slices.ContainsFunc(e.Children[1:], func(child *mimescan.Entity) bool {
		return !m.isAttachment(child) && (!m.textsOfLeaf(child).none() || inlineTypes[child.ContentType.Full])
	})
}

// An entitySet is a set of entities, which costs nothing while it has one.
type entitySet struct {
	first *mimescan.Entity
	more  map[*mimescan.Entity]bool
}

func (s *entitySet) add(e *mimescan.Entity) {
	switch {
	case s.first == nil || s.first == e:
		s.first = e
		return
	case s.more == nil:
		s.more = make(map[*mimescan.Entity]bool)
	}
	s.more[e] = true
}

func (s *entitySet) has(e *mimescan.Entity) bool { return e == s.first || s.more[e] }
