// Package tree reads and writes the syntax of iCalendar (RFC 5545): content
// lines, the components they make, and the values within them. It knows nothing
// of what a property means.
//
// [Parse] takes whatever calendars of the real world hold. It never fails on bad
// syntax: it repairs or skips, and reports every repair with its line as a
// diagnostic. Only input beyond a bound of [Options] is an error. [Component] is
// what comes out, in the order of the file and with the number of each line;
// [Write] is the way back.
//
// # Why not go-ical's decoder
//
// github.com/emersion/go-ical panics on a parameter that runs to the end of its
// line, overflows the stack on nested components, stops at the first bad line,
// forgets the order of properties and has no line numbers; its encoder doesn't
// fold. To guard against all of that is to parse the text beforehand. So the
// parser is this package's own, and go-ical's types stand at the edge, where
// programs plug in that use them: [Component.GoICal] and [FromGoICal].
package tree
