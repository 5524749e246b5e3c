package filename

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed types.tsv
var typesTSV string

type typeTable struct {
	extension map[string]string // by media type, without the dot
	mediaType map[string]string // by extension
}

var types = sync.OnceValue(func() typeTable { return parseTypes(typesTSV) })

// parseTypes reads lines of a media type, a tab, and extensions separated by
// blanks.
func parseTypes(tsv string) typeTable {
	t := typeTable{make(map[string]string), make(map[string]string)}
	for line := range strings.Lines(tsv) {
		mediaType, list, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || line[0] == '#' {
			continue
		}
		extensions := strings.Fields(list)
		t.extension[mediaType] = extensions[0]
		for _, ext := range extensions {
			if _, taken := t.mediaType[ext]; !taken {
				t.mediaType[ext] = mediaType
			}
		}
	}
	return t
}

// ForType returns the extension, with its dot, of files of a media type; "" if
// there is none. Parameters and case do not count. Where the type itself is
// unknown, its structured syntax suffix decides (RFC 6838, section 4.2.8), or that
// it is text.
func ForType(mediaType string) string {
	mediaType, _, _ = strings.Cut(mediaType, ";")
	mediaType = strings.ToLower(strings.TrimSpace(mediaType))
	if ext, ok := types().extension[mediaType]; ok {
		return "." + ext
	}
	for _, suffix := range []string{"xml", "json", "zip"} {
		if strings.HasSuffix(mediaType, "+"+suffix) {
			return "." + suffix
		}
	}
	if strings.HasPrefix(mediaType, "text/") {
		return ".txt"
	}
	return ""
}

// TypeFor returns the media type of files with that extension, which may have
// its dot and be in any case; "" if it is unknown.
func TypeFor(ext string) string {
	return types().mediaType[strings.ToLower(strings.TrimPrefix(ext, "."))]
}
