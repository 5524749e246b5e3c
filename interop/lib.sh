# What the scripts of this folder share; they source it. It sets here, cache (of what
# was fetched) and work (a temporary folder).
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=${CONTENTCONV_INTEROP_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/contentconv-interop}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$cache"

skip() { echo "interop: SKIPPED $1: $2" >&2; }

# debs PACKAGE... unpacks Debian packages, each with what it needs, into $cache/root.
debs() {
	local package list
	for package in "$@"; do
		[ -e "$cache/deb-$package.done" ] && continue
		command -v apt-get >/dev/null || return 1
		mkdir -p "$cache/debs" "$cache/root"
		list=$(apt-get install -y --no-install-recommends --print-uris --reinstall "$package" 2>/dev/null | sed -n "s/^'[^']*' \([^_]*\)_.*/\1/p") || return 1
		[ -n "$list" ] || return 1
		(cd "$cache/debs" && apt-get download $list >/dev/null 2>&1) || return 1
		for deb in "$cache"/debs/*.deb; do dpkg-deb -x "$deb" "$cache/root"; done
		rm -f "$cache"/debs/*.deb
		touch "$cache/deb-$package.done"
	done
}

# npms PACKAGE@VERSION... installs packages of npm into the cache.
npms() {
	command -v npm >/dev/null || return 1
	export NODE_PATH="$cache/node_modules"
	local package
	for package in "$@"; do
		[ -e "$cache/npm-${package//\//-}.done" ] && continue
		npm install --silent --no-audit --no-fund --prefix "$cache" "$package" >/dev/null 2>&1 || return 1
		touch "$cache/npm-${package//\//-}.done"
	done
}

# poi sets jars to the class path of Apache POI.
poi() {
	command -v javac >/dev/null && debs libapache-poi-java || return 1
	jars=$(find "$cache/root/usr/share/java" -name '*.jar' | paste -sd: -)
}

# java_reader SOURCE OUTPUT FOLDER runs a reader in Java, and shows what it says when
# it fails.
java_reader() {
	java -cp "$jars" "$here/readers/$1" "$3" "$2" 2>"$work/java.log" || { cat "$work/java.log" >&2; return 1; }
}

# numbered gives each path a number of five digits.
numbered() { LC_ALL=C sort | awk '{ printf "%05d\t%s\n", NR, $0 }'; }

# mails lists the messages of the repository, and of those folders of the corpus.
mails() {
	find "$here/../testdata/eml" -name '*.eml'
	local folder
	[ -z "${CONTENTCONV_CORPUS:-}" ] || for folder in "$@"; do
		find "$CONTENTCONV_CORPUS/$folder" -type f \( -name '*.eml' -o -path '*/eml/*' \) \
			! -name '*.json' ! -name '*.out' ! -name '*.xml' ! -name '*_decoded*'
	done
}
