#!/usr/bin/env bash
# Reads the TNEF streams that this library writes with programs of others, and
# compares the attachments, the subjects and the bodies that they find with what the
# streams were made of. See README.md beside this script.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cache=${CONTENTCONV_INTEROP_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/contentconv-interop}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$cache" "$work/tnef"

skip() { echo "interop: SKIPPED $1: $2" >&2; }

# debs NAME PACKAGE... unpacks Debian packages into a folder NAME of the cache.
debs() {
	local root="$cache/$1"
	shift
	[ -d "$root" ] && return 0
	command -v apt-get >/dev/null || return 1
	mkdir -p "$cache/debs"
	(cd "$cache/debs" && apt-get download "$@" >/dev/null 2>&1) || return 1
	for deb in "$cache"/debs/*.deb; do dpkg-deb -x "$deb" "$root"; done
	rm -f "$cache"/debs/*.deb
}

# The messages, and the TNEF streams of the corpus, which are read and written.
{
	find "$here/../testdata/eml" -name '*.eml'
	[ -z "${CONTENTCONV_CORPUS:-}" ] || find "$CONTENTCONV_CORPUS/eml" "$CONTENTCONV_CORPUS/tnef" "$CONTENTCONV_CORPUS/pairs" -type f \
		\( -path '*/eml/*' -o -name '*.tnef' -o -name '*winmail*.dat' \) ! -name '*.json' ! -name '*.out' ! -name '*.xml' ! -name '*_decoded*'
} | LC_ALL=C sort | awk '{ printf "%05d\t%s\n", NR, $0 }' >"$work/list"
echo "interop: $(wc -l <"$work/list") messages"
(cd "$here/.." && go run ./interop/totnef "$work/tnef" <"$work/list")

readers=()
if debs tnef tnef; then
	python3 "$here/readers/tnefprograms.py" "$work/tnef" tnef "$cache/tnef/usr/bin/tnef" "$work/tnef.jsonl" && readers+=(tnef)
else
	skip tnef "the Debian package tnef cannot be had"
fi
if debs ytnef ytnef-tools libytnef0 || debs ytnef ytnef libytnef0; then
	LD_LIBRARY_PATH=$(echo "$cache"/ytnef/usr/lib/*) python3 "$here/readers/tnefprograms.py" "$work/tnef" ytnef \
		"$cache/ytnef/usr/bin/ytnef" "$cache/ytnef/usr/bin/ytnefprint" "$work/ytnef.jsonl" && readers+=(ytnef)
else
	skip ytnef "the Debian packages of ytnef cannot be had"
fi
if ! command -v javac >/dev/null; then
	skip hmef "there is no Java compiler"
elif debs hmef libapache-poi-java libcommons-collections4-java libcommons-io-java libcommons-codec-java libcommons-math3-java liblog4j2-java; then
	jars=$(find "$cache/hmef/usr/share/java" -name '*.jar' | paste -sd: -)
	java -cp "$jars" "$here/readers/HmefReader.java" "$work/tnef" "$work/hmef.jsonl" 2>"$work/hmef.log" && readers+=(hmef) || cat "$work/hmef.log" >&2
else
	skip hmef "the Debian package libapache-poi-java cannot be had"
fi
if [ ${#readers[@]} -eq 0 ]; then
	echo "interop: no reader could be installed, nothing was compared" >&2
	exit 0
fi
python3 "$here/comparetnef.py" "$here/known-tnef.tsv" "$work" "${readers[@]}"
