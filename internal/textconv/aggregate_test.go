package textconv

import (
	"strings"
	"testing"

	"github.com/contentconv/contentconv/internal/htmlscan"
)

func TestAggregate(t *testing.T) {
	var a Aggregate
	a.AddText("a < b\r\nc")
	a.AddImage("x y%z@example.com", `photo "1".png`)
	a.AddHTML(`<html><head><meta charset=big5><style>p{}</style></head><body><p>d<!-- <b>e`)
	a.AddText("f")
	a.AddHTML("")
	doc := a.HTML()
	want := `<div>a &lt; b<br>` + "\r\n" + `c</div>` + "\r\n" +
		`<div><img src="cid:x%20y%25z@example.com" alt="photo &quot;1&quot;.png"></div>` + "\r\n" +
		"<div><p>d</div>\r\n<div>f</div>\r\n<div></div>\r\n"

	t.Run("IN-BODY-029 pieces in order, plain text as HTML", func(t *testing.T) {
		if got := body(t, string(doc)); got != want {
			t.Errorf("body is\n%q, want\n%q", got, want)
		}
	})
	t.Run("IN-BODY-012 the document is UTF-8 and says so once", func(t *testing.T) {
		if label, ok := htmlscan.CharsetOf(doc); !ok || label != "utf-8" {
			t.Errorf("charset is %q", label)
		}
		if n := strings.Count(string(doc), "charset"); n != 1 {
			t.Errorf("charset is declared %d times", n)
		}
	})
	t.Run("IN-BODY-012 style sheets stay, in the head", func(t *testing.T) {
		head, _, _ := strings.Cut(string(doc), "</head>")
		if !strings.Contains(head, "<style>p{}</style>") {
			t.Errorf("no style sheet in %q", head)
		}
	})
	t.Run("IN-BODY-013, IN-BODY-030 an image is found by its Content-ID", func(t *testing.T) {
		if !htmlscan.References(doc).HasImageCID("<x y%z@example.com>") {
			t.Error("no img element refers to the id")
		}
	})
	t.Run("IN-BODY-021 no NUL", func(t *testing.T) {
		var a Aggregate
		a.AddHTML("a\x00b")
		a.AddText("c\x00d")
		if got := body(t, string(a.HTML())); got != "<div>ab</div>\r\n<div>cd</div>\r\n" {
			t.Errorf("body is %q", got)
		}
	})
	t.Run("number of pieces", func(t *testing.T) {
		if a.Len() != 5 || new(Aggregate).Len() != 0 {
			t.Errorf("Len is %d", a.Len())
		}
	})
	t.Run("pieces that would swallow others", func(t *testing.T) {
		for _, piece := range []string{"<!--", "<script>", "<style>", "<title>", "<textarea>", "<a href=\"x>", "<b", "<", "<table><tr><td>", "</div></div></body>", "<plaintext>", "<xmp>", "\x00<!-\x00-"} {
			var a Aggregate
			a.AddHTML(piece)
			a.AddImage("id@x", "")
			if !htmlscan.References(a.HTML()).HasImageCID("id@x") {
				t.Errorf("%q swallows the image behind it: %q", piece, a.HTML())
			}
		}
	})
}

func TestEscapeCID(t *testing.T) {
	for _, id := range []string{"a@b", "a b", "50%", `"<>`, "é@x", "a?b#c", "a%40b", "[x]{y}|z"} {
		var a Aggregate
		a.AddImage(id, "")
		if !htmlscan.References(a.HTML()).HasImageCID(id) {
			t.Errorf("the image of %q is not found by it in %q", id, a.HTML())
		}
	}
}
