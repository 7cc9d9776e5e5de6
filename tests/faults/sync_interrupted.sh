#!/bin/sh
# sync_interrupted.sh RUNNER: Ctrl-C, once or twice, at any moment of a sync. It
# ends as refused, says so, has changed nothing and leaves no file; or it came too
# late, and the sync is done. Once in each stage, then from first to last moment.
set -u
runner=$1
rounds=${FAULT_ROUNDS:-20}
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
db=$work/huddle.db

fail() {
	echo "FAILED: $stage, round $round: $*"
	cat "$work/out"
	ls "$work"
	exit 1
}

refused() {
	[ "$(sed 's/: .*\/huddle.db:/: sync:/' "$work/out")" = \
		"huddle: sync: interrupted, and nothing was changed; try again" ] || fail "another message"
	"$runner" check "$db" "$now" || fail "after it was interrupted"
}

round=0 stage=none now=1
mkdir "$work/one" "$work/two"
"$runner" make "$work/one" 100 100 1 || fail make
"$runner" make "$work/two" 100 110 2 || fail make
: >"$work/out"
for stage in comparing indexing linking "making it safe"; do
	"$runner" stop "$work/new.db" "$work/one" "$stage" >"$work/out"
	[ $? -eq 1 ] || fail "the first sync of all was not refused"
	[ "$(echo "$work"/*-facts-*)" = "$work/*-facts-*" ] || fail "something is left over"
done
start=$(date +%s%N)
"$runner" sync "$db" "$work/one" >"$work/out" || fail "the first sync"
took=$((($(date +%s%N) - start) / 1000000)) # ms
for stage in comparing indexing linking "making it safe"; do
	"$runner" stop "$db" "$work/two" "$stage" >"$work/out"
	[ $? -eq 1 ] || fail "was not refused"
	refused
done

stage="at any moment" interrupted=0
while [ $round -lt "$rounds" ]; do
	round=$((round + 1))
	next=1 set=one
	if [ "$now" = 1 ]; then
		next=2 set=two
	fi
	# A child of a script without job control ignores SIGINT until it sets it.
	"$runner" sync "$db" "$work/$set" >"$work/out" &
	pid=$!
	sleep "$(awk -v t=$took -v r=$round -v n="$rounds" 'BEGIN { printf "%.4f", t * r / n / 1000 }')"
	kill -INT $pid 2>/dev/null
	[ $((round % 2)) = 0 ] || kill -INT $pid 2>/dev/null
	wait $pid
	case $? in
	0)
		"$runner" check "$db" "$next" || fail "after it was done"
		now=$next
		took=$((took * 9 / 10)) # the machine was busier before
		;;
	1)
		interrupted=$((interrupted + 1))
		refused
		;;
	*) fail "another status" ;;
	esac
done
[ $interrupted -gt $((rounds / 4)) ] || fail "only $interrupted were interrupted in time"
echo "interrupted: $interrupted of $rounds syncs of $took ms, and 8 in their stages"
