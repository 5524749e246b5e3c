package htmlscan

import (
	"net/url"
	"strings"
)

// maxURL is the length in bytes beyond which a URL is compared as text alone.
const maxURL = 4096

// resolveAll adds to the references what they are relative to <base href>.
func (r *Refs) resolveAll() {
	if r.base == "" {
		return
	}
	base, err := parseURL(r.base)
	if err != nil {
		return
	}
	relative := make(map[string]use)
	for loc, how := range r.locations {
		if abs, ok := resolve(base, loc); ok && abs != loc {
			relative[abs] = how
		}
	}
	for abs, how := range relative {
		keep(r.locations, abs, how)
	}
}

// HasLocation reports whether the document refers to a part with the
// Content-Location loc: by the same text, or by one that comes to the same when
// resolved against base, the Content-Base (RFC 2557, section 5), or against the
// document's own <base href>. Base may be empty.
func (r *Refs) HasLocation(loc, base string) bool { return r.location(loc, base)&used != 0 }

// HasImageLocation is [Refs.HasLocation] for references that are the source of an
// img element.
func (r *Refs) HasImageLocation(loc, base string) bool { return r.location(loc, base)&image != 0 }

func (r *Refs) location(loc, base string) use {
	loc = CleanURL(loc)
	if r == nil || loc == "" {
		return 0
	}
	// QUIRK: some writers repeat the cid: URL in Content-Location.
	if hasPrefixFold(loc, "cid:") {
		return r.cid(percentDecode(loc[len("cid:"):]))
	}
	how := r.locations[loc] | r.locations[percentDecode(loc)]
	if r.base != "" {
		how |= r.relativeTo(loc, r.base)
	}
	if base = CleanURL(base); base != "" {
		how |= r.relativeTo(loc, base)
	}
	return how
}

// relativeTo looks for references to loc where either side is relative to base.
func (r *Refs) relativeTo(loc, base string) use {
	b, err := parseURL(base)
	if err != nil {
		return 0
	}
	abs, ok := resolve(b, loc)
	if !ok {
		return 0
	}
	how := r.locations[abs]
	// A reference that stands relative to base, while loc does not.
	dir := base[:strings.LastIndexByte(base, '/')+1]
	if rest, ok := strings.CutPrefix(abs, dir); ok && dir != "" {
		how |= r.locations[rest] | r.locations["./"+rest]
	}
	return how
}

func parseURL(s string) (*url.URL, error) {
	if len(s) > maxURL {
		return nil, url.EscapeError("too long")
	}
	return url.Parse(s)
}

func resolve(base *url.URL, ref string) (abs string, ok bool) {
	u, err := parseURL(ref)
	if err != nil {
		return "", false
	}
	return base.ResolveReference(u).String(), true
}
