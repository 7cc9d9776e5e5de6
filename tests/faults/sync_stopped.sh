#!/bin/sh
# sync_stopped.sh RUNNER: a sync is stopped (not killed) at any moment, and while
# it stands there somebody opens the review, reads and saves. What a stopped sync
# holds, a slow one holds for as long as it works: only where it switches, a row
# of one transaction, may it be in anybody's way.
set -u
runner=$1
rounds=${FAULT_ROUNDS:-12}
work=$(mktemp -d) || exit 1
pid=
trap 'kill -9 $pid 2>/dev/null; rm -rf "$work"' EXIT
db=$work/huddle.db

fail() {
	echo "FAILED: round $round: $*"
	cat "$work/out"
	exit 1
}

round=0
mkdir "$work/one" "$work/two"
"$runner" make "$work/one" 100 100 1 || fail make
"$runner" make "$work/two" 100 110 2 || fail make
"$runner" sync "$db" "$work/one" >"$work/out" || fail "the first sync"
start=$(date +%s%N)
"$runner" sync "$db" "$work/two" >"$work/out" || fail "the second sync"
took=$((($(date +%s%N) - start) / 1000000))
stopped=0 waited=0
while [ $stopped -lt "$rounds" ] && [ $round -lt $((rounds * 4)) ]; do
	round=$((round + 1))
	set=one
	[ $((round % 2)) = 1 ] || set=two
	"$runner" sync "$db" "$work/$set" >"$work/sync.out" &
	pid=$!
	sleep "$(awk -v t=$took -v r=$((round % rounds)) -v n="$rounds" 'BEGIN { printf "%.4f", t * r / n / 1000 }')"
	kill -STOP $pid 2>/dev/null
	case $(cut -d" " -f3 "/proc/$pid/stat" 2>/dev/null) in
	T) stopped=$((stopped + 1)) ;;
	*) took=$((took * 9 / 10)) ;; # it was done: the machine was busier before
	esac
	"$runner" visit "$db" >"$work/out"
	case $? in
	0) ;;
	75) waited=$((waited + 1)) ;;
	*) fail "a visit" ;;
	esac
	kill -CONT $pid 2>/dev/null
	wait $pid || fail "the sync: $(cat "$work/sync.out")"
done
pid=
"$runner" check "$db" 1 2 >"$work/out" || fail "afterwards"
[ $stopped -gt $((rounds / 3)) ] || fail "only $stopped were stopped in time"
[ $waited -lt $((stopped / 4 + 1)) ] ||
	fail "$waited of $stopped visits would have had to wait for the sync"
echo "stopped: $stopped of $round syncs; $waited visits fell upon the switch"
