package headerprop

import (
	"strings"
	"sync"
)

// unpromoted are the fields that become no property in PS_INTERNET_HEADERS:
// those of [MS-OXCMAIL] 2.2.3.2.29, and those that a rule outside the table
// maps, because a field that is mapped has no second property.
var unpromoted = []string{
	"Received", "Resent-From", "Resent-Sender", "Resent-Date", "Resent-Message-Id",
	"Content-Type", "Content-Disposition", "Content-Description",
	"Content-Transfer-Encoding", "Content-ID", "Content-MD5", "MIME-Version",
	"Return-Path", "Comments", "AdHoc", "Apparently-To", "Approved", "Control",
	"Distribution", "Encoding", "FollowUp-To", "Lines", "Bytes", "Article",
	"Supercedes", "NewsGroups", "NntpPostingHost", "Organization", "Path", "RR",
	"Summary", "Trace", "Encrypted", "X-MimeOle", "X-MS-TNEF-Correlator",

	"From", "Sender", "To", "Cc", "Bcc", "Reply-To",
	"Disposition-Notification-To", "Return-Receipt-To", "Subject",
	"Importance", "Priority", "X-Priority", "X-MSMail-Priority",
	"Content-Class", "X-Message-Flag", "X-MS-Has-Attach",
	"Content-Base", "Content-Location",
	"X-Payload-Class", "X-Payload-Provider-GUID",
	"X-Microsoft-Classified", "X-Microsoft-Classification", "X-Microsoft-ClassDesc",
	"X-Microsoft-ClassID", "X-Microsoft-ClassKeep",
	"X-Microsoft-Classification-GUID", "X-Microsoft-Classification-Keep",
}

// reservedPrefixes mark the organisation's own fields, the header firewall's
// business.
var reservedPrefixes = []string{
	"x-ms-exchange-organization-", "x-ms-exchange-forest-",
	"x-microsoft-exchange-organization", "x-microsoft-exchange-forest",
	crossPremises,
}

// crossPremises marks the fields of an organisation that has servers in two places.
// The header firewall holds them back, too, but [MS-OXCMAIL] knows nothing of them,
// so that they are extension fields otherwise.
const crossPremises = "x-ms-exchange-crosspremises-"

// promotedReserved are the only reserved names that may become properties in
// PS_INTERNET_HEADERS.
var promotedReserved = map[string]bool{
	"x-ms-exchange-organization-authas":        true,
	"x-ms-exchange-organization-authdomain":    true,
	"x-ms-exchange-organization-authmechanism": true,
	"x-ms-exchange-organization-authsource":    true,
}

// unpromotedNames are those fields and the ones that rows of the table read.
var unpromotedNames = sync.OnceValue(func() map[string]bool {
	m := make(map[string]bool, len(unpromoted)+len(Readers(OnMessage)))
	for _, n := range unpromoted {
		m[strings.ToLower(n)] = true
	}
	for n := range Readers(OnMessage) {
		m[n] = true
	}
	return m
})

// Promotion says what becomes of a field that no row maps.
type Promotion uint8

const (
	Promote     Promotion = iota // a property in PS_INTERNET_HEADERS
	Unpromoted                   // none: it is mapped, or on the list of [MS-OXCMAIL]
	TrustedOnly                  // a property if the source is trusted, else none
)

// PromotionOf returns what becomes of the field of that name in a message's
// header block.
func PromotionOf(name string) Promotion {
	if isCrossPremises(name) {
		return TrustedOnly
	}
	if len(name) > MaxName {
		if Reserved(name) {
			return Unpromoted
		}
		return Promote
	}
	var buf [MaxName]byte
	key := AppendLower(buf[:0], name)
	if unpromotedNames()[string(key)] {
		return Unpromoted
	}
	if !Reserved(name) {
		return Promote
	}
	if promotedReserved[string(key)] {
		return TrustedOnly
	}
	return Unpromoted
}

// Reserved reports whether the field's name is one of the organisation's own.
func Reserved(name string) bool {
	if len(name) < len("x-m") || name[2]|0x20 != 'm' {
		return false // as nearly all names
	}
	for _, p := range reservedPrefixes {
		if len(name) >= len(p) && strings.EqualFold(name[:len(p)], p) {
			return true
		}
	}
	return false
}

func isCrossPremises(name string) bool {
	return len(name) >= len(crossPremises) && strings.EqualFold(name[:len(crossPremises)], crossPremises)
}

// InTransportHeaders reports whether a field stands in
// PidTagTransportMessageHeaders ([MS-OXCMAIL] 2.2.3.2.28): all but the
// organisation's own fields that no rule maps.
func InTransportHeaders(name string) bool {
	if !Reserved(name) || isCrossPremises(name) {
		return true
	}
	m, _ := Find(OnMessage, name)
	return m != nil
}
