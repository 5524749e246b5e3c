package mapi2mime

import "github.com/contentconv/contentconv/diag"

// convertRTF makes a body of RTF, which is the best one. Until RTF can be
// converted the next best body stands in; RTF alone is kept as a file, compressed
// as it is ([MS-OXRTFCP]), so that nothing is lost.
func (m *message) convertRTF(s sources) native {
	detail := "another body was written"
	best := nativePlain
	switch {
	case s.hasHTML:
		best = nativeHTML
	case !s.hasText:
		m.body.rtf = s.rtf
		detail = "it was kept as a file"
	}
	m.report(diag.RTFNotConverted, "", detail)
	return best
}
