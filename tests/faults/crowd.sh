#!/bin/sh
# crowd.sh WRITER: four people write at once and nothing is lost; then rounds
# in which three writers are killed at any moment, and whatever they had said
# to be saved is there.
set -u
writer=$1
rounds=${FAULT_ROUNDS:-15}
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
db=$work/huddle.db

fail() {
	echo "FAILED: $*"
	exit 1
}

# 4 x 67 rounds of action, draft and debrief: 804 transactions. Who is told that
# others were writing for too long tries again, as a person does.
pids=
for person in ana tom eva kim; do
	"$writer" add "$db" $person 67 20 >"$work/$person.out" &
	pids="$pids $!"
done
for pid in $pids; do
	wait "$pid" || fail "a writer could not write: $(grep -h failed "$work"/*.out | head -3)"
done
cat "$work"/*.out | "$writer" check "$db" 0 || fail "after writing together"
echo "together: $(cat "$work"/*.out | grep -c saved) acknowledged, none lost; $(cat "$work"/*.out | grep -c failed) had to try again"

rm -f "$db" "$work"/*.out
round=0
while [ $round -lt "$rounds" ]; do
	pids=
	for person in ana tom eva; do
		"$writer" add "$db" $person-$round 10000 1 >"$work/$person-$round.out" &
		pids="$pids $!"
	done
	sleep "0.$((round * 7 % 4 + 1))$((round * 3 % 10))"
	for pid in $pids; do
		kill -9 "$pid"
	done
	for pid in $pids; do
		wait "$pid" 2>/dev/null
	done
	grep -h failed "$work"/*-$round.out | grep -v 'nothing was saved' && fail "round $round"
	round=$((round + 1))
	# A writer may be killed between its commit and saying so.
	cat "$work"/*.out | "$writer" check "$db" $((round * 3)) || fail "round $round"
done
echo "killed: $rounds rounds, $(cat "$work"/*.out | grep -c saved) acknowledged, none lost"
