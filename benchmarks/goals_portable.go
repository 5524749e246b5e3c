//go:build (!amd64 && !arm64) || purego

package main

// What go-message takes over what this library takes, for attachments in base64, in the
// portable build.
const (
	goalToMAPI = 3.5
	goalToMIME = 2.5
)
