package trace

import (
	"errors"
	"fmt"
	"io/fs"
)

// ErrFull is what a sink's error is when it has no room for the record.
var ErrFull = errors.New("trace: full")

// ErrBusy is what a [Dir]'s error is when others held the folder's lock for all
// the time that [DirOptions.LockWait] allows.
var ErrBusy = errors.New("trace: folder is locked")

// A FullError says that a record would take a folder beyond its bound.
type FullError struct {
	Folder string // "InboundFailures" or "OutboundFailures"
	Used   int64  // bytes that are in the folder
	Need   int64  // bytes of the record: message and text
	Max    int64  // the bound
}

func (e *FullError) Error() string {
	return fmt.Sprintf("trace: %s is full: it holds %d bytes, the record has %d, the bound is %d; move files away to make room",
		e.Folder, e.Used, e.Need, e.Max)
}

// Is reports whether target is [ErrFull].
func (e *FullError) Is(target error) bool { return target == ErrFull }

// An ExistsError says that there is a record of that id already; it was left as
// it is.
type ExistsError struct {
	Name string // the file that exists, below the root
}

func (e *ExistsError) Error() string { return fmt.Sprintf("trace: %s exists already", e.Name) }

// Is reports whether target is [fs.ErrExist].
func (e *ExistsError) Is(target error) bool { return target == fs.ErrExist }

// An IDError says that a record's id is not a GUID in lower case. Nothing else
// becomes part of a file's name.
type IDError struct {
	ID string
}

func (e *IDError) Error() string {
	return fmt.Sprintf("trace: record id %s is not a GUID in lower case without braces", shorten(fmt.Sprintf("%q", e.ID), maxLine))
}

// A SizeError says that a message had another number of bytes than its Size
// told, so that what was read of it may not be the message that failed.
type SizeError struct {
	Size int64 // what Content.Size returned
	Read int64 // what was read; where there is more than Size, Size+1
}

func (e *SizeError) Error() string {
	if e.Read > e.Size {
		return fmt.Sprintf("trace: the message is longer than its size of %d bytes", e.Size)
	}
	return fmt.Sprintf("trace: the message ends after %d bytes, its size is %d", e.Read, e.Size)
}

// An UnsafeError says that something in the place of a folder or of its lock
// file is not what this package would have made there, and was left alone.
type UnsafeError struct {
	Name   string // below the root
	Reason string
}

func (e *UnsafeError) Error() string { return fmt.Sprintf("trace: %s %s", e.Name, e.Reason) }
