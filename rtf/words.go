package rtf

// htmlWords are the words that stand for text in encapsulated HTML ([MS-OXRTFEX]
// 2.1.3.1.4.2). Those of characters become references, as the encapsulation made
// them from such; the invisible ones have none in HTML 4.
var htmlWords = map[string]string{
	"par": "\r\n", "line": "\r\n", "tab": "\t",
	"lquote": "&lsquo;", "rquote": "&rsquo;", "ldblquote": "&ldquo;", "rdblquote": "&rdquo;",
	"bullet": "&bull;", "endash": "&ndash;", "emdash": "&mdash;",
	"zwj": "\u200D", "zwnj": "\u200C", "ltrmark": "\u200E", "rtlmark": "\u200F",
	"enspace": "\u2002", "emspace": "\u2003", "qmspace": "\u2005",
}

var htmlSymbols = map[byte]string{'~': "&nbsp;", '_': "&shy;"}

// textWords are the words that stand for text in encapsulated text.
var textWords = map[string]string{
	"par": "\r\n", "line": "\r\n", "tab": "\t",
	"lquote": "\u2018", "rquote": "\u2019", "ldblquote": "\u201C", "rdblquote": "\u201D",
	"bullet": "\u2022", "endash": "\u2013", "emdash": "\u2014",
	"zwj": "\u200D", "zwnj": "\u200C", "ltrmark": "\u200E", "rtlmark": "\u200F",
	"enspace": "\u2002", "emspace": "\u2003", "qmspace": "\u2005",
}

var textSymbols = map[byte]string{'~': "\u00A0", '_': "\u00AD"}

// skippedDestinations are the destinations without \* that hold no text of the
// body. Any with \* is skipped anyway.
var skippedDestinations = skipping(
	"colortbl", "stylesheet", "info", "pict", "object", "header", "headerl", "headerr", "headerf", "footer",
	"footerl", "footerr", "footerf", "footnote", "annotation", "pntext", "pntxta", "pntxtb", "listtext",
	"generator", "xe", "tc", "rxe", "bkmkstart", "bkmkend", "fldinst", "listtable", "listoverridetable",
	"rsidtbl", "themedata", "colorschememapping", "datastore", "latentstyles", "xmlnstbl", "mmathPr",
	"filetbl", "revtbl", "nonshppict", "shppict", "mhtmltag",
)

// htmlDestinations are the same, with the one that holds HTML.
var htmlDestinations = func() map[string]destAction {
	m := map[string]destAction{"htmltag": destKeep}
	for w, a := range skippedDestinations {
		m[w] = a
	}
	return m
}()

func skipping(words ...string) map[string]destAction {
	m := make(map[string]destAction, len(words))
	for _, w := range words {
		m[w] = destSkip
	}
	return m
}
