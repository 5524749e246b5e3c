package msg_test

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/contentconv/contentconv/mapi"
)

// jsonProperties has the members that another reader prints and the properties
// that they are. Members that it makes by decoding binary values are not here.
var jsonProperties = map[string]string{
	"messageClass": "PidTagMessageClass", "subject": "PidTagSubject", "conversationTopic": "PidTagConversationTopic",
	"normalizedSubject": "PidTagNormalizedSubject", "body": "PidTagBody", "headers": "PidTagTransportMessageHeaders",
	"senderName": "PidTagSenderName", "senderAddressType": "PidTagSenderAddressType", "senderEmail": "PidTagSenderEmailAddress",
	"inetAcctName": "PidLidInternetAccountName", "creationTime": "PidTagCreationTime",
	"lastModificationTime": "PidTagLastModificationTime", "messageDeliveryTime": "PidTagMessageDeliveryTime",
	"clientSubmitTime": "PidTagClientSubmitTime", "messageFlags": "PidTagMessageFlags",
	"internetCodepage": "PidTagInternetCodepage", "messageLocaleId": "PidTagMessageLocaleId",
	"messageId": "PidTagInternetMessageId", "lastModifierName": "PidTagLastModifierName",
	"apptLocation": "PidLidLocation", "apptStartWhole": "PidLidAppointmentStartWhole", "apptEndWhole": "PidLidAppointmentEndWhole",
	"clipStart": "PidLidClipStart", "clipEnd": "PidLidClipEnd", "timeZoneDesc": "PidLidTimeZoneDescription",
	"globalAppointmentID": "PidLidGlobalObjectId", "votingResponse": "PidLidVerbResponse",
	"addressType": "PidTagAddressType", "email": "PidTagEmailAddress", "smtpAddress": "PidTagSmtpAddress",
	"fileNameShort": "PidTagAttachFilename", "fileName": "PidTagAttachLongFilename", "extension": "PidTagAttachExtension",
	"attachMimeTag": "PidTagAttachMimeTag", "pidContentId": "PidTagAttachContentId", "attachmentHidden": "PidTagAttachmentHidden",
	"name": "PidTagDisplayName",
}

// jsonKinds are the values of a recipient's recipType.
var jsonKinds = map[string]int32{"to": mapi.RecipientTo, "cc": mapi.RecipientCc, "bcc": mapi.RecipientBcc}

func runMsgReader(t *testing.T, dir string) []result {
	var out []result
	for _, path := range pairs(t, dir, "msg-*/*.json") {
		if filepath.Base(path) == "assertions.json" {
			continue
		}
		base := strings.TrimSuffix(path, ".json")
		input, inner := base+".msg", -1
		if at := strings.LastIndex(base, "-attachments"); at > strings.LastIndex(base, "/") {
			if _, err := fmt.Sscanf(base[at:], "-attachments%d", &inner); err != nil {
				t.Fatal(path)
			}
			input = base[:at] + ".msg"
		}
		if !fileExists(input) {
			continue
		}
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var want map[string]any
		if err := json.Unmarshal(data, &want); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		m := readMessageFile(t, input)
		if inner >= 0 {
			m = m.Attachments[inner].Message
		}
		c := &jsonComparison{input: relative(dir, input), out: &out}
		c.message("", m, want)
	}
	return out
}

type jsonComparison struct {
	input string
	out   *[]result
}

func (c *jsonComparison) add(name string, err error) {
	*c.out = append(*c.out, result{c.input, name, err})
}

func (c *jsonComparison) message(where string, m *mapi.Message, want map[string]any) {
	for key, v := range want {
		switch key {
		case "recipients":
			c.recipients(where, m, v.([]any))
		case "attachments":
			c.attachments(where, m, v.([]any))
		default:
			c.property(where, &m.Properties, key, v)
		}
	}
}

func (c *jsonComparison) recipients(where string, m *mapi.Message, want []any) {
	if len(want) != len(m.Recipients) {
		c.add(where+"recipients", fmt.Errorf("%d, want %d", len(m.Recipients), len(want)))
		return
	}
	for i, v := range want {
		r := &m.Recipients[i]
		for key, v := range v.(map[string]any) {
			at := fmt.Sprintf("%srecipients[%d].", where, i)
			if key == "recipType" {
				var err error
				if r.Kind() != jsonKinds[v.(string)] {
					err = fmt.Errorf("%d, want %v", r.Kind(), v)
				}
				c.add(at+key, err)
				continue
			}
			c.property(at, &r.Properties, key, v)
		}
	}
}

func (c *jsonComparison) attachments(where string, m *mapi.Message, want []any) {
	if len(want) != len(m.Attachments) {
		c.add(where+"attachments", fmt.Errorf("%d, want %d", len(m.Attachments), len(want)))
		return
	}
	for i, v := range want {
		a, at := m.Attachments[i], fmt.Sprintf("%sattachments[%d].", where, i)
		for key, v := range v.(map[string]any) {
			switch key {
			case "innerMsgContentFields":
				if a.Message == nil {
					c.add(at+key, fmt.Errorf("no message"))
					continue
				}
				c.message(at, a.Message, v.(map[string]any))
			case "contentLength":
				var err error
				if size, _ := attachmentProperty(a, "size of PidTagAttachDataBinary"); size != v {
					err = fmt.Errorf("%v, want %v", size, v)
				}
				c.add(at+key, err)
			default:
				c.property(at, &a.Properties, key, v)
			}
		}
	}
}

// property compares one member. A member that is null or empty is a property
// that may be missing.
func (c *jsonComparison) property(where string, p *mapi.Properties, key string, want any) {
	name, ok := jsonProperties[key]
	if !ok {
		c.add(where+key, notRead{key})
		return
	}
	got, err := property(p, name)
	if err != nil {
		c.add(where+key, err)
		return
	}
	switch g := got.(type) {
	case time.Time:
		got = g.Truncate(time.Second).Format("Mon, 02 Jan 2006 15:04:05 GMT")
	case string:
		if key == "globalAppointmentID" {
			got = hex.EncodeToString([]byte(g))
			want = strings.ToLower(want.(string))
		}
	}
	if !equalLoosely(got, want) {
		err = fmt.Errorf("%s is %.100v, want %.100v", name, got, want)
	}
	c.add(where+key, err)
}
