package htmltext

import (
	"strings"

	"github.com/contentconv/contentconv/internal/htmlscan"
)

// maxLink is the length in bytes beyond which a link's URL is left out of text.
const maxLink = 2048

// A link is an open anchor that leads somewhere.
type link struct {
	url   string // "" if no anchor is open
	start int    // where its text starts in the output
}

// silent are the schemes of links that lead nowhere a reader of text could go.
var silent = []string{"javascript:", "data:", "cid:", "mid:", "about:", "x-apple"}

// startLink opens an anchor, and closes the one before: anchors don't nest.
func (c *converter) startLink() {
	c.endLink()
	href, _ := c.z.Attr("href")
	href = htmlscan.CleanURL(href)
	if href == "" || len(href) > maxLink || href[0] == '#' {
		return
	}
	for _, scheme := range silent {
		if hasPrefixFold(href, scheme) {
			return
		}
	}
	c.link = link{href, c.w.out.Len()}
}

// endLink writes the URL of the open anchor on the line of its text.
func (c *converter) endLink() {
	url := c.link.url
	if url == "" {
		return
	}
	c.link.url = ""
	text := c.w.out.String()[c.link.start:]
	if plainLink(strings.Trim(text, spaces)) == plainLink(url) {
		return
	}
	w := &c.w
	if text == "" {
		w.space()
		w.word("<" + url + ">")
		return
	}
	// What is due before the next text is due behind the URL.
	due := *w
	w.newlines = 0
	w.dropBlanks()
	w.space()
	w.word("<" + url + ">")
	w.newlines, w.blanks, w.soft, w.tabs, w.cellStart = due.newlines, due.blanks, due.soft, due.tabs, due.cellStart
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
func (c *converter) image() {
	if alt, ok := c.z.Attr("alt"); ok {
		c.w.collapsed(alt)
		return
	}
	src, _ := c.z.Attr("src")
	src = htmlscan.CleanURL(src)
	if c.link.url != "" {
		return // where the link leads says more
	}
	web := hasPrefixFold(src, "http://") || hasPrefixFold(src, "https://")
	if !web || len(src) > maxLink || c.number("width", 2) < 2 || c.number("height", 2) < 2 {
		return
	}
	c.w.space()
	c.w.word("<" + src + ">")
}
