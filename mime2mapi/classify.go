package mime2mapi

import (
	"strings"

	"github.com/contentconv/contentconv/internal/mimescan"
	"github.com/contentconv/contentconv/internal/securemime"
	"github.com/contentconv/contentconv/mapi"
)

// A form is what a message is by its structure, where that decides what becomes
// of its parts.
type form uint8

const (
	formMail        form = iota
	formClearSigned      // S/MIME, multipart/signed
	formOpaque           // S/MIME, one part of CMS data
	formPGP              // PGP/MIME, signed or encrypted
	formReport           // a delivery report or a receipt
)

// classify finds out what the message is. A report is one by its fields, too,
// which are read later.
func (m *message) classify() {
	root := m.job.root
	switch {
	case !root.Multipart:
		m.form = formOfLeaf(root)
	case root.ContentType.Full == securemime.TypeSigned:
		m.form = formOfSigned(root)
	case root.ContentType.Full == securemime.TypeEncrypted:
		m.form = formOfEncrypted(root)
	case root.ContentType.Full == "multipart/report":
		m.form = formReport
	}
	if m.form == formClearSigned && m.o.UnwrapSigned {
		m.form = formMail
	}
}

func formOfLeaf(root *mimescan.Entity) form {
	switch {
	case reportPartKind(root) != noReport:
		return formReport
	case isOpaque(root):
		return formOpaque
	}
	return formMail
}

// bodyRoot returns the entity that the body is looked for in, or nil when the
// message has none.
func (m *message) bodyRoot() *mimescan.Entity {
	switch m.form {
	case formClearSigned:
		// The signed entity is a message of its own ([MS-OXOSMIME] 2.1.3.1).
		return m.job.root.Children[0]
	case formOpaque:
		return nil
	}
	return m.job.root
}

// infoPathPrefix is how the classes of InfoPath forms begin.
const infoPathPrefix = "IPM.InfoPathForm."

// finishClass makes the class of the message's form from the one that it would
// have without it ([MS-OXCMAIL] 2.1.3.2.1, 2.2.3.7.1.1; [MS-OXOSMIME] 2.1.3).
func (m *message) finishClass() {
	p := m.properties()
	class := mapi.PidTagMessageClass.Or(p, classNote)
	switch m.form {
	case formClearSigned:
		class = smimeClass(class, securemime.SuffixClearSigned)
	case formOpaque:
		class = smimeClass(class, securemime.SuffixOpaque)
	case formReport:
		class = m.notice.kind.Class(class)
	default:
		return
	}
	mapi.PidTagMessageClass.Set(p, class)
}

// smimeClass returns the class of an S/MIME message. Of other classes InfoPath
// forms alone are told apart.
func smimeClass(class, suffix string) string {
	if n := len(infoPathPrefix); len(class) > n && strings.EqualFold(class[:n], infoPathPrefix) {
		return class + suffix
	}
	return classNote + suffix
}

// A reportPart is a part that holds the fields of a report.
type reportPart uint8

const (
	noReport reportPart = iota
	deliveryPart
	receiptPart
)

// reportParts are the media types of the fields of reports (RFC 3464, RFC 8098,
// RFC 6533).
var reportParts = map[string]reportPart{
	"message/delivery-status":                 deliveryPart,
	"message/global-delivery-status":          deliveryPart,
	"message/disposition-notification":        receiptPart,
	"message/global-disposition-notification": receiptPart,
}

// reportPartKind returns which report's fields an entity holds.
func reportPartKind(e *mimescan.Entity) reportPart {
	if e.ContentType.Type != "message" || !e.Leaf() {
		return noReport
	}
	return reportParts[e.ContentType.Full]
}
