#!/usr/bin/env bash
# Reads the .msg files that this library writes with programs of others, and
# compares what they find with what Python's email package reads in the messages.
# See README.md beside this script.
. "$(dirname "$0")/lib.sh"

mails eml | numbered >"$work/list"
echo "interop: $(wc -l <"$work/list") messages"
(cd "$here/.." && go build -o "$work/contentconv" ./examples/contentconv)
python3 "$here/parts.py" "$work/contentconv" "$here/known-parts.tsv" <"$work/list"
mkdir "$work/msg"
(cd "$here/.." && go run ./interop/tomsg "$work/msg" <"$work/list")
python3 "$here/expect.py" "$work/eml.jsonl" <"$work/list"

readers=()
if debs libemail-outlook-message-perl; then
	export PERL5LIB="$cache/root/usr/share/perl5:$(ls -d "$cache"/root/usr/lib/*/perl5/* 2>/dev/null | paste -sd: -)"
	perl "$here/readers/msgconvert.pl" "$work/msg" "$work/msgconvert.jsonl" && readers+=(msgconvert)
else
	skip msgconvert "the Debian package libemail-outlook-message-perl cannot be had"
fi
if poi; then
	java_reader PoiReader.java "$work/poi.jsonl" "$work/msg" && readers+=(poi)
else
	skip poi "a Java compiler or the Debian package libapache-poi-java cannot be had"
fi
if npms @kenjiuno/msgreader@1.28.0; then
	node "$here/readers/msgreader.cjs" "$work/msg" "$work/msgreader.jsonl" && readers+=(msgreader)
else
	skip msgreader "npm or its package @kenjiuno/msgreader cannot be had"
fi
if [ ${#readers[@]} -eq 0 ]; then
	echo "interop: no reader could be installed, nothing was compared" >&2
	exit 0
fi
python3 "$here/compare.py" "$here/known-differences.tsv" "$work" "${readers[@]}"
