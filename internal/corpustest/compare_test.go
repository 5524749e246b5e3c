package corpustest

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path"
	"regexp"
	"strings"
	"time"
)

// The comparisons are of meaning: where upstream's form is one of several valid
// ones, both sides are brought to one form first.

// oneLineEnds brings text to LF and drops line ends at its end, which belong to
// the delimiter or to the body as parsers like.
func oneLineEnds(s string) string {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	s = strings.ReplaceAll(s, "\r", "\n")
	return strings.TrimRight(s, "\n")
}

// noWhitespace drops all white space, as upstream's own comparison does.
func noWhitespace(s string) string { return strings.Join(strings.Fields(s), "") }

// oneSpaces makes each run of white space one blank: unfolding keeps or joins
// them as parsers like.
func oneSpaces(s string) string { return strings.Join(strings.Fields(s), " ") }

var prefix = regexp.MustCompile(`^([^:\s0-9]{1,3}):\s*`)

// subjectForm gives a subject's prefix the form that [MS-OXCMAIL] 2.2.3.2.6.1
// gives it: a colon and one blank.
func subjectForm(s string) string { return oneSpaces(prefix.ReplaceAllString(oneSpaces(s), "$1: ")) }

var forbidden = regexp.MustCompile(`["*/:<>?\\|\x00-\x1f]`)

// nameForm removes from a file name what [MS-OXCMAIL] 2.2.3.4.1.1 removes.
func nameForm(s string) string {
	s = path.Base(strings.ReplaceAll(strings.TrimSpace(s), `\`, "/"))
	return strings.Trim(forbidden.ReplaceAllString(s, ""), ". ")
}

var drive = regexp.MustCompile(`^[A-Za-z]:[^\\/]+$`)

// equalName compares file names. Of a Windows path in quotation marks other
// parsers take the backslashes for escapes, which leaves a drive and the folders
// glued to the name.
func equalName(want, got string) error {
	if drive.MatchString(want) && got != "" && strings.HasSuffix(want, got) {
		return nil
	}
	return equalText("name", want, got, nameForm)
}

func equalText(what, want, got string, form func(string) string) error {
	if want, got = form(want), form(got); !sameText(want, got) {
		return fmt.Errorf("%s differs: want %s, got %s", what, outline(want), outline(got))
	}
	return nil
}

// sameText compares text. Where an expectation has U+FFFD its parser did not
// know the charset of some bytes, and says nothing of what they mean.
func sameText(want, got string) bool {
	pieces := strings.Split(want, "\uFFFD")
	if len(pieces) == 1 {
		return want == got
	}
	if !strings.HasPrefix(got, pieces[0]) {
		return false
	}
	for _, piece := range pieces[1:] {
		i := strings.Index(got, piece)
		if i < 0 {
			return false
		}
		got = got[i+len(piece):]
	}
	return got == "" || pieces[len(pieces)-1] == ""
}

// outline shows how long a text is, not what it says: logs quote no one's mail.
// With CONTENTCONV_CORPUS_SHOW set it shows the beginning.
func outline(s string) string {
	if os.Getenv("CONTENTCONV_CORPUS_SHOW") != "" {
		return fmt.Sprintf("%.200q (%d bytes)", s, len(s))
	}
	return fmt.Sprintf("text of %d bytes", len(s))
}

func equalMailboxes(want, got []Mailbox) error {
	if len(want) != len(got) {
		return fmt.Errorf("want %d mailboxes, got %d", len(want), len(got))
	}
	for i := range want {
		if err := equalMailbox(&want[i], &got[i]); err != nil {
			return fmt.Errorf("%d: %w", i, err)
		}
	}
	return nil
}

// equalMailbox compares an address and, where the expectation has one, a name.
// A name that is only the address says no more than none.
func equalMailbox(want, got *Mailbox) error {
	if got == nil {
		return errors.New("no mailbox")
	}
	if strings.TrimSpace(want.Address) != got.Address {
		return fmt.Errorf("address: want %s, got %s", outline(want.Address), outline(got.Address))
	}
	if want.Name == "" {
		return nil
	}
	return equalText("name", want.Name, got.Name, oneSpaces)
}

func equalTime(want, got time.Time) error {
	if !want.Equal(got) {
		return fmt.Errorf("want %s, got %s", want.UTC(), got.UTC())
	}
	return nil
}

// sameBytes compares contents. Upstream's repository may have turned the line
// ends of either side, and upstream may drop the two bytes that an incomplete
// group of base64 holds.
func sameBytes(want, got []byte) bool {
	const incomplete = 2
	if len(got)-len(want) <= incomplete && bytes.HasPrefix(got, want) {
		return true
	}
	return oneLineEnds(string(want)) == oneLineEnds(string(got))
}
