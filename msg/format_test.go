package msg

import "testing"

func TestObjectName(t *testing.T) {
	if want := streamName(dataObject); objectName != want {
		t.Errorf("%q, want %q", objectName, want)
	}
}
