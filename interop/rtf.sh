#!/usr/bin/env bash
# Reads the encapsulated RTF that this library writes with programs of others:
# unrtf shows the words of the body, rtf-stream-parser gives the body back. See
# README.md beside this script.
. "$(dirname "$0")/lib.sh"
mkdir "$work/rtf"

mails eml pairs | numbered >"$work/list"
(cd "$here/.." && go run ./interop/tortf "$work/rtf" <"$work/list")

failed=0
if debs unrtf; then
	UNRTF="$cache/root/usr/bin/unrtf -P $cache/root/usr/share/unrtf" python3 "$here/rtfwords.py" "$work/rtf" || failed=1
else
	skip unrtf "the Debian package unrtf cannot be had"
fi
if npms rtf-stream-parser@3.8.1 iconv-lite@0.6.3; then
	node "$here/readers/rtfstreamparser.cjs" "$work/rtf" || failed=1
else
	skip rtf-stream-parser "npm or its package cannot be had"
fi
exit $failed
