module github.com/contentconv/contentconv

go 1.26.0

require (
	github.com/emersion/go-ical v0.0.0-20250329121855-f41e73efc392
	github.com/emersion/go-message v0.18.2
	github.com/google/go-cmp v0.7.0
	github.com/segmentio/asm v1.2.1
	golang.org/x/text v0.43.0
)

require github.com/teambition/rrule-go v1.8.2

require golang.org/x/sys v0.5.0 // indirect
