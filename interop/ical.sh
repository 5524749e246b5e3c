#!/usr/bin/env bash
# Calendars become .msg files and calendars again; ical.js and node-ical read both and
# must find the same. See README.md beside this script.
. "$(dirname "$0")/lib.sh"
mkdir "$work/ical"

{
	find "$here/calendars" -name '*.ics'
	[ -z "${CONTENTCONV_CORPUS:-}" ] || find "$CONTENTCONV_CORPUS/ics" -type f -name '*.ics'
} | numbered >"$work/list"
(cd "$here/.." && go run ./interop/toics "$work/ical" <"$work/list")

failed=0
if npms ical.js@2.1.0; then
	node "$here/readers/icaljs.cjs" "$work/ical" "$here/known-calendars.tsv" || failed=1
else
	skip ical.js "npm or its package cannot be had"
fi
if npms node-ical@0.20.1; then
	node "$here/readers/nodeical.cjs" "$work/ical" "$here/known-calendars.tsv" || failed=1
else
	skip node-ical "npm or its package cannot be had"
fi
exit $failed
