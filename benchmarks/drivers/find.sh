#!/usr/bin/env bash
# Prints the command that runs the driver of another program, a word a line; says on
# standard error why it cannot be had. Programs come as those of ../../interop do, and
# into the same cache. Usage: find.sh PROGRAM FOLDER, where the folder is for what has
# to be compiled.
drivers=$(cd "$(dirname "$0")" && pwd)
. "$drivers/../../interop/lib.sh"

missing() { echo "$*" >&2; exit 1; }

case $1 in
msgconvert)
	debs libemail-outlook-message-perl || missing "Perl or the Debian package libemail-outlook-message-perl cannot be had"
	found="$cache/root/usr/share/perl5:$(ls -d "$cache"/root/usr/lib/*/perl5/* 2>/dev/null | paste -sd: -)"
	printf '%s\n' env "PERL5LIB=$found" perl "$drivers/msgconvert.pl"
	;;
poi)
	poi || missing "a Java compiler or the Debian package libapache-poi-java cannot be had"
	javac -cp "$jars" -d "$2" "$drivers/Poi.java" >&2
	printf '%s\n' java -cp "$2:$jars" Poi
	;;
msgreader)
	npms @kenjiuno/msgreader@1.28.0 || missing "npm or its package @kenjiuno/msgreader cannot be had"
	printf '%s\n' env "NODE_PATH=$NODE_PATH" node "$drivers/msgreader.cjs"
	;;
mailparser)
	npms mailparser@3.9.1 || missing "npm or its package mailparser cannot be had"
	printf '%s\n' env "NODE_PATH=$NODE_PATH" node "$drivers/mailparser.cjs"
	;;
email)
	python=$(python3 -c 'import sys; print(sys.executable)') || missing "Python 3 cannot be had"
	printf '%s\n' "$python" "$drivers/pyemail.py"
	;;
*) missing "no program is called $1" ;;
esac
