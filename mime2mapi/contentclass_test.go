package mime2mapi_test

import (
	"testing"

	"github.com/contentconv/contentconv/mapi"
)

// Content-Class makes another class of ordinary mail alone: what a TNEF stream is
// by its own class stays that.
func TestIN_HDR_032_ContentClassOfOtherClasses(t *testing.T) {
	const header = tnefHeader + "Content-Class: urn:content-class:custom.x\r\n"
	for class, want := range map[string]string{"IPM.Task": "IPM.Task", "IPM.Note": "IPM.Note.Custom.x"} {
		m := capsule()
		mapi.PidTagMessageClass.Set(&m.Properties, class)
		p := &convertTNEF(t, legacy(header, stream(t, m)), nil).Message.Properties
		if got := mapi.PidTagMessageClass.Or(p, ""); got != want {
			t.Errorf("%s became %s, not %s", class, got, want)
		}
		if got := mapi.PidNameContentClass.Or(p, ""); got != "urn:content-class:custom.x" {
			t.Errorf("the field is %q", got)
		}
	}
}

// A flag that a TNEF stream says is done, or due, is one that was just set.
func TestIN_HDR_038_FlagBeatsTheStream(t *testing.T) {
	m := capsule()
	mapi.PidTagMessageClass.Set(&m.Properties, "IPM.Note")
	mapi.PidTagFlagCompleteTime.Set(&m.Properties, 132000000000000000)
	mapi.PidLidTaskDueDate.Set(&m.Properties, 132000000000000000)
	mapi.PidLidTaskStartDate.Set(&m.Properties, 132000000000000000)
	mapi.PidLidTaskDateCompleted.Set(&m.Properties, 132000000000000000)
	mapi.PidLidTaskStatus.Set(&m.Properties, 2)
	p := &convertTNEF(t, legacy(tnefHeader+"X-Message-Flag: Call\r\n", stream(t, m)), nil).Message.Properties
	for name, has := range map[string]bool{
		"PidTagFlagCompleteTime": mapi.PidTagFlagCompleteTime.Has(p), "PidLidTaskDueDate": mapi.PidLidTaskDueDate.Has(p),
		"PidLidTaskStartDate": mapi.PidLidTaskStartDate.Has(p), "PidLidTaskDateCompleted": mapi.PidLidTaskDateCompleted.Has(p),
	} {
		if has {
			t.Errorf("%s is still there", name)
		}
	}
	if mapi.PidLidFlagRequest.Or(p, "") != "Call" || mapi.PidLidTaskStatus.Or(p, -1) != 0 {
		t.Error("the message is not flagged")
	}
}
