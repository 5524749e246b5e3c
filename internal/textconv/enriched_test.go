package textconv

import (
	"html"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/contentconv/contentconv/internal/htmlscan"
	"github.com/contentconv/contentconv/internal/htmltext"
)

func TestIN_BODY_003_EnrichedToHTML(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"empty", "", ""},
		{"styles", "<bold>a</bold><italic>b</italic><underline>c</underline><fixed>d</fixed>", "<b>a</b><i>b</i><u>c</u><tt>d</tt>"},
		{"sizes", "<smaller>a</smaller><Bigger>b</BIGGER>", "<small>a</small><big>b</big>"},
		{"justification", "<center>a</center><flushleft>b</flushleft><flushright>c</flushright><flushboth>d</flushboth>",
			`<div style="text-align:center">a</div><div style="text-align:left">b</div><div style="text-align:right">c</div><div style="text-align:justify">d</div>`},
		{"excerpt", "<excerpt>a</excerpt>", `<blockquote type="cite">a</blockquote>`},
		{"indent", "<indent>a</indent>", `<div style="margin-left:2em">a</div>`},
		{"paragraph indent", "<paraindent><param>left,Left,in</param>a</paraindent>", `<div style="margin-left:4em;margin-right:0em;text-indent:2em">a</div>`},
		{"paragraph indent, right and out", "<paraindent><param>right,out</param>a</paraindent>", `<div style="margin-left:2em;margin-right:2em;text-indent:-2em">a</div>`},
		{"less-than doubled", "a << b <<bold>>", "a &lt; b &lt;bold&gt;&gt;"},
		{"less-than alone", "a < b <b c> <>", "a &lt; b &lt;b c&gt; &lt;&gt;"},
		{"escaped", `a & "b" > c`, "a &amp; &quot;b&quot; &gt; c"},
		{"one line end", "a\r\nb\nc", "a\r\nb\r\nc"},
		{"two line ends", "a\r\n\r\nb", "a<br>\r\nb"},
		{"three line ends", "a\n\n\nb", "a<br>\r\n<br>\r\nb"},
		{"nofill", "<nofill>a\r\n b  c\r\n\r\nd</nofill>e\r\nf", "<div>a<br>\r\n&nbsp;b&nbsp; c<br>\r\n<br>\r\nd</div>e\r\nf"},
		{"color by name", "<color><param>Red</param>a</color>", `<span style="color:red">a</span>`},
		{"color by number", "<color><param>FFFF,8000, 00ff</param>a</color>", `<span style="color:#ff8000">a</span>`},
		{"color that would break out", `<color><param>red" onclick="x</param>a</color>`, "<span>a</span>"},
		{"color of two numbers", "<color><param>ffff,0</param>a</color>", "<span>a</span>"},
		{"color out of range", "<color><param>fffff,0,0</param>a</color>", "<span>a</span>"},
		{"font", "<fontfamily><param>Times New Roman</param>a</fontfamily>", `<span style="font-family:'Times New Roman'">a</span>`},
		{"font that would break out", "<fontfamily><param>x';y</param>a</fontfamily>", "<span>a</span>"},
		{"language", "<lang><param>en-GB</param>a</lang>", `<span lang="en-GB">a</span>`},
		{"language that would break out", `<lang><param>en" x</param>a</lang>`, "<span>a</span>"},
		{"parameter in another case and lines", "<color><PARAM>\r\nred </Param>a</color>", `<span style="color:red">a</span>`},
		{"parameter of an unknown command", "<x-y><param>secret</param>a</x-y>", "a"},
		{"parameter alone", "a<param>b</param>c", "ac"},
		{"parameter not closed", "<color><param>red a</color>", "<span>red a</span>"},
		{"parameter behind another end", "<lang><param>a</x></param>b</lang>", "<span>b</span>"},
		{"parameter too long", "<param>" + strings.Repeat("a", maxParam) + "</param>", strings.Repeat("a", maxParam)},
		{"unknown command", "<x-foo>a</x-foo>", "a"},
		{"richtext's own", "<nl><lt><subscript>a</subscript>", "a"},
		{"left open", "<bold><center>a", `<b><div style="text-align:center">a</div></b>`},
		{"never opened", "a</bold></center>b", "ab"},
		{"badly nested", "<bold>a<italic>b</bold>c</italic>d", "<b>a<i>b</i></b>cd"},
		{"same command twice", "<bold><bold>a</bold>b</bold>c", "<b><b>a</b>b</b>c"},
		{"nofill left by an outer end", "<bold><nofill>a\nb</bold>c\nd", "<b><div>a<br>\r\nb</div></b>c\r\nd"},
		{"longest name", "<" + strings.Repeat("a", 60) + ">b", "b"},
		{"name too long", "<" + strings.Repeat("a", 61) + ">", "&lt;" + strings.Repeat("a", 61) + "&gt;"},
		{"name cut off", "a<bold", "a&lt;bold"},
		{"NUL", "<bo\x00ld>a", "<b>a</b>"},
	}
	for _, tt := range tests {
		t.Run("IN-BODY-003 "+tt.name, func(t *testing.T) {
			if got := body(t, EnrichedToHTML(tt.in)); got != tt.want {
				t.Errorf("body of EnrichedToHTML(%.100q) =\n%.300q, want\n%.300q", tt.in, got, tt.want)
			}
		})
	}
}

func TestRichtextToHTML(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"line ends", "a\r\n\r\nb<nl>c", "a\r\nb<br>\r\nc"},
		{"less-than", "a<lt>b<<c", "a&lt;b&lt;&lt;c"},
		{"styles", "<bold>a</bold><superscript>b</superscript>", "<b>a</b><sup>b</sup>"},
		{"comment", "a<comment>b<bold></comment>c", "ac"},
		{"comment not closed", "a<comment>b", "ab"},
		{"page", "a<np>b", "a<hr>\r\nb"},
		{"charset", "<iso-8859-1>a</iso-8859-1>", "a"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := body(t, RichtextToHTML(tt.in)); got != tt.want {
				t.Errorf("body of RichtextToHTML(%q) = %q, want %q", tt.in, got, tt.want)
			}
		})
	}
}

// hostileRich are inputs that make careless converters slow or greedy.
func hostileRich(n int) []string {
	r := strings.Repeat
	return []string{
		r("<bold>", n), r("</bold>", n), r("<bold><italic></bold>", n), r("<param>", n), r("<color><param>", n), r("<color><param>red</param>", n),
		r("<", n), r("<<", n), "<" + r("a", n), r("</param", n), r("<param></", n), r("\n", n), "<nofill>" + r("\n ", n), r("<nofill>", n) + "\n",
		r("<comment>", n), r("<comment></comment", n), r("<param>x</param>", n), r("\x00", n), r("&", n), "<param>" + r("a", n) + "</param>",
		r("<excerpt>", n) + "a" + r("</excerpt>", n), r("<paraindent><param>"+r("left,", 9)+"</param>", n), r("  ", n),
	}
}

func checkRich(t *testing.T, s string) {
	t.Helper()
	for name, f := range map[string]func(string) string{"text/enriched": EnrichedToHTML, "text/richtext": RichtextToHTML, "text/plain": ToHTML} {
		doc := f(s)
		if utf8.ValidString(s) && !utf8.ValidString(doc) {
			t.Errorf("%s: valid UTF-8 %.60q became invalid", name, s)
		}
		if len(doc) > 32*len(s)+512 {
			t.Errorf("%s: %d bytes (%.60q) became %d", name, len(s), s, len(doc))
		}
		balanced(t, doc)
	}
}

// balanced fails unless all elements of doc are closed in order.
func balanced(t *testing.T, doc string) {
	t.Helper()
	var stack []string
	z := htmlscan.NewTokenizer(doc)
	for z.Next() {
		switch name := z.Name(); {
		case name == "br" || name == "hr" || name == "meta" || name == "img":
		case z.Kind() == htmlscan.StartTag:
			stack = append(stack, name)
		case z.Kind() == htmlscan.EndTag:
			if len(stack) == 0 || stack[len(stack)-1] != name {
				t.Fatalf("</%s> closes what is not open in %.300q", name, doc)
			}
			stack = stack[:len(stack)-1]
		case z.Kind() == htmlscan.Comment:
			t.Fatalf("a comment in %.300q", doc)
		}
	}
	if len(stack) > 0 {
		t.Fatalf("%q left open in %.300q", stack, doc)
	}
}

func TestHostileRich(t *testing.T) {
	for _, s := range hostileRich(20000) {
		checkRich(t, s)
	}
}

func TestRichDepth(t *testing.T) {
	doc := EnrichedToHTML(strings.Repeat("<bold>", 100) + "a" + strings.Repeat("</bold>", 100))
	if n := strings.Count(doc, "<b>"); n != maxRichDepth {
		t.Errorf("%d elements are open at once, want %d", n, maxRichDepth)
	}
}

// TestLinear has input so long that a search that starts anew at each place,
// fast as it is, runs into the time limit of go test.
func TestLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("long input")
	}
	EnrichedToHTML(strings.Repeat("<param>", 4<<20))
	RichtextToHTML(strings.Repeat("<comment>", 4<<20))
	EnrichedToHTML(strings.Repeat("<param>", 1<<20) + strings.Repeat("a", maxParam) + "</param>")
}

// TestToHTMLReadsBack goes from text to HTML and back.
func TestToHTMLReadsBack(t *testing.T) {
	const text = "Dear <all>,\r\n\r\n> a & b &amp; c\r\n\"d\" é€\r\n-- \r\nx"
	got := strings.ReplaceAll(htmltext.Convert(ToHTML(text)), "--\r\n", "-- \r\n")
	if got != text {
		t.Errorf("got %q, want %q", got, text)
	}
	if label, _ := htmlscan.CharsetOf([]byte(ToHTML(""))); label != "utf-8" {
		t.Errorf("the document declares charset %q", label)
	}
}

func FuzzEnriched(f *testing.F) {
	for _, s := range append(hostileRich(2), "<bold>a<<b</bold>\n\n<color><param>1,2,3</param>c", "<lt>a<nl>", html.EscapeString("é<&>")) {
		f.Add(s)
	}
	f.Fuzz(checkRich)
}
