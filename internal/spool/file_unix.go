//go:build unix

package spool

import "os"

// unlinkOpen removes the name of an open file; the file lives until it is closed.
func unlinkOpen(name string) error { return os.Remove(name) }

func removeClosed(string) error { return nil }
