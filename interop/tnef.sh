#!/usr/bin/env bash
# Reads the TNEF streams that this library writes with programs of others, and
# compares the attachments, the subjects and the bodies that they find with what the
# streams were made of. See README.md beside this script.
. "$(dirname "$0")/lib.sh"
mkdir "$work/tnef"

# The messages, and the TNEF streams of the corpus, which are read and written.
{
	mails eml pairs
	[ -z "${CONTENTCONV_CORPUS:-}" ] || find "$CONTENTCONV_CORPUS/tnef" "$CONTENTCONV_CORPUS/pairs" -type f \( -name '*.tnef' -o -name '*winmail*.dat' \)
} | numbered >"$work/list"
echo "interop: $(wc -l <"$work/list") messages"
(cd "$here/.." && go run ./interop/totnef "$work/tnef" <"$work/list")

readers=()
if debs tnef; then
	python3 "$here/readers/tnefprograms.py" "$work/tnef" tnef "$cache/root/usr/bin/tnef" "$work/tnef.jsonl" && readers+=(tnef)
else
	skip tnef "the Debian package tnef cannot be had"
fi
if debs ytnef-tools; then
	LD_LIBRARY_PATH=$(ls -d "$cache"/root/usr/lib/*-linux-* | paste -sd: -) python3 "$here/readers/tnefprograms.py" "$work/tnef" ytnef \
		"$cache/root/usr/bin/ytnef" "$cache/root/usr/bin/ytnefprint" "$work/ytnef.jsonl" && readers+=(ytnef)
else
	skip ytnef "the Debian package ytnef-tools cannot be had"
fi
if poi; then
	java_reader HmefReader.java "$work/hmef.jsonl" "$work/tnef" && readers+=(hmef)
else
	skip hmef "a Java compiler or the Debian package libapache-poi-java cannot be had"
fi
if [ ${#readers[@]} -eq 0 ]; then
	echo "interop: no reader could be installed, nothing was compared" >&2
	exit 0
fi
python3 "$here/comparetnef.py" "$here/known-tnef.tsv" "$work" "${readers[@]}"
