package tnef

import (
	"bytes"
	"strings"

	"github.com/contentconv/contentconv/mapi"
)

// A Correlation says whether a stream belongs to the Internet message that carries
// it.
type Correlation uint8

const (
	// Uncorrelated is a stream that does not say which message it belongs to. It
	// is taken for the one that carries it.
	Uncorrelated Correlation = iota
	// Matched is a stream that belongs to the message.
	Matched
	// Mismatched is a stream of another message. A client that knows no TNEF has
	// forwarded it as an attachment, and that is what it should stay.
	Mismatched
)

// CorrelationKey returns the text by which a message that was read from a stream
// names the Internet message that it belongs to, or "". It is a Message-ID with its
// angle brackets, or any token ([MS-OXCMAIL] 2.1.3.2.26).
func CorrelationKey(m *mapi.Message) string {
	b, _ := mapi.PidTagTnefCorrelationKey.Get(&m.Properties)
	b, _, _ = bytes.Cut(b, []byte{0})
	return strings.TrimSpace(string(b))
}

// Correlate compares the key of a message that was read from a stream with the
// header fields Message-ID and X-MS-TNEF-Correlator of the Internet message that
// carried it, either of which may be "".
//
// QUIRK: [MS-OXCMAIL] 2.1.3.2.26 has the second field for this. Gateways remove it,
// and then the first one tells as much.
func Correlate(m *mapi.Message, messageID, correlator string) Correlation {
	key := CorrelationKey(m)
	if key == "" {
		return Uncorrelated
	}
	for _, field := range []string{correlator, messageID} {
		if bare(field) == bare(key) {
			return Matched
		}
	}
	if bare(messageID) == "" && bare(correlator) == "" {
		return Uncorrelated // nothing to compare with
	}
	return Mismatched
}

// bare returns a message id without what surrounds it.
func bare(id string) string { return strings.Trim(id, "<> \t\r\n") }
