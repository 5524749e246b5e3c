package htmlscan

import (
	"math/bits"
	"strings"
)

func (t *toText) setQuote() { t.w.quote = min(bits.OnesCount64(t.cites.bits), maxQuote) }

// link is an open anchor that leads somewhere.
type link struct {
	url   string // "" if no anchor is open
	start int    // where its text starts in the output
}

// startLink opens an anchor, and closes the one before: anchors don't nest.
func (t *toText) startLink() {
	t.endLink()
	href, _ := t.z.Attr("href")
	href = cleanURL(href)
	if href == "" || len(href) > maxLink || href[0] == '#' {
		return
	}
	for _, scheme := range []string{"javascript:", "data:", "cid:", "mid:", "about:", "x-apple"} {
		if hasPrefixFold(href, scheme) {
			return
		}
	}
	t.link = link{href, t.w.out.Len()}
}

// endLink writes the URL of the open anchor on the line of its text.
func (t *toText) endLink() {
	url := t.link.url
	if url == "" {
		return
	}
	t.link.url = ""
	text := trimSpace(t.w.out.String()[t.link.start:])
	if sameLink(text, url) {
		return
	}
	if text == "" {
		t.w.space = true
		t.w.word("<" + url + ">")
		return
	}
	newlines, space := t.w.newlines, t.w.space
	t.w.newlines, t.w.space = 0, true
	t.w.word("<" + url + ">")
	t.w.newlines, t.w.space = newlines, space
}

// sameLink reports whether the text of a link says where it leads.
func sameLink(text, url string) bool {
	return plainLink(text) == plainLink(url)
}

// plainLink returns a URL as people write it: without scheme and final slash.
func plainLink(s string) string {
	if len(s) > maxLink {
		return s
	}
	for _, scheme := range []string{"http://", "https://", "mailto:", "tel:", "ftp://"} {
		if hasPrefixFold(s, scheme) {
			s = s[len(scheme):]
			break
		}
	}
	return strings.TrimSuffix(s, "/")
}

// image writes what stands for an image.
func (t *toText) image() {
	if alt, ok := t.z.Attr("alt"); ok {
		t.w.collapsed(alt)
		return
	}
	src, _ := t.z.Attr("src")
	src = cleanURL(src)
	web := hasPrefixFold(src, "http://") || hasPrefixFold(src, "https://")
	if !web || len(src) > maxLink || t.number("width", 2) < 2 || t.number("height", 2) < 2 {
		return
	}
	t.w.space = true
	t.w.word("<" + src + ">")
}
