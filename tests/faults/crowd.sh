#!/bin/sh
# crowd.sh WRITER HUDDLE: four people write at once and nothing is lost; then rounds
# in which writers of all kinds of records are killed at any moment, and whatever
# they had said to be saved is there, and no half of anything.
set -u
writer=$1
huddle=$2
rounds=${FAULT_ROUNDS:-100}
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
	"$writer" add "$db" $person 67 20 first >"$work/$person.out" &
	pids="$pids $!"
done
for pid in $pids; do
	wait "$pid" || fail "a writer could not write: $(grep -h failed "$work"/*.out | head -3)"
done
cat "$work"/*.out | "$writer" check "$db" 0 || fail "after writing together"
echo "together: $(cat "$work"/*.out | grep -c saved) acknowledged, none lost; $(cat "$work"/*.out | grep -c failed) had to try again"

# By turns one writer alone, who is always in the middle of something, and three, of
# whom two mostly wait; one has the meeting. A file lives through five rounds, so
# that it was repaired more than once and stays small.
round=0 saved=0 killed=0
: >"$work/cut"
while [ $round -lt "$rounds" ]; do
	[ $((round % 5)) -ne 0 ] || rm -f "$db"* "$work"/*.out
	pids=
	people=ana
	[ $((round % 2)) = 0 ] || people="ana tom eva"
	for person in $people; do
		kinds=alone
		killed=$((killed + 1))
		[ "$person" != ana ] || kinds=all
		"$writer" add "$db" "$person-$round" 10000 1 $kinds >"$work/$person-$round.out" &
		pids="$pids $!"
	done
	sleep "0.$((round * 7 % 3))$((round * 3 % 10))$((round * 13 % 10))"
	# shellcheck disable=SC2086 # one word each
	kill -9 $pids
	for pid in $pids; do
		wait "$pid" 2>/dev/null
	done
	grep -h failed "$work"/*-$round.out | grep -v 'nothing was saved' && fail "round $round"
	saved=$((saved + $(cat "$work"/*-$round.out | grep -c '^saved')))
	# A writer may be killed between its commit and saying so.
	cat "$work"/*.out | "$writer" check "$db" $((round % 5 * 3 + 3)) >"$work/told" ||
		fail "round $round: $(grep -v '^cut' "$work/told")"
	"$huddle" --db "$db" check >"$work/told.check"
	grep -q '^All is well' "$work/told.check" ||
		fail "round $round: $(cat "$work/told.check")"
	cat "$work"/*-$round.out | "$writer" check "$db" 100000 | grep '^cut' >>"$work/cut"
	round=$((round + 1))
done
echo "killed: $killed writers in $rounds rounds, $saved acknowledged, none lost, none half"
echo "cut short: $(sort "$work/cut" | uniq -c | sed 's/^ *\([0-9]*\) cut short: \(.*\)/\2 \1/' | paste -sd, | sed 's/,/, /g')"
