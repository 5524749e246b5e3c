// Package spool keeps bytes that are read more than once and at any place: in
// memory while they are few, else in a temporary file that nobody else can read
// and that does not outlive the process.
package spool
