package address

import "github.com/contentconv/contentconv/internal/defect"

// A Mailbox is one address of a list, with what stood beside it. All text is
// valid UTF-8 without control characters.
type Mailbox struct {
	// Name is the decoded display name, or "".
	Name string
	// Addr is the addr-spec, or what stood in its place: a local part alone, or
	// an address that is not quite one. Letter case is kept, and the quotes of a
	// local part that needs them; never decoded from encoded words that are a
	// part of it. Never "".
	Addr string
	// Comment is the decoded text of the last comment of the entry, or "". It
	// is no display name ([MS-OXCMAIL] 2.2.3.1.1).
	Comment string
	// Group is the decoded name of the group that the mailbox stood in, or "".
	Group string
}

// A Result is what an address list holds.
type Result struct {
	// Mailboxes are the addresses in their order, members of groups among them.
	Mailboxes []Mailbox
	// Total is the number of mailboxes, those beyond the maximum counted.
	Total int
	// Invalid are the decoded texts of entries that have no address: a name
	// alone, "<>" and junk. At most [MaxOthers] are kept.
	Invalid []string
	// Groups are the decoded names of the groups, empty ones too. At most
	// [MaxOthers] are kept.
	Groups []string
	// Defects are the repairs.
	Defects defect.List
}
