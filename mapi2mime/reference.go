package mapi2mime

import (
	"fmt"
	"strings"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/mapi"
)

// planReference writes what can be written of an attachment that only says where its
// file is: a link to the web, else a note. A path is never read. It is told only
// where the message stays inside the organisation, because elsewhere it is of no use
// and may be none of the reader's business.
func (a *attachment) planReference() error {
	path := mapi.PidTagAttachLongPathname.Or(a.props, mapi.PidTagAttachPathname.Or(a.props, ""))
	name := a.fileName()
	if a.a.Method() == mapi.AttachByWebReference && isWebURL(path) {
		return a.addLink(name, path)
	}
	if url, ok := fileURL(path); ok && a.m.trusted() {
		return a.addLink(name, url)
	}
	a.report(diag.AttachmentDropped, "", "it names a place that is not read")
	a.dropped(ByReference)
	text := "An attachment of this message is only a reference to a file, which is not part of it.\r\n"
	if name != "" {
		text = fmt.Sprintf("The attachment %q of this message is only a reference to a file, which is not part of it.\r\n", name)
	}
	return a.addFile(file{content: mapi.Bytes(text), mediaType: "text/plain", params: [][]string{{"charset=utf-8"}},
		name: withExtension(name, ".txt"), source: FromProperties, beside: true})
}

// addLink writes an address as the file by which Windows keeps one.
func (a *attachment) addLink(name, url string) error {
	link := mapi.Bytes("[InternetShortcut]\r\nURL=" + url + "\r\n")
	return a.addFile(file{content: link, mediaType: octetStream, name: withExtension(name, ".url"), source: FromProperties, beside: true})
}

// fileURL returns the URL of a file on a share or a disk of Windows (RFC 8089 E.2,
// E.3).
func fileURL(path string) (string, bool) {
	slashes := strings.ReplaceAll(path, `\`, "/")
	switch {
	case clean(path) != path || !isASCII(path):
		return "", false
	case strings.HasPrefix(path, `\`):
		return "file:" + urlPath(slashes), true
	case len(path) > 2 && path[1] == ':' && path[2] == '\\':
		return "file:///" + urlPath(slashes), true
	}
	return "", false
}

// urlPath escapes what no path of a URL may hold (RFC 3986 3.3).
func urlPath(s string) string {
	var b strings.Builder
	for i := range len(s) {
		if c := s[i]; c <= ' ' || c >= 0x7F || strings.IndexByte(`"#%<>?[]^{|}`+"`", c) >= 0 {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

// isWebURL reports whether s is an address on the web, on one line and in ASCII.
func isWebURL(s string) bool {
	lower := strings.ToLower(s[:min(len(s), len("https://"))])
	if !strings.HasPrefix(lower, "http://") && lower != "https://" {
		return false
	}
	return isASCII(s) && clean(s) == s && !strings.ContainsAny(s, " \t")
}
