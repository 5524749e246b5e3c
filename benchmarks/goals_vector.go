//go:build (amd64 || arm64) && !purego

package main

// What go-message takes over what this library takes, for attachments in base64, with
// vector instructions.
const (
	goalToMAPI = 5
	goalToMIME = 4
)
