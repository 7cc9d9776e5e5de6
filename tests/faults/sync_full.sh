#!/bin/sh
# sync_full.sh RUNNER: a real file system fills up during a sync: one clear line,
# nothing changed, nothing left; after making room the sync works.
set -u
runner=$1
work=$(mktemp -d) || exit 1
if ! mount -t tmpfs -o size=6m tmpfs "$work" 2>/dev/null; then
	rmdir "$work"
	echo "skipped: file systems can not be mounted here"
	exit 77
fi
data=$(mktemp -d) || exit 1
trap 'umount "$work"; rm -rf "$work" "$data"' EXIT
db=$work/huddle.db

fail() {
	echo "FAILED: $*"
	cat "$data/out"
	ls -l "$work"
	exit 1
}

mkdir "$data/one" "$data/two"
"$runner" make "$data/one" 20 20 1 || fail make
"$runner" make "$data/two" 100 300 2 || fail make
"$runner" sync "$db" "$data/one" >"$data/out" || fail "the first sync"
room=$(df --output=avail -k "$work" | tail -1)
before=$(ls "$work")
for left in 2000 500 100 20 4 0; do
	head -c $(((room - left) * 1024)) /dev/zero >"$work/ballast" 2>/dev/null
	"$runner" sync "$db" "$data/two" >"$data/out" 2>&1 && fail "a full disk was not noticed"
	[ "$(wc -l <"$data/out")" -eq 1 ] || fail "more than one line"
	grep -q 'make room and' "$data/out" || fail "another message"
	rm "$work/ballast"
	[ "$(ls "$work")" = "$before" ] || fail "something is left over"
	"$runner" check "$db" 1 || fail "with $left KiB left"
done
"$runner" sync "$db" "$data/two" >"$data/out" || fail "after making room"
"$runner" check "$db" 2 || fail "afterwards"
echo "full: refused with 2000 to 0 KiB left, nothing lost and nothing left over"
