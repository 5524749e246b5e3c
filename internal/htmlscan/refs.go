package htmlscan

import "strings"

// maxReferences is how many different references a document may have before
// further ones are ignored.
const maxReferences = 1 << 16

// Refs is what an HTML document refers to. It may be nil, and refers to nothing
// then. It can be used by any number of goroutines.
type Refs struct {
	base      string // <base href>, or ""
	cids      map[string]use
	locations map[string]use
}

// use says how a reference occurs.
type use uint8

const (
	used  use = 1 << iota // anywhere
	image                 // as the source of an img element
)

// References returns what html refers to: the URLs of attributes such as src,
// href, background and data, and those of url(...) in style sheets and style
// attributes. Conditional comments, which are how Office addresses its own
// renderer, count too.
//
// The first 65,536 different references are kept; data: URLs and those within
// the document are not.
func References(html []byte) *Refs {
	r := &Refs{cids: make(map[string]use), locations: make(map[string]use)}
	r.scan(newEncodedTokenizer(string(html)), true)
	r.resolveAll()
	return r
}

// scan collects the references of a document, and those of its conditional
// comments if it is not within one itself.
func (r *Refs) scan(z *Tokenizer, outer bool) {
	for z.Next() {
		switch z.Kind() {
		case StartTag:
			r.tag(z, outer)
		case Text:
			if z.Element() == "style" {
				cssURLs(z.Raw(), r.add)
			}
		case Comment:
			if outer {
				if inner, ok := conditional(z.Raw()); ok {
					r.scan(newEncodedTokenizer(inner), false)
				}
			}
		}
	}
}

// conditional returns the inside of a conditional comment, as in
// "<!--[if mso]> ... <![endif]-->".
func conditional(comment string) (inner string, ok bool) {
	if !hasPrefixFold(comment, "<!--[if") {
		return "", false
	}
	_, inner, ok = strings.Cut(comment, "]>")
	return strings.TrimSuffix(inner, "-->"), ok
}

func (r *Refs) tag(z *Tokenizer, outer bool) {
	how := used
	if outer && (z.Name() == "img" || z.Name() == "image") {
		how |= image
	}
	for name, value := range z.Attrs() {
		switch name {
		case "src", "lowsrc", "dynsrc":
			r.add(UnescapeAttr(value), how)
		case "srcset":
			srcset(UnescapeAttr(value), func(url string) { r.add(url, how) })
		case "href":
			if z.Name() == "base" {
				r.setBase(UnescapeAttr(value))
			} else {
				r.add(UnescapeAttr(value), used)
			}
		case "background", "data", "poster", "longdesc", "classid", "action", "cite", "xlink:href", "o:href":
			r.add(UnescapeAttr(value), used)
		case "style":
			if strings.IndexByte(value, '(') >= 0 || strings.IndexByte(value, '&') >= 0 {
				cssURLs(UnescapeAttr(value), r.add)
			}
		}
	}
}

// setBase notes the first <base href>.
func (r *Refs) setBase(url string) {
	if r.base == "" {
		r.base = CleanURL(url)
	}
}

// srcset calls f with each URL of a srcset attribute.
func srcset(s string, f func(string)) {
	for candidate := range strings.SplitSeq(s, ",") {
		url := trimSpace(candidate)
		if i := strings.IndexAny(url, spaces); i >= 0 {
			url = url[:i]
		}
		f(url)
	}
}

// add records a reference.
func (r *Refs) add(url string, how use) {
	url = CleanURL(url)
	switch {
	case url == "" || url[0] == '#' || hasPrefixFold(url, "data:") || hasPrefixFold(url, "javascript:"):
		return
	case hasPrefixFold(url, "cid:"):
		id := url[len("cid:"):]
		keep(r.cids, cidKey(id), how)
		if decoded := percentDecode(id); decoded != id {
			keep(r.cids, cidKey(decoded), how)
		}
	default:
		keep(r.locations, url, how)
		if decoded := percentDecode(url); decoded != url {
			keep(r.locations, decoded, how)
		}
	}
}

func keep(m map[string]use, key string, how use) {
	if old, ok := m[key]; key != "" && (ok || len(m) < maxReferences) {
		m[key] = old | how
	}
}

// CleanURL removes what URLs cannot hold and line wrapping puts into them: white
// space around and line ends within (WHATWG URL, 4.4), and NUL.
func CleanURL(s string) string {
	s = strings.Trim(s, spaces+"\x00")
	if strings.ContainsAny(s, "\t\r\n") {
		s = strings.NewReplacer("\t", "", "\r", "", "\n", "").Replace(s)
	}
	return s
}

// HasCID reports whether the document refers to the Content-ID id, given with or
// without its angle brackets, by a cid: URL.
//
// The URL's escapes are decoded (RFC 2392), and the comparison is exact, with
// these tolerances: the domain behind the last "@" compares without regard to
// case; brackets, blanks and NUL around either side do not count; and an id that
// itself holds escapes matches the URL that repeats them as they are.
func (r *Refs) HasCID(id string) bool { return r.cid(id)&used != 0 }

// HasImageCID is [Refs.HasCID] for references that are the source of an img
// element, which make an attachment an inline image ([MS-OXCMAIL] 2.2.3.4.1.4.1).
func (r *Refs) HasImageCID(id string) bool { return r.cid(id)&image != 0 }

func (r *Refs) cid(id string) use {
	if r == nil {
		return 0
	}
	return r.cids[cidKey(id)]
}

// cidKey returns the form of a Content-ID that is compared. The empty id, which
// must never match, has an empty key.
func cidKey(id string) string {
	id = strings.Trim(id, spaces+"\x00<>")
	at := strings.LastIndexByte(id, '@')
	if at < 0 {
		return id
	}
	return id[:at] + lowerName(id[at:])
}

// percentDecode decodes the %XX escapes of s and keeps what is none.
func percentDecode(s string) string {
	if strings.IndexByte(s, '%') < 0 {
		return s
	}
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) && digit(s[i+1]) < 16 && digit(s[i+2]) < 16 {
			out = append(out, byte(digit(s[i+1])<<4|digit(s[i+2])))
			i += 2
			continue
		}
		out = append(out, s[i])
	}
	return string(out)
}
