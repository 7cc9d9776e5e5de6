#!/bin/sh
# sync_disk.sh RUNNER HOW CALLS: let the Nth of the system calls of a sync fail,
# for N = 1, 2 ... until one run needs fewer. A refused sync says so in one line
# and has changed nothing; one that says it is done is; the next one works.
set -u
runner=$1
how=$2
calls=$3
if ! strace -o /dev/null true 2>/dev/null; then
	echo "skipped: strace can not trace here"
	exit 77
fi
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
n=0
export ASAN_OPTIONS="detect_leaks=0:${ASAN_OPTIONS:-}" # it can not work under ptrace

fail() {
	echo "FAILED: $how at call $n of $calls: $*"
	cat "$work/out"
	ls "$work/run"
	exit 1
}

mkdir "$work/one" "$work/two" "$work/base"
"$runner" make "$work/one" 5 4 1 || fail make
"$runner" make "$work/two" 5 5 2 || fail make
"$runner" sync "$work/base/huddle.db" "$work/one" >"$work/out" || fail "the first sync"
refused=0
runs=0
n=1
while :; do
	rm -rf "$work/run"
	cp -r "$work/base" "$work/run"
	db=$work/run/huddle.db
	strace -f -qq -o "$work/trace" -e trace="$calls" -e inject="$calls:$how:when=$n" \
		"$runner" sync "$db" "$work/two" >"$work/out" 2>&1
	status=$?
	runs=$((runs + 1))
	case $how in
	signal=KILL) [ $status -eq 0 ] && break ;;
	*) grep -q INJECTED "$work/trace" || break ;;
	esac
	if [ $status -eq 0 ]; then
		"$runner" check "$db" 2 || fail "after a sync that worked"
	else
		refused=$((refused + 1))
		if [ "$how" = signal=KILL ]; then
			"$runner" peek "$db" 1 2 || fail "after the crash"
		else
			[ "$(wc -l <"$work/out")" -eq 1 ] || fail "more than one line"
			grep -q ';' "$work/out" || fail "no way out"
			"$runner" peek "$db" 1 || fail "after the refusal"
		fi
		"$runner" sync "$db" "$work/two" >"$work/out" 2>&1 || fail "the next sync"
		"$runner" check "$db" 2 || fail "after the next sync"
	fi
	n=$((n + 1 + n / 25))
	[ $n -lt 3000 ] || fail "no end"
done
[ $runs -gt 2 ] || fail "nothing was injected"
echo "$how of $calls: $runs runs, $refused refused or killed"
