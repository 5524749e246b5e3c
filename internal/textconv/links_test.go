package textconv

import (
	"strings"
	"testing"
)

func TestToHTML_Links(t *testing.T) {
	link := func(url string) string { return `<a href="` + url + `">` + url + `</a>` }
	for _, c := range []struct{ name, text, want string }{
		{"alone", "http://example.com", link("http://example.com")},
		{"in a sentence", "See https://example.com/a?b=c#d, or not.", "See " + link("https://example.com/a?b=c#d") + ", or not."},
		{"at the end of one", "See http://example.com/a.", "See " + link("http://example.com/a") + "."},
		{"in brackets", "(see http://example.com/a)", "(see " + link("http://example.com/a") + ")"},
		{"with brackets", "http://example.com/a_(b)", link("http://example.com/a_(b)")},
		{"in angle brackets", "a <http://example.com/b>", "a &lt;" + link("http://example.com/b") + "&gt;"},
		{"with what needs escapes", "http://example.com/?a=1&b=2", link("http://example.com/?a=1&amp;b=2")},
		{"two", "http://a.example http://b.example", link("http://a.example") + " " + link("http://b.example")},
		{"none", "http, https: and http:// alone, httpx://y, ftp://z", "http, https: and http:// alone, httpx://y, ftp://z"},
		{"quotation marks end it", `"http://example.com"onclick="x"`, `&quot;` + link("http://example.com") + `&quot;onclick=&quot;x&quot;`},
		{"beyond ASCII", "http://bücher.example/ä", link("http://bücher.example/ä")},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc := ToHTML(c.text)
			_, got, _ := strings.Cut(doc, "<body>\r\n")
			got = strings.TrimSuffix(got, "</body></html>\r\n")
			if got != c.want {
				t.Errorf("got %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestLinksAreLinear(t *testing.T) {
	for _, s := range []string{"http://", "http", "http://a ", "http://a)", "https://" + strings.Repeat(")", 50)} {
		text := strings.Repeat(s, 1<<20/len(s))
		if out := ToHTML(text); len(out) > 16*len(text) {
			t.Errorf("%d bytes of %d", len(out), len(text))
		}
	}
}
