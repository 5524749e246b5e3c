package ical_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/ical"
	"github.com/contentconv/contentconv/ical/timezone"
	"github.com/contentconv/contentconv/mapi"
)

// What bags of any properties are made of.
var (
	fuzzTexts = []interface {
		Set(*mapi.Properties, string)
	}{
		mapi.PidTagSubject, mapi.PidTagBody, mapi.PidLidLocation, mapi.PidNameLocationUrl, mapi.PidLidTimeZoneDescription,
		mapi.PidLidNonSendableTo, mapi.PidLidNonSendableBcc, mapi.PidTagSentRepresentingName, mapi.PidTagSentRepresentingSmtpAddress,
		mapi.PidTagSenderSmtpAddress, mapi.PidLidOnlinePassword,
	}
	fuzzBlobs = []interface {
		Set(*mapi.Properties, []byte)
	}{
		mapi.PidLidAppointmentRecur, mapi.PidLidTimeZoneStruct, mapi.PidLidAppointmentTimeZoneDefinitionRecur, mapi.PidLidGlobalObjectId,
		mapi.PidLidAppointmentTimeZoneDefinitionStartDisplay, mapi.PidTagHtml, mapi.PidTagRtfCompressed,
	}
	fuzzNumbers = []interface{ Set(*mapi.Properties, int32) }{
		mapi.PidTagImportance, mapi.PidTagSensitivity, mapi.PidLidBusyStatus, mapi.PidLidReminderDelta, mapi.PidLidAppointmentStateFlags,
		mapi.PidLidStartRecurrenceTime, mapi.PidLidAppointmentSequence, mapi.PidLidTaskStatus, mapi.PidTagMessageLocaleId, mapi.PidLidAppointmentDuration,
	}
	fuzzTimes = []interface {
		Set(*mapi.Properties, mapi.Time)
	}{
		mapi.PidLidAppointmentStartWhole, mapi.PidLidAppointmentEndWhole, mapi.PidLidExceptionReplaceTime, mapi.PidLidOwnerCriticalChange,
		mapi.PidLidTaskDueDate, mapi.PidLidAppointmentProposedStartWhole,
	}
	fuzzBooleans = []interface{ Set(*mapi.Properties, bool) }{
		mapi.PidLidAppointmentSubType, mapi.PidLidReminderSet, mapi.PidLidAppointmentCounterProposal, mapi.PidTagResponseRequested,
	}
	fuzzClasses = []string{appointment, request, canceled, accepted, declined, tentative, "IPM.Task"}
)

// FuzzExport feeds any property with any value: what comes out is one calendar whose
// lines are those that were meant.
func FuzzExport(f *testing.F) {
	pattern, err := daily().Encode(1252)
	if err != nil {
		f.Fatal(err)
	}
	zone := timezone.NewDefinition("Zone", berlin, true).Encode()
	f.Add(uint8(0), uint8(0), []byte("x\r\nEND:VEVENT\r\n"), pattern, zone, int64(134000000000000000), int32(3))
	f.Add(uint8(5), uint8(3), []byte("\"\x00\\;,:\xff"), []byte{}, berlin.EncodeStruct(), int64(1), int32(-1))
	f.Add(uint8(6), uint8(7), []byte("ä^n"), ical.GlobalObjectIDOf("u").Bytes(), []byte{2, 1}, int64(1)<<62, int32(1<<30))
	f.Fuzz(func(t *testing.T, class, shift uint8, text, pattern, blob []byte, when int64, number int32) {
		m := new(mapi.Message)
		p := &m.Properties
		mapi.PidTagMessageClass.Set(p, fuzzClasses[int(class)%len(fuzzClasses)])
		for i, tag := range fuzzTexts {
			tag.Set(p, strings.Repeat(string(text), 1+i%3))
		}
		for i, tag := range fuzzBlobs {
			if (i+int(shift))%3 > 0 {
				tag.Set(p, blob)
			}
		}
		for i, tag := range fuzzNumbers {
			tag.Set(p, number>>(i%4*8))
		}
		for i, tag := range fuzzTimes {
			tag.Set(p, mapi.Time(when)+mapi.Time(i)*36000000000)
		}
		for i, tag := range fuzzBooleans {
			tag.Set(p, shift>>i&1 != 0)
		}
		if shift&16 != 0 {
			mapi.PidLidAppointmentRecur.Set(p, pattern)
		}
		if len(pattern) > 4 && shift&32 != 0 {
			mapi.PidLidGlobalObjectId.Set(p, pattern)
			mapi.PidLidAppointmentStateFlags.Set(p, int32(binary.LittleEndian.Uint32(pattern)))
		}
		x := &mapi.Message{Properties: p.Clone()}
		mapi.PidTagMessageClass.Set(&x.Properties, "IPM.OLE.CLASS.{00061055-0000-0000-C000-000000000046}")
		var r mapi.Recipient
		r.SetInternet(&mapi.InternetAddress{Name: string(text), Address: string(text)}, number&3, 0)
		m.Recipients = []mapi.Recipient{r}
		m.Attachments = []*mapi.Attachment{{Message: x}, {Content: mapi.Bytes(text), Properties: r.Properties}}
		checkExport(t, m)
	})
}

func checkExport(t *testing.T, m *mapi.Message) {
	var b bytes.Buffer
	_, err := ical.Export(t.Context(), &b, m, exportOptions)
	var failure *diag.Error
	if errors.As(err, &failure) && failure.Reason == diag.Internal || err != nil && failure == nil {
		t.Fatal(err)
	}
	if err != nil {
		return
	}
	s := b.String()
	for l := range strings.SplitSeq(s, "\r\n") {
		if len(l) > 75 || strings.ContainsAny(l, "\r\n\x00") || !utf8.ValidString(l) {
			t.Fatalf("line %q", l)
		}
	}
	c := readBack(t, s)
	known := map[string]bool{"VTIMEZONE": true, "VEVENT": true, "VTODO": true}
	for _, child := range c.Components {
		if !known[child.Name] || len(child.All("UID")) > 1 || len(child.All("DTSTART")) > 1 {
			t.Fatalf("%s", s)
		}
	}
}
