package mapi_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/contentconv/contentconv/mapi"
)

// coreTags are the tags that a mail converter meets, checked against tables
// other than [MS-OXPROPS]: ids and canonical names without PidTag, by type.
var coreTags = map[mapi.PropType]string{
	mapi.PtypString: `
		001A=MessageClass 0037=Subject 003D=SubjectPrefix 0E1D=NormalizedSubject 3FFA=LastModifierName
		3FF8=CreatorName 1035=InternetMessageId 1042=InReplyToId 1039=InternetReferences
		007D=TransportMessageHeaders 1043=ListHelp 1044=ListSubscribe 1045=ListUnsubscribe 0049=OriginalSubject
		004B=OriginalMessageClass 0074=OriginalDisplayTo 005A=OriginalSenderName 0067=OriginalSenderEmailAddress
		0E28=PrimarySendAccount 0E29=NextSendAcct 1000=Body 1015=BodyContentId 1014=BodyContentLocation
		0C1A=SenderName 0C1E=SenderAddressType 0C1F=SenderEmailAddress 5D01=SenderSmtpAddress
		0042=SentRepresentingName 0064=SentRepresentingAddressType 0065=SentRepresentingEmailAddress
		5D02=SentRepresentingSmtpAddress 0040=ReceivedByName 0075=ReceivedByAddressType 0076=ReceivedByEmailAddress
		5D07=ReceivedBySmtpAddress 0044=ReceivedRepresentingName 0077=ReceivedRepresentingAddressType
		0078=ReceivedRepresentingEmailAddress 5D08=ReceivedRepresentingSmtpAddress 0050=ReplyRecipientNames
		0E04=DisplayTo 0E03=DisplayCc 0E02=DisplayBcc 1001=ReportText 003A=ReportName 0080=ReportDisposition
		0C1B=SupplementaryInfo 0C21=RemoteMessageTransferAgent 0070=ConversationTopic 4083=PurportedSenderDomain
		3001=DisplayName 3002=AddressType 3003=EmailAddress 39FE=SmtpAddress 5FF6=RecipientDisplayName
		3A20=TransmittableDisplayName 39FF=AddressBookDisplayNamePrintable 3704=AttachFilename
		3707=AttachLongFilename 3708=AttachPathname 370D=AttachLongPathname 3703=AttachExtension 370E=AttachMimeTag
		3712=AttachContentId 3713=AttachContentLocation 3711=AttachContentBase 370C=AttachTransportName
		371A=AttachPayloadClass 3719=AttachPayloadProviderGuidString 371B=TextAttachmentCharset
		3716=AttachContentDisposition`,
	mapi.PtypBinary: `
		007F=TnefCorrelationKey 3010=TargetEntryId 1013=Html 1009=RtfCompressed 0C19=SenderEntryId
		0C1D=SenderSearchKey 0041=SentRepresentingEntryId 003B=SentRepresentingSearchKey 003F=ReceivedByEntryId
		0051=ReceivedBySearchKey 0043=ReceivedRepresentingEntryId 0052=ReceivedRepresentingSearchKey
		004F=ReplyRecipientEntries 0031=ReportTag 0071=ConversationIndex 3013=ConversationId 300B=SearchKey
		0FFF=EntryId 0FF9=RecordKey 65E2=ChangeKey 65E3=PredecessorChangeList 65E0=SourceKey 0FF6=InstanceKey
		5FF7=RecipientEntryId 3701=AttachDataBinary 3702=AttachEncoding 370A=AttachTag 3709=AttachRendering
		370F=AttachAdditionalInformation`,
	mapi.PtypTime: `
		3007=CreationTime 3008=LastModificationTime 0039=ClientSubmitTime 0E06=MessageDeliveryTime
		3FEF=DeferredSendTime 000F=DeferredDeliveryTime 0015=ExpiryTime 0030=ReplyTime 1082=LastVerbExecutionTime
		1091=FlagCompleteTime 0060=StartDate 0061=EndDate 004E=OriginalSubmitTime 0032=ReportTime
		0055=OriginalDeliveryTime 5FFB=RecipientTrackStatusTime 7FFB=ExceptionStartTime 7FFC=ExceptionEndTime
		7FF9=ExceptionReplaceTime`,
	mapi.PtypInteger32: `
		0017=Importance 0026=Priority 0036=Sensitivity 0E07=MessageFlags 0E17=MessageStatus 0E08=MessageSize
		1080=IconIndex 1081=LastVerbExecuted 1090=FlagStatus 1095=FollowupIcon 3FF1=MessageLocaleId
		3FFD=MessageCodepage 3FDE=InternetCodepage 5909=MessageEditorFormat 5902=InternetMailOverrideFormat
		0062=OwnerAppointmentId 1016=NativeBody 401A=SentRepresentingFlags 0C04=NonDeliveryReportReasonCode
		0C05=NonDeliveryReportDiagCode 0C20=NonDeliveryReportStatusCode 0FFE=ObjectType 340D=StoreSupportMask
		0FF4=Access 0FF7=AccessLevel 4076=ContentFilterSpamConfidenceLevel 4079=SenderIdStatus 0E79=TrustSender
		1096=BlockStatus 0C15=RecipientType 3900=DisplayType 3905=DisplayTypeEx 3A71=SendInternetEncoding
		5FFD=RecipientFlags 5FFF=RecipientTrackStatus 5FDF=RecipientOrder 0E21=AttachNumber 3705=AttachMethod
		0E20=AttachSize 3714=AttachFlags 7FFD=AttachmentFlags 7FFA=AttachmentLinkId 370B=RenderingPosition
		3000=Rowid 4019=SenderFlags`,
	mapi.PtypBoolean: `
		0E1B=HasAttachments 0E69=Read 0C17=ReplyRequested 0063=ResponseRequested 0E01=DeleteAfterSubmit
		0005=AutoForwarded 0E1F=RtfInSync 0029=ReadReceiptRequested 0C06=NonReceiptNotificationRequested
		0023=OriginatorDeliveryReportRequested 0C08=OriginatorNonDeliveryReportRequested
		3016=ConversationIndexTracking 3A40=SendRichInfo 0E0F=Responsibility 7FFE=AttachmentHidden`,
	mapi.PtypObject: `
		3701=AttachDataObject`,
}

func TestTables(t *testing.T) {
	t.Run("MAPI-P-001 core tags", func(t *testing.T) {
		n := 0
		for typ, list := range coreTags {
			for _, row := range strings.Fields(list) {
				id, name, _ := strings.Cut(row, "=")
				var tag uint32
				if _, err := fmt.Sscanf(id, "%X", &tag); err != nil {
					t.Fatal(err)
				}
				checkTag(t, tag<<16|uint32(typ), "PidTag"+name)
				n++
			}
		}
		if n != 180 {
			t.Errorf("%d tags", n)
		}
	})
	t.Run("constants", func(t *testing.T) {
		if mapi.PidTagSubject != 0x0037001F || mapi.PidTagAttachDataObject != 0x3701000D ||
			mapi.PidTagAttachDataObject.Type() != mapi.PtypObject || mapi.PidTagAttachDataObject.ID() != 0x3701 {
			t.Error("a constant is wrong")
		}
		var p mapi.Properties
		p.Set(mapi.PidTagAttachDataObject.Key(), mapi.Object())
		if !mapi.PidTagAttachDataObject.Has(&p) {
			t.Error("not there")
		}
		if mapi.PidTagAttachDataObject.Delete(&p); p.Len() != 0 {
			t.Error("still there")
		}
	})
	t.Run("unknown names", func(t *testing.T) {
		for _, n := range []mapi.Name{
			{}, {Set: mapi.PS_PUBLIC_STRINGS, String: "KEYWORDS"}, {Set: mapi.PSETID_Common, LID: 1}, {Set: mapi.PSETID_Common, String: "x"},
		} {
			if got, _, ok := mapi.NameOf(n); ok {
				t.Errorf("%#v is %s", n, got)
			}
		}
		for _, s := range []string{"", "PidTag", "PidTagsubject", "Z"} {
			if _, _, ok := mapi.KeyOf(s); ok {
				t.Errorf("%q is known", s)
			}
		}
	})
	t.Run("header names have no case", func(t *testing.T) {
		got, _, _ := mapi.NameOf(mapi.Name{Set: mapi.PS_INTERNET_HEADERS, String: "CONTENT-class"})
		if got != "PidNameContentClass" {
			t.Errorf("%q", got)
		}
	})
}

func checkTag(t *testing.T, tag uint32, name string) {
	t.Helper()
	if got, _ := mapi.TagName(tag); got != name {
		t.Errorf("0x%08X is %q, want %s", tag, got, name)
	}
	key, typ, ok := mapi.KeyOf(name)
	if !ok || uint32(key.ID)<<16|uint32(typ) != tag {
		t.Errorf("%s is 0x%04X of type %s, want 0x%08X", name, key.ID, typ, tag)
	}
}

func TestNamedProperties(t *testing.T) {
	for name, want := range map[string]mapi.Name{
		"PidLidLocation":           {Set: mapi.PSETID_Appointment, LID: 0x8208},
		"PidLidGlobalObjectId":     {Set: mapi.PSETID_Meeting, LID: 3},
		"PidLidReminderSet":        {Set: mapi.PSETID_Common, LID: 0x8503},
		"PidLidTaskDueDate":        {Set: mapi.PSETID_Task, LID: 0x8105},
		"PidNameKeywords":          {Set: mapi.PS_PUBLIC_STRINGS, String: "Keywords"},
		"PidNameContentClass":      {Set: mapi.PS_INTERNET_HEADERS, String: "Content-Class"},
		"PidNameXSharingLocalType": {Set: mapi.PS_INTERNET_HEADERS, String: "X-Sharing-Local-Type"},
	} {
		key, typ, ok := mapi.KeyOf(name)
		if !ok || key.Name != want || key.ID != 0 {
			t.Errorf("%s is %#v", name, key.Name)
		}
		got, gotType, ok := mapi.NameOf(want)
		if !ok || got != name || gotType != typ {
			t.Errorf("%#v is %q of type %s, want %s of type %s", want, got, gotType, name, typ)
		}
	}
}

func TestPropertySets(t *testing.T) {
	for want, set := range map[string]mapi.GUID{
		"{00020328-0000-0000-C000-000000000046}": mapi.PS_MAPI,
		"{00020329-0000-0000-C000-000000000046}": mapi.PS_PUBLIC_STRINGS,
		"{00020386-0000-0000-C000-000000000046}": mapi.PS_INTERNET_HEADERS,
		"{00062008-0000-0000-C000-000000000046}": mapi.PSETID_Common,
		"{0006200B-0000-0000-C000-000000000046}": mapi.PSETID_BusinessCardView,
		"{4442858E-A9E3-4E80-B900-317A210CC15B}": mapi.PSETID_UnifiedMessaging,
		"{71035549-0739-4DCB-9163-00F0580DBBDF}": mapi.PSETID_AirSync,
		"{41F28F13-83F4-4114-A584-EEDB5A6B0BFF}": mapi.PSETID_Messaging,
		"{96357F7F-59E1-47D0-99A7-46515C183B54}": mapi.PSETID_Attachment,
		"{11000E07-B51B-40D6-AF21-CAA85EDAB1D0}": mapi.PSETID_CalendarAssistant,
	} {
		if set.String() != want {
			t.Errorf("%s, want %s", set, want)
		}
	}
}
