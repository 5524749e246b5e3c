//go:build !unix

package spool

import "os"

// unlinkOpen does nothing: the system refuses to remove an open file.
func unlinkOpen(string) error { return nil }

func removeClosed(name string) error { return os.Remove(name) }
