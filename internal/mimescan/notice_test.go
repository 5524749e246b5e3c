package mimescan

import "testing"

// What stands before the parts is dropped only if it is the notice for readers
// that don't know MIME, and never when there are no parts.
func TestNotice(t *testing.T) {
	const notice = "This is a multi-part message in MIME format.\n"
	for _, tt := range []scanCase{
		{"parts behind another boundary", mixed + notice + "--c\n\none\n--c--\n",
			[]string{"text/plain \"This is a multi-part message in MIME format.\\r\\n--c\\r\\n\\r\\none\\r\\n--c--\\r\\n\""}, []string{"boundary-not-found"}},
		{"nothing else", mixed + notice,
			[]string{"text/plain \"This is a multi-part message in MIME format.\\r\\n\""}, []string{"boundary-not-found"}},
		{"before the closing delimiter", mixed + notice + "\n--b--\n",
			[]string{"multipart/mixed"}, []string{"multipart-empty"}},
		{"text behind it", mixed + notice + "\nThe text.\n--b--\n",
			[]string{"text/plain \"This is a multi-part message in MIME format.\\r\\n\\r\\nThe text.\""}, []string{"boundary-not-found"}},
	} {
		t.Run(tt.name, func(t *testing.T) { tt.run(t, Defaults()) })
	}
}
