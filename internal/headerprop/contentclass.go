package headerprop

import "strings"

// contentClasses are the message classes that a Content-Class stands for
// ([MS-OXCMAIL] 2.1.3.2.2, 2.2.3.2.15), the lower ones first.
var contentClasses = []struct{ content, class string }{
	{"fax-ca", "IPM.Note.Microsoft.Fax.CA"},
	{"fax", "IPM.Note.Microsoft.Fax"},
	{"missedcall", "IPM.Note.Microsoft.Missed.Voice"},
	{"voice-uc", "IPM.Note.Microsoft.Conversation.Voice"},
	{"voice-ca", "IPM.Note.Microsoft.Voicemail.UM.CA"},
	{"voice", "IPM.Note.Microsoft.Voicemail.UM"},
	{"Sharing", "IPM.Sharing"},
}

// contentPrefixes are those where the rest of the value is the rest of the class.
var contentPrefixes = []struct{ content, class string }{
	{"urn:content-class:custom.", "IPM.Note.Custom."},
	{"InfoPathForm.", "IPM.InfoPathForm."},
}

// ContentClass returns the Content-Class field of a message class, or of the
// class that it is below. It reports false for a class that none stands for.
func ContentClass(messageClass string) (string, bool) {
	for _, c := range contentClasses {
		if below(messageClass, c.class) {
			return c.content, true
		}
	}
	for _, c := range contentPrefixes {
		n := len(c.class)
		if len(messageClass) > n && strings.EqualFold(messageClass[:n], c.class) {
			return c.content + messageClass[n:], true
		}
	}
	return "", false
}

// below reports whether a message class is another or one below it.
func below(class, of string) bool {
	n := len(of)
	return len(class) >= n && strings.EqualFold(class[:n], of) && (len(class) == n || class[n] == '.')
}

// MessageClass returns the message class that a Content-Class stands for. It
// reports false when it stands for none. Some need a structure as well, which
// the caller checks.
func MessageClass(contentClass string) (string, bool) {
	for _, c := range contentClasses {
		if strings.EqualFold(contentClass, c.content) {
			return c.class, true
		}
	}
	for _, c := range contentPrefixes {
		n := len(c.content)
		if len(contentClass) > n && strings.EqualFold(contentClass[:n], c.content) {
			return c.class + contentClass[n:], true
		}
	}
	return "", false
}
