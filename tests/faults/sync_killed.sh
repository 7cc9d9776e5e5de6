#!/bin/sh
# sync_killed.sh RUNNER: a hundred syncs are killed, at any moment. The facts are those of
# before, or those of the sync when it was as good as done; the next one works
# and leaves nothing of the killed one.
set -u
runner=$1
kills=${FAULT_ROUNDS:-100}
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
db=$work/huddle.db

fail() {
	echo "FAILED: round $round: $*"
	ls "$work"
	exit 1
}

round=0
mkdir "$work/one" "$work/two"
"$runner" make "$work/one" 50 80 1 || fail make
"$runner" make "$work/two" 50 90 2 || fail make
start=$(date +%s%N)
"$runner" sync "$db" "$work/one" >/dev/null || fail "the first sync"
"$runner" sync "$db" "$work/two" >/dev/null || fail "the second sync"
took=$((($(date +%s%N) - start) / 2000000)) # ms each
now=2
killed=0
while [ $killed -lt "$kills" ] && [ $round -lt $((kills * 2)) ]; do
	round=$((round + 1))
	next=1 set=one
	if [ "$now" = 1 ]; then
		next=2 set=two
	fi
	"$runner" sync "$db" "$work/$set" >"$work/out" &
	pid=$!
	# From its first to its last moment, one after the other.
	sleep "$(awk -v t=$took -v r=$((round % kills)) -v n="$kills" 'BEGIN { printf "%.4f", t * r / n / 1000 }')"
	kill -9 $pid 2>/dev/null
	wait $pid 2>/dev/null
	if [ $? -eq 137 ]; then
		killed=$((killed + 1))
	else # it was done: the machine was busier before
		took=$((took * 9 / 10))
	fi
	"$runner" peek "$db" "$now" "$next" || fail "after the kill"
	[ $((round % 3)) = 0 ] || continue
	"$runner" sync "$db" "$work/$set" >"$work/out" || fail "the next sync: $(cat "$work/out")"
	"$runner" check "$db" "$next" || fail "after the next sync"
	now=$next
done
[ $killed -gt $((kills / 3)) ] || fail "only $killed were killed in time"
echo "killed: $killed of $round syncs of $took ms, the facts always those of one"
