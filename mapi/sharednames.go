package mapi

import "sync"

// The names of properties that this package knows are in memory once, not once for each
// property of each message: a meeting has forty named properties.

// The numbers of the most usual names: those of meetings, and those of all other objects.
const (
	meetingLIDs = 0x80
	firstLID    = 0x8000
	otherLIDs   = 0x600
)

// sharedPlace returns the place of a number in the table, or false.
func sharedPlace(lid uint32) (uint32, bool) {
	if lid >= firstLID {
		return lid - firstLID + meetingLIDs, lid < firstLID+otherLIDs
	}
	return lid, lid < meetingLIDs
}

// sharedNames are the known names by their numbers. Of two with one number the first is
// shared.
var sharedNames = sync.OnceValue(func() *[meetingLIDs + otherLIDs]*Name {
	var table [meetingLIDs + otherLIDs]*Name
	for i := range registry {
		r := &registry[i]
		if place, ok := sharedPlace(r.lid); ok && r.id == 0 && r.str == "" && table[place] == nil {
			name := r.key().Name
			table[place] = &name
		}
	}
	return &table
})

// share returns where a name is, which nobody changes.
func share(n *Name) *Name {
	if place, ok := sharedPlace(n.LID); ok && n.String == "" {
		if known := sharedNames()[place]; known != nil && *known == *n {
			return known
		}
	}
	name := *n
	return &name
}
