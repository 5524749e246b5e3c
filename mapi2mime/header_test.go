package mapi2mime_test

import (
	"strings"
	"testing"
	"time"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mapi2mime"
)

type props = mapi.Properties

// with returns the small message with properties changed.
func with(set ...func(p *props)) *mapi.Message {
	return note(func(_ *mapi.Message, p *props) {
		for _, f := range set {
			f(p)
		}
	})
}

func generic(p *props, name, value string) { p.Set(mapi.HeaderKey(name), mapi.String(value)) }

func TestMappedFields(t *testing.T) {
	now := time.Date(2026, 7, 8, 9, 10, 11, 0, time.FixedZone("", 2*3600))
	for _, c := range []struct {
		name string
		o    mapi2mime.Options
		set  func(p *props)
		want []string
	}{
		{"OUT-HDR-001 the class is not written", mapi2mime.Options{}, func(p *props) {
			mapi.PidTagMessageClass.Set(p, "IPM.Note.Custom.Secret")
		}, []string{"X-Message-Class", "", "Content-Class", "urn:content-class:custom.Secret"}},
		{"OUT-HDR-002 fax", mapi2mime.Options{}, func(p *props) {
			mapi.PidTagMessageClass.Set(p, "IPM.Note.Microsoft.Fax")
		}, []string{"Content-Class", "fax"}},
		{"OUT-HDR-002 longest first", mapi2mime.Options{}, func(p *props) {
			mapi.PidTagMessageClass.Set(p, "IPM.Note.Microsoft.Fax.CA")
			mapi.PidNameContentClass.Set(p, "other")
		}, []string{"Content-Class", "fax-ca"}},
		{"OUT-HDR-002 voice", mapi2mime.Options{}, func(p *props) {
			mapi.PidTagMessageClass.Set(p, "ipm.note.microsoft.voicemail.um.ca")
		}, []string{"Content-Class", "voice-ca"}},
		{"OUT-HDR-002 form", mapi2mime.Options{}, func(p *props) {
			mapi.PidTagMessageClass.Set(p, "IPM.InfoPathForm.Expenses")
		}, []string{"Content-Class", "InfoPathForm.Expenses"}},
		{"OUT-HDR-002 the one that came", mapi2mime.Options{}, func(p *props) {
			mapi.PidNameContentClass.Set(p, "urn:content-classes:message")
		}, []string{"Content-Class", "urn:content-classes:message"}},

		{"OUT-HDR-003 tag before name", mapi2mime.Options{}, func(p *props) {
			mapi.PidTagFaxNumberOfPages.Set(p, 12)
			generic(p, "X-FaxNumberOfPages", "99")
			generic(p, "X-CallingTelephoneNumber", "+1 555")
		}, []string{"X-FaxNumberOfPages", "12", "X-CallingTelephoneNumber", "+1 555"}},
		{"OUT-HDR-003 a number is a number", mapi2mime.Options{}, func(p *props) {
			generic(p, "X-VoiceMessageDuration", "long")
		}, []string{"X-VoiceMessageDuration", ""}},

		{"OUT-HDR-008 low and private", mapi2mime.Options{}, func(p *props) {
			mapi.PidTagImportance.Set(p, 0)
			mapi.PidTagSensitivity.Set(p, 2)
		}, []string{"Importance", "Low", "X-Priority", "5", "Sensitivity", "Private"}},
		{"OUT-HDR-008 high and confidential", mapi2mime.Options{}, func(p *props) {
			mapi.PidTagImportance.Set(p, 2)
			mapi.PidTagSensitivity.Set(p, 3)
		}, []string{"Importance", "High", "X-Priority", "1", "Sensitivity", "Company-Confidential"}},
		{"OUT-HDR-008 normal", mapi2mime.Options{}, func(p *props) {
			mapi.PidTagImportance.Set(p, 1)
			mapi.PidTagSensitivity.Set(p, 0)
		}, []string{"Importance", "", "X-Priority", "", "Sensitivity", ""}},
		{"OUT-HDR-008 values that do not exist", mapi2mime.Options{}, func(p *props) {
			mapi.PidTagImportance.Set(p, 7)
			mapi.PidTagSensitivity.Set(p, -1)
		}, []string{"Importance", "", "X-Priority", "", "Sensitivity", ""}},

		{"OUT-HDR-009 submit time", mapi2mime.Options{Now: now}, func(p *props) {}, []string{"Date", "Tue, 5 Mar 2024 13:07:09 +0000"}},
		{"OUT-HDR-009 else now", mapi2mime.Options{Now: now, TimeZone: now.Location()}, func(p *props) {
			mapi.PidTagClientSubmitTime.Delete(p)
		}, []string{"Date", "Wed, 8 Jul 2026 09:10:11 +0200"}},
		{"OUT-HDR-009 a time that is none", mapi2mime.Options{Now: now}, func(p *props) {
			mapi.PidTagClientSubmitTime.Set(p, mapi.TimeNone)
		}, []string{"Date", "Wed, 8 Jul 2026 07:10:11 +0000"}},
		{"retrieval: the delivery", mapi2mime.Options{Now: now, Purpose: mapi2mime.Retrieval}, func(p *props) {
			mapi.PidTagClientSubmitTime.Delete(p)
			mapi.PidTagMessageDeliveryTime.Set(p, sent)
		}, []string{"Date", "Tue, 5 Mar 2024 13:07:09 +0000"}},
		{"retrieval: no date is no date", mapi2mime.Options{Now: now, Purpose: mapi2mime.Retrieval}, func(p *props) {
			mapi.PidTagClientSubmitTime.Delete(p)
		}, []string{"Date", ""}},
		{"zone of the sender", mapi2mime.Options{}, func(p *props) {
			mapi.PidTagTransportMessageHeaders.Set(p, "From: x\r\nDate: Tue, 5 Mar 2024\r\n 15:07:09 +0200\r\n")
		}, []string{"Date", "Tue, 5 Mar 2024 15:07:09 +0200"}},
		{"a zone that no field can name", mapi2mime.Options{TimeZone: time.FixedZone("LMT", 3208)}, func(p *props) {},
			[]string{"Date", "Tue, 5 Mar 2024 13:07:09 +0000"}},
		{"zone of another time", mapi2mime.Options{}, func(p *props) {
			mapi.PidTagTransportMessageHeaders.Set(p, "Date: Tue, 5 Mar 2024 15:07:10 +0200\r\n")
		}, []string{"Date", "Tue, 5 Mar 2024 13:07:09 +0000"}},

		{"OUT-HDR-010 prefix and normalized", mapi2mime.Options{}, func(p *props) {
			mapi.PidTagSubject.Set(p, "something else")
			mapi.PidTagSubjectPrefix.Set(p, "RE: ")
			mapi.PidTagNormalizedSubject.Set(p, "Lunch")
		}, []string{"Subject", "RE: Lunch"}},
		{"OUT-HDR-010 the subject alone", mapi2mime.Options{}, func(p *props) {
			mapi.PidTagSubject.Set(p, "\x01\x05RE: Lunch")
		}, []string{"Subject", "RE: Lunch"}},
		{"OUT-HDR-010 one part alone is not the subject", mapi2mime.Options{}, func(p *props) {
			mapi.PidTagSubject.Set(p, "RE: Lunch")
			mapi.PidTagNormalizedSubject.Set(p, "Lunch")
		}, []string{"Subject", "RE: Lunch"}},

		{"OUT-HDR-011 thread", mapi2mime.Options{}, func(p *props) {
			mapi.PidTagConversationTopic.Set(p, "Lunch")
			mapi.PidTagConversationIndex.Set(p, []byte("\x01\xd8\x00\x00\x00\x00abcdefghijklmnop"))
		}, []string{"Thread-Topic", "Lunch", "Thread-Index", "AdgAAAAAYWJjZGVmZ2hpamtsbW5vcA=="}},
		{"OUT-HDR-011 empty topic", mapi2mime.Options{}, func(p *props) {
			mapi.PidTagConversationTopic.Set(p, "")
		}, []string{"Thread-Topic", ""}},

		{"OUT-HDR-012 kept", mapi2mime.Options{}, func(p *props) {}, []string{"Message-ID", "<id@example.com>"}},
		{"OUT-HDR-012 brackets", mapi2mime.Options{}, func(p *props) {
			mapi.PidTagInternetMessageId.Set(p, "id@example.com")
		}, []string{"Message-ID", "<id@example.com>"}},
		{"OUT-HDR-012 none where none is wanted", mapi2mime.Options{NoMessageID: true}, func(p *props) {
			mapi.PidTagInternetMessageId.Delete(p)
		}, []string{"Message-ID", ""}},

		{"OUT-HDR-014 keywords one by one", mapi2mime.Options{}, func(p *props) {
			mapi.PidNameKeywords.Set(p, []string{"Red", "Größe und alles andere", "Blue"})
		}, []string{"Keywords", "Red, =?utf-8?Q?Gr=C3=B6=C3=9Fe_und_alles_andere?=, Blue"}},
		{"OUT-HDR-023 keywords with comma and space", mapi2mime.Options{}, func(p *props) {
			mapi.PidNameKeywords.Set(p, []string{"Red", " ", "Blue category"})
		}, []string{"Keywords", "Red, Blue category"}},
		{"OUT-HDR-023 suppressed", mapi2mime.Options{NoKeywords: true}, func(p *props) {
			mapi.PidNameKeywords.Set(p, []string{"Red"})
		}, []string{"Keywords", ""}},

		{"OUT-HDR-015 classified", mapi2mime.Options{}, func(p *props) {
			mapi.PidLidClassified.Set(p, true)
			mapi.PidLidClassification.Set(p, "Secret")
			mapi.PidLidClassificationDescription.Set(p, "Very")
			mapi.PidLidClassificationGuid.Set(p, "guid")
			mapi.PidLidClassificationKeep.Set(p, false)
		}, []string{"X-Microsoft-Classified", "true", "X-Microsoft-Classification", "Secret", "X-Microsoft-ClassDesc", "Very",
			"X-Microsoft-ClassID", "guid", "X-Microsoft-ClassKeep", "false"}},
		{"OUT-HDR-015 not classified", mapi2mime.Options{}, func(p *props) {
			mapi.PidLidClassified.Set(p, false)
			mapi.PidLidClassification.Set(p, "Secret")
		}, []string{"X-Microsoft-Classified", "", "X-Microsoft-Classification", ""}},

		{"OUT-HDR-017 bits", mapi2mime.Options{}, func(p *props) {
			mapi.PidTagAutoResponseSuppress.Set(p, 0x22)
		}, []string{"X-Auto-Response-Suppress", "NDR, AutoReply"}},
		{"OUT-HDR-017 none", mapi2mime.Options{}, func(p *props) {
			mapi.PidTagAutoResponseSuppress.Set(p, 0)
		}, []string{"X-Auto-Response-Suppress", "None"}},
		{"OUT-HDR-017 all", mapi2mime.Options{}, func(p *props) {
			mapi.PidTagAutoResponseSuppress.Set(p, -1)
		}, []string{"X-Auto-Response-Suppress", "All"}},

		{"OUT-HDR-018 flag", mapi2mime.Options{}, func(p *props) {
			mapi.PidLidFlagRequest.Set(p, "Follow up")
			mapi.PidTagReplyTime.Set(p, sent)
		}, []string{"X-Message-Flag", "Follow up", "Reply-By", "Tue, 5 Mar 2024 13:07:09 +0000"}},
		{"OUT-HDR-018 no flag, no reply time", mapi2mime.Options{}, func(p *props) {
			mapi.PidLidFlagRequest.Set(p, "")
			mapi.PidTagReplyTime.Set(p, sent)
		}, []string{"X-Message-Flag", "", "Reply-By", ""}},

		{"OUT-HDR-020 body id and location", mapi2mime.Options{}, func(p *props) {
			mapi.PidTagBodyContentId.Set(p, "body@example.com")
			mapi.PidTagBodyContentLocation.Set(p, "http://example.com/a")
			mapi.PidNameContentBase.Set(p, "http://example.com/")
		}, []string{"Content-ID", "<body@example.com>", "Content-Location", "http://example.com/a", "Content-Base", "http://example.com/"}},

		{"lists, language, expiry", mapi2mime.Options{}, func(p *props) {
			mapi.PidTagListUnsubscribe.Set(p, "<mailto:u@example.com>")
			mapi.PidTagMessageLocaleId.Set(p, 0x0407)
			mapi.PidNameAcceptLanguage.Set(p, "de, en")
			mapi.PidTagExpiryTime.Set(p, sent)
			mapi.PidTagInReplyToId.Set(p, "<a@example.com>")
		}, []string{"List-Unsubscribe", "<mailto:u@example.com>", "Content-Language", "de-DE", "Accept-Language", "de, en",
			"Expires", "Tue, 5 Mar 2024 13:07:09 +0000", "In-Reply-To", "<a@example.com>"}},
		{"OUT-HDR-012 beyond ASCII, and with blanks", mapi2mime.Options{}, func(p *props) {
			mapi.PidTagInternetMessageId.Set(p, " größe  x@example.com")
		}, []string{"Message-ID", "<gr%C3%B6%C3%9Fe x@example.com>"}},
		{"OUT-HDR-012 beyond ASCII, in UTF-8", mapi2mime.Options{UTF8Headers: true}, func(p *props) {
			mapi.PidTagInternetMessageId.Set(p, "größe@example.com")
		}, []string{"Message-ID", "<größe@example.com>"}},
		{"ids beyond ASCII", mapi2mime.Options{}, func(p *props) {
			mapi.PidTagInReplyToId.Set(p, "<größe@example.com>")
		}, []string{"In-Reply-To", "<gr%C3%B6%C3%9Fe@example.com>"}},
		{"draft", mapi2mime.Options{Draft: true}, func(p *props) {
			mapi.PidTagMessageFlags.Set(p, 8)
		}, []string{"X-Unsent", "1"}},
		{"draft without the option", mapi2mime.Options{}, func(p *props) {
			mapi.PidTagMessageFlags.Set(p, 8)
		}, []string{"X-Unsent", ""}},
		{"UTF-8 header fields", mapi2mime.Options{UTF8Headers: true}, func(p *props) {
			mapi.PidTagSubject.Set(p, "Grüße  an alle")
			mapi.SentRepresentingGroup.SetInternet(p, &mapi.InternetAddress{Name: "Müller, Jörg", Address: "j@example.com"})
			mapi.PidNameKeywords.Set(p, []string{"größe", "b"})
		}, []string{"Subject", "Grüße  an alle", "From", `"Müller, Jörg" <j@example.com>`, "Keywords", "größe, b"}},
		{"the organisation's own, outside", mapi2mime.Options{}, func(p *props) {
			mapi.PidTagContentFilterSpamConfidenceLevel.Set(p, -1)
			mapi.PidTagAutoForwarded.Set(p, true)
		}, []string{"X-MS-Exchange-Organization-SCL", "", "X-MS-Exchange-Organization-AutoForwarded", ""}},
		{"the organisation's own, inside", mapi2mime.Options{Trusted: true}, func(p *props) {
			mapi.PidTagContentFilterSpamConfidenceLevel.Set(p, -1)
			mapi.PidTagAutoForwarded.Set(p, true)
			mapi.PidTagSenderIdStatus.Set(p, -0x80000000+6)
		}, []string{"X-MS-Exchange-Organization-SCL", "-1", "X-MS-Exchange-Organization-AutoForwarded", "true",
			"X-MS-Exchange-Organization-SenderIdResult", "TempError"}},
		{"transport headers are no source", mapi2mime.Options{Purpose: mapi2mime.Retrieval}, func(p *props) {
			mapi.PidTagTransportMessageHeaders.Set(p, "From: evil@example.com\r\nTo: x@example.com\r\nX-Spam: no\r\nBcc: y@example.com\r\n")
		}, []string{"From", "Ann <ann@example.com>", "To", "bob@example.org", "X-Spam", "", "Bcc", ""}},
	} {
		t.Run(c.name, func(t *testing.T) { write(t, with(c.set), &c.o).want(t, c.want...) })
	}
}

func TestOUT_HDR_012_GeneratedMessageID(t *testing.T) {
	m := with(func(p *props) { mapi.PidTagInternetMessageId.Delete(p) })
	first := write(t, m, nil)
	id := first.field(t, "Message-ID")
	if !strings.HasPrefix(id, "<") || !strings.HasSuffix(id, "@example.com>") || len(id) < 30 || first.res.MessageID != id {
		t.Errorf("generated %q, result %q", id, first.res.MessageID)
	}
	if again := write(t, m, nil); again.raw != first.raw {
		t.Errorf("the same message and key give other bytes")
	}
	random := write(t, m, &mapi2mime.Options{}).field(t, "Message-ID")
	if random == id || random == write(t, m, &mapi2mime.Options{}).field(t, "Message-ID") {
		t.Errorf("without a key the id is not random")
	}
	mapi.PidTagSubject.Set(&m.Properties, "Another")
	if other := write(t, m, nil).field(t, "Message-ID"); other == id {
		t.Errorf("two messages have the same id")
	}
	write(t, m, &mapi2mime.Options{Domain: "mail.example.net"})
	for domain, want := range map[string]string{"mail.example.net": "@mail.example.net>", "a b": "@example.com>", "x>\r\nBcc: y": "@example.com>"} {
		if got := write(t, m, &mapi2mime.Options{Domain: domain}).field(t, "Message-ID"); !strings.HasSuffix(got, want) {
			t.Errorf("domain %q gives %q", domain, got)
		}
	}
	mapi.SentRepresentingGroup.Delete(&m.Properties)
	if got := write(t, m, nil).field(t, "Message-ID"); !strings.HasSuffix(got, "@contentconv.invalid>") {
		t.Errorf("without From: %q", got)
	}
}

// A value that its field cannot have is reported, unless it is one that the
// absence of the field means.
func TestValuesWithoutAField(t *testing.T) {
	for name, c := range map[string]struct {
		set      func(p *props)
		reported bool
	}{
		"no such sensitivity": {func(p *props) { mapi.PidTagSensitivity.Set(p, -1) }, true},
		"normal":              {func(p *props) { mapi.PidTagSensitivity.Set(p, 0) }, false},
		"not forwarded":       {func(p *props) { mapi.PidTagAutoForwarded.Set(p, false) }, false},
		"no such language":    {func(p *props) { mapi.PidTagMessageLocaleId.Set(p, 0x7FFF) }, true},
		"empty topic":         {func(p *props) { mapi.PidTagConversationTopic.Set(p, "") }, false},
		"a number for a text": {func(p *props) { p.Set(mapi.PidTagConversationTopic.Key(), mapi.Int32(5)) }, true},
	} {
		w := write(t, with(c.set), &mapi2mime.Options{Trusted: true})
		if got := len(w.res.Diagnostics) > 0; got != c.reported {
			t.Errorf("%s: %v", name, w.res.Diagnostics)
		}
	}
}

// An id that no line can hold is replaced.
func TestOUT_HDR_012_UnusableMessageID(t *testing.T) {
	m := with(func(p *props) { mapi.PidTagInternetMessageId.Set(p, "<"+strings.Repeat("x", 1500)+">") })
	w := write(t, m, nil)
	id := w.field(t, "Message-ID")
	if !strings.HasSuffix(id, "@example.com>") || w.res.MessageID != id {
		t.Errorf("id is %q, result %q", id, w.res.MessageID)
	}
	w.wantCode(t, diag.HeaderNotWritten)
}

// The result has the id as it was written.
func TestOUT_HDR_012_IDOfTheResult(t *testing.T) {
	for _, id := range []string{"<a@example.com>", "a@example.com", " <größe  b@example.com> "} {
		w := write(t, with(func(p *props) { mapi.PidTagInternetMessageId.Set(p, id) }), nil)
		if got := w.field(t, "Message-ID"); got != w.res.MessageID {
			t.Errorf("%q was written, the result has %q", got, w.res.MessageID)
		}
	}
}

// Boundaries of two messages differ even where neither has an id.
func TestBoundariesWithoutMessageIDs(t *testing.T) {
	o := &mapi2mime.Options{Key: []byte("k"), NoMessageID: true}
	var seen []string
	for _, subject := range []string{"One", "Two"} {
		m := with(func(p *props) {
			mapi.PidTagInternetMessageId.Delete(p)
			mapi.PidTagSubject.Set(p, subject)
		})
		m.Attachments = []*mapi.Attachment{file("x", nil)}
		seen = append(seen, write(t, m, o).boundary(t))
	}
	if seen[0] == seen[1] {
		t.Errorf("both messages have the boundary %s", seen[0])
	}
}

func TestDateIsNowByTheClock(t *testing.T) {
	w := write(t, with(func(p *props) { mapi.PidTagClientSubmitTime.Delete(p) }), &mapi2mime.Options{})
	date, err := time.Parse(time.RFC1123Z, w.field(t, "Date"))
	if err != nil {
		date, err = time.Parse("Mon, 2 Jan 2006 15:04:05 -0700", w.field(t, "Date"))
	}
	if err != nil || time.Since(date).Abs() > time.Hour {
		t.Errorf("date is %v, %v", date, err)
	}
}

// A message without times, ids and the like is no reason to complain.
func TestMissingPropertiesAreNoDiagnostics(t *testing.T) {
	for _, o := range []mapi2mime.Options{{}, {Purpose: mapi2mime.Retrieval}, {Body: mapi2mime.Both}, {Trusted: true}} {
		write(t, new(mapi.Message), &o).wantNoDiagnostics(t)
	}
}

// An embedded message is not given what it does not have.
func TestEmbeddedMessagesGetNoIDAndNoDate(t *testing.T) {
	inner := with(func(p *props) {
		mapi.PidTagInternetMessageId.Delete(p)
		mapi.PidTagClientSubmitTime.Delete(p)
	})
	m := note()
	m.Attachments = []*mapi.Attachment{{Message: inner}}
	body := string(write(t, m, nil).tree(t).part(t, 1).body)
	if id, date := fieldsOf(body, "Message-ID"), fieldsOf(body, "Date"); len(id)+len(date) > 0 {
		t.Errorf("embedded message has %q %q", id, date)
	}
}

func TestOUT_HDR_013_ReferencesAreFoldedBetweenIDs(t *testing.T) {
	var ids []string
	for i := range 40 {
		ids = append(ids, "<"+strings.Repeat("x", i)+"@example.com>")
	}
	w := write(t, with(func(p *props) { mapi.PidTagInternetReferences.Set(p, strings.Join(ids, " ")) }), nil)
	w.want(t, "References", strings.Join(ids, " "))
	for line := range strings.SplitSeq(w.raw, "\r\n") {
		if strings.Count(line, "<") != strings.Count(line, ">") || len(line) > 78 {
			t.Errorf("line %q", line)
		}
	}
}

func TestOUT_HDR_016_HasAttach(t *testing.T) {
	file := &mapi.Attachment{Content: mapi.Bytes("x")}
	m := note()
	write(t, m, nil).want(t, "X-MS-Has-Attach", "")
	m.Attachments = []*mapi.Attachment{file}
	write(t, m, nil).want(t, "X-MS-Has-Attach", "yes")
	write(t, m, &mapi2mime.Options{NoHasAttach: true}).want(t, "X-MS-Has-Attach", "")
	m.Attachments = []*mapi.Attachment{{Message: note()}}
	write(t, m, nil).want(t, "X-MS-Has-Attach", "yes")
	m.Attachments = []*mapi.Attachment{{}}
	write(t, m, nil).want(t, "X-MS-Has-Attach", "")
}

func TestOUT_HDR_021_LongSubjects(t *testing.T) {
	for name, s := range map[string]string{
		"emoji":         strings.Repeat("\U0001F600", 120),
		"mixed":         strings.Repeat("Größe \U0001F600 日本語 ", 15),
		"ASCII words":   strings.Repeat("word ", 50) + "end",
		"one long word": strings.Repeat("x", 250),
		"Japanese":      strings.Repeat("日本語", 80),
	} {
		for _, cp := range []int32{65001, 932, 50220, 1252} {
			m := with(func(p *props) {
				mapi.PidTagSubject.Set(p, s)
				mapi.PidTagInternetCodepage.Set(p, cp)
			})
			w := write(t, m, nil)
			for line := range strings.SplitSeq(w.raw, "\r\n") {
				for word := range strings.FieldsSeq(line) {
					if strings.HasPrefix(word, "=?") && len(word) > 75 {
						t.Errorf("%s: word of %d characters", name, len(word))
					}
				}
			}
			root := w.tree(t)
			got, err := root.Header.Text("Subject")
			if err != nil || got != s {
				t.Errorf("%s, code page %d: go-message reads %q, %v", name, cp, got, err)
			}
		}
	}
}

func TestRetrievalGivesTheTraceBack(t *testing.T) {
	const trace = "Return-Path: <ann@example.com>\r\nReceived: from a by b\r\n\tfor c; Tue, 5 Mar 2024 13:07:10 +0000\r\nReceived: from d by a\r\n"
	m := with(func(p *props) {
		mapi.PidTagTransportMessageHeaders.Set(p, trace+"Subject: x\r\n")
	})
	if w := write(t, m, &mapi2mime.Options{Purpose: mapi2mime.Retrieval}); !strings.HasPrefix(w.raw, trace+"From: Ann") {
		t.Errorf("the message begins with %.200q", w.raw)
	}
	if w := write(t, m, nil); strings.Contains(w.raw, "Received") || strings.Contains(w.raw, "Return-Path") {
		t.Errorf("a submitted message has a trace")
	}
	for in, want := range map[string]string{
		"Received: a\n\tb\n":                            "a\tb",
		"Received: " + strings.Repeat("x", 2000) + "\n": "",
		"Received: " + strings.Repeat("x ", 700):        strings.TrimSpace(strings.Repeat("x ", 700)),
		"Received: a\r\n \r\n b\r\n":                    "a b",
		"Received: a\x00b\r\n":                          "ab",
		"Received: a\rFrom: b":                          "aFrom: b",
	} {
		mapi.PidTagTransportMessageHeaders.Set(&m.Properties, in)
		w := write(t, m, &mapi2mime.Options{Purpose: mapi2mime.Retrieval})
		w.want(t, "Received", want)
	}
}
