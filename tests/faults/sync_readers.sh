#!/bin/sh
# sync_readers.sh RUNNER: two people read and save while syncs switch between two
# exports: nobody is refused, and nobody sees things of two syncs at once.
set -u
runner=$1
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
db=$work/huddle.db

fail() {
	echo "FAILED: $*"
	cat "$work"/*.out
	exit 1
}

mkdir "$work/one" "$work/two"
"$runner" make "$work/one" 150 60 1 || fail make
"$runner" make "$work/two" 150 70 2 || fail make
"$runner" sync "$db" "$work/one" >"$work/first.out" || fail "the first sync"
pids=
for person in ana tom; do
	"$runner" read "$db" 8 >"$work/$person.out" &
	pids="$pids $!"
done
syncs=0
# shellcheck disable=SC2086 # one word each
while kill -0 $pids 2>/dev/null; do
	for set in two one; do
		"$runner" sync "$db" "$work/$set" >"$work/sync.out" || fail "sync $syncs"
		syncs=$((syncs + 1))
	done
done
for pid in $pids; do
	wait "$pid" || fail "a reader"
done
"$runner" check "$db" 1 2 || fail "afterwards"
cat "$work/ana.out" "$work/tom.out"
echo "readers: $syncs syncs meanwhile"
