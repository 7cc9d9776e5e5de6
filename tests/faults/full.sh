#!/bin/sh
# full.sh WRITER: a real file system of one megabyte, filled while writing. What
# was acknowledged stays, the message says what to do, and after making room
# writing goes on.
set -u
writer=$1
work=$(mktemp -d) || exit 1
if ! mount -t tmpfs -o size=1m tmpfs "$work" 2>/dev/null; then
	rmdir "$work"
	echo "skipped: file systems can not be mounted here"
	exit 77
fi
trap 'umount "$work"; rmdir "$work"' EXIT
db=$work/huddle.db
out=/tmp/full.$$.out

fail() {
	echo "FAILED: $*"
	tail -3 "$out"
	rm -f "$out"
	exit 1
}

head -c 700000 /dev/zero >"$work/ballast"
"$writer" add "$db" ana 5000 1 first >"$out" && fail "a full disk was not noticed"
grep -q '^saved' "$out" || fail "nothing could be written at all"
grep '^failed' "$out" | grep -qv 'make room and try again' && fail "another message"
"$writer" check "$db" 0 <"$out" || fail "after the disk was full"
saved=$(grep -c '^saved' "$out")
rm "$work/ballast"
"$writer" add "$db" tom 50 1 first >>"$out" || fail "writing did not go on after making room"
"$writer" check "$db" 0 <"$out" || fail "after making room"
rm -f "$out"
echo "full: $saved acknowledged before, 150 after making room, none lost"
