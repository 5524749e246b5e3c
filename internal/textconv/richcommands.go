package textconv

import (
	"strconv"
	"strings"
)

// richCommand says what a command is in HTML.
type richCommand struct {
	start, end string
	param      func(string) string // makes the start tag from the parameter
	nofill     bool
	richtext   bool // of text/richtext alone
}

func tag(name string) richCommand {
	return richCommand{start: "<" + name + ">", end: "</" + name + ">"}
}

func styled(style string) richCommand {
	return richCommand{start: `<div style="` + style + `">`, end: "</div>"}
}

func withParam(end string, f func(string) string) richCommand {
	return richCommand{end: end, param: f}
}

func elder(c richCommand) richCommand {
	c.richtext = true
	return c
}

// richCommands are the commands of RFC 1896, sections 4 to 7, of RFC 1523 where
// it has others, and of RFC 1341.
var richCommands = map[string]richCommand{
	"bold":         tag("b"),
	"italic":       tag("i"),
	"underline":    tag("u"),
	"fixed":        tag("tt"),
	"smaller":      tag("small"),
	"bigger":       tag("big"),
	"fontfamily":   withParam("</span>", fontSpan),
	"color":        withParam("</span>", colorSpan),
	"lang":         withParam("</span>", langSpan),
	"center":       styled("text-align:center"),
	"flushleft":    styled("text-align:left"),
	"flushright":   styled("text-align:right"),
	"flushboth":    styled("text-align:justify"),
	"paraindent":   withParam("</div>", indentDiv),
	"indent":       styled("margin-left:2em"),
	"indentright":  styled("margin-right:2em"),
	"nofill":       {start: "<div>", end: "</div>", nofill: true},
	"verbatim":     {start: "<div><tt>", end: "</tt></div>", nofill: true},
	"excerpt":      {start: `<blockquote type="cite">`, end: "</blockquote>"},
	"subscript":    elder(tag("sub")),
	"superscript":  elder(tag("sup")),
	"outdent":      elder(styled("margin-left:-2em")),
	"outdentright": elder(styled("margin-right:-2em")),
	"paragraph":    elder(tag("p")),
	"heading":      elder(tag("div")),
	"footing":      elder(tag("div")),
	"samepage":     elder(tag("div")),
	"signature":    elder(tag("div")),
}

// richtextMarks are the commands of text/richtext that have no end.
var richtextMarks = map[string]string{"nl": "<br>\r\n", "np": "<hr>\r\n", "lt": "&lt;"}

const span = "<span>"

// fontSpan accepts what a font's name can be, so that nothing else gets into the
// style.
func fontSpan(name string) string {
	if name == "" || len(name) > 64 || strings.ContainsFunc(name, func(c rune) bool {
		return c < 0x80 && !isCommandByte(byte(c)) && c != ' ' && c != '_'
	}) {
		return span
	}
	return `<span style="font-family:'` + name + `'">`
}

// colorSpan accepts a name, or three numbers of four hexadecimal digits for
// red, green and blue.
func colorSpan(color string) string {
	parts := strings.Split(color, ",")
	if len(parts) == 1 {
		switch color = strings.ToLower(color); color {
		case "red", "blue", "green", "yellow", "cyan", "magenta", "black", "white":
			return `<span style="color:` + color + `">`
		}
		return span
	}
	if len(parts) != 3 {
		return span
	}
	style := "#"
	for _, part := range parts {
		n, err := strconv.ParseUint(strings.TrimSpace(part), 16, 16)
		if err != nil {
			return span
		}
		style += string("0123456789abcdef"[n>>12]) + string("0123456789abcdef"[n>>8&15])
	}
	return `<span style="color:` + style + `">`
}

func langSpan(lang string) string {
	if lang == "" || len(lang) > 32 || strings.ContainsFunc(lang, func(c rune) bool {
		return c >= 0x80 || !isCommandByte(byte(c))
	}) {
		return span
	}
	return `<span lang="` + lang + `">`
}

// indentDiv reads a list of left, right, in and out.
func indentDiv(param string) string {
	var left, right, first int
	for word := range strings.SplitSeq(strings.ToLower(param), ",") {
		switch strings.TrimSpace(word) {
		case "left":
			left += 2
		case "right":
			right += 2
		case "in":
			first += 2
		case "out":
			left, first = left+2, first-2
		}
	}
	return `<div style="margin-left:` + strconv.Itoa(left) + `em;margin-right:` + strconv.Itoa(right) +
		`em;text-indent:` + strconv.Itoa(first) + `em">`
}
