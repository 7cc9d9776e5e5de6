#!/bin/sh
# calls-can-fail.sh SYNC STORE REPORT CLI (libraries): the test of calls must find
# what is wrong, here rooms that go by another's name.
set -eu
rules=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# wrong COMPLAINT LIBRARY... : the test fails and says this.
wrong() {
	complaint=$1
	shift
	if "$rules/calls.sh" "$@" >"$work/said" || ! grep -q "$complaint" "$work/said"; then
		echo "not found: $complaint"
		exit 1
	fi
}

cp "$1" "$work/libui.a"
wrong 'ui may not use build_begin(), which is of store' "$2" "$work/libui.a"
cp "$1" "$work/libreport.a"
wrong 'report may not use build_begin(), which is of store' "$2" "$work/libreport.a"
cp "$4" "$work/libmodel.a"
wrong 'model may not call time()' "$3" "$work/libmodel.a"
wrong 'is in panes and in report\|is in report and in panes' "$3" "$(cp "$3" "$work/libpanes.a" && echo "$work/libpanes.a")"
echo "all wrong calls were found"
