#!/usr/bin/env bash
# Reads the encapsulated RTF that this library writes with programs of others:
# unrtf shows the words of the body, rtf-stream-parser gives the body back. See
# README.md beside this script.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cache=${CONTENTCONV_INTEROP_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/contentconv-interop}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$cache" "$work/rtf"

skip() { echo "interop: SKIPPED $1: $2" >&2; }

# unrtf_here sets UNRTF to the command, which is fetched from Debian if need be.
unrtf_here() {
	UNRTF=unrtf
	command -v unrtf >/dev/null && return 0
	local bin="$cache/unrtf/usr/bin/unrtf"
	if [ ! -x "$bin" ]; then
		command -v apt-get >/dev/null || return 1
		(cd "$cache" && apt-get download unrtf >/dev/null 2>&1 && dpkg-deb -x unrtf_*.deb unrtf && rm -f unrtf_*.deb) || return 1
	fi
	UNRTF="$bin -P $cache/unrtf/usr/share/unrtf"
}

{
	find "$here/../testdata/eml" -name '*.eml'
	[ -z "${CONTENTCONV_CORPUS:-}" ] || find "$CONTENTCONV_CORPUS/eml" "$CONTENTCONV_CORPUS/pairs" -type f \
		\( -name '*.eml' -o -path '*/eml/*' \) ! -name '*.json' ! -name '*.out' ! -name '*.xml' ! -name '*_decoded*'
} | LC_ALL=C sort | awk '{ printf "%05d\t%s\n", NR, $0 }' >"$work/list"
(cd "$here/.." && go run ./interop/tortf "$work/rtf" <"$work/list")

failed=0
if unrtf_here; then
	UNRTF=$UNRTF python3 "$here/rtfwords.py" "$work/rtf" || failed=1
else
	skip unrtf "the Debian package unrtf cannot be had"
fi
if ! command -v npm >/dev/null; then
	skip rtf-stream-parser "there is no npm"
elif [ -d "$cache/node_modules/rtf-stream-parser" ] || npm install --silent --no-audit --no-fund --prefix "$cache" rtf-stream-parser@3.8.1 iconv-lite@0.6.3 >/dev/null 2>&1; then
	NODE_PATH="$cache/node_modules" node "$here/readers/rtfstreamparser.cjs" "$work/rtf" || failed=1
else
	skip rtf-stream-parser "the package cannot be had"
fi
exit $failed
