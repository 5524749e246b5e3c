package htmlscan

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFragment(t *testing.T) {
	tests := []struct{ name, html, styles, content string }{
		{"text", "a &amp; b", "", "a &amp; b"},
		{"document", "<!DOCTYPE html><html><head><meta charset=big5><title>t</title><style>p{}</style></head><body>a<p>b</p></body></html>c", "<style>p{}</style>\r\n", "a<p>b</p>c"},
		{"body's style", `<body style="color:'red'">a</body>`, "", `<div style="color:&#39;red&#39;">a</div>`},
		{"left open", "<div><b>a<table><tr><td>b", "", "<div><b>a<table><tr><td>b</table></b></div>"},
		{"end tags alone", "a</div></table>b</p>", "", "ab</p>"},
		{"comments", "a<!-- x --><!--[if mso]>b<![endif]--><![if !mso]>c<![endif]>", "", "a<!--[if mso]>b<![endif]--><![if !mso]>c<![endif]>"},
		{"unterminated comment", "a<!--[if mso]>b", "", "a"},
		{"unterminated tag", `a<b title="x"`, "", "a"},
		{"unterminated script", "a<script>b", "", "a<script>b</script>"},
		{"unterminated style", "a<style>b", "<style>b</style>\r\n", "a"},
		{"unterminated title", "<title>a<b>c</b>", "", "a<b>c</b>"},
		{"unterminated textarea", "<textarea>a", "", "a"},
		{"textarea", "<textarea>a<b></textarea>c", "", "<textarea>a<b></textarea>c"},
		{"self-closing script", "<script src=x />a", "", "a"},
		{"plaintext", "a<plaintext>b<c>", "", "ab&lt;c&gt;"},
		{"unclosed quote", `<a href="x y=z>b</a>`, "", `<a href="x" y="z">b</a>`},
		{"XML island", "<xml><o:x>y</o:x></xml>a", "", "a"},
		{"less-than at the end", "<div>a<", "", "<div>a<</div>"},
	}
	for _, tt := range tests {
		t.Run("IN-BODY-012 "+tt.name, func(t *testing.T) {
			styles, content := Fragment(tt.html)
			if diff := cmp.Diff([]string{tt.styles, tt.content}, []string{styles, content}); diff != "" {
				t.Errorf("Fragment(%q) (-want +got):\n%s", tt.html, diff)
			}
		})
	}
}

// TestFragmentIsClosed puts a marker behind the fragment of each document: it
// must be an image wherever the fragment stops.
func TestFragmentIsClosed(t *testing.T) {
	for _, html := range append(seeds, hostile(50)...) {
		_, content := Fragment(html)
		doc := "<div>" + content + "</div>" + `<img src="cid:marker" alt="">`
		refs := &Refs{cids: make(map[string]use), locations: make(map[string]use)}
		refs.scan(NewTokenizer(doc), true)
		if !refs.HasImageCID("marker") {
			t.Errorf("the fragment of %.80q swallows what follows: %.200q", html, content)
		}
		if strings.Count(content, "<div") < strings.Count(content, "</div") {
			t.Errorf("the fragment of %.80q closes what encloses it", html)
		}
	}
}
