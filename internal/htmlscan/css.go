package htmlscan

import "strings"

// cssURLs calls add with the URL of each url(...) in a style sheet or style
// attribute.
func cssURLs(css string, add func(url string, how use)) {
	for {
		i := strings.IndexByte(css, '(')
		if i < 0 {
			return
		}
		name := css[:i]
		css = css[i+1:]
		if len(name) < 3 || !hasPrefixFold(name[len(name)-3:], "url") {
			continue
		}
		css = strings.TrimLeft(css, spaces)
		end := ")"
		if css != "" && (css[0] == '"' || css[0] == '\'') && strings.IndexByte(css[1:], css[0]) >= 0 {
			end, css = css[:1], css[1:]
		}
		url, rest, _ := strings.Cut(css, end)
		add(strings.Trim(url, spaces+`"'`), used)
		css = rest
	}
}
