package dsn

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/contentconv/contentconv/diag"
)

// maxListed is the number of recipients that the text for people names. The
// status part has all.
const maxListed = 50

// textPart returns the body of the first part.
func textPart(c *Options, e *Envelope, h *headerBlock, f *failure, returned Returned) string {
	var t textWriter
	t.paragraph("", "This is the mail system at "+c.ReportingMTA+".")
	t.paragraph("", "Your message was not delivered to the recipients below. It arrived here, "+
		"but it could not be converted to the form in which their mail is stored. "+
		"Delivery is not tried again.")
	t.heading("Recipients")
	for i, r := range e.Recipients {
		if i == maxListed {
			t.item(fmt.Sprintf("... and %d more", len(e.Recipients)-maxListed))
			break
		}
		t.item("<" + r.Address + ">")
	}
	t.heading("Your message")
	for _, name := range []string{"Subject", "Date", "Message-ID"} {
		if v := shown(h.first(strings.ToLower(name)), maxSubject); v != "" {
			t.item(name + ": " + v)
		}
	}
	t.item(returnedText[returned])
	if returned == ReturnedHeaders && h.truncated {
		t.item("(the header is longer than what is attached)")
	}
	t.heading("What was wrong")
	t.paragraph(indent, causes[f.reason])
	if f.limit != nil {
		t.paragraph(indent, limitText(f))
	}
	if f.detail != "" {
		t.paragraph(indent, "In detail: "+f.detail)
	}
	t.heading("What you can do")
	t.paragraph(indent, advice(f))
	t.heading("For the administrator")
	t.item("Status: " + f.status)
	t.item("Reason: " + f.reason.String())
	if f.traceID != "" {
		t.item("Trace: " + f.traceID)
	}
	return t.String()
}

var returnedText = map[Returned]string{
	ReturnedNothing: "(it is not attached)",
	ReturnedHeaders: "(its header is attached)",
	ReturnedMessage: "(it is attached)",
}

const (
	indent    = "    "
	textWidth = 72
)

// A textWriter writes lines that end in CRLF. An address or a text from the
// message begins no line of its own: it stands indented.
type textWriter struct{ strings.Builder }

func (t *textWriter) heading(s string) { t.WriteString("\r\n" + s + ":\r\n") }

func (t *textWriter) item(s string) { t.wrap(indent, s) }

// paragraph writes s after an empty line, unless it follows a heading.
func (t *textWriter) paragraph(prefix, s string) {
	if so := t.String(); so != "" && !strings.HasSuffix(so, ":\r\n") {
		t.WriteString("\r\n")
	}
	t.wrap(prefix, s)
}

// wrap writes s in lines of textWidth characters; a longer word has its own.
func (t *textWriter) wrap(prefix, s string) {
	t.WriteString(prefix)
	used := len(prefix)
	for i, word := range strings.Fields(s) {
		n := utf8.RuneCountInString(word)
		if i > 0 && used+1+n > textWidth {
			t.WriteString("\r\n" + prefix)
			used = len(prefix)
		} else if i > 0 {
			t.WriteByte(' ')
			used++
		}
		t.WriteString(word)
		used += n
	}
	t.WriteString("\r\n")
}

var causes = map[diag.Reason]string{
	diag.LimitExceeded:  "The message is beyond a limit of this system.",
	diag.MalformedMIME:  "The message is badly formed: it does not follow the rules of Internet mail (MIME).",
	diag.CorruptContent: "A part of the message is damaged.",
	diag.Unsupported:    "The message has a form that this system cannot convert.",
	diag.IO:             "This system could not read or store what it needed for the message.",
	diag.Internal:       "This system has a fault that the message brought to light.",
}

func limitText(f *failure) string {
	what := limitTexts[f.limit.Name].what
	if what != "" {
		what = " (" + what + ")"
	}
	return fmt.Sprintf("The limit is %s%s: %d allowed, %d found.", shown(f.limit.Name, 100), what, f.limit.Limit, f.limit.Actual)
}

// limitTexts says what each limit counts, and what a sender can do about it.
var limitTexts = map[string]struct{ what, advice string }{
	"MaxMimeTextHeaderLength":    {"characters of a header field", "Shorten the header field that is named above."},
	"MaxMimeSubjectLength":       {"characters of the subject", "Shorten the subject."},
	"MSize":                      {"bytes of the message", "Make the message smaller, or send its attachments in several messages."},
	"MaxMimeRecipients":          {"recipients in To, Cc and Bcc", "Send the message to fewer recipients at a time."},
	"MaxRecipientPropertyLength": {"characters of a recipient's name or address", "Shorten the names of the recipients, or send the message without them."},
	"MaxBodyPartsTotal":          {"parts of the message, attachments among them", "Send the message with fewer attachments, or put them into one archive."},
	"MaxEmbeddedMessageDepth":    {"messages within messages", "Send the innermost message by itself instead of forwarding it with all that it is in."},
}

var advices = map[diag.Reason]string{
	diag.LimitExceeded:  "Change the message so that it stays below the limit.",
	diag.MalformedMIME:  "Send the message with another mail program, or report this notification to the maker of the one you used.",
	diag.CorruptContent: "Make the attachment anew. If it opens on your computer, put it into an archive.",
	diag.Unsupported:    "Put the part that is named above into an archive, or leave it out.",
}

// advice returns what a sender can do.
func advice(f *failure) string {
	a := advices[f.reason]
	if f.limit != nil && limitTexts[f.limit.Name].advice != "" {
		a = limitTexts[f.limit.Name].advice
	}
	if a == "" {
		return "The cause is not in your message. Send this notification to the administrator of the system above."
	}
	return a + " Then send the message again."
}
