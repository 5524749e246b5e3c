package mime2mapi

import (
	"strings"

	"github.com/contentconv/contentconv/internal/headerprop"
	"github.com/contentconv/contentconv/mapi"
)

// convertFlag sets what X-Message-Flag stands for: a flagged message is a task
// that has not begun ([MS-OXCMAIL] 2.2.3.2.16).
func (m *message) convertFlag() {
	f := m.fields.flag
	if f == nil {
		return
	}
	request := strings.TrimSpace(m.limitedItems(m.text(f, headerprop.Words, m.job.root.Path), m.limits.TextHeader(), m.job.root.Path, f.Name))
	if request == "" {
		return
	}
	p := m.properties()
	mapi.PidLidFlagRequest.Set(p, request)
	mapi.PidTagFlagStatus.Set(p, 2)
	mapi.PidLidToDoTitle.Set(p, mapi.PidTagSubject.Or(p, ""))
	mapi.PidLidTaskStatus.Set(p, 0)
	mapi.PidLidTaskComplete.Set(p, false)
	mapi.PidLidPercentComplete.Set(p, 0.0)
	mapi.PidTagToDoItemFlags.Set(p, 8)

	mapi.PidTagFlagCompleteTime.Delete(p)
	mapi.PidLidTaskDueDate.Delete(p)
	mapi.PidLidTaskStartDate.Delete(p)
	mapi.PidLidTaskDateCompleted.Delete(p)
}

// convertClassification sets the five classification properties, or none of them:
// X-Microsoft-Classified must be "true" ([MS-OXCMAIL] 2.2.3.2.22). The prose of
// the specification has other names for two of the fields than its table; both
// are read.
func (m *message) convertClassification() {
	value := func(names ...string) string {
		for _, name := range names {
			if f, ok := m.fields.classification[name]; ok {
				return strings.TrimSpace(m.limitedItems(m.text(&f, headerprop.Words, m.job.root.Path), m.limits.TextHeader(), m.job.root.Path, f.Name))
			}
		}
		return ""
	}
	if !strings.EqualFold(value("x-microsoft-classified"), "true") {
		return
	}
	p := m.properties()
	mapi.PidLidClassified.Set(p, true)
	switch keep := value("x-microsoft-classkeep", "x-microsoft-classification-keep"); {
	case strings.EqualFold(keep, "true"):
		mapi.PidLidClassificationKeep.Set(p, true)
	case strings.EqualFold(keep, "false"):
		mapi.PidLidClassificationKeep.Set(p, false)
	}
	for _, text := range []struct {
		lid   mapi.Named[string]
		value string
	}{
		{mapi.PidLidClassification, value("x-microsoft-classification")},
		{mapi.PidLidClassificationDescription, value("x-microsoft-classdesc")},
		{mapi.PidLidClassificationGuid, value("x-microsoft-classid", "x-microsoft-classification-guid")},
	} {
		if text.value != "" {
			text.lid.Set(p, text.value)
		}
	}
}
