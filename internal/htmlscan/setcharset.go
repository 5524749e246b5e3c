package htmlscan

import "strings"

// StripMetaCharset returns html without the META elements that declare a
// charset, wherever they stand; html itself if there are none.
func StripMetaCharset(html []byte) []byte { return SetCharset(html, "") }

// SetCharset returns html with one META element that declares the charset
// label: in place of the first that declares any, else where the head begins.
// Further ones are removed. With an empty label, or one that is no charset's
// name, all are removed. It returns html itself if nothing changes.
func SetCharset(html []byte, label string) []byte {
	if !validLabel(label) {
		label = ""
	}
	src := string(html)
	found, head := metaSpans(src)
	if label == "" && len(found) == 0 || len(found) == 1 && strings.EqualFold(found[0].label, label) {
		return html
	}
	meta := ""
	if label != "" {
		meta = `<meta http-equiv="Content-Type" content="text/html; charset=` + label + `">`
	}
	out := make([]byte, 0, len(html)+len(meta))
	if len(found) == 0 {
		out = append(out, src[:head]...)
		out = append(out, meta...)
		return append(out, src[head:]...)
	}
	from := 0
	for _, m := range found {
		out = append(out, src[from:m.start]...)
		out = append(out, meta...)
		from, meta = m.end, ""
	}
	return append(out, src[from:]...)
}

// metaSpan is a META element that declares a charset.
type metaSpan struct {
	start, end int
	label      string
}

// metaSpans returns the META elements of src that declare a charset, and the
// offset where a new one belongs: behind the head's start tag, else behind that
// of html, else behind the document type.
func metaSpans(src string) (found []metaSpan, head int) {
	z := newEncodedTokenizer(src)
	rank := 0 // of the tag that head stands behind
	prolog := true
	for z.Next() {
		if !z.Closed() {
			break
		}
		r := 0
		prolog = prolog && (z.Kind() == Declaration || z.Kind() == Comment || trimSpace(z.Raw()) == "")
		switch {
		case prolog && z.Kind() == Declaration:
			head = z.End()
		case z.Kind() != StartTag:
			continue
		case z.Name() == "html":
			r = 1
		case z.Name() == "head":
			r = 2
		case z.Name() == "body":
			rank = 2 // a head behind the body is none
		case z.Name() == "meta":
			if label := metaCharset(z); label != "" {
				found = append(found, metaSpan{z.Start(), z.End(), label})
			}
		}
		if r > rank {
			rank, head = r, z.End()
		}
	}
	return found, head
}
