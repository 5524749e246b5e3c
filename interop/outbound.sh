#!/usr/bin/env bash
# Reads the Internet messages that this library makes of .msg files with programs of
# others, and compares them with what other programs read in the files. See README.md
# beside this script.
. "$(dirname "$0")/lib.sh"
mkdir -p "$work/msg" "$work/eml" "$work/made"

# The files: those made of the messages of the repository, and those of the corpus.
find "$here/../testdata/eml" -name '*.eml' | LC_ALL=C sort | awk -F/ '{ print $NF "\t" $0 }' >"$work/made.list"
(cd "$here/.." && go run ./interop/tomsg "$work/made" <"$work/made.list")
{
	find "$work/made" -name '*.msg'
	# Some files of that name are Internet messages.
	[ -z "${CONTENTCONV_CORPUS:-}" ] || find "$CONTENTCONV_CORPUS" -type f -iname '*.msg' -exec sh -c \
		'[ "$(head -c 8 "$1" | od -An -tx1 | tr -d " ")" != d0cf11e0a1b11ae1 ] || echo "$1"' sh {} \;
} | numbered >"$work/list"
while IFS=$'\t' read -r id path; do ln -s "$path" "$work/msg/$id.msg"; done <"$work/list"
echo "interop: $(wc -l <"$work/list") .msg files"
(cd "$here/.." && go run ./interop/toeml "$work/eml" <"$work/list")

mail=gomessage msg=
mv "$work/eml/gomessage.jsonl" "$work"
python3 "$here/readers/pyemail.py" "$work/eml" "$work/pyemail.jsonl" && mail+=,pyemail
if npms mailparser@3.9.1; then
	node "$here/readers/mailparser.cjs" "$work/eml" "$work/mailparser.jsonl" && mail+=,mailparser
else
	skip mailparser "npm or its package mailparser cannot be had"
fi
if npms @kenjiuno/msgreader@1.28.0; then
	node "$here/readers/msgreader.cjs" "$work/msg" "$work/msgreader.jsonl" && msg+=,msgreader
else
	skip msgreader "npm or its package @kenjiuno/msgreader cannot be had"
fi
if poi; then
	java_reader PoiReader.java "$work/poi.jsonl" "$work/msg" && msg+=,poi
else
	skip poi "a Java compiler or the Debian package libapache-poi-java cannot be had"
fi
if [ -z "$msg" ]; then
	echo "interop: no reader of .msg files could be installed, nothing was compared" >&2
	exit 0
fi
[ -z "${KEEP:-}" ] || cp -r "$work" "$KEEP"
python3 "$here/outbound.py" "$here/known-outbound.tsv" "$work" "${msg#,}" "$mail"
