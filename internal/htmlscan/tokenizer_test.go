package htmlscan

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// tokens writes the tokens of html in short: the text itself, <name attr=value>,
// </name>, <!--> for a comment, <!> for a declaration, "..." behind a token that
// is cut off, and [element] before raw text.
func tokens(html string) []string {
	var out []string
	z := newEncodedTokenizer(html)
	for z.Next() {
		s := ""
		switch z.Kind() {
		case Text:
			s = z.Raw()
			if z.Element() != "" {
				s = "[" + z.Element() + "]" + s
			}
		case StartTag:
			s = "<" + z.Name()
			for name, value := range z.Attrs() {
				s += " " + name + "=" + value
			}
			s += ">"
		case EndTag:
			s = "</" + z.Name() + ">"
		case Comment:
			s = "<!-->"
		case Declaration:
			s = "<!>"
		}
		if !z.Closed() {
			s += "..."
		}
		out = append(out, s)
	}
	return out
}

func TestTokenizer(t *testing.T) {
	tests := []struct {
		name, html string
		want       []string
	}{
		{"empty", "", nil},
		{"elements", "a<B>c</B >d", []string{"a", "<b>", "c", "</b>", "d"}},
		{"self-closing", "<br/><br />", []string{"<br>", "<br>"}},
		{"attributes", `<a href=x title = "a > b" ALT='"' disabled>`, []string{`<a href=x title=a > b alt=" disabled=>`}},
		{"slash in unquoted value", "<a href=http://x/y/>z", []string{"<a href=http://x/y/>", "z"}},
		{"attribute name starts with =", "<a =b=c>", []string{"<a =b=c>"}},
		{"attributes without space", `<a b="1"c="2">`, []string{"<a b=1 c=2>"}},
		{"missing value", "<a b= >c", []string{"<a b=>", "c"}},
		{"less-than as text", "1 < 2 <3 <", []string{"1 < 2 <3 <"}},
		{"less-than before tag", "<<b>", []string{"<", "<b>"}},
		{"end tag at end", "a</", []string{"a</"}},
		{"nameless end tag", "a</>b</ c>d", []string{"a", "<!>", "b", "<!>", "d"}},
		{"comment", "a<!-- <b> -- > -->c", []string{"a", "<!-->", "c"}},
		{"comment of dashes", "<!------>a<!--->b<!-->c<!-- x --!>d<!-- x --->e", []string{"<!-->", "a", "<!-->", "b", "<!-->", "c", "<!-->", "d", "<!-->", "e"}},
		{"unterminated comment", "a<!-- <b>c</b>", []string{"a", "<!-->..."}},
		{"declarations", "<!DOCTYPE html><?xml a?><![if !mso]>b<![endif]>", []string{"<!>", "<!>", "<!>", "b", "<!>"}},
		{"unterminated tag", `a<b c="d"`, []string{"a", "<b c=d>..."}},
		{"unterminated name", "a<b", []string{"a", "<b>..."}},
		{"script", "<script>if (a<b) '</b>'</Script >c", []string{"<script>", "[script]if (a<b) '</b>'", "</script>", "c"}},
		{"end tag of another name", "<style>a</styles></style>b", []string{"<style>", "[style]a</styles>", "</style>", "b"}},
		{"empty raw text", "<title></title>b", []string{"<title>", "</title>", "b"}},
		{"unclosed style", "<style>a<b>", []string{"<style>", "[style]a<b>"}},
		{"unclosed title", "<title>a<b>c", []string{"<title>", "a", "<b>", "c"}},
		{"self-closing title", "<title/><b>a</b><title>x</title>", []string{"<title>", "<b>", "a", "</b>", "<title>", "[title]x", "</title>"}},
		{"plaintext", "<plaintext>a</plaintext><b>", []string{"<plaintext>", "[plaintext]a</plaintext><b>"}},
		{"XML island", "<xml><a>b</a></xml>c", []string{"<xml>", "[xml]<a>b</a>", "</xml>", "c"}},
		{"unclosed quote", `<a href="x>b</a> c`, []string{"<a href=x>", "b", "</a>", " c"}},
		{"unclosed quote after a closed one", `<a b="1" c="2>d`, []string{"<a b=1 c=2>", "d"}},
		{"quote closed later", `<a b="1>c<d e="f>g`, []string{`<a b=1>c<d e= f=>`, "g"}},
		{"shift sequences", "\x1b$B<R<!\x1b(B<b>", []string{"\x1b$B<R<!\x1b(B", "<b>"}},
		{"shift sequence in a value", "<a b=\"\x1b$B!\"!\"\x1b(B\">c", []string{"<a b=\x1b$B!\"!\"\x1b(B>", "c"}},
		{"shift ends with the line", "\x1b$B<R\n<b>", []string{"\x1b$B<R\n", "<b>"}},
		{"shift out", "\x1b$)C\n\x0e<R\x0f<b>", []string{"\x1b$)C\n\x0e<R\x0f", "<b>"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, tokens(tt.html)); diff != "" {
				t.Errorf("tokens of %q (-want +got):\n%s", tt.html, diff)
			}
		})
	}
}

func TestTokensCoverSource(t *testing.T) {
	for _, html := range append(seeds, hostile(1000)...) {
		var b strings.Builder
		z := NewTokenizer(html)
		end := 0
		for z.Next() {
			if z.Start() != end {
				t.Fatalf("token at %d follows one that ends at %d in %.60q", z.Start(), end, html)
			}
			end = z.End()
			b.WriteString(z.Raw())
		}
		if b.String() != html {
			t.Errorf("tokens of %.60q come to %.60q", html, b.String())
		}
	}
}

func TestAttr(t *testing.T) {
	z := NewTokenizer(`<A HREF="?a=1&amp;b=2&copy=3" href=second Title=''>`)
	z.Next()
	for _, tt := range []struct {
		name, want string
		ok         bool
	}{
		{"href", "?a=1&b=2&copy=3", true},
		{"title", "", true},
		{"hre", "", false},
	} {
		if got, ok := z.Attr(tt.name); got != tt.want || ok != tt.ok {
			t.Errorf("Attr(%q) = %q, %v, want %q, %v", tt.name, got, ok, tt.want, tt.ok)
		}
	}
	z = NewTokenizer("text")
	z.Next()
	if _, ok := z.Attr("href"); ok {
		t.Error("text has an attribute")
	}
}
