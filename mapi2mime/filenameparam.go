package mapi2mime

import "github.com/contentconv/contentconv/internal/mimeparam"

// FileNames says how names of files beyond ASCII are written.
type FileNames uint8

const (
	// BothNames writes them twice: by RFC 2231 in the filename of
	// Content-Disposition, for those who follow the standards, and in encoded
	// words (RFC 2047) in the name of Content-Type, for those who read nothing
	// else.
	BothNames FileNames = iota
	// RFC2231Names writes both by RFC 2231.
	RFC2231Names
	// RFC2047Names writes both in encoded words, which RFC 2047 forbids and old
	// versions of Outlook want.
	RFC2047Names
)

func (n FileNames) String() string {
	return [...]string{"BothNames", "RFC2231Names", "RFC2047Names", ""}[n&3]
}

// nameParam returns the name parameter of Content-Type.
func (s *scope) nameParam(name string) []string {
	if s.o.FileNames == RFC2231Names {
		return mimeparam.FormatParam("name", name)
	}
	return []string{mimeparam.FormatParamWord("name", name, s.charsetOf(name))}
}

// fileNameParam returns the filename parameter of Content-Disposition.
func (s *scope) fileNameParam(name string) []string {
	if s.o.FileNames == RFC2047Names {
		return []string{mimeparam.FormatParamWord("filename", name, s.charsetOf(name))}
	}
	return mimeparam.FormatParam("filename", name)
}
