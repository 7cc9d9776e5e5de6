#!/bin/sh
# disk_kinds.sh WRITER HUDDLE HOW CALLS STEP: each kind of record is written by the
# program itself while the Nth of the system calls fails and all after it, for N = 1,
# 1 + STEP ... until a write needs fewer calls. HOW and CALLS are as in disk.sh; every
# single call is the business of store_faults. Each time all of it is there or
# nothing; who is told that nothing was saved is told in which file and what to do,
# the file is well, and the same command succeeds as soon as the disk does.
set -u
writer=$1
huddle=$2
how=$3
calls=$4
step=$5
if ! strace -o /dev/null true 2>/dev/null; then
	echo "skipped: strace can not trace here"
	exit 77
fi
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
mkdir in base
db=$work/run/huddle.db
export ASAN_OPTIONS="detect_leaks=0:${ASAN_OPTIONS:-}" # it can not work under ptrace

fail() {
	echo "FAILED: $kind, $how at call $when of $calls: $*"
	cat "$work/out"
	exit 1
}

people() {
	"$huddle" --db "$db" --as Ana --today 2026-11-23 "$@"
}

# What the kind does, by the name and the words that the table below gives it.
write() {
	case $kind in
	draft*) "$writer" add "$db" Ana 1 1 draft ;;
	*) eval "people $words" ;;
	esac
}

# Under strace the words are the same; only what runs them is.
write_failing() {
	set -- strace -f -qq -o "$work/trace" -e trace="$calls" -e inject="$calls:$how:when=$when"
	case $kind in
	draft*) "$@" "$writer" add "$db" Ana 1 1 draft ;;
	*) eval '"$@" "$huddle" --db "$db" --as Ana --today 2026-11-23 '"$words" ;;
	esac
}

# A copy of what the kinds before have left.
fresh() {
	rm -rf run
	cp -r base run
}

well() {
	people check >check.out 2>&1
	grep -q '^All is well' check.out ||
		fail "huddle check: $(cat check.out)"
}

# Who was refused is told where and what to do.
told_well() {
	case $kind in
	draft*) grep -q '^failed' out ;;
	*) grep -qF "$db" out ;;
	esac || fail "the file is not named"
	grep -Eq 'make room and try again|check the disk|give yourself write permission' out ||
		fail "it is not said what to do"
}

# Against what was told: before, after, or what a killed one may leave.
judge() {
	"$writer" dump "$db" >now.dump || fail "it can not be read"
	well
	if cmp -s now.dump before.dump; then
		[ $status -ne 0 ] || fail "acknowledged and lost"
		grep -q 'written, but' out && fail "told to be written and is not"
		refused=$((refused + 1))
		write >out 2>&1 || fail "does not work when the disk does"
		"$writer" dump "$db" >now.dump
		well
	elif [ $status -ne 0 ] && [ "$how" != signal=KILL ]; then
		grep -q 'nothing was saved' out && fail "told not to be saved and is"
	fi
	cmp -s now.dump after.dump || {
		diff now.dump after.dump | head -5
		fail "a part of it"
	}
}

once() {
	fresh
	write_failing >out 2>&1
	status=$?
	grep -q INJECTED trace || [ "$how" = signal=KILL ] || return 1
	[ $status -ne 0 ] || [ "$how" != signal=KILL ] || return 1
	[ $status -eq 0 ] || [ "$how" = signal=KILL ] || told_well
	judge
	faults=$((faults + 1))
}

printf 'Id,Name,Stage,Amount,Status\nD1,One,New,1,Open\nD2,Two,New,2,Open\nL1,Lost,Gone,3,Lost\n' >in/deals.csv
printf '[source]\nname = co\n[deals]\nfiles = deals.csv\nid = Id\nname = Name\nstage = Stage\namount = Amount\nstatus = Status\n' >co.ini
printf 'outcome = no-decision\nprimary = other\n' >debrief.txt
printf 'outcome = unknown\nprimary = other\n' >changed.txt
echo 'price: too high' >reasons.txt
kind=sync when=0
: >out
fresh
people sync --source co.ini --as-of 2026-11-20 in >out 2>&1 || fail "the sync"
rm -rf base
mv run base

all=0 told="" total=0
while IFS='|' read -r kind words; do
	fresh
	"$writer" forget "$db" # so that risk is learned again, which writes as well
	rm -rf base
	cp -r run base
	"$writer" dump "$db" >before.dump
	write >out 2>&1 || { when=none && fail "without any fault"; }
	"$writer" dump "$db" >after.dump
	rm -rf next
	cp -r run next
	faults=0 refused=0 n=1
	while when=$n+ && once; do
		n=$((n + step))
		[ $n -lt 200 ] || fail "no end"
	done
	[ $faults -gt 0 ] || fail "nothing was injected"
	rm -rf base
	mv next base
	all=$((all + 1)) total=$((total + faults)) told="$told, $kind $faults"
done <<'END'
action|action add D1 --owner Gone --text "call Gone"
action-plain|action add D1 --owner Tom --text two
action-other|action add D2 --owner Tom --text three
actions-done|action done 2 3
actions-assign|action assign 1 2 3 "Gone"
draft|
debrief|debrief L1 --from debrief.txt
debrief-changed|debrief L1 --from changed.txt
snooze|snooze D2 --until +2w --reason "wait"
snooze-off|snooze D2 --off
pin|pin D2
pin-off|pin D2 --off
slice|slice mine owner:ana
slice-off|slice mine --off
reasons|debrief reasons --from reasons.txt
note|note add D1 --about "the deck" too long
note-answer|note answer 1 cut
review-start|review start
agenda-put|review add L1
agenda-put-other|review add D1
agenda-move|review add D1 --place 1
decision|review decide D1 hold --text "wait for them"
agenda-drop|review drop L1
review-end|review end
relink|relink D1 D2
pair|action drop 1 2 --reason "not now"
undo|undo
erase|erase Gone
END
echo "$how: $all kinds, $total times: ${told#, }"
